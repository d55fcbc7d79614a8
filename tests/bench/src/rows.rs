//! What is measured, and what we want of it.

use serde::Serialize;

/// A kind of call.
#[derive(Debug)]
pub struct Row {
    /// What it is called on the command line; `run-` and this is the function of the guests that makes the calls.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What it should cost.
    pub goal: Goal,
}

/// What a call should cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Goal {
    /// At least so many times faster than stock.
    pub faster_than_stock: f64,
    /// At most so many times the floor.
    pub of_floor: Option<f64>,
}

/// Nothing may be slower than stock.
const NOT_SLOWER: Goal = faster(1.0);

/// Strings of every size, checked.
const STRING: Goal = faster(1.5);

/// Lists of records in which every bit pattern is valid.
const RECORDS: Goal = faster(4.0);

/// Every row, in the order of the table.
pub const ALL: [Row; 21] = [
    row("add", "add(u32, u32)", Goal { faster_than_stock: 1.0, of_floor: Some(1.4) }),
    row("add-after-tick", "add(u32, u32), callee called the host before", NOT_SLOWER),
    row("add-and-tick", "add(u32, u32), callee calls the host in it", NOT_SLOWER),
    row("string-in-16", "string in, 16 B", STRING),
    row("string-in-4k", "string in, 4 KiB", STRING),
    row("string-in-4k-not-ascii", "string in, 4 KiB, not ASCII", STRING),
    row("string-in-64k", "string in, 64 KiB", STRING),
    row("string-out-16", "string out, 16 B", STRING),
    row("bytes-in-4k", "list<u8> in, 4 KiB", faster(25.0)),
    row("bytes-in-1m", "list<u8> in, 1 MiB", NOT_SLOWER),
    row("bytes-out-4k", "list<u8> out, 4 KiB", NOT_SLOWER),
    row("strings-in", "list<string> in, 1000 × 16 B", NOT_SLOWER),
    row("strings-out", "list<string> out, 1000 × 16 B", NOT_SLOWER),
    row("record-in", "record of 4 floats in", NOT_SLOWER),
    row("record-out", "record of 4 floats out", NOT_SLOWER),
    row("option-out", "option<u64> out", NOT_SLOWER),
    row("result-ok", "result<record, string> ok", NOT_SLOWER),
    row("result-error", "result<record, string> error", NOT_SLOWER),
    row("records-in", "list<record of 3 f32> × 1000 in", RECORDS),
    row("records-out", "list<record of 3 f32> × 1000 out", RECORDS),
    row("forward", "64 KiB string forwarded A→B→C", STRING),
];

const fn row(name: &'static str, title: &'static str, goal: Goal) -> Row {
    Row { name, title, goal }
}

const fn faster(times: f64) -> Goal {
    Goal { faster_than_stock: times, of_floor: None }
}

impl Row {
    /// The function of the guests that makes this row's calls.
    pub fn function(&self) -> String {
        function(self.name)
    }
}

/// The function of the guests that makes the calls of the row of this name.
pub fn function(name: &str) -> String {
    format!("run-{name}")
}
