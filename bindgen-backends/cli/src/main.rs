//! The program `onramp`.

use std::process::ExitCode;

fn main() -> ExitCode {
    onramp_cli::main()
}
