//! `onramp python-runtime`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use onramp_python_runtime::{Runtime, exchange};
use onramp_toolchain::Cache;

/// What is to be done.
#[derive(Subcommand)]
pub enum Command {
    /// Writes the runtime to one file. It is built from source if it is not in the cache, which takes minutes.
    Export {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Takes an exported runtime into the cache: `componentize-py` needs no compiler then.
    Import {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl Command {
    /// Does it.
    pub fn run(self) -> Result<()> {
        let cache = Cache::open()?;
        match self {
            Command::Export { file } => {
                let runtime = Runtime::ensure(&cache)?;
                fs::write(&file, exchange::to_bytes(&runtime))
                    .with_context(|| format!("cannot write `{}`", file.display()))
            }
            Command::Import { file } => exchange::import(&file, &cache),
        }
    }
}
