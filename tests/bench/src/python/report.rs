//! What the rows gave: as a table, and for JSON.

use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use super::{COLUMNS, Row};

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many samples each median is of.
    pub samples: usize,
    /// The titles of the columns.
    pub columns: [&'static str; COLUMNS.len()],
    /// The rows.
    pub rows: Vec<Line>,
}

/// A row that was measured.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its name.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What the numbers are.
    pub unit: Unit,
    /// A number for each column.
    pub numbers: Vec<f64>,
}

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Unit {
    Megabytes,
    Seconds,
    Milliseconds,
    Microseconds,
}

impl Line {
    /// A row with its numbers.
    pub fn new(row: &'static Row, numbers: Vec<f64>) -> Self {
        Line { name: row.name, title: row.title, unit: row.kind.unit(), numbers }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        let header = ["Python"].into_iter().chain(self.columns);
        table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header);
        for line in &self.rows {
            table.add_row([line.title.to_owned()].into_iter().chain(line.numbers.iter().map(|&number| shown(number))));
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        writeln!(f, "{table}")?;
        writeln!(f, "medians of {} samples, taken in turns; size and making it once", self.samples)
    }
}

/// Three digits that tell something.
fn shown(number: f64) -> String {
    let digits = (2.0 - number.abs().log10().floor()).clamp(0.0, 3.0);
    format!("{number:.*}", digits as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::ALL;

    #[test]
    fn a_number_has_three_digits() {
        let numbers = [42155.2, 421.552, 4.21552, 0.421552, 0.00421552].map(shown);
        assert_eq!(numbers, ["42155", "422", "4.22", "0.422", "0.004"]);
    }

    #[test]
    fn a_row_has_a_number_for_each_column() {
        let columns = COLUMNS.each_ref().map(|column| column.title);
        let rows =
            vec![Line::new(&ALL[0], vec![18.4, 16.7, 16.7, 16.9]), Line::new(&ALL[8], vec![35e3, 98.7, 77.2, 7.71])];
        insta::assert_snapshot!(Report { samples: 3, columns, rows });
    }
}
