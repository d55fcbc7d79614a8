//! What the rows cost, and how large the guests are, under each profile.

use std::collections::BTreeMap;
use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use onramp_abi::Profile;
use serde::Serialize;

use super::sizes::{MOST, Sizes};
use super::{Goal, LAZILY, Row};
use crate::contestant::{Contestant, Joint};
use crate::report::{ratio, time};

/// What was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The rows.
    pub rows: Vec<Line>,
    /// The sizes.
    pub sizes: Vec<Sizes>,
}

/// A row that was measured in a language.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The guests' language.
    pub language: &'static str,
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
    /// Where the goal is missed: the engine and the ratio.
    pub missed: Vec<String>,
}

/// What a call costs, in nanoseconds.
#[derive(Debug, Serialize)]
pub struct Costs {
    /// Upstream's guests connected by the engine.
    pub stock: f64,
    /// Guests of each profile, joined by us.
    pub profiles: BTreeMap<&'static str, f64>,
    /// Guests that read lazily, where they have the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lazily: Option<f64>,
}

impl Line {
    /// The row with the medians of the contestants: of several layouts, the best counts.
    pub fn new(language: &'static str, row: &Row, contestants: &[Contestant], medians: &[f64]) -> Self {
        let cost = |joint: Joint, inlined: bool| {
            let of_joint = contestants.iter().zip(medians);
            let of_joint = of_joint.filter(|(one, _)| (one.joint, one.inlined) == (joint, inlined));
            of_joint.map(|(_, median)| *median).reduce(f64::min)
        };
        let always = |joint: Joint, inlined: bool| cost(joint, inlined).unwrap_or(f64::INFINITY);
        let costs = |inlined: bool| Costs {
            stock: always(Joint::Stock, inlined),
            profiles: Profile::ALL.map(|profile| (profile.name(), always(Joint::Generated(profile), inlined))).into(),
            lazily: cost(Joint::Lazily(LAZILY), inlined),
        };
        Line::judged(language, row, costs(false), costs(true))
    }

    /// The row, with what misses its goal.
    fn judged(language: &'static str, row: &Row, not_inlined: Costs, inlined: Costs) -> Self {
        let missed = [("not inlined", &not_inlined), ("inlined", &inlined)].into_iter();
        let missed =
            missed.filter_map(|(engine, costs)| Some(format!("{engine}: {}", costs.missed(row.goal)?))).collect();
        let goal = row.goal.to_string();
        Line { language, name: row.name, title: row.title, goal, not_inlined, inlined, missed }
    }
}

impl Costs {
    fn faster_than_stock(&self, profile: Profile) -> f64 {
        self.stock / self.profiles[profile.name()]
    }

    /// How the goal is missed: the ratio.
    fn missed(&self, goal: Goal) -> Option<String> {
        let found = match goal.lazily {
            true => self.stock / self.lazily?,
            false => self.faster_than_stock(goal.profile),
        };
        (found < goal.faster_than_stock).then(|| ratio(found))
    }

    fn cells(&self) -> impl Iterator<Item = String> {
        let profiles = Profile::ALL.map(|profile| time(self.profiles[profile.name()]));
        let lazily = self.lazily.map_or("–".to_owned(), time);
        let best = self.stock / self.lazily.unwrap_or(f64::INFINITY).min(self.profiles[Profile::Cm1.name()]);
        [time(self.stock)].into_iter().chain(profiles).chain([lazily, ratio(best)])
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for language in super::LANGUAGES {
            let lines: Vec<&Line> = self.rows.iter().filter(|line| line.language == language).collect();
            if !lines.is_empty() {
                times(language, &lines, f)?;
            }
        }
        sizes(&self.sizes, f)?;
        for line in &self.rows {
            for missed in &line.missed {
                writeln!(f, "✗ {}, {}, {missed} × stock; the goal is {}", line.language, line.title, line.goal)?;
            }
        }
        self.sizes.iter().try_for_each(|sizes| over(sizes, f))
    }
}

/// Says where a size is more than it should be.
fn over(sizes: &Sizes, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let ratios = Profile::LINEAR.into_iter().filter_map(|profile| Some((profile, sizes.of_upstream(profile)?)));
    let over = ratios.filter(|(_, of_upstream)| *of_upstream > MOST);
    let told: Vec<String> = over.map(|(profile, of_upstream)| format!("{profile} {}", ratio(of_upstream))).collect();
    if told.is_empty() {
        return Ok(());
    }
    writeln!(
        f,
        "✗ {} {}, {}: {} × upstream's; the goal is ≤ {MOST}",
        sizes.language,
        sizes.guest,
        sizes.what,
        told.join(", ")
    )
}

fn times(language: &str, lines: &[&Line], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut table = Table::new();
    let names = || Profile::ALL.iter().map(|profile| profile.name().to_owned());
    let head = |stock: &str| {
        [stock.to_owned()].into_iter().chain(names()).chain(["cm1\n--lazy".to_owned(), "stock\n/best\ncm1".to_owned()])
    };
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(
        [format!("ns per call,\n{language}"), "goal".to_owned()]
            .into_iter()
            .chain(head("stock"))
            .chain(head("stock,\ninlined")),
    );
    for line in lines {
        let costs = line.not_inlined.cells().chain(line.inlined.cells());
        table.add_row([line.title.to_owned(), line.goal.clone()].into_iter().chain(costs));
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    writeln!(f, "{table}")
}

fn sizes(all: &[Sizes], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["bytes (× upstream's)".to_owned()].into_iter().chain(Profile::ALL.iter().map(|profile| {
        match profile {
            Profile::Eager => "eager,\nupstream's".to_owned(),
            other => other.name().to_owned(),
        }
    })));
    for sizes in all {
        let name = format!("{} {}, {}", sizes.language, sizes.guest, sizes.what);
        table.add_row([name].into_iter().chain(Profile::ALL.map(|profile| sizes.cell(profile))));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    writeln!(f, "{table}")
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.lazily { " --lazy" } else { "" };
        write!(f, "{}{how}: ≥ {} × stock", self.profile, self.faster_than_stock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::ALL;

    fn costs(stock: f64, lazily: Option<f64>) -> Costs {
        Costs { stock, profiles: Profile::ALL.map(|profile| (profile.name(), 100.0)).into(), lazily }
    }

    fn line(name: &str, not_inlined: Costs, inlined: Costs) -> Line {
        let row = ALL.iter().find(|row| row.name == name).unwrap();
        Line::judged("rust", row, not_inlined, inlined)
    }

    #[test]
    fn what_misses_its_goal_is_told() {
        let rows = vec![
            line("add", costs(120.0, None), costs(90.0, None)),
            line("strings-out", costs(250.0, Some(99.0)), costs(250.0, Some(101.0))),
        ];
        let sizes = |what, bytes: [usize; 5]| Sizes {
            language: "rust",
            guest: "caller",
            what,
            bytes: Profile::ALL.map(Profile::name).into_iter().zip(bytes).collect(),
        };
        let mut header = sizes("shared header", [0, 500, 500, 500, 500]);
        header.bytes.remove(Profile::Eager.name());
        let sizes = vec![
            sizes("bindings", [1000, 1100, 1050, 990, 1000]),
            sizes("component", [1000, 1200, 1099, 1500, 1600]),
            header,
        ];
        insta::assert_snapshot!(Report { rows, sizes });
    }
}
