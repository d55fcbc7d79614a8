//! What the rows cost: as a table, and for JSON.

use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use super::contestant::Memory;
use super::rows::Row;

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many samples each median is of.
    pub samples: usize,
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
    /// A round's time with our threads, in nanoseconds.
    pub ours: f64,
    /// A round's time with the bare built-ins.
    pub built_in: Option<f64>,
    /// A round's time with native threads.
    pub native: Option<f64>,
    /// How many times the built-ins' time ours is.
    pub of_built_in: Option<f64>,
    /// How many times the native time ours is.
    pub of_native: Option<f64>,
    /// By how many bytes the program's memory grew after a tenth of the rounds.
    pub memory_grew: u64,
    /// How many bytes more of the engine's process were resident, at the most.
    pub resident: u64,
}

impl Line {
    /// A row with its medians, and the most that was used of memory.
    pub fn new(
        row: &'static Row,
        ours: Option<f64>,
        built_in: Option<f64>,
        native: Option<f64>,
        memory: Option<Memory>,
    ) -> Self {
        let ours = ours.unwrap_or(f64::NAN);
        let Memory { linear, resident } = memory.unwrap_or_default();
        let of = |other: Option<f64>| other.map(|other| ours / other);
        Line {
            name: row.name,
            title: row.title,
            ours,
            built_in,
            native,
            of_built_in: of(built_in),
            of_native: of(native),
            memory_grew: linear,
            resident,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED).set_header([
            "threads: ns per round",
            "ours",
            "built-ins",
            "native",
            "ours\n/built-ins",
            "ours\n/native",
            "memory\ngrew, KiB",
            "resident,\nKiB",
        ]);
        for line in &self.rows {
            table.add_row([
                line.title.to_owned(),
                format!("{:.0}", line.ours),
                number(line.built_in, 0),
                number(line.native, 0),
                number(line.of_built_in, 2),
                number(line.of_native, 2),
                (line.memory_grew / 1024).to_string(),
                (line.resident / 1024).to_string(),
            ]);
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        writeln!(f, "{table}")?;
        writeln!(f, "medians of {} samples, taken in turns; read the ratios", self.samples)
    }
}

fn number(number: Option<f64>, digits: usize) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.digits$}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::threads::rows;

    #[test]
    fn what_was_not_measured_is_a_dash() {
        let memory = Some(Memory { linear: 65536, resident: 4096 });
        let rows = vec![
            Line::new(&rows::ALL[0], Some(50.0), None, Some(20.0), memory),
            Line::new(&rows::ALL[2], Some(4000.0), Some(1600.0), None, None),
        ];
        insta::assert_snapshot!(Report { samples: 3, rows });
    }
}
