//! What a call between two guests costs: composed by the upstream library, composed by `onramp compose`, and the floor. And what
//! [`threads`] cost, and [Python guests](python).
//!
//! Each of the [`rows`] is a function of one interface, which the caller calls many times in a loop of its own. The [`guests`]
//! are what `wit-bindgen` makes of ordinary Rust; the [`floor`] is written by hand in core wasm. A [`contestant`] is one way
//! to join them, in one engine, ready to run. All contestants of a row are [measured](measure) in turns, because how fast
//! the machine is changes all the time: the ratios are what counts. The [`report`] has them beside what they should be. The
//! [`profiles`] are hand-written guests of every ABI in rows of their own, [`generated`] are those of the generators.

pub mod contestant;
pub mod floor;
pub mod generated;
pub mod guests;
pub mod measure;
pub mod profiles;
pub mod python;
pub mod report;
pub mod rows;
pub mod threads;

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};
use onramp_abi::Profile;
use onramp_matrix::progress::Progress;
use onramp_toolchain::Cache;
use serde::Serialize;

use contestant::Contestant;
use guests::{Guests, Yard};
use report::{Line, Report};
use rows::Row;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A part of the rows' names, such as `string-`; empty for all.
    pub filter: String,
    /// How many samples each contestant has in each row.
    pub samples: usize,
}

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Reports {
    /// What calls cost.
    #[serde(flatten)]
    pub calls: Option<Report>,
    /// What threads cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<threads::report::Report>,
    /// Python guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub python: Option<python::report::Report>,
}

/// Builds the guests, and measures the rows that were selected. `support` is the folder of the guests' shared test helpers.
///
/// # Errors
/// When no row is selected, a guest does not build, or a composition or a program does not run.
pub fn run(settings: &Settings, support: &Path, cache: &Cache, progress: &Progress) -> Result<Reports> {
    let rows: Vec<&Row> = rows::ALL.iter().filter(|row| row.name.contains(&settings.filter)).collect();
    let of_profiles: Vec<&'static profiles::Row> =
        profiles::ALL.iter().filter(|row| row.name.contains(&settings.filter)).collect();
    let generated: Vec<&generated::Row> =
        generated::ALL.iter().filter(|row| row.name.contains(&settings.filter)).collect();
    let of_threads = threads::selected(settings);
    let yard = Yard { support, cache, progress };
    let of_python = python::selected(&settings.filter, &yard)?;
    if rows.is_empty() && of_profiles.is_empty() && of_threads.is_empty() && of_python.is_empty() {
        let names: Vec<&str> = rows::ALL.iter().map(|row| row.name).collect();
        let names = [
            names,
            profiles::ALL.iter().map(|row| row.name).collect(),
            threads::rows::ALL.iter().map(|row| row.name).collect(),
            python::ALL.iter().map(|row| row.name).collect(),
        ];
        bail!("no row has `{}` in its name: there are {}", settings.filter, names.concat().join(", "));
    }
    let has_calls = !rows.is_empty() || !of_profiles.is_empty();
    let calls = has_calls
        .then(|| run_calls(&rows, &of_profiles, &generated, settings, support, cache, progress))
        .transpose()?;
    let threads = (!of_threads.is_empty()).then(|| threads::run(&of_threads, settings, cache, progress)).transpose()?;
    let python = (!of_python.is_empty()).then(|| python::run(&of_python, settings.samples, &yard)).transpose()?;
    Ok(Reports { calls, threads, python })
}

impl Reports {
    /// The reports as JSON.
    ///
    /// # Errors
    /// Never, as they have only names and numbers; the library does not know that.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

impl fmt::Display for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.calls.iter().try_for_each(|calls| write!(f, "{calls}"))?;
        self.threads.iter().try_for_each(|threads| write!(f, "{threads}"))?;
        self.python.iter().try_for_each(|python| write!(f, "{python}"))
    }
}

fn run_calls(
    rows: &[&Row],
    of_profiles: &[&'static profiles::Row],
    generated: &[&generated::Row],
    settings: &Settings,
    support: &Path,
    cache: &Cache,
    progress: &Progress,
) -> Result<Report> {
    if settings.samples == 0 {
        bail!("no samples, no medians: take at least one");
    }
    let guests = Guests::build("rust", Profile::Eager, &Yard { support, cache, progress })?;
    let task = progress.start("compose and compile");
    let mut contestants = Contestant::all(&guests)?;
    let mut profiled = Contestant::of_profiles(&guests)?;
    task.done("ready");
    let bar = progress.count(rows.len() + of_profiles.len());
    let mut lines = Vec::new();
    for row in rows {
        bar.set_message(row.name);
        let medians = measure::medians(row.name, &mut contestants, settings.samples)?;
        lines.push(Line::new(row, &contestants, &medians));
        bar.inc(1);
    }
    let profiles = profiles::run(of_profiles, &mut profiled, settings.samples, |row| {
        bar.set_message(row.name);
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    let generated = match generated {
        [] => None,
        rows => Some(generated::run(rows, settings.samples, &Yard { support, cache, progress })?),
    };
    Ok(Report { samples: settings.samples, rows: lines, profiles, generated })
}
