//! `cargo xtask fuzz`.

use std::ops::ControlFlow;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};
use comfy_table::{Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use onramp_compose::Input;
use onramp_conformance::campaign;
use onramp_conformance::engine::Runner;
use onramp_conformance::files::{Corpus, Ended};
use onramp_conformance::guard::peak_memory;
use onramp_conformance::values::{self, Tally};

use crate::{Outcome, say};

/// How much memory the damaged files of a run may make us use.
const MOST_MEMORY: u64 = 1 << 30;

/// The flags of `cargo xtask fuzz`.
#[derive(Args)]
pub struct Arguments {
    /// What to try (default: both).
    #[arg(long, value_enum)]
    target: Option<Target>,

    /// How many cases of each.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    cases: u64,

    /// Which cases: another seed has others.
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,

    /// The first case, to try one that failed again.
    #[arg(long, value_name = "CASE", default_value_t = 0)]
    first: u64,

    /// How many cases to try at once (default: one per core).
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,

    /// Stop when so many cases have failed.
    #[arg(long, value_name = "N", default_value_t = 10)]
    failures: u64,
}

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Random functions and values through compositions, against an interpreter of the specification.
    Values,
    /// Damaged component files.
    Files,
}

/// How the cases of a target ended.
struct Row {
    target: &'static str,
    cases: u64,
    failed: u64,
    /// What the others did.
    ended: String,
    seconds: f64,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let wanted = |target| self.target.is_none_or(|only| only == target);
        let mut rows = Vec::new();
        if wanted(Target::Values) {
            rows.push(self.values()?);
        }
        if wanted(Target::Files) {
            rows.push(self.files()?);
        }
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["", "cases", "failed", "the others", "seconds"]);
        for Row { target, cases, failed, ended, seconds } in &rows {
            let seconds = format!("{seconds:.1}");
            table.add_row([*target, &cases.to_string(), &failed.to_string(), ended, &seconds]);
        }
        say(format_args!("{table}\nseed {}, cases {} to {}", self.seed, self.first, self.first + self.cases));
        Ok(if rows.iter().all(|row| row.failed == 0) { Outcome::Good } else { Outcome::Failed })
    }

    fn values(&self) -> Result<Row> {
        let runner = Runner::new()?;
        let mut tally = Tally::default();
        let mut row = self.campaign(
            "values",
            |index| values::try_case(&runner, self.seed, index).map_err(|failure| failure.to_string()),
            |more| tally.add(more),
        );
        let Tally { relayed, values, traps, unclear, .. } = tally;
        row.ended = format!(
            "{values} calls gave values, {traps} trapped as they must, {unclear} said nothing; {relayed} with a native guest in between, too"
        );
        Ok(row)
    }

    fn files(&self) -> Result<Row> {
        let corpus = Corpus::new()?;
        let before = peak_memory();
        let (mut refused, mut composed) = (0u64, 0u64);
        let mut row = self.campaign(
            "files",
            |index| {
                let failed = |wrong| format!("{wrong}\n{}", self.keep(corpus.files(self.seed, index), index));
                corpus.try_case(self.seed, index).map_err(failed)
            },
            |ended| match ended {
                Ended::Refused => refused += 1,
                Ended::Composed => composed += 1,
            },
        );
        row.ended = format!("{refused} were refused, {composed} composed");
        if let (Some(before), Some(after)) = (before, peak_memory()) {
            row.ended.push_str(&format!(", {} MiB more memory", (after - before) >> 20));
            row.failed += u64::from(after - before > MOST_MEMORY);
        }
        Ok(row)
    }

    /// Writes the files of a case that failed, and says where they are.
    fn keep(&self, files: Vec<Input>, index: u64) -> String {
        let written = || {
            let folder = crate::workspace()?.join(format!("target/fuzz/{}-{index}", self.seed));
            std::fs::create_dir_all(&folder)?;
            for (number, file) in files.iter().enumerate() {
                std::fs::write(folder.join(format!("{number}.wasm")), &file.bytes)?;
            }
            anyhow::Ok(folder)
        };
        match written() {
            Ok(folder) => format!("its files are in {}", folder.display()),
            Err(error) => format!("its files cannot be written: {error:#}"),
        }
    }

    /// Tries the cases, several at once, and shows those that fail.
    fn campaign<T: Send>(
        &self,
        target: &'static str,
        try_case: impl Fn(u64) -> Result<T, String> + Sync,
        mut passed: impl FnMut(T),
    ) -> Row {
        let start = Instant::now();
        let style = ProgressStyle::with_template("  {msg} {bar:40} {pos}/{len} {per_sec} {eta}");
        let bar = ProgressBar::new(self.cases).with_style(style.expect("the template is valid")).with_message(target);
        let jobs = self.jobs.unwrap_or_else(campaign::default_jobs);
        let (mut cases, mut failed) = (0, 0);
        campaign::run(self.first..self.first + self.cases, jobs, try_case, |index, result| {
            cases += 1;
            bar.inc(1);
            match result {
                Ok(result) => passed(result),
                Err(wrong) => {
                    failed += 1;
                    let again = format!("--target {target} --seed {} --first {index} --cases 1", self.seed);
                    bar.suspend(|| {
                        say(format_args!("case {index} failed: {wrong}\nagain: cargo xtask fuzz {again}\n"))
                    });
                }
            }
            if failed == self.failures { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        bar.finish_and_clear();
        Row { target, cases, failed, ended: String::new(), seconds: start.elapsed().as_secs_f64() }
    }
}
