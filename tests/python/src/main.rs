//! `cargo xtask python` without the rest of xtask.

use std::process::ExitCode;

use clap::Parser;
use onramp_python_tests::command::Command;

/// The Python runtime: building it, CPython's own tests, measuring.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
