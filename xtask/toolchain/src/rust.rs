//! rustc with the standard library for wasm32-wasip2.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::c;
use crate::cache::Cache;
use crate::debian;
use crate::tool::{Origin, Tool, is_program, on_path, output};

/// The target that Rust guests are built for.
pub const TARGET: &str = "wasm32-wasip2";

/// A Rust compiler that has [`TARGET`].
#[derive(Clone, Debug)]
pub struct Rust {
    /// The compiler.
    pub rustc: Tool,
    /// A linker for core modules.
    pub wasm_ld: PathBuf,
}

/// The user's own rustc when it has the target, else what was fetched before.
pub fn find(cache: &Cache) -> Option<Rust> {
    let debian = || from_debian(&debian::TOOLCHAIN.get(cache)?).ok();
    match own() {
        Some(rustc) => match linker_of(&rustc).or_else(|| Some(c::find(cache).ok()??.wasm_ld)) {
            Some(wasm_ld) => Some(Rust { rustc, wasm_ld }),
            None => debian(),
        },
        None => debian(),
    }
}

/// As [`find`], and fetches what is missing.
///
/// # Errors
/// When nothing is there and nothing can be fetched: with both ways out.
pub fn ensure(cache: &Cache) -> Result<Rust> {
    if let Some(rust) = find(cache) {
        return Ok(rust);
    }
    let (reason, remedy) = match own() {
        Some(_) => ("rustc has the target wasm32-wasip2, but there is no `wasm-ld`", "put `wasm-ld` on the path"),
        None => ("no rustc here has the target wasm32-wasip2", "`rustup target add wasm32-wasip2`"),
    };
    crate::fetch_toolchain(debian::TOOLCHAIN, cache, reason, remedy)?;
    find(cache).context("Debian's packages came without a working rustc")
}

/// The folder with the sources of a compiler's standard library: its own, else the one from Debian's packages.
///
/// # Errors
/// When it has none and none of its version can be fetched: with the way out.
pub fn library_source(rust: &Rust, cache: &Cache) -> Result<PathBuf> {
    if let Some(own) = libraries(&rust.rustc.path).map(|folder| folder.join("src/rust/library"))
        && own.join("std").is_dir()
    {
        return Ok(own);
    }
    let version = &rust.rustc.version;
    let remedy = || format!("`{version}` has no sources of its standard library: `rustup component add rust-src`");
    if rust.rustc.origin != Origin::Debian {
        bail!(remedy());
    }
    let root = debian::RUST_SOURCE.fetch(cache).with_context(remedy)?;
    let number = version.split_whitespace().nth(1).unwrap_or_default();
    let folder = root.folder().join(format!("usr/src/rustc-{number}/library"));
    if !folder.is_dir() {
        let cache = cache.folder("debian");
        bail!(
            "Debian's rust-src is not of the version of `{version}`: delete `{}`, and both come anew",
            cache.display()
        );
    }
    Ok(folder)
}

/// The `clippy-driver` of a compiler: what stands beside it, else what was fetched before.
pub fn find_clippy(rust: &Rust, cache: &Cache) -> Option<PathBuf> {
    match rust.rustc.origin {
        Origin::Debian => Some(debian::CLIPPY.get(cache)?.program(CLIPPY)).filter(|file| is_program(file)),
        _ => {
            let sysroot = output(Command::new(&rust.rustc.path).args(["--print", "sysroot"])).ok()?;
            Some(PathBuf::from(sysroot.trim()).join("bin").join(CLIPPY)).filter(|file| is_program(file))
        }
    }
}

/// As [`find_clippy`], and fetches what is missing.
///
/// # Errors
/// When it cannot be had: with the way out.
pub fn ensure_clippy(rust: &Rust, cache: &Cache) -> Result<PathBuf> {
    let missing = || format!("`{}` has no clippy: `rustup component add clippy`", rust.rustc.version);
    if rust.rustc.origin == Origin::Debian {
        debian::CLIPPY.fetch(cache).with_context(missing)?;
    }
    find_clippy(rust, cache).with_context(missing)
}

/// What cargo runs in the place of rustc.
const CLIPPY: &str = "clippy-driver";

/// The rustc of the path, or of the variable `RUSTC`, when it has the target.
fn own() -> Option<Tool> {
    let rustc = std::env::var_os("RUSTC").map(PathBuf::from).or_else(|| on_path("rustc"))?;
    let has_target = libraries(&rustc)?.join(TARGET).join("lib").is_dir();
    has_target.then(|| Tool::probe("rustc", rustc, Origin::User).ok())?
}

/// The `wasm-ld` that came with a rustc (rustup's toolchains have one), else the one on the path.
fn linker_of(rustc: &Tool) -> Option<PathBuf> {
    let host = output(Command::new(&rustc.path).args(["--print", "host-tuple"])).ok()?;
    let bundled = libraries(&rustc.path)?.join(host.trim()).join("bin/gcc-ld/wasm-ld");
    Some(bundled).filter(|file| is_program(file)).or_else(|| on_path("wasm-ld"))
}

/// The folder with one folder per target.
fn libraries(rustc: &Path) -> Option<PathBuf> {
    let sysroot = output(Command::new(rustc).args(["--print", "sysroot"])).ok()?;
    Some(PathBuf::from(sysroot.trim()).join("lib/rustlib"))
}

fn from_debian(root: &debian::Root) -> Result<Rust> {
    Ok(Rust { rustc: Tool::probe("rustc", root.program("rustc"), Origin::Debian)?, wasm_ld: root.program("wasm-ld") })
}
