//! `componentize-py.toml`: which WIT a package brings, and where an app finds the bindings of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::Deserialize;

/// The file, with componentize-py's keys.
#[derive(Deserialize)]
struct File {
    bindings: Option<String>,
    wit_directory: Option<String>,
    #[serde(default)]
    import_interface_names: BTreeMap<String, String>,
    #[serde(default)]
    export_interface_names: BTreeMap<String, String>,
    #[serde(default)]
    full_names: bool,
}

/// What a package says.
pub struct Settings {
    /// The package at the top, by which `--module-worlds` names it.
    pub package: String,
    /// The package of the bindings; `None`: they are in the world module, as those of any other world.
    pub bindings: Option<String>,
    /// The folder with the WIT.
    pub wit: Option<PathBuf>,
    /// Names for modules of imported interfaces.
    pub import_names: Vec<(String, String)>,
    /// Names for modules of exported interfaces.
    pub export_names: Vec<(String, String)>,
    /// Whether modules of interfaces have the package's name and version in their names.
    pub full_names: bool,
}

/// Reads the files of a bundle: those that `order` names come first, in its order.
///
/// # Errors
/// When a file cannot be read, has other keys than these, or names a folder outside of its package; when a package has two; when
/// `order` names a package without one.
pub fn read(files: &[(String, PathBuf)], order: &[(String, String)]) -> Result<Vec<Settings>> {
    let mut found: Vec<Settings> = Vec::new();
    for (place, file) in files {
        let settings = one(place, file).with_context(|| format!("`{}` is not usable", file.display()))?;
        if found.iter().any(|other| other.package == settings.package) {
            bail!("the package `{}` has several files `componentize-py.toml`: it may have one", settings.package);
        }
        found.push(settings);
    }
    for (package, world) in order {
        ensure!(
            found.iter().any(|settings| settings.package == *package),
            "`--module-worlds {package}={world}`: there is no package `{package}` with a file `componentize-py.toml`; \
             `--python-path` names the folder that it is in"
        );
    }
    let place = |settings: &Settings| order.iter().position(|(package, _)| *package == settings.package);
    found.sort_by_key(|settings| place(settings).unwrap_or(usize::MAX));
    Ok(found)
}

fn one(place: &str, file: &Path) -> Result<Settings> {
    let read = toml::from_str(&fs::read_to_string(file)?);
    let read: File = read.map_err(|error| anyhow!("{}", error.to_string().trim_end()))?;
    let folder = file.parent().unwrap_or(file);
    let (inside, _) = place.rsplit_once('/').context("it is in no package")?;
    let wit = read.wit_directory.map(|wit| Ok::<_, anyhow::Error>(folder.join(inner("wit_directory", &wit)?)));
    let bindings = read.bindings.map(|bindings| inner("bindings", &bindings)).transpose()?;
    Ok(Settings {
        package: inside.split('/').next().unwrap_or(inside).to_owned(),
        bindings: bindings.map(|bindings| dotted(&Path::new(inside).join(bindings))),
        wit: wit.transpose()?,
        import_names: read.import_interface_names.into_iter().collect(),
        export_names: read.export_interface_names.into_iter().collect(),
        full_names: read.full_names,
    })
}

/// A folder that is the file's own or below it.
fn inner(key: &str, path: &str) -> Result<PathBuf> {
    let parts = Path::new(path).components().filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts.collect();
    let is_inside = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    ensure!(is_inside, "`{key} = \"{path}\"` is no folder below it");
    Ok(parts.into_iter().collect())
}

fn dotted(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join(".")
}
