//! Python guests on our runtime beside componentize-py's: what they are, how they start, what a call of one costs.
//!
//! The guest is `guests/callee.py` under each [`COLUMNS`]. For calls, a caller in Rust of the same profile makes them, joined with the
//! guest by the upstream library or by us. For [starting](start), the guest is alone.

pub mod report;
pub mod start;

use anyhow::{Result, bail};
use onramp_abi::Profile::{self, Cm1, Eager};
use onramp_python_runtime::Runtime;
use wasmtime::{CacheConfig, Config, Engine};

use crate::contestant::{Contestant, joined};
use crate::guests::{Guests, Yard};
use crate::measure;
use report::{Line, Report, Unit};

/// A column of the table.
#[derive(Debug)]
pub struct Column {
    /// Its title.
    pub title: &'static str,
    /// The language, as the matrix calls it.
    language: &'static str,
    /// The profile of all guests.
    profile: Profile,
    /// Whether the guests are joined by us.
    ours: bool,
}

/// Every column. The first two are what differs in the runtime only.
pub const COLUMNS: [Column; 4] = [
    Column { title: "componentize-py", language: "componentize-py", profile: Eager, ours: false },
    Column { title: "ours, eager,\nstock", language: "python", profile: Eager, ours: false },
    Column { title: "ours, eager,\nonramp", language: "python", profile: Eager, ours: true },
    Column { title: "ours, cm1,\nonramp", language: "python", profile: Cm1, ours: true },
];

/// What is measured.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// How.
    pub kind: Kind,
}

/// How something is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The component's size.
    Size,
    /// Making the component.
    Build,
    /// Instantiating the component, once it is compiled.
    Instantiate,
    /// The first call of an instance.
    FirstCall,
    /// Calls in a loop: the name that the guests' row has.
    Calls(&'static str),
}

/// Every row, in the order of the table.
pub const ALL: [Row; 12] = [
    row("python-size", "component, MB", Kind::Size),
    row("python-build", "making it, s", Kind::Build),
    row("python-instantiate", "instantiating it, ms", Kind::Instantiate),
    row("python-first-call", "the first call of an instance, ms", Kind::FirstCall),
    row("python-add", "add(u32, u32), µs", Kind::Calls("add")),
    row("python-record-out", "record of 4 floats out, µs", Kind::Calls("record-out")),
    row("python-string-in-4k", "string in, 4 KiB, µs", Kind::Calls("string-in-4k")),
    row("python-bytes-in-4k", "list<u8> in, 4 KiB, µs", Kind::Calls("bytes-in-4k")),
    row("python-bytes-in-1m", "list<u8> in, 1 MiB, µs", Kind::Calls("bytes-in-1m")),
    row("python-strings-in", "list<string> in, 1000 × 16 B, µs", Kind::Calls("strings-in")),
    row("python-strings-out", "list<string> out, 1000 × 16 B, µs", Kind::Calls("strings-out")),
    row("python-records-in", "list<record of 3 f32> × 1000 in, µs", Kind::Calls("records-in")),
];

const fn row(name: &'static str, title: &'static str, kind: Kind) -> Row {
    Row { name, title, kind }
}

impl Kind {
    /// What its numbers are.
    pub fn unit(self) -> Unit {
        match self {
            Kind::Size => Unit::Megabytes,
            Kind::Build => Unit::Seconds,
            Kind::Instantiate | Kind::FirstCall => Unit::Milliseconds,
            Kind::Calls(_) => Unit::Microseconds,
        }
    }
}

/// The rows that a filter selects. Without a filter, none while the runtime is not built, which takes minutes.
///
/// # Errors
/// When the cache cannot be read.
pub fn selected(filter: &str, yard: &Yard) -> Result<Vec<&'static Row>> {
    let rows: Vec<&Row> = ALL.iter().filter(|row| row.name.contains(filter)).collect();
    if !rows.is_empty() && !filter.contains("python") && Runtime::find(yard.cache)?.is_none() {
        let task = yard.progress.start("Python: its runtime is not built (cargo xtask python build)");
        task.done("left out");
        return Ok(Vec::new());
    }
    Ok(rows)
}

/// Builds the guests and measures rows.
///
/// # Errors
/// When there are no samples to be taken, a guest does not build, or a contestant traps.
pub fn run(rows: &[&'static Row], samples: usize, yard: &Yard) -> Result<Report> {
    if samples == 0 {
        bail!("no samples, no medians: take at least one");
    }
    let guests = |column: &Column| Guests::around(column.language, column.profile, yard);
    let guests = COLUMNS.iter().map(guests).collect::<Result<Vec<_>>>()?;
    let engine = engine(yard)?;
    let task = yard.progress.start("compose and compile Python");
    let mut contestants = contestants(&engine, rows, &guests)?;
    let mut starting = start::Starting::all(&engine, &guests)?;
    task.done("ready");
    let bar = yard.progress.count(rows.len());
    let mut lines = Vec::new();
    for row in rows {
        bar.set_message(row.name);
        let numbers = match row.kind {
            Kind::Size => guests.iter().map(|guests| guests.callee().bytes().len() as f64 / 1e6).collect(),
            Kind::Build => COLUMNS.iter().map(|column| build(column, yard)).collect::<Result<_>>()?,
            Kind::Instantiate => start::medians(&mut starting, samples)?.into_iter().map(|start| start.0).collect(),
            Kind::FirstCall => start::medians(&mut starting, samples)?.into_iter().map(|start| start.1).collect(),
            Kind::Calls(name) => microseconds(measure::medians(name, &mut contestants, samples)?),
        };
        lines.push(Line::new(row, numbers));
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Report { samples, columns: COLUMNS.each_ref().map(|column| column.title), rows: lines })
}

fn build(column: &Column, yard: &Yard) -> Result<f64> {
    Ok(yard.time_of_callee(column.language, column.profile)?.as_secs_f64())
}

fn microseconds(nanoseconds: Vec<f64>) -> Vec<f64> {
    nanoseconds.into_iter().map(|time| time / 1e3).collect()
}

/// The guests joined, when a row calls them.
fn contestants(engine: &Engine, rows: &[&Row], guests: &[Guests]) -> Result<Vec<Contestant>> {
    if !rows.iter().any(|row| matches!(row.kind, Kind::Calls(_))) {
        return Ok(Vec::new());
    }
    let components = COLUMNS.iter().zip(guests).map(|(column, guests)| match column.ours {
        true => joined(&guests.graph()?),
        false => onramp_compose::stock::compose(&guests.graph()?),
    });
    Contestant::of_python(engine, &components.collect::<Result<Vec<_>>>()?)
}

/// An engine that keeps what it compiled: that is CPython each time.
fn engine(yard: &Yard) -> Result<Engine> {
    let mut cache = CacheConfig::new();
    cache.with_directory(yard.cache.folder("compiled").join("components"));
    Ok(Engine::new(Config::new().cache(Some(wasmtime::Cache::new(cache)?)))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows;

    #[test]
    fn every_call_is_one_of_the_guests() {
        for row in &ALL {
            if let Kind::Calls(name) = row.kind {
                assert!(rows::ALL.iter().any(|other| other.name == name), "{name}");
            }
        }
    }
}
