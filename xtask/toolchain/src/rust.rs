//! rustc with the standard library for wasm32-wasip2.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

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
    /// A `wasm-ld` that came with it.
    pub wasm_ld: PathBuf,
}

/// The user's own rustc when it has the target, else what was fetched before.
pub fn find(cache: &Cache) -> Option<Rust> {
    own().or_else(|| from_debian(&debian::TOOLCHAIN.get(cache)?).ok())
}

/// As [`find`], and fetches what is missing.
///
/// # Errors
/// When nothing is there and nothing can be fetched: with both ways out.
pub fn ensure(cache: &Cache) -> Result<Rust> {
    match find(cache) {
        Some(rust) => Ok(rust),
        None => from_debian(&crate::fetch_toolchain(
            cache,
            "no rustc on this machine has the target wasm32-wasip2",
            "`rustup target add wasm32-wasip2`",
        )?),
    }
}

fn own() -> Option<Rust> {
    let rustc = std::env::var_os("RUSTC").map(PathBuf::from).or_else(|| on_path("rustc"))?;
    let sysroot = output(Command::new(&rustc).args(["--print", "sysroot"])).ok()?;
    let libraries = PathBuf::from(sysroot.trim()).join("lib/rustlib");
    if !libraries.join(TARGET).join("lib").is_dir() {
        return None;
    }
    let host = output(Command::new(&rustc).args(["--print", "host-tuple"])).ok()?;
    let bundled = libraries.join(host.trim()).join("bin/gcc-ld/wasm-ld");
    let wasm_ld = Some(bundled).filter(|file| is_program(file)).or_else(|| on_path("wasm-ld"))?;
    Some(Rust { rustc: Tool::probe("rustc", rustc, Origin::User).ok()?, wasm_ld })
}

fn from_debian(root: &debian::Root) -> Result<Rust> {
    Ok(Rust { rustc: Tool::probe("rustc", root.program("rustc"), Origin::Debian)?, wasm_ld: root.program("wasm-ld") })
}
