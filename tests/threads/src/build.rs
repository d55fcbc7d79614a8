//! Building programs with the compiler driver, through the cache.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onramp_driver::{Driver, Language, Target, sysroot};
use onramp_toolchain::{Cache, Key, tool};

/// A program to build from one source file.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The file; its extension tells the language.
    pub file: &'a Path,
    /// The target.
    pub target: Target,
    /// Arguments for the compiler.
    pub flags: &'a [String],
    /// Other files that the source includes or is built with: they belong to the cache's key.
    pub others: &'a [PathBuf],
}

/// Builds the program, or takes it from the cache: the component's file.
///
/// # Errors
/// When it does not build: with what the compiler printed.
pub fn component(source: &Source, cache: &Cache) -> Result<PathBuf> {
    let read = |file: &Path| fs::read(file).with_context(|| format!("cannot read `{}`", file.display()));
    let sysroot = sysroot::Sysroot::open(cache, source.target)?;
    let mut key = Key::new()
        .with("sysroot", sysroot.folder.as_os_str().as_encoded_bytes())
        .with("driver", Driver::RECIPE)
        .with("file", source.file.as_os_str().as_encoded_bytes())
        .with("flags", source.flags.join("\n"))
        .with("source", read(source.file)?);
    for other in source.others {
        key = key.with("other", read(other)?);
    }
    let folder = cache.make("threaded", &key.finish(), |folder| {
        let mut arguments = vec![OsString::from(format!("--target={}", source.target.triple()))];
        arguments.extend([source.file.into(), "-o".into(), folder.join("program.wasm").into()]);
        arguments.extend(source.flags.iter().map(OsString::from));
        let driver = Driver::new(cache, language(source.file), arguments)?;
        tool::output(&mut driver.command())?;
        driver.finish()
    })?;
    Ok(folder.join("program.wasm"))
}

fn language(file: &Path) -> Language {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("cc" | "cpp" | "cxx") => Language::Cpp,
        _ => Language::C,
    }
}
