//! What the rows cost: as a table, and as JSON.

use std::fmt;

use anyhow::Result;
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use crate::contestant::{Contestant, Joint};
use crate::rows::{Goal, Row};
use crate::{generated, profiles};

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many samples each median is of.
    pub samples: usize,
    /// The rows.
    pub rows: Vec<Line>,
    /// The rows of guests of every ABI.
    pub profiles: Vec<profiles::report::Line>,
    /// The rows of guests that the generators made under every profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated: Option<generated::report::Report>,
}

/// A row that was measured.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its name.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What it should cost.
    pub goal: Goal,
    /// What it costs in an engine that inlines nothing.
    pub not_inlined: Costs,
    /// What it costs in an engine that inlines.
    pub inlined: Costs,
}

/// What a call costs, in nanoseconds, and how we compare.
#[derive(Debug, Serialize)]
pub struct Costs {
    /// Composed by the upstream library.
    pub stock: f64,
    /// Composed by us.
    pub ours: f64,
    /// Written by hand.
    pub floor: f64,
    /// How many times faster than stock ours is.
    pub faster_than_stock: f64,
    /// How many times the floor ours is.
    pub of_floor: f64,
    /// True when that is what it should be.
    pub goal_met: bool,
}

impl Line {
    /// The row with the medians of the contestants: of several layouts, the best counts.
    pub fn new(row: &Row, contestants: &[Contestant], medians: &[f64]) -> Self {
        let cost = |joint: Joint, inlined: bool| {
            let of_joint = contestants.iter().zip(medians);
            let of_joint = of_joint.filter(|(one, _)| (one.joint, one.inlined) == (joint, inlined));
            of_joint.map(|(_, median)| *median).fold(f64::INFINITY, f64::min)
        };
        let costs = |inlined: bool| {
            let [stock, ours, floor] = [Joint::Stock, Joint::Ours, Joint::Floor].map(|joint| cost(joint, inlined));
            Costs::new(stock, ours, floor, row.goal)
        };
        Line { name: row.name, title: row.title, goal: row.goal, not_inlined: costs(false), inlined: costs(true) }
    }
}

impl Costs {
    fn new(stock: f64, ours: f64, floor: f64, goal: Goal) -> Self {
        let (faster_than_stock, of_floor) = (stock / ours, ours / floor);
        let near_floor = goal.of_floor.is_none_or(|most| of_floor <= most);
        let goal_met = faster_than_stock >= goal.faster_than_stock && near_floor;
        Costs { stock, ours, floor, faster_than_stock, of_floor, goal_met }
    }

    fn cells(&self) -> [String; 6] {
        [
            time(self.stock),
            time(self.ours),
            time(self.floor),
            ratio(self.faster_than_stock),
            ratio(self.of_floor),
            if self.goal_met { "" } else { "✗" }.to_owned(),
        ]
    }
}

impl Report {
    /// The report as JSON.
    ///
    /// # Errors
    /// Never, as it has only names and numbers; the library does not know that.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rows.is_empty() {
            self.table(f)?;
        }
        if !self.profiles.is_empty() {
            profiles::report::table(&self.profiles, f)?;
        }
        self.generated.iter().try_for_each(|generated| write!(f, "{generated}"))?;
        writeln!(f, "medians of {} samples, taken in turns; read the ratios", self.samples)
    }
}

impl Report {
    fn table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        let side = ["stock", "ours", "floor", "stock\n/ours", "ours\n/floor", ""];
        let inlined = ["stock,\ninlined", "ours", "floor", "stock\n/ours", "ours\n/floor", ""];
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.set_header(["ns per call", "goal"].into_iter().chain(side).chain(inlined));
        for line in &self.rows {
            let costs = line.not_inlined.cells().into_iter().chain(line.inlined.cells());
            table.add_row([line.title.to_owned(), line.goal.to_string()].into_iter().chain(costs));
        }
        for column in table.column_iter_mut().skip(2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        writeln!(f, "{table}")?;
        for line in &self.rows {
            for (costs, engine) in [(&line.not_inlined, ""), (&line.inlined, ", inlined")] {
                if !costs.goal_met {
                    let (stock, floor) = (ratio(costs.faster_than_stock), ratio(costs.of_floor));
                    let goal = line.goal;
                    writeln!(f, "✗ {}{engine}: {stock} × stock, {floor} × floor; the goal is {goal}", line.title)?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of_floor {
            Some(most) => write!(f, "≤ {most} × floor"),
            None => write!(f, "≥ {} × stock", self.faster_than_stock),
        }
    }
}

/// A time, as the tables show it.
pub(crate) fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        small if small < 100.0 => format!("{small:.1}"),
        other => format!("{other:.0}"),
    }
}

/// A ratio, as the tables show it.
pub(crate) fn ratio(ratio: f64) -> String {
    match ratio {
        small if small < 10.0 => format!("{small:.2}"),
        other => format!("{other:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows;

    fn line(name: &str, [stock, ours, floor]: [f64; 3]) -> Line {
        let row = rows::ALL.iter().find(|row| row.name == name).unwrap();
        let costs = |scale: f64| Costs::new(stock, ours * scale, floor, row.goal);
        Line { name: row.name, title: row.title, goal: row.goal, not_inlined: costs(1.0), inlined: costs(4.0) }
    }

    #[test]
    fn goals_are_beside_the_rows_and_what_misses_them_is_marked() {
        let rows = [
            line("add", [9.9, 2.5, 1.9]),
            line("string-in-4k", [227.0, 120.0, 62.0]),
            line("bytes-in-1m", [673_000.0, 33_000.0, 30_000.0]),
        ];
        insta::assert_snapshot!(Report { samples: 41, rows: rows.into(), profiles: Vec::new(), generated: None });
    }

    #[test]
    fn the_json_has_the_same() {
        let json =
            Report { samples: 41, rows: vec![line("add", [10.0, 2.5, 2.0])], profiles: Vec::new(), generated: None }
                .json()
                .unwrap();
        insta::assert_snapshot!(json);
    }
}
