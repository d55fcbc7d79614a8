//! `cargo xtask acceptance componentize-py`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onramp_abi::Profile;
use onramp_python_runtime::Runtime;
use onramp_python_tests::examples;
use onramp_toolchain::Cache;

use crate::Outcome;

/// The flags of `cargo xtask acceptance componentize-py`.
#[derive(Args)]
pub struct Arguments {
    /// The checkout of componentize-py.
    checkout: PathBuf,

    /// Only these profiles: eager, multivalue, lazy, cm1, gc.
    #[arg(long, value_name = "PROFILE", value_delimiter = ',')]
    profile: Vec<String>,

    /// Only these examples, such as `http`.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    example: Vec<String>,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let profiles = match self.profile.as_slice() {
            [] => vec![Profile::Eager],
            names => names.iter().map(|name| Ok(name.parse()?)).collect::<Result<_>>()?,
        };
        let cache = Cache::open()?;
        let runtime = Runtime::ensure(&cache)?;
        let mut good = true;
        for profile in profiles {
            good &= examples::run(&runtime, &self.checkout, profile, &self.example, &cache)?;
        }
        Ok(if good { Outcome::Good } else { Outcome::Failed })
    }
}
