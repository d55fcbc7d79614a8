//! `cargo xtask acceptance rust-panics`: the Rust crate's example that only a standard library which unwinds can run.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use onramp_driver::Target;
use onramp_run::Runner;
use onramp_threads::run::runner;
use onramp_threads::rust::Example;
use onramp_toolchain::Cache;

use crate::{Outcome, say};

/// The flags of the suite.
#[derive(Args)]
pub struct Arguments {
    /// Only this target (default: both).
    #[arg(long, value_name = "TARGET", value_parser = Target::named)]
    target: Option<Target>,

    /// How long one run may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    time_limit: u64,
}

impl Arguments {
    /// Builds the example for each target and runs it with seeds.
    ///
    /// # Errors
    /// When the tools are missing and cannot be fetched.
    pub fn run(self) -> Result<Outcome> {
        let cache = Cache::open()?;
        let runner = runner(&cache, Duration::from_secs(self.time_limit))?;
        let targets = Target::ALL.into_iter().filter(|target| self.target.is_none_or(|only| only == *target));
        check(targets, &cache, &runner)
    }
}

fn check(targets: impl Iterator<Item = Target>, cache: &Cache, runner: &Runner) -> Result<Outcome> {
    let package = crate::workspace()?.join("cooperative-threads/rust");
    let expected = package.join("unwinding/panics.expected");
    let expected = fs::read_to_string(&expected).with_context(|| format!("cannot read `{}`", expected.display()))?;
    let mut outcome = Outcome::Good;
    for target in targets {
        let example = Example { name: "panics", package: &package, target, unwinds: true };
        match example.check(&expected, cache, runner) {
            Ok(()) => say(format_args!("{}: panics are carried", target.triple())),
            Err(error) => {
                outcome = Outcome::Failed;
                say(format_args!("{}: {error:#}", target.triple()));
            }
        }
    }
    Ok(outcome)
}
