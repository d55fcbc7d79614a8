//! The worlds that were generated and compiled.

use std::collections::BTreeMap;

use comfy_table::{Table, presets};

use super::messages;
use crate::codegen::{Cell, Verdict};

/// A table of worlds by languages and profiles, each failure, and how many there are. The text, and true when none failed.
pub fn codegen(cells: &[Cell]) -> (String, bool) {
    let failed = |cell: &'_ Cell| matches!(cell.verdict, Verdict::Failed { .. });
    let mut text = format!("{}\n", table(cells));
    text += &messages("FAILED", cells.iter().filter_map(failure));
    text += &messages("as upstream's own bindings", cells.iter().filter_map(as_upstream));
    let count = |wanted: &dyn Fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
    let passed = count(&|cell| matches!(cell.verdict, Verdict::Passed { .. }));
    let upstream = count(&|cell| matches!(cell.verdict, Verdict::AsUpstream { .. }));
    let (noted, failures) = (count(&noted), count(&failed));
    text += &format!(
        "\n{passed} cells passed ({noted} with functions that keep the eager ABI), {failures} failed, {upstream} fail as upstream's own do"
    );
    (text, failures == 0)
}

fn noted(cell: &Cell) -> bool {
    matches!(&cell.verdict, Verdict::Passed { notes } if !notes.is_empty())
}

fn failure(cell: &Cell) -> Option<(&str, String)> {
    match &cell.verdict {
        Verdict::Failed { message } => Some((message, id(cell))),
        Verdict::Passed { .. } | Verdict::AsUpstream { .. } => None,
    }
}

fn as_upstream(cell: &Cell) -> Option<(&str, String)> {
    match &cell.verdict {
        Verdict::AsUpstream { message } => Some((message.lines().next().unwrap_or_default(), id(cell))),
        Verdict::Passed { .. } | Verdict::Failed { .. } => None,
    }
}

fn id(cell: &Cell) -> String {
    format!("{} ({}, {}, {})", cell.world, cell.language, cell.options, cell.profile)
}

fn table(cells: &[Cell]) -> Table {
    let mut columns: Vec<(&str, &str)> = Vec::new();
    let mut rows: BTreeMap<&str, BTreeMap<(&str, &str), Vec<&Verdict>>> = BTreeMap::new();
    for cell in cells {
        let column = (cell.language, cell.profile);
        if !columns.contains(&column) {
            columns.push(column);
        }
        rows.entry(&cell.world).or_default().entry(column).or_default().push(&cell.verdict);
    }
    let mut table = Table::new();
    let header = columns.iter().map(|(language, profile)| format!("{language}\n{profile}"));
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(std::iter::once("world".to_owned()).chain(header));
    for (world, verdicts) in rows {
        let signs = columns.iter().map(|column| verdicts.get(column).map_or(String::new(), |verdicts| sign(verdicts)));
        table.add_row(std::iter::once(world.to_owned()).chain(signs));
    }
    table
}

/// How many sets of options are well, or that one is not.
fn sign(verdicts: &[&Verdict]) -> String {
    let passed = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Passed { .. })).count();
    let failed = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Failed { .. })).count();
    match (failed, verdicts.len() - passed - failed) {
        (0, 0) => format!("{passed} ok"),
        (0, upstream) => format!("{passed} ok, {upstream} –"),
        (failed, _) => format!("{failed} FAIL"),
    }
}
