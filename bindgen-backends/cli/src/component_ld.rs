//! `onramp component-ld`, a linker: what `wasm-component-ld` is, and the components of modules that speak other ABIs as well.
//!
//! `wasm-component-ld` runs `wasm-ld` and makes a component of the result. It does that here too, unless the result has names with
//! `[abi=…]`, which it does not know: then the component is what `onramp link` makes.

mod options;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;
use onramp_compose::link::Summary;
use onramp_toolchain::{Cache, component_ld};

use crate::read;
use options::Options;

/// Says in the environment that this program runs already.
const RUNNING: &str = "ONRAMP_COMPONENT_LD_RUNS";

/// The command line of `onramp component-ld`: that of `wasm-component-ld`.
#[derive(Args)]
pub struct Arguments {
    /// The arguments of wasm-component-ld and wasm-ld, such as `-o FILE`, `--wasm-ld-path FILE`, object files and libraries.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENT")]
    arguments: Vec<OsString>,
}

impl Arguments {
    /// The arguments as a linker gets them.
    pub fn of(arguments: impl Iterator<Item = OsString>) -> Self {
        Arguments { arguments: arguments.collect() }
    }

    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let linker = wasm_component_ld()?;
        let options = Options::read(&self.arguments)?;
        if options.want_no_component() {
            return run(&linker, &self.arguments, &[]);
        }
        let output = options.output()?;
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        // wasm-ld writes the file's name into the module.
        let core = folder.path().join(output.file_name().context("the output has no file name")?);
        let to_core = ["--skip-wit-component".into(), "-o".into(), core.as_os_str().to_owned()];
        run(&linker, &self.arguments, &to_core)?;
        let input = read(&core)?;
        let summary = Summary::of(&input)?;
        if summary.is_eager {
            return run(&linker, &self.arguments, &[]);
        }
        if let Some(world) = options.worlds().first() {
            bail!(
                "`--component-type {world}`: a module that speaks other ABIs has its world in the object files of its bindings"
            );
        }
        let adapters = options.adapters(summary.imports_from(options::preview1()), summary.exports("_start"))?;
        let component = onramp_compose::link(&input, &adapters)?;
        fs::write(&output, component).with_context(|| format!("cannot write `{}`", output.display()))
    }
}

/// The `wasm-component-ld` of this machine: the one that the environment names, or that the toolchain has.
fn wasm_component_ld() -> Result<PathBuf> {
    if std::env::var_os(RUNNING).is_some() {
        bail!("the `wasm-component-ld` that was found is onramp itself: WASM_COMPONENT_LD can name the other one");
    }
    if let Some(named) = std::env::var_os("WASM_COMPONENT_LD").filter(|named| !named.is_empty()) {
        return Ok(PathBuf::from(named));
    }
    let found = component_ld::find(&Cache::open()?);
    found.map(|tool| tool.path).context(
        "there is no `wasm-component-ld` of at least 0.5.31: `cargo install wasm-component-ld` gets one, and WASM_COMPONENT_LD can \
         name one that is not on the path",
    )
}

/// Runs the linker; what it says is told as it says it.
fn run(linker: &Path, arguments: &[OsString], more: &[OsString]) -> Result<()> {
    let mut command = Command::new(linker);
    command.args(arguments).args(more).env(RUNNING, "1").stdin(Stdio::null());
    let status = command.status().with_context(|| format!("cannot run `{}`", linker.display()))?;
    match status.success() {
        true => Ok(()),
        false => bail!("`{}` failed ({status})", linker.display()),
    }
}
