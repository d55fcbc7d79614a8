//! Building the Rust crate's examples.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use onramp_driver::component::finish_file;
use onramp_driver::{Sysroot, Target};
use onramp_toolchain::{Cache, Key, component_ld, rust, tool};

/// What a caller's environment may hold of another build, which would end up in this one.
const OTHERS: [&str; 4] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER"];

/// Builds an example of a crate: the component's file. Cargo itself keeps what did not change.
///
/// # Errors
/// When a tool is missing and cannot be fetched, or the example does not build: with what Cargo printed.
pub fn example(name: &str, package: &Path, target: Target, cache: &Cache) -> Result<PathBuf> {
    let rust = rust::ensure(cache)?;
    let sysroot = Sysroot::open(cache, target)?;
    let key = Key::new().with("rustc", &rust.rustc.version).with("sysroot", sysroot.folder.display().to_string());
    let folder = cache.folder("rust-threads").join(key.finish());
    let triple = target.triple();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "--target", triple, "--example", name]).current_dir(package);
    for variable in OTHERS {
        cargo.env_remove(variable);
    }
    let flags = ["--wasm-ld-path", &rust.wasm_ld.display().to_string(), "--export-table"]
        .map(|flag| format!("-Clink-arg={flag}"));
    cargo.env("RUSTC", &rust.rustc.path).env("RUSTFLAGS", flags.join(" "));
    let linker = format!("CARGO_TARGET_{}_LINKER", triple.to_uppercase().replace('-', "_"));
    cargo.env(linker, component_ld::ensure(cache)?.path);
    cargo.env("ONRAMP_COOP_LIB", sysroot.libraries()).env("CARGO_TARGET_DIR", &folder);
    // Two runs at once may not guard one file.
    let _lock = cache.lock(&format!("rust-threads-{triple}"))?;
    tool::output(&mut cargo)?;
    let built = folder.join(triple).join("release/examples").join(format!("{name}.wasm"));
    let program = folder.join(format!("{name}-{triple}.wasm"));
    std::fs::copy(built, &program)?;
    finish_file(&program, true)?;
    Ok(program)
}
