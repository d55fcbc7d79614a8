//! The runtime's files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onramp_driver::{Sysroot, Target};
use onramp_toolchain::{Cache, Key, rust};

use crate::cpython::CPython;
use crate::{archive, link};

/// Parts of the frozen standard library that cannot work: the prompt, and what needs a library that is not there.
const LEFT_OUT: [&str; 2] = ["_pyrepl", "ssl"];

/// The recipe of the module.
const RECIPE: &str = concat!(include_str!("runtime.rs"), include_str!("link.rs"));

/// The runtime: what components are made from.
#[derive(Clone, Debug)]
pub struct Runtime {
    /// The core module.
    pub module: Vec<u8>,
    /// The archive of the frozen standard library.
    pub standard_library: Vec<u8>,
    /// The folder that has them in the cache.
    pub folder: PathBuf,
}

impl Runtime {
    /// The runtime, built from source if it is not in the cache, which takes minutes.
    ///
    /// # Errors
    /// When a tool or a source cannot be fetched, or something does not build.
    pub fn ensure(cache: &Cache) -> Result<Self> {
        let sysroot = Sysroot::open(cache, Target::Wasip1)?;
        let key = key(cache, &sysroot)?;
        let folder = cache.make("python-runtime", &key, |folder| {
            let cpython = CPython::ensure(cache, &sysroot)?;
            let embedding = link::compile(&source(), folder, cache)?;
            let module = folder.join("linked.wasm");
            let parts = link::compile_parts(&source(), &cpython, &sysroot, folder)?;
            link::link(&embedding, &parts, &cpython, &sysroot, &module, cache)?;
            fs::write(folder.join("module.wasm"), guarded(&module)?)?;
            let library = archive::without(&fs::read(cpython.standard_library())?, &LEFT_OUT.map(str::to_owned))?;
            fs::write(folder.join("stdlib"), library)?;
            fs::remove_file(module)?;
            Ok(fs::remove_dir_all(folder.join("target"))?)
        })?;
        Runtime::read(folder)
    }

    /// The runtime, if it is in the cache.
    ///
    /// # Errors
    /// When the toolchain that it is built with cannot be found, or a file cannot be read.
    pub fn find(cache: &Cache) -> Result<Option<Self>> {
        let sysroot = Sysroot::open(cache, Target::Wasip1)?;
        cache.get("python-runtime", &key(cache, &sysroot)?).map(Runtime::read).transpose()
    }

    fn read(folder: PathBuf) -> Result<Self> {
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))
        };
        Ok(Runtime { module: read("module.wasm")?, standard_library: read("stdlib")?, folder })
    }
}

/// The embedding crate.
fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime")
}

/// The crate of tables.
fn table() -> PathBuf {
    source().join("../table")
}

fn key(cache: &Cache, sysroot: &Sysroot) -> Result<String> {
    let mut key = Key::new()
        .with("recipe", RECIPE)
        .with("cpython", CPython::key(sysroot))
        .with("rustc", rust::ensure(cache)?.rustc.version);
    for file in files()? {
        let text = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
        // Within their crates: checkouts share what they build.
        let name = file.strip_prefix(source()).or_else(|_| file.strip_prefix(table())).unwrap_or(&file);
        key = key.with("file", name.as_os_str().as_encoded_bytes()).with("text", text);
    }
    Ok(key.finish())
}

/// The files of the embedding crate, and of the crate of tables, which it shares with what makes them.
fn files() -> Result<Vec<PathBuf>> {
    let (source, table) = (source(), table());
    let mut files = vec![source.join("Cargo.toml"), source.join("Cargo.lock"), table.join("Cargo.toml")];
    for folder in [source.join("src"), table.join("src")] {
        collect(&folder, &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// The module with checks of the stacks' limits.
fn guarded(module: &Path) -> Result<Vec<u8>> {
    let linked = fs::read(module)?;
    let guarded = onramp_weave::guard_stacks(&linked).context("the stacks of the Python runtime cannot be guarded")?;
    Ok(guarded.unwrap_or(linked))
}
