//! Building the Rust crate's examples.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use onramp_driver::component::finish_file;
use onramp_driver::{Sysroot, Target};
use onramp_run::Runner;
use onramp_toolchain::{Cache, Key, component_ld, rust, tool};

use crate::case::SEEDS;
use crate::run::{Given, SEED, load, run, told};

/// What a caller's environment may hold of another build, which would end up in this one.
const OTHERS: [&str; 4] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER"];

/// What makes panics unwind, in the encoding of exceptions that engines run.
const UNWINDING: [&str; 3] =
    ["-Cpanic=unwind", "-Ctarget-feature=+exception-handling", "-Cllvm-args=-wasm-use-legacy-eh=false"];

/// An example of a crate, to build.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// Its name.
    pub name: &'a str,
    /// The crate's folder.
    pub package: &'a Path,
    /// The target.
    pub target: Target,
    /// Whether panics unwind: the standard library is built for it then, which takes minutes the first time.
    pub unwinds: bool,
}

impl Example<'_> {
    /// Builds the example: the component's file. Cargo itself keeps what did not change.
    ///
    /// # Errors
    /// When a tool is missing and cannot be fetched, or the example does not build: with what Cargo printed.
    pub fn build(&self, cache: &Cache) -> Result<PathBuf> {
        let rust = rust::ensure(cache)?;
        let sysroot = Sysroot::open(cache, self.target)?;
        let key = Key::new()
            .with("rustc", &rust.rustc.version)
            .with("sysroot", sysroot.folder.display().to_string())
            .with("unwinds", [u8::from(self.unwinds)]);
        let folder = cache.folder("rust-threads").join(key.finish());
        let (name, triple) = (self.name, self.target.triple());
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--release", "--locked", "--target", triple, "--example", name]);
        cargo.current_dir(self.package);
        for variable in OTHERS {
            cargo.env_remove(variable);
        }
        let linked = ["--wasm-ld-path", &rust.wasm_ld.display().to_string(), "--export-table"];
        let mut flags = linked.map(|flag| format!("-Clink-arg={flag}")).to_vec();
        if self.unwinds {
            flags.extend(UNWINDING.map(str::to_owned));
            cargo.arg("-Zbuild-std=std,panic_unwind").env("RUSTC_BOOTSTRAP", "1");
            // Debian's rustc looks for the sources where only the system's packages would put them.
            cargo.env("__CARGO_TESTS_ONLY_SRC_ROOT", rust::library_source(&rust, cache)?);
        }
        cargo.env("RUSTC", &rust.rustc.path).env("RUSTFLAGS", flags.join(" "));
        let linker = format!("CARGO_TARGET_{}_LINKER", triple.to_uppercase().replace('-', "_"));
        cargo.env(linker, component_ld::ensure(cache)?.path);
        cargo.env("ONRAMP_COOP_LIB", sysroot.libraries()).env("CARGO_TARGET_DIR", &folder);
        // Two runs at once may not finish one file.
        let _lock = cache.lock(&format!("rust-threads-{triple}"))?;
        tool::output(&mut cargo)?;
        let built = folder.join(triple).join("release/examples").join(format!("{name}.wasm"));
        let program = folder.join(format!("{name}-{triple}.wasm"));
        std::fs::copy(built, &program)?;
        finish_file(&program, true)?;
        Ok(program)
    }

    /// Builds the example and runs it with seeds: each run must write what is expected.
    ///
    /// # Errors
    /// When it does not build, or when a run writes something else: with the seed.
    pub fn check(&self, expected: &str, cache: &Cache, runner: &Runner) -> Result<()> {
        let program = load(runner, &self.build(cache)?)?;
        for seed in std::iter::once(None).chain((0..SEEDS).map(Some)) {
            let written = told(&run(&program, &Given::default(), seed)?);
            ensure!(written == expected, "it wrote with {SEED} {seed:?}:\n{written}\nexpected:\n{expected}");
        }
        Ok(())
    }
}
