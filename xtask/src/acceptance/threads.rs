//! `cargo xtask acceptance wasi-libc` and `open-posix`: tests of threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, anyhow};
use clap::Args;
use onramp_conformance::campaign;
use onramp_driver::Target;
use onramp_run::{Ended, Runner};
use onramp_threads::build::{Source, component};
use onramp_threads::run::{Given, SEED, load, run, runner};
use onramp_threads::suite::{Suite, Test};
use onramp_toolchain::Cache;

use crate::{Outcome, say};

/// What a test prints that finds nothing to test. The suite's exit codes for that do not come through: WASI 0.2 has success and
/// failure.
const NOTHING_TO_TEST: [&str; 5] = ["UNSUPPORTED", "UNTESTED", "Untested for now", "cannot test", "is not tested yet"];

/// The flags.
#[derive(Args)]
pub struct Arguments {
    /// A checkout of wasi-libc with its submodules: it has both suites.
    #[arg(value_name = "WASI-LIBC")]
    source: PathBuf,

    /// Only tests whose name contains this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,

    /// Only this target (default: both).
    #[arg(long, value_name = "TARGET", value_parser = Target::named)]
    target: Option<Target>,

    /// How many seeds each test is run with, beside the run without one.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seeds: u32,

    /// How long one run may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    time_limit: u64,
}

/// How a test ended.
enum Verdict {
    Passed,
    /// It is not tried, or says itself that there is nothing to test.
    Apart(&'static str),
    Failed(String),
}

impl Arguments {
    /// Runs a suite.
    pub fn run(self, suite: Suite) -> Result<Outcome> {
        let mut tests = suite.tests(&self.source)?;
        tests.retain(|test| test.name.contains(&self.filter));
        let cache = Cache::open()?;
        let runner = runner(&cache, Duration::from_secs(self.time_limit))?;
        let mut good = true;
        for target in Target::ALL.into_iter().filter(|target| self.target.is_none_or(|only| only == *target)) {
            good &= self.run_for(target, suite, &tests, &cache, &runner);
        }
        Ok(if good { Outcome::Good } else { Outcome::Failed })
    }

    /// Tries the tests for a target, and tells of those that fail. True when none does.
    fn run_for(&self, target: Target, suite: Suite, tests: &[Test], cache: &Cache, runner: &Runner) -> bool {
        let flags = suite.flags(&self.source);
        let verdict = |index: u64| {
            let test = &tests[index as usize];
            match test.apart {
                Some(reason) => Verdict::Apart(reason),
                None => self
                    .try_test(test, target, &flags, cache, runner)
                    .unwrap_or_else(|error| Verdict::Failed(format!("{error:#}"))),
            }
        };
        let (mut passed, mut of_upstream, mut failed) = (0, 0, 0);
        let mut apart = BTreeMap::<_, usize>::new();
        campaign::run(0..tests.len() as u64, campaign::default_jobs(), verdict, |index, verdict| {
            let test = &tests[index as usize];
            match verdict {
                Verdict::Passed => {
                    passed += 1;
                    of_upstream += usize::from(test.upstream);
                }
                Verdict::Apart(reason) => *apart.entry(reason).or_default() += 1,
                Verdict::Failed(message) => {
                    failed += 1;
                    say(format_args!("{} failed for {}: {message}\n", test.name, target.triple()));
                }
            }
            ControlFlow::Continue(())
        });
        let upstream = tests.iter().filter(|test| test.upstream).count();
        let reasons: Vec<String> = apart.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
        say(format_args!(
            "{}: {passed} passed ({of_upstream} of the {upstream} that upstream runs), {failed} failed, {} apart ({})",
            target.triple(),
            apart.values().sum::<usize>(),
            reasons.join(", "),
        ));
        failed == 0
    }

    fn try_test(
        &self,
        test: &Test,
        target: Target,
        flags: &[String],
        cache: &Cache,
        runner: &Runner,
    ) -> Result<Verdict> {
        let source = Source { file: &test.source, target, flags, others: &[] };
        let program = load(runner, &component(&source, cache)?)?;
        for seed in std::iter::once(None).chain((0..self.seeds).map(Some)) {
            let folder = tempfile::tempdir()?;
            let given = Given { directory: Some(folder.path()), ..Given::default() };
            let output = run(&program, &given, seed)?;
            let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            if output.ended == Ended::Exited(0) {
                continue;
            }
            if NOTHING_TO_TEST.iter().any(|word| text.contains(word)) {
                return Ok(Verdict::Apart("by its own word"));
            }
            return Err(anyhow!("{SEED} {seed:?}: {:?}\n{text}", output.ended));
        }
        Ok(Verdict::Passed)
    }
}
