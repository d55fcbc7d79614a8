//! What was seen, as text.

mod codegen;
mod runtime;

pub use codegen::codegen;

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many lines of a message are shown; the JSON has all of them.
const MESSAGE_LINES: usize = 25;

/// How many cells with the same message are named.
const CELLS_NAMED: usize = 6;

/// Messages, each with the cells that have it.
fn messages<'c>(heading: &str, cells: impl Iterator<Item = (&'c str, String)>) -> String {
    let mut by_message: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (message, cell) in cells {
        by_message.entry(message).or_default().push(cell);
    }
    let mut text = String::new();
    for (message, cells) in by_message {
        let named = cells.iter().take(CELLS_NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = match cells.len().saturating_sub(CELLS_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let _ = writeln!(text, "\n{heading}: {named}{more}");
        for line in message.lines().take(MESSAGE_LINES) {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}
