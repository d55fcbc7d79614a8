//! The project's commands. `cargo xtask --help` lists them.

mod acceptance;
mod bench;
mod fuzz;
mod matrix;
mod setup;
mod test;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};
use onramp_toolchain::Cache;
use onramp_toolchain::cache::{Limit, Size};

/// Onramp's commands: the interop matrix, the tests, and the toolchain that they need.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs somebody else's tests: of threads, of binding generators. Each needs a checkout of theirs.
    Acceptance(acceptance::Arguments),
    /// Measures what a call between two guests costs: composed by the upstream library, by `onramp compose`, and the floor.
    Bench(bench::Arguments),
    /// Tries random values and damaged files on compositions, as many as asked for.
    Fuzz(fuzz::Arguments),
    /// Builds the guests of every language, composes and runs them against each other, and shows the table.
    Matrix(matrix::Arguments),
    /// Builds the runtime of Python guests, runs CPython's own tests in it, sends random values through it.
    #[command(subcommand)]
    Python(onramp_python_tests::command::Command),
    /// Finds or fetches the wasm toolchain, and shows each tool: where it is, where it came from, its version.
    Setup(setup::Arguments),
    /// Everything a contributor needs: format, lints, documentation, unit and snapshot tests, the matrix.
    Test(test::Arguments),
}

/// How a command ended, when nothing kept it from doing its work.
enum Outcome {
    /// Everything is well.
    Good,
    /// The work was done and something in it failed.
    Failed,
}

/// The exit code when a command could not do its work.
const CANNOT: u8 = 2;

/// How long after a look at the cache's size the next one waits.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60 * 60);

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(CANNOT)
        }
    }
}

/// Runs a command, and looks at the size of the cache behind it.
fn run(command: Command) -> Result<Outcome> {
    let limit = Limit::from_environment()?;
    let outcome = match command {
        Command::Acceptance(arguments) => arguments.run(),
        Command::Bench(arguments) => arguments.run(),
        Command::Fuzz(arguments) => arguments.run(),
        Command::Matrix(arguments) => arguments.run(),
        Command::Python(command) => command.run().map(|good| if good { Outcome::Good } else { Outcome::Failed }),
        Command::Setup(arguments) => arguments.run(),
        Command::Test(arguments) => arguments.run(),
    };
    // What the command did stands, whatever becomes of the cache.
    match Cache::open().and_then(|cache| cache.trim(limit, BETWEEN_LOOKS)) {
        Ok(Some(trimmed)) if trimmed.removed > Size::default() => eprintln!("{trimmed}"),
        Ok(_) => {}
        Err(error) => eprintln!("warning: the cache was not trimmed: {error:#}"),
    }
    outcome
}

/// Writes a line to standard output, and ends the program quietly when nobody reads it any more.
fn say(line: impl std::fmt::Display) {
    if writeln!(std::io::stdout(), "{line}").is_err() {
        std::process::exit(0);
    }
}

/// The workspace's root folder.
fn workspace() -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .exec()?;
    Ok(metadata.workspace_root.into())
}
