//! The tests that were run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comfy_table::{Table, presets};

use super::messages;
use crate::runtime::{Cell, Composed, Report, Verdict};

impl Report {
    /// How many cells passed.
    pub fn passed(&self) -> usize {
        self.cells.iter().filter(|cell| cell.verdict.passed()).count()
    }

    /// True when no cell failed.
    pub fn is_good(&self) -> bool {
        self.passed() == self.cells.len()
    }

    /// A table of tests by pairs of profiles, then each failure.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.table());
        let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for apart in &self.apart {
            reasons.entry(&apart.reason).or_default().push(&apart.test);
        }
        for (reason, tests) in reasons {
            let _ = writeln!(text, "not tried, {reason}: {}", tests.join(", "));
        }
        text += "ok: all connections core to core; n: a guest stayed nested, so some are the engine's\n";
        text += &messages("nested", self.cells.iter().flat_map(nested));
        text += &messages("FAILED", self.cells.iter().filter_map(failure));
        let tests: std::collections::BTreeSet<_> = self.cells.iter().map(|cell| (&cell.test, &cell.cast)).collect();
        let (passed, all) = (self.passed(), self.cells.len());
        let _ = writeln!(text, "\n{} tests; {passed} cells passed, {} failed", tests.len(), all - passed);
        text
    }

    fn table(&self) -> Table {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        let mut rows: BTreeMap<String, BTreeMap<(&str, &str), &Verdict>> = BTreeMap::new();
        for cell in &self.cells {
            let pair = (cell.runner, cell.others);
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
            rows.entry(cell.name()).or_default().insert(pair, &cell.verdict);
        }
        let mut table = Table::new();
        let columns = pairs.iter().map(|(runner, others)| format!("{}\n→ {}", short(runner), short(others)));
        table.load_style(presets::UTF8_FULL_CONDENSED).set_header(std::iter::once("test".to_owned()).chain(columns));
        for (name, verdicts) in rows {
            let signs = pairs.iter().map(|pair| match verdicts.get(pair) {
                Some(Verdict::Passed { composed: Composed::CoreToCore }) => "ok",
                Some(Verdict::Passed { composed: Composed::Nested(_) }) => "ok n",
                Some(Verdict::Failed { .. }) => "FAIL",
                None => "",
            });
            table.add_row(std::iter::once(name.as_str()).chain(signs));
        }
        table
    }
}

/// Why a cell's guests stayed nested, if any did.
fn nested(cell: &Cell) -> Vec<(&str, String)> {
    let Verdict::Passed { composed: Composed::Nested(guests) } = &cell.verdict else { return Vec::new() };
    guests.iter().map(|(guest, reason)| (reason.as_str(), format!("{} of {}", guest, cell.id()))).collect()
}

/// A cell's message, if it failed.
fn failure(cell: &Cell) -> Option<(&str, String)> {
    match &cell.verdict {
        Verdict::Passed { .. } => None,
        Verdict::Failed { message } => Some((message, cell.id())),
    }
}

impl Cell {
    /// The test and its sources.
    fn name(&self) -> String {
        format!("{}: {}", self.test, self.cast.join(" "))
    }

    /// All that tells the cell from others.
    fn id(&self) -> String {
        format!("{} ({} → {})", self.name(), self.runner, self.others)
    }
}

/// A profile's name in a narrow column.
fn short(profile: &str) -> &str {
    match profile {
        "multivalue" => "multi",
        other => other,
    }
}
