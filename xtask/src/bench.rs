//! `cargo xtask bench`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use onramp_bench::Settings;
use onramp_matrix::matrix::own_folders;
use onramp_matrix::progress::Progress;
use onramp_toolchain::Cache;

use crate::{Outcome, say};

/// The flags of `cargo xtask bench`.
#[derive(Args)]
pub struct Arguments {
    /// Only rows whose name contains this, such as `string-` or `add`.
    #[arg(long, value_name = "TEXT", default_value = "")]
    row: String,

    /// How many samples each median is of.
    #[arg(long, value_name = "N", default_value_t = 41)]
    samples: usize,

    /// Also write the report in this form.
    #[arg(long, value_name = "FORMAT")]
    format: Option<FileFormat>,

    /// The file for the report (default: target/bench.json).
    #[arg(long, value_name = "FILE", requires = "format")]
    out: Option<PathBuf>,
}

/// The forms of a report, on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum FileFormat {
    /// Every row with its times, ratios and goals.
    Json,
}

impl Arguments {
    /// Runs the command. Slow is not wrong: a row that misses its goal is marked, and fails nothing.
    pub fn run(self) -> Result<Outcome> {
        let workspace = crate::workspace()?;
        let (_, support) = own_folders(&workspace);
        let settings = Settings { filter: self.row, samples: self.samples };
        let report = onramp_bench::run(&settings, &support, &Cache::open()?, &Progress::on_stderr())?;
        say(&report);
        if let Some(FileFormat::Json) = self.format {
            let file = self.out.unwrap_or_else(|| workspace.join("target/bench.json"));
            fs::write(&file, report.json()?).with_context(|| format!("cannot write `{}`", file.display()))?;
            say(format_args!("wrote {}", file.display()));
        }
        Ok(Outcome::Good)
    }
}
