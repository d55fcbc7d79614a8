//! The rows for guests that the generators made of one source, under every profile.
//!
//! *Stock* are the guests of upstream's generators, connected by the engine: what a project has before it moves. The others are
//! guests of one profile each, joined by us. Beside the times are the sizes of what the generators and linkers made.

pub mod report;
pub mod sizes;

use anyhow::Result;
use onramp_abi::Profile::{self, Cm1, Multivalue};
use std::collections::BTreeMap;

use crate::contestant::Contestant;
use crate::guests::{Guests, Yard};
use crate::measure;
use report::{Line, Report};

/// The languages, as the matrix calls them.
pub const LANGUAGES: [&str; 2] = ["rust", "c"];

/// A kind of call: one of [`rows`](crate::rows).
#[derive(Debug)]
pub struct Row {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What it should cost.
    pub goal: Goal,
}

/// What a call should cost: under a profile, at least so many times less than stock.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// Whether that is for guests that read lazily.
    pub lazily: bool,
    /// The profile.
    pub profile: Profile,
    /// How many times.
    pub faster_than_stock: f64,
}

/// Every row, in the order of the table.
pub const ALL: [Row; 14] = [
    row("add", "add(u32, u32)", NOT_SLOWER),
    row("string-in-16", "string in, 16 B", NOT_SLOWER),
    row("string-in-4k", "string in, 4 KiB", NOT_SLOWER),
    row("string-out-16", "string out, 16 B", NOT_SLOWER),
    row("bytes-in-4k", "list<u8> in, 4 KiB", NOT_SLOWER),
    row("bytes-out-4k", "list<u8> out, 4 KiB", NOT_SLOWER),
    row("strings-in", "list<string> in, 1000 × 16 B", NOT_SLOWER),
    row("strings-out", "list<string> out, 1000 × 16 B", Goal { lazily: true, profile: Cm1, faster_than_stock: 2.5 }),
    row("record-in", "record of 4 floats in", NOT_SLOWER),
    row("record-out", "record of 4 floats out", RESULTS),
    row("option-out", "option<u64> out", RESULTS),
    row("result-ok", "result<record, string> ok", RESULTS),
    row("records-in", "list<record of 3 f32> × 1000 in", NOT_SLOWER),
    row("forward", "64 KiB string A→B→C", NOT_SLOWER),
];

/// The profile of the guests that read lazily.
pub const LAZILY: Profile = Cm1;

/// The rows that they have.
const LAZY_ROWS: [&str; 2] = ["strings-out", "forward"];

const NOT_SLOWER: Goal = Goal { lazily: false, profile: Cm1, faster_than_stock: 1.0 };

const RESULTS: Goal = Goal { lazily: false, profile: Multivalue, faster_than_stock: 1.0 };

const fn row(name: &'static str, title: &'static str, goal: Goal) -> Row {
    Row { name, title, goal }
}

/// The guests of a language under every profile.
pub type Profiled = BTreeMap<Profile, Guests>;

/// Builds the guests of every language and measures the rows.
///
/// # Errors
/// When a guest does not build, or a contestant lacks a row or traps.
pub fn run(selected: &[&Row], samples: usize, yard: &Yard) -> Result<Report> {
    let mut report = Report::default();
    for language in LANGUAGES {
        let build = |profile| Ok((profile, Guests::build(language, profile, yard)?));
        let guests = Profile::ALL.into_iter().map(build).collect::<Result<Profiled>>()?;
        let lazily = Guests::build_lazy(language, LAZILY, yard)?;
        let task = yard.progress.start(format!("compose and compile {language}"));
        let mut contestants = Contestant::of_generated(&guests, &lazily)?;
        task.done("ready");
        let everyone = contestants.len();
        let owning = contestants.partition_point(|contestant| !contestant.is_lazy());
        let bar = yard.progress.count(selected.len());
        for row in selected {
            bar.set_message(row.name);
            let taking_part = &mut contestants[..if LAZY_ROWS.contains(&row.name) { everyone } else { owning }];
            let medians = measure::medians(row.name, taking_part, samples)?;
            report.rows.push(Line::new(language, row, taking_part, &medians));
            bar.inc(1);
        }
        bar.finish_and_clear();
        report.sizes.extend(sizes::of(language, &guests)?);
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows;

    #[test]
    fn every_row_is_one_of_the_guests() {
        for row in &ALL {
            assert!(
                rows::ALL.iter().any(|other| (other.name, other.title) == (row.name, row.title))
                    || row.name == "forward"
            );
        }
    }
}
