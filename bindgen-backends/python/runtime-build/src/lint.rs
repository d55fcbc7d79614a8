//! clippy on the embedding crate, which is for wasm only and in no workspace.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use onramp_toolchain::rust::Rust;
use onramp_toolchain::{Cache, Key};

/// What PyO3 would otherwise ask a Python for. Nothing is linked here.
const CONFIGURATION: &str = "implementation=CPython\nversion=3.13\nshared=false\nabi3=false\npointer_width=32\n";

/// What a caller's environment may hold of another build.
const OTHERS: [&str; 4] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER"];

/// Runs clippy, whose driver is `clippy`, on the embedding crate: what it says is printed.
///
/// # Errors
/// When it finds something, or does not run.
pub fn lint(rust: &Rust, clippy: &Path, cache: &Cache) -> Result<()> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    // What the crate depends on is checked once; the crate's own part is small.
    let version = Key::new().with("rustc", &rust.rustc.version).finish();
    let target = cache.folder("python-lint").join(version);
    fs::create_dir_all(&target).with_context(|| format!("cannot make the folder `{}`", target.display()))?;
    let configuration = target.join("pyo3");
    fs::write(&configuration, CONFIGURATION)?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["check", "--quiet", "--locked", "--target", "wasm32-wasip1", "-j2"]).current_dir(source);
    for variable in OTHERS {
        cargo.env_remove(variable);
    }
    // As `cargo clippy` does it.
    cargo.env("RUSTC", &rust.rustc.path).env("RUSTC_WORKSPACE_WRAPPER", clippy).env("CLIPPY_ARGS", arguments(rust)?);
    cargo.env("PYO3_CONFIG_FILE", configuration).env("CARGO_TARGET_DIR", &target);
    let status = cargo.status().context("cargo does not run")?;
    ensure!(status.success(), "clippy finds something in the crate that embeds CPython, or does not run");
    Ok(())
}

/// clippy's arguments, as its driver takes them. A driver that came without a compiler is told where the libraries are.
fn arguments(rust: &Rust) -> Result<String> {
    let sysroot = onramp_toolchain::tool::output(Command::new(&rust.rustc.path).args(["--print", "sysroot"]))?;
    Ok(["-D", "warnings", "--sysroot", sysroot.trim(), ""].join("__CLIPPY_HACKERY__"))
}
