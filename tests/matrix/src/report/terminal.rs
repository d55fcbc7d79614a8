//! The report as text: a table of scenarios by pairs of guests, or, when there are many pairs, of callers by callees; then reasons
//! and failures.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets};

use super::{Report, unique};
use crate::cell::{Cell, Side, Summary, Verdict};
use crate::linker::Linker;

/// How many lines of a failure's message are shown; the other reports have all of them.
const MESSAGE_LINES: usize = 30;

/// How many pairs of guests have a column each; when there are more, the table is one of callers by callees.
const PAIRS_SHOWN: usize = 9;

/// How many cells are named that failed in the same way.
const CELLS_NAMED: usize = 9;

pub(super) fn render(report: &Report) -> String {
    let mut text = String::new();
    for linker in report.linkers() {
        let _ = writeln!(text, "joined by: {linker}\n{}", table(report, linker));
    }
    let mut reasons: Vec<&str> = report.cells.iter().filter_map(impossible).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for reason in reasons {
        let _ = writeln!(text, "  –  cannot be: {reason}");
    }
    for Failure { cells, step, message, output } in failures(report) {
        let named = cells.iter().take(CELLS_NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = match cells.len().saturating_sub(CELLS_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let _ = writeln!(text, "\nFAILED at {step}: {named}{more}");
        write_indented(&mut text, message);
        write_indented(&mut text, output);
    }
    text
}

/// Cells that failed in the same way: a guest that does not build fails every cell that it is in.
struct Failure<'a> {
    cells: Vec<String>,
    step: &'static str,
    message: &'a str,
    output: &'a str,
}

fn failures(report: &Report) -> Vec<Failure<'_>> {
    let mut failures: Vec<Failure> = Vec::new();
    for cell in &report.cells {
        let Verdict::Failed { step, message } = &cell.verdict else { continue };
        let same = |one: &&mut Failure| (one.step, one.message, one.output) == (*step, message, &cell.output);
        match failures.iter_mut().find(same) {
            Some(failure) => failure.cells.push(cell.id()),
            None => failures.push(Failure { cells: vec![cell.id()], step, message, output: &cell.output }),
        }
    }
    failures
}

fn table(report: &Report, linker: Linker) -> Table {
    let pairs = report.pairs(linker);
    let mut table =
        if pairs.len() > PAIRS_SHOWN { by_pair(report, linker) } else { by_scenario(report, linker, &pairs) };
    table.load_style(presets::UTF8_FULL_CONDENSED);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A row per scenario, a column per pair: how many checks were made.
fn by_scenario(report: &Report, linker: Linker, pairs: &[(Side, Side)]) -> Table {
    let mut table = Table::new();
    let columns = pairs.iter().map(|(caller, callee)| format!("{caller}\n→ {callee}"));
    table.set_header(std::iter::once("scenario".to_owned()).chain(columns));
    for scenario in report.scenarios() {
        let cells = pairs.iter().map(|pair| report.cell(linker, scenario, *pair).map_or(String::new(), sign));
        table.add_row(std::iter::once(scenario.to_owned()).chain(cells));
    }
    table
}

/// A row per caller, a column per callee: how many of their cells passed, failed, cannot be.
fn by_pair(report: &Report, linker: Linker) -> Table {
    let (callers, callees): (Vec<Side>, Vec<Side>) = report.pairs(linker).into_iter().unzip();
    let (callers, callees) = (unique(callers.into_iter()), unique(callees.into_iter()));
    let mut table = Table::new();
    let columns = callees.iter().map(|callee| format!("→ {}", callee.to_string().replace(':', "\n")));
    table.set_header(std::iter::once("caller".to_owned()).chain(columns));
    for caller in callers {
        let cells = callees.iter().map(|&callee| tally(report, linker, (caller, callee)));
        table.add_row(std::iter::once(caller.to_string()).chain(cells));
    }
    table
}

/// The verdicts on the cells of a pair, counted.
fn tally(report: &Report, linker: Linker, pair: (Side, Side)) -> String {
    let cells: Vec<Cell> = report.joined(linker).filter(|cell| (cell.caller, cell.callee) == pair).cloned().collect();
    let Summary { passed, failed, skipped } = Summary::of(&cells);
    let counts = [(passed, "ok"), (failed, "FAILED"), (skipped, "–")];
    let shown = counts.iter().filter(|(count, _)| *count > 0).map(|(count, sign)| format!("{count} {sign}"));
    shown.collect::<Vec<_>>().join("\n")
}

fn sign(cell: &Cell) -> String {
    match &cell.verdict {
        Verdict::Passed { checks } => format!("{checks} ok"),
        Verdict::Failed { .. } => "FAILED".to_owned(),
        Verdict::Impossible { .. } => "–".to_owned(),
        Verdict::NotRun => "not run".to_owned(),
    }
}

fn impossible(cell: &Cell) -> Option<&str> {
    match &cell.verdict {
        Verdict::Impossible { reason } => Some(reason),
        _ => None,
    }
}

fn write_indented(text: &mut String, message: &str) {
    let lines: Vec<&str> = message.lines().collect();
    for line in lines.iter().take(MESSAGE_LINES) {
        let _ = writeln!(text, "    {line}");
    }
    if lines.len() > MESSAGE_LINES {
        let _ = writeln!(text, "    … {} more lines: see --format html", lines.len() - MESSAGE_LINES);
    }
}
