//! What is done with the Python runtime beside the tests of `cargo test`: building it, CPython's own tests, measuring.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use onramp_python_runtime::app::{self, App};
use onramp_python_runtime::{Runtime, component};
use onramp_python_tests::{measure, suite};
use onramp_toolchain::Cache;

/// The Python runtime: building it, CPython's own tests, measuring.
#[derive(Parser)]
enum Command {
    /// Builds the runtime into the cache, from source, which takes minutes the first time.
    Build,
    /// Writes the component that is `python`.
    Component {
        /// The file to write.
        output: PathBuf,
        /// A folder with modules and packages that can be imported.
        #[arg(long)]
        path: Vec<PathBuf>,
        /// A module that is imported before the snapshot is taken.
        #[arg(long)]
        import: Vec<String>,
        /// A part of the standard library to leave out.
        #[arg(long)]
        leave_out: Vec<String>,
        /// The seed of the hashes of texts.
        #[arg(long, default_value_t = 0)]
        hash_seed: u32,
    },
    /// Runs CPython's own tests inside the runtime.
    Acceptance {
        /// The tests' modules, such as `test_dict` (default: those that make sense).
        modules: Vec<String>,
    },
    /// Measures how long an instance takes to start, and how large its component is.
    Measure,
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<bool> {
    let cache = Cache::open()?;
    let runtime = Runtime::ensure(&cache)?;
    match command {
        Command::Build => println!("{}", runtime.folder.display()),
        Command::Component { output, path, import, leave_out, hash_seed } => {
            let mut app = App { imports: import, left_out: leave_out, hash_seed, ..App::default() };
            for folder in path {
                app.modules.extend(app::modules(&folder)?);
            }
            let component = component::command(&runtime, &app, &cache)?;
            std::fs::write(&output, component).with_context(|| format!("cannot write `{}`", output.display()))?;
        }
        Command::Acceptance { modules } => return suite::run(&runtime, &modules, &cache),
        Command::Measure => measure::print(&runtime, &cache)?,
    }
    Ok(true)
}
