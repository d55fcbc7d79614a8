//! What is done with the Python runtime beside the tests of `cargo test`: `cargo xtask python`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use onramp_abi::Profile;
use onramp_componentize::command::command as python;
use onramp_python_runtime::app::{self, App};
use onramp_python_runtime::{HashSeed, Runtime};
use onramp_toolchain::{Cache, rust};

use crate::echo::{self, Choice};
use crate::suite;

/// What is to be done.
#[derive(Subcommand)]
pub enum Command {
    /// Builds the runtime into the cache, from source, which takes minutes the first time.
    Build,
    /// Runs clippy on the crate that embeds CPython. It is fetched if it is missing.
    Lint,
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
        /// The seed of the hashes of texts: `fresh`, so that each instance has its own, or a number.
        #[arg(long, default_value_t = HashSeed::Fresh)]
        hash_seed: HashSeed,
    },
    /// Runs CPython's own tests inside the runtime.
    Acceptance {
        /// The tests' modules, such as `test_dict` (default: those that make sense).
        modules: Vec<String>,
    },
    /// Sends random values of random types through an app and back, under every profile.
    Echo {
        /// Which values: another seed has others.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// How many cases; each has up to three functions, and eight calls.
        #[arg(long, default_value_t = 100)]
        cases: u64,
    },
}

impl Command {
    /// Does it. True when nothing failed.
    ///
    /// # Errors
    /// When it cannot be done: the runtime cannot be built, a file cannot be written.
    pub fn run(self) -> Result<bool> {
        let cache = Cache::open()?;
        if let Command::Lint = self {
            let rust = rust::ensure(&cache)?;
            return onramp_python_runtime::lint(&rust, &rust::ensure_clippy(&rust, &cache)?, &cache).map(|()| true);
        }
        let runtime = Runtime::ensure(&cache)?;
        match self {
            Command::Lint => {}
            Command::Build => println!("{}", runtime.folder.display()),
            Command::Component { output, path, import, leave_out, hash_seed } => {
                let mut app = App { imports: import, left_out: leave_out, hash_seed, ..App::default() };
                for folder in path {
                    app.modules.extend(app::modules(&folder)?);
                }
                let component = python(&runtime, &app, &cache)?;
                std::fs::write(&output, component).with_context(|| format!("cannot write `{}`", output.display()))?;
            }
            Command::Acceptance { modules } => return suite::run(&runtime, &modules, &cache),
            Command::Echo { seed, cases } => {
                for profile in Profile::LINEAR {
                    println!("{profile}: {} calls", echo::run(&runtime, profile, Choice { seed, cases }, &cache)?);
                }
            }
        }
        Ok(true)
    }
}
