//! The rows for guests of every ABI: hand-written ones, which do the least that a call needs.
//!
//! The same guests are eager ones connected by the engine, and joined by us for each of the [`PAIRS`]. Where a row is also one of
//! [`rows`], what `wit-bindgen`'s guests need is beside it.

pub mod guests;
pub mod report;

use anyhow::Result;
use onramp_abi::Profile::{self, Cm1, Eager, Gc, Lazy, Multivalue};

use crate::contestant::Contestant;
use crate::{measure, rows};
use report::Line;

/// The profiles of the caller and of the callee; a guest between them has the caller's.
pub type Pair = (Profile, Profile);

/// The pairs that are measured, in the order of the table. What eager guests need is what the others are compared with.
pub const PAIRS: [Pair; 21] = {
    let all = Profile::LINEAR;
    let mut pairs = [(Gc, Gc); 21];
    let mut index = 0;
    while index < all.len() * all.len() {
        pairs[index] = (all[index / all.len()], all[index % all.len()]);
        index += 1;
    }
    // Objects meet memory in few ways: the other profiles of memories differ from these in what they differ in among themselves.
    pairs[index] = (Eager, Gc);
    pairs[index + 1] = (Gc, Eager);
    pairs[index + 2] = (Cm1, Gc);
    pairs[index + 3] = (Gc, Cm1);
    pairs
};

const MULTI: &[Pair] = &[(Multivalue, Multivalue), (Cm1, Cm1)];
const REFERENCES: &[Pair] = &[(Gc, Gc)];
const LAZY: &[Pair] = &[(Lazy, Lazy), (Cm1, Cm1)];

/// A kind of call.
#[derive(Debug)]
pub struct Row {
    /// What it is called on the command line; `run-` and this is the function of the guests that makes the calls.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What it should cost.
    pub goal: Goal,
    /// For which pairs.
    pub pairs: &'static [Pair],
}

/// What a call should cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// The row is there for others to be compared with.
    None,
    /// At most so many times what our adapter between eager guests needs.
    OfEager(f64),
    /// So many times faster than `wit-bindgen`'s guests connected by the engine.
    FasterThanStock(f64),
    /// At most so many times what the same pair needs in the row of this name.
    OfRow(f64, &'static str),
}

/// No slower, up to what two measurements of the same differ by.
const NOT_SLOWER: Goal = Goal::OfEager(1.1);

/// Every row, in the order of the table.
pub const ALL: [Row; 12] = [
    row("add", "add(u32, u32)", NOT_SLOWER, MULTI),
    row("record-out", "record of 4 floats out", NOT_SLOWER, MULTI),
    row("option-out", "option<u64> out", NOT_SLOWER, MULTI),
    row("result-ok", "result<record, string> ok", NOT_SLOWER, MULTI),
    row("strings-in", "list<string> in, 1000 × 16 B, all read", Goal::FasterThanStock(4.0), LAZY),
    row("records-in", "list<record of 3 f32> × 1000 in", NOT_SLOWER, REFERENCES),
    row("string-in-4k", "string in, 4 KiB", NOT_SLOWER, REFERENCES),
    row("read-1k", "string in, 1 KiB, 16 B read", Goal::None, LAZY),
    row("read-1m", "string in, 1 MiB, 16 B read", Goal::OfRow(1.25, "read-1k"), LAZY),
    row("forward-64", "64 B string A→B→C, not read", Goal::None, LAZY),
    row("forward-64k", "64 KiB string A→B→C, not read", Goal::OfRow(1.25, "forward-64"), LAZY),
    row("forward-1m", "1 MiB string A→B→C, not read", Goal::OfRow(1.25, "forward-64"), LAZY),
];

const fn row(name: &'static str, title: &'static str, goal: Goal, pairs: &'static [Pair]) -> Row {
    Row { name, title, goal, pairs }
}

/// Measures the rows. The hand-written contestants come first, those of `wit-bindgen`'s guests after them.
///
/// # Errors
/// When a contestant lacks a row, or traps.
pub fn run(
    selected: &[&'static Row],
    contestants: &mut [Contestant],
    samples: usize,
    each: impl Fn(&Row),
) -> Result<Vec<Line>> {
    let hand_written = contestants.partition_point(Contestant::is_hand_written);
    let mut lines = Vec::new();
    for row in selected {
        each(row);
        let also = rows::ALL.iter().any(|other| other.name == row.name);
        let taking_part = if also { contestants.len() } else { hand_written };
        let taking_part = &mut contestants[..taking_part];
        let medians = measure::medians(row.name, taking_part, samples)?;
        lines.push(Line::new(row, taking_part, &medians));
    }
    report::judge(&mut lines, selected);
    Ok(lines)
}
