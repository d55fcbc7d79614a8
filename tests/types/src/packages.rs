//! Generated packages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_bindgen_python::{Options, Python, generate};
use wit_parser::{PackageId, Resolve, WorldId};

/// A package that has been written.
#[derive(Clone, Debug)]
pub struct Package {
    /// The world: where its WIT is, and its name.
    pub name: String,
    /// The folder that `wit_world` is in.
    pub folder: PathBuf,
}

/// A world that has no package.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The world.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// What became of the worlds in a folder.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Those with a package.
    pub packages: Vec<Package>,
    /// Those without.
    pub refused: Vec<Refused>,
}

/// Writes the packages of all worlds of the WIT in `source`: its `.wit` files, and folders in it that have a `wit` or a `world.wit`.
///
/// # Errors
/// When WIT cannot be read, or a file cannot be written.
pub fn write(source: &Path, profile: Profile, folder: &Path) -> Result<Written> {
    let mut written = Written::default();
    for (name, wit) in sources(source)? {
        let (resolve, package) = read(&wit)?;
        for (world, id) in &resolve.packages[package].worlds {
            let name = format!("{name}/{world}");
            let package = Package { folder: folder.join(&name), name };
            match write_package(&resolve, *id, profile, &package.folder)? {
                None => written.packages.push(package),
                Some(reason) => written.refused.push(Refused { name: package.name, reason }),
            }
        }
    }
    Ok(written)
}

/// Writes the packages of the apps in `source` with the apps beside them: folders with `world.wit`, `app.py`, and perhaps
/// `arguments`, which has patterns of `--lazy` and `--arrays`.
///
/// # Errors
/// When WIT cannot be read or has no package, or a file cannot be written.
pub fn write_apps(source: &Path, folder: &Path) -> Result<Vec<Package>> {
    let mut packages = Vec::new();
    for (name, wit) in sources(source)? {
        let (resolve, package) = read(&wit)?;
        let world = resolve.select_world(&[package], None)?;
        let (options, lazy) = arguments(&wit.with_file_name("arguments"))?;
        let python = generate(&resolve, world, Profile::Cm1, &options, &lazy).with_context(|| name.clone())?;
        let package = Package { folder: folder.join(&name), name };
        write_files(&python, &package.folder)?;
        let app = wit.with_file_name("app.py");
        fs::copy(&app, package.folder.join("app.py")).with_context(|| format!("cannot copy `{}`", app.display()))?;
        packages.push(package);
    }
    Ok(packages)
}

fn arguments(file: &Path) -> Result<(Options, Vec<String>)> {
    let (mut options, mut lazy) = (Options::default(), Vec::new());
    let text = if file.exists() { fs::read_to_string(file)? } else { String::new() };
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        match (word, words.next()) {
            ("--lazy", Some(pattern)) => lazy.push(pattern.to_owned()),
            ("--arrays", Some(pattern)) => options.arrays.push(pattern.to_owned()),
            _ => anyhow::bail!("`{}`: `{word}` is no option here", file.display()),
        }
    }
    Ok((options, lazy))
}

/// Reads WIT, with all its features.
///
/// # Errors
/// When it is not correct.
pub fn read(wit: &Path) -> Result<(Resolve, PackageId)> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = match resolve.push_path(wit) {
        Ok((package, _)) => package,
        Err(error) => anyhow::bail!("the WIT `{}` is not usable: {}", wit.display(), resolve.render_error(&error)),
    };
    Ok((resolve, package))
}

/// Writes the package of a world; or says why there is none.
///
/// # Errors
/// When a file cannot be written.
pub fn write_package(resolve: &Resolve, world: WorldId, profile: Profile, folder: &Path) -> Result<Option<String>> {
    let python = match generate(resolve, world, profile, &Options::default(), &[]) {
        Ok(python) => python,
        Err(error) => return Ok(Some(format!("{error:#}"))),
    };
    write_files(&python, folder).map(|()| None)
}

fn write_files(python: &Python, folder: &Path) -> Result<()> {
    for (name, contents) in python.files.iter() {
        let file = folder.join(name);
        let parent = file.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        fs::write(&file, contents).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(())
}

/// The WIT in a folder, by name.
fn sources(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let inner = [path.join("wit"), path.join("world.wit")].into_iter().find(|inner| inner.exists());
        match inner {
            Some(inner) => found.push((name, inner)),
            None if path.extension().is_some_and(|extension| extension == "wit") => found.push((name, path)),
            None => {}
        }
    }
    found.sort();
    Ok(found)
}
