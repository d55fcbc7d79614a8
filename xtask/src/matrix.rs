//! `cargo xtask matrix`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::{Args, Parser as _, ValueEnum};
use onramp_matrix::matrix::{Matrix, Settings, own_folders};
use onramp_matrix::progress::Progress;
use onramp_matrix::report::{Format, Report};
use onramp_matrix::selection::Selection;
use onramp_toolchain::Cache;

use crate::{Outcome, say};

/// The flags of `cargo xtask matrix`.
#[derive(Args)]
pub struct Arguments {
    /// Only these languages, on both sides: rust, c, python, componentize-py, wat, java.
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    lang: Vec<String>,

    /// Only these profiles, on both sides: eager, multivalue, lazy, cm1, gc.
    #[arg(long, value_name = "PROFILE", value_delimiter = ',')]
    profile: Vec<String>,

    /// Only these callers: columns of the table, such as `rust` (under the eager profile) or `c:lazy`.
    #[arg(long, value_name = "GUEST", value_delimiter = ',')]
    caller: Vec<String>,

    /// Only these callees.
    #[arg(long, value_name = "GUEST", value_delimiter = ',')]
    callee: Vec<String>,

    /// Only these linkers, and all of their cells: stock (the upstream library), onramp (`onramp compose`), host (nobody: the host
    /// carries values between two components). Without it, stock joins eager guests, and host joins each guest with eager Rust and
    /// with itself.
    #[arg(long, value_name = "LINKER", value_delimiter = ',')]
    linker: Vec<String>,

    /// Only these scenarios: folders of tests/scenarios.
    #[arg(long, value_name = "SCENARIO", value_delimiter = ',')]
    scenario: Vec<String>,

    /// Only cells whose name contains this, such as `strings/rust-` or `/c:lazy-python`.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,

    /// Leave out pairs with Python where both sides speak another profile than today's, and not the same: what `cargo xtask test` runs.
    #[arg(long)]
    brief: bool,

    /// Show the cells' names and run nothing.
    #[arg(long)]
    list: bool,

    /// How many builds and compositions to work on at once (default: one per core).
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,

    /// Run every cell, whatever fails (the default).
    #[arg(long, conflicts_with = "fail_fast")]
    keep_going: bool,

    /// Stop at the first cell that fails.
    #[arg(long)]
    fail_fast: bool,

    /// Also write the report in this form; several may be given.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<FileFormat>,

    /// Where reports are written: a file for one format, or a folder (default: target/matrix).
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,

    /// Another folder of scenarios.
    #[arg(long, value_name = "FOLDER")]
    scenarios: Option<PathBuf>,

    /// How long one cell's run may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    time_limit: u64,
}

/// The forms of a report, on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum FileFormat {
    /// Every cell with its steps.
    Json,
    /// JUnit XML, for CI systems.
    Junit,
    /// One page that opens from disk.
    Html,
}

impl From<FileFormat> for Format {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Json => Format::Json,
            FileFormat::Junit => Format::Junit,
            FileFormat::Html => Format::Html,
        }
    }
}

/// The flags alone, so that another command can run the matrix with the same defaults.
#[derive(clap::Parser)]
struct Alone {
    #[command(flatten)]
    arguments: Arguments,
}

impl Arguments {
    /// Those of a brief run.
    pub fn brief() -> Self {
        Alone::parse_from(["matrix", "--brief"]).arguments
    }

    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let matrix = self.matrix()?;
        if self.list {
            list(&matrix);
            return Ok(Outcome::Good);
        }
        let formats: Vec<Format> = self.format.iter().map(|&format| format.into()).collect();
        let out = match &self.out {
            Some(out) => out.clone(),
            None => crate::workspace()?.join("target/matrix"),
        };
        let report = self.report(matrix)?;
        say(report.terminal());
        for file in report.write(&formats, &out)? {
            say(format_args!("wrote {}", file.display()));
        }
        say(format_args!("{} in {:.1} s", report.summary, report.seconds));
        Ok(if report.summary.failed == 0 { Outcome::Good } else { Outcome::Failed })
    }

    /// Runs the cells and reports on them.
    pub fn report(&self, matrix: Matrix) -> Result<Report> {
        let start = Instant::now();
        let cells = matrix.run(&Cache::open()?, &Progress::on_stderr())?;
        Ok(Report::new(cells, start.elapsed().as_secs_f64()))
    }

    /// The cells that the flags select.
    pub fn matrix(&self) -> Result<Matrix> {
        let (scenarios, support) = own_folders(&crate::workspace()?);
        let settings = Settings {
            scenarios: self.scenarios.clone().unwrap_or(scenarios),
            support,
            jobs: self.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
            fail_fast: self.fail_fast,
            time_limit: Duration::from_secs(self.time_limit),
        };
        let selection = Selection {
            languages: self.lang.clone(),
            profiles: self.profile.clone(),
            callers: self.caller.clone(),
            callees: self.callee.clone(),
            linkers: self.linker.clone(),
            scenarios: self.scenario.clone(),
            filter: self.filter.clone(),
            brief: self.brief,
        };
        Matrix::new(settings, &selection)
    }
}

fn list(matrix: &Matrix) {
    for cell in matrix.cells() {
        let reason = matrix.unwritten(cell).or_else(|| matrix.gap(cell).map(|gap| gap.reason.to_owned()));
        let reason = reason.map(|reason| format!("  (cannot be: {reason})")).unwrap_or_default();
        say(format_args!("{}{reason}", cell.id()));
    }
}
