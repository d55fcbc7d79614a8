//! What the rows cost for each pair of profiles.

use std::collections::BTreeMap;
use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use super::{Goal, PAIRS, Pair, Row};
use crate::contestant::{Contestant, Joint};
use crate::report::{ratio, time};

/// A row that was measured.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its name.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What it should cost.
    pub goal: String,
    /// What it costs in an engine that inlines nothing.
    pub not_inlined: Costs,
    /// What it costs in an engine that inlines.
    pub inlined: Costs,
    /// Where the goal is missed: the pair, the engine and the ratio.
    pub missed: Vec<String>,
}

/// What a call costs, in nanoseconds.
#[derive(Debug, Serialize)]
pub struct Costs {
    /// `wit-bindgen`'s guests connected by the engine, where they have the row.
    pub stock: Option<f64>,
    /// The hand-written eager guests connected by the engine.
    pub engine: f64,
    /// Those of each pair, joined by us.
    pub pairs: BTreeMap<String, f64>,
}

impl Line {
    /// The row with the medians of the contestants: of several instances, the best counts.
    pub fn new(row: &Row, contestants: &[Contestant], medians: &[f64]) -> Self {
        let cost = |joint: Joint, inlined: bool| {
            let all = contestants.iter().zip(medians);
            let of_joint = all.filter(|(one, _)| (one.joint, one.inlined) == (joint, inlined));
            of_joint.map(|(_, median)| *median).reduce(f64::min)
        };
        let costs = |inlined: bool| Costs {
            stock: cost(Joint::Stock, inlined),
            engine: cost(Joint::Engine, inlined).unwrap_or(f64::INFINITY),
            pairs: PAIRS.iter().filter_map(|&pair| Some((name(pair), cost(Joint::Pair(pair), inlined)?))).collect(),
        };
        let goal = row.goal.to_string();
        Line {
            name: row.name,
            title: row.title,
            goal,
            not_inlined: costs(false),
            inlined: costs(true),
            missed: Vec::new(),
        }
    }
}

impl Costs {
    fn of(&self, pair: Pair) -> Option<f64> {
        self.pairs.get(&name(pair)).copied()
    }

    /// How the goal is missed by a pair: the ratio.
    fn missed(&self, goal: Goal, pair: Pair, other: Option<&Costs>) -> Option<String> {
        let own = self.of(pair)?;
        let (is_met, found) = match goal {
            Goal::None => return None,
            Goal::OfEager(most) => of(own, self.of(PAIRS[0])?, most),
            Goal::OfRow(most, _) => of(own, other?.of(pair)?, most),
            Goal::FasterThanStock(least) => (self.stock? / own >= least, self.stock? / own),
        };
        (!is_met).then(|| ratio(found))
    }
}

fn of(own: f64, other: f64, most: f64) -> (bool, f64) {
    (own / other <= most, own / other)
}

/// Notes where the goals are missed. A goal that needs a row which was not measured is not judged.
pub fn judge(lines: &mut [Line], rows: &[&Row]) {
    for (index, row) in rows.iter().enumerate() {
        let other = match row.goal {
            Goal::OfRow(_, other) => lines.iter().find(|line| line.name == other),
            Goal::None | Goal::OfEager(_) | Goal::FasterThanStock(_) => None,
        };
        let line = &lines[index];
        let mut missed = Vec::new();
        for (costs, other, engine) in [
            (&line.not_inlined, other.map(|line| &line.not_inlined), ""),
            (&line.inlined, other.map(|line| &line.inlined), ", inlined"),
        ] {
            for &pair in row.pairs {
                let ratio = costs.missed(row.goal, pair, other);
                missed.extend(ratio.map(|ratio| format!("{}{engine}: {ratio}", name(pair))));
            }
        }
        lines[index].missed = missed;
    }
}

/// What a pair is called.
pub fn name((caller, callee): Pair) -> String {
    format!("{caller} → {callee}")
}

/// Writes a table for each engine, and what misses its goal.
pub fn table(lines: &[Line], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (engine, costs) in
        [("nothing\ninlined", (|line| &line.not_inlined) as fn(&Line) -> &Costs), ("inlined", |line| &line.inlined)]
    {
        let mut table = Table::new();
        let titles = lines.iter().map(|line| line.title.replace(", ", ",\n"));
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.set_header([format!("ns per call,\n{engine}")].into_iter().chain(titles));
        let mut add = |name: String, cost: &dyn Fn(&Line) -> String| {
            table.add_row([name].into_iter().chain(lines.iter().map(cost)));
        };
        let told = |cost: Option<f64>| cost.map_or("–".to_owned(), time);
        add("goal".to_owned(), &|line| line.goal.clone());
        add("stock".to_owned(), &|line| told(costs(line).stock));
        add("by the engine".to_owned(), &|line| told(Some(costs(line).engine)));
        for pair in PAIRS {
            add(name(pair), &|line| told(costs(line).of(pair)));
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        writeln!(f, "{table}")?;
    }
    for line in lines {
        for missed in &line.missed {
            writeln!(f, "✗ {}, {missed}; the goal is {}", line.title, line.goal)?;
        }
    }
    Ok(())
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Goal::OfEager(most) => write!(f, "≤ {most} × eager"),
            Goal::FasterThanStock(least) => write!(f, "≥ {least} × stock"),
            Goal::OfRow(most, row) => write!(f, "≤ {most} × {row}"),
            Goal::None => f.write_str("–"),
        }
    }
}
