//! What threads cost: POSIX threads by `onramp cc`, beside the bare built-ins of the Component Model and native threads.
//!
//! `guests/threads/posix.c` is built by `onramp cc` and by the machine's own compiler, `builtins.c` uses the built-ins alone. Each
//! of the [`rows`] is a loop in them, whose time they take themselves.

pub mod contestant;
pub mod report;
pub mod rows;

use anyhow::{Result, bail};
use onramp_matrix::progress::Progress;
use onramp_toolchain::Cache;

use crate::Settings;
use contestant::Contestants;
use report::{Line, Report};
use rows::Row;

/// The rows that the settings select.
pub fn selected(settings: &Settings) -> Vec<&'static Row> {
    rows::ALL.iter().filter(|row| row.name.contains(&settings.filter)).collect()
}

/// Builds the programs, and measures rows.
///
/// # Errors
/// When there are no samples to be taken, a program does not build, or one fails.
pub fn run(rows: &[&'static Row], settings: &Settings, cache: &Cache, progress: &Progress) -> Result<Report> {
    if settings.samples == 0 {
        bail!("no samples, no medians: take at least one");
    }
    let task = progress.start("threaded programs");
    let contestants = Contestants::build(cache)?;
    task.done("ready");
    let bar = progress.count(rows.len());
    let mut lines = Vec::new();
    for row in rows {
        bar.set_message(row.name);
        lines.push(measure(row, &contestants, settings.samples)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Report { samples: settings.samples, rows: lines })
}

/// Measures the contestants of a row in turns.
fn measure(row: &'static Row, contestants: &Contestants, samples: usize) -> Result<Line> {
    let (mut ours, mut built_in, mut native, mut memory) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..samples {
        let own = contestants.ours(row)?;
        ours.push(own.nanoseconds);
        memory.push(own.memory);
        built_in.extend(contestants.built_in(row)?);
        native.extend(contestants.native(row)?);
    }
    Ok(Line::new(row, median(ours), median(built_in), median(native), memory.into_iter().max()))
}

fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied()
}
