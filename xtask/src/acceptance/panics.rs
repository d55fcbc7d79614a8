//! `cargo xtask acceptance rust-panics`: the Rust crate's example that only a standard library which unwinds can run.

use std::fs;

use anyhow::{Context, Result};
use onramp_driver::Target;
use onramp_run::Runner;
use onramp_threads::rust::Example;
use onramp_toolchain::Cache;

use crate::{Outcome, say};

/// Builds the example for each target and runs it with seeds.
pub fn run(targets: impl Iterator<Item = Target>, cache: &Cache, runner: &Runner) -> Result<Outcome> {
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
