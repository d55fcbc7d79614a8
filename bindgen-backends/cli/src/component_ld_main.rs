//! The program `onramp-component-ld`.

use std::process::ExitCode;

fn main() -> ExitCode {
    onramp_cli::component_ld_main()
}
