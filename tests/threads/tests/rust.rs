//! The examples of the Rust crate, for both targets, with seeds: each run must write what is expected.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_driver::Target;
use onramp_run::Runner;
use onramp_threads::run::{TIME_LIMIT, runner};
use onramp_threads::rust::Example;
use onramp_toolchain::Cache;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runner = Arc::new(runner(&cache, TIME_LIMIT).expect("the engine starts"));
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cooperative-threads/rust");
    let entries = fs::read_dir(package.join("examples")).expect("the crate has examples");
    let files = entries.map(|entry| entry.expect("the folder can be read").path());
    let examples: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    assert!(!examples.is_empty());
    let trials = examples.iter().flat_map(|example| Target::ALL.map(|target| (example.clone(), target)));
    let trials = trials.map(|(example, target)| {
        let (cache, runner, package) = (cache.clone(), Arc::clone(&runner), package.clone());
        let name = format!("{}/{}", example.file_stem().unwrap_or_default().display(), target.triple());
        Trial::test(name, move || {
            try_example(&example, &package, target, &cache, &runner).map_err(|error| Failed::from(format!("{error:#}")))
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn try_example(example: &Path, package: &Path, target: Target, cache: &Cache, runner: &Runner) -> Result<()> {
    let name = &example.file_stem().context("an example has a name")?.to_string_lossy();
    let expected = fs::read_to_string(example.with_extension("expected"))?;
    Example { name, package, target, unwinds: false }.check(&expected, cache, runner)
}
