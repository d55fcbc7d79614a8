//! `onramp cc` and `onramp c++`.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onramp_driver::{Driver, Language};
use onramp_toolchain::Cache;

use crate::say;

/// The arguments of a compiler.
#[derive(Args)]
pub struct Arguments {
    /// What clang takes; `--target` is wasm32-wasip1 or wasm32-wasip2 (the default).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
    arguments: Vec<OsString>,
}

impl Arguments {
    /// Runs clang. Its exit code is the command's.
    pub fn run(self, language: Language) -> Result<ExitCode> {
        let driver = Driver::new(&Cache::open()?, language, self.arguments)?;
        if let Some(answer) = driver.answer() {
            say(answer + "\n");
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::from(driver.run()? as u8))
    }
}
