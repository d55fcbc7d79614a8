//! What became of the cells: in the terminal, and as JSON, JUnit XML and HTML.

mod html;
mod junit;
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::cell::{Cell, Side, Summary};
use crate::linker::Linker;

/// The cells of one run, after it.
#[derive(Serialize)]
pub struct Report {
    /// How many passed, failed and were skipped.
    pub summary: Summary,
    /// How long the run took.
    pub seconds: f64,
    /// What the linkers told of the compositions that the cells ran in.
    pub compositions: Vec<String>,
    /// Every cell, in the order of the table.
    pub cells: Vec<Cell>,
}

/// A form of the report for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Every cell with its steps.
    Json,
    /// For CI systems: a suite per scenario, a case per cell.
    Junit,
    /// One page that opens from disk.
    Html,
}

impl Format {
    /// The name of the file that is written when `--out` names a folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Json => "matrix.json",
            Format::Junit => "matrix.xml",
            Format::Html => "matrix.html",
        }
    }
}

impl Report {
    /// A report on these cells.
    pub fn new(mut cells: Vec<Cell>, seconds: f64) -> Self {
        let mut compositions: Vec<String> = Vec::new();
        for cell in cells.iter_mut().filter(|cell| !cell.told.is_empty()) {
            let place = compositions.iter().position(|told| **told == *cell.told);
            cell.composition = Some(place.unwrap_or(compositions.len()));
            if place.is_none() {
                compositions.push(cell.told.to_string());
            }
        }
        Report { summary: Summary::of(&cells), seconds, compositions, cells }
    }

    /// The table, what is behind its signs, and each failure.
    pub fn terminal(&self) -> String {
        terminal::render(self)
    }

    /// The report in a form for a file.
    ///
    /// # Errors
    /// When a message cannot be written in that form.
    pub fn render(&self, format: Format) -> Result<String> {
        match format {
            Format::Json => Ok(serde_json::to_string_pretty(self)? + "\n"),
            Format::Junit => junit::render(self),
            Format::Html => html::render(self),
        }
    }

    /// Writes the report in each format: into `out` when that names a file for a single format, else into the folder `out`
    /// under [`Format::file_name`]. Returns the files.
    ///
    /// # Errors
    /// When several formats would go into one file, or a file cannot be written.
    pub fn write(&self, formats: &[Format], out: &Path) -> Result<Vec<PathBuf>> {
        let names_a_file = out.extension().is_some() && !out.is_dir();
        if names_a_file && formats.len() > 1 {
            bail!("`{}` is one file for {} formats: name a folder with --out", out.display(), formats.len());
        }
        let mut files = Vec::new();
        for &format in formats {
            let file = if names_a_file { out.to_owned() } else { out.join(format.file_name()) };
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let text = self.render(format)?;
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&file, text))
                .with_context(|| format!("cannot write `{}`", file.display()))?;
            files.push(file);
        }
        Ok(files)
    }

    /// The linkers that occur, in the order of the tables.
    fn linkers(&self) -> Vec<Linker> {
        unique(self.cells.iter().map(|cell| cell.linker))
    }

    /// The pairs of guests that a linker joined, in the order of the table's columns: callers and callees.
    fn pairs(&self, linker: Linker) -> Vec<(Side, Side)> {
        unique(self.joined(linker).map(|cell| (cell.caller, cell.callee)))
    }

    /// The cells of a linker.
    fn joined(&self, linker: Linker) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| cell.linker == linker)
    }

    /// The scenarios that occur, in the order of the table's rows.
    fn scenarios(&self) -> Vec<&str> {
        unique(self.cells.iter().map(|cell| cell.scenario.as_str()))
    }

    fn cell(&self, linker: Linker, scenario: &str, (caller, callee): (Side, Side)) -> Option<&Cell> {
        self.joined(linker)
            .find(|cell| (cell.scenario.as_str(), cell.caller, cell.callee) == (scenario, caller, callee))
    }
}

/// Every value once, in the order of first occurrence.
fn unique<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.fold(Vec::new(), |mut seen, value| {
        if !seen.contains(&value) {
            seen.push(value);
        }
        seen
    })
}

#[cfg(test)]
mod tests {
    use onramp_abi::Profile;

    use super::*;
    use crate::cell::{Step, Verdict};

    fn sample() -> Report {
        let [rust, python] = ["rust", "python"].map(|language| Side { language, profile: Profile::Eager });
        let cell = |scenario: &str, callee, verdict| {
            let mut cell = Cell::new(scenario, rust, callee, Linker::Stock);
            cell.verdict = verdict;
            cell.output = "guest says </script> & \"so\"\n".to_owned();
            cell.steps.push(Step { name: "compose", seconds: 0.25, cached: true, size: Some(2048) });
            cell
        };
        let failed = Verdict::Failed {
            step: "run",
            message: "concat(\"a\", \"b\"): expected \"ab\", got \"<ba>\"\nmore".to_owned(),
        };
        let cells = vec![
            cell("maps", rust, Verdict::Passed { checks: 12 }),
            cell("maps", python, Verdict::Impossible { reason: "the generator has no maps".to_owned() }),
            cell("strings", rust, failed),
            cell("strings", python, Verdict::NotRun),
            Cell {
                verdict: Verdict::Passed { checks: 12 },
                told: "caller -> callee: test:maps/maps (fused)\n".into(),
                ..Cell::new("maps", rust, Side { profile: Profile::Cm1, ..rust }, Linker::Onramp)
            },
        ];
        Report::new(cells, 1.5)
    }

    #[test]
    fn terminal() {
        insta::assert_snapshot!(sample().terminal());
    }

    #[test]
    fn terminal_with_many_pairs() {
        let sides = Profile::LINEAR.map(|profile| Side { language: "rust", profile });
        let pairs = sides.iter().flat_map(|caller| sides.iter().map(move |callee| (*caller, *callee)));
        let mut cells: Vec<Cell> = pairs
            .flat_map(|(caller, callee)| {
                ["maps", "strings"].map(|name| Cell::new(name, caller, callee, Linker::Onramp))
            })
            .collect();
        for (number, cell) in cells.iter_mut().enumerate() {
            match number {
                0..8 => cell.verdict = Verdict::Passed { checks: 12 },
                8..11 => cell.fail("run", "size([]): expected 0, got 1"),
                _ => cell.verdict = Verdict::Impossible { reason: "the generator has no maps".to_owned() },
            }
        }
        insta::assert_snapshot!(Report::new(cells, 1.5).terminal());
    }

    #[test]
    fn json() {
        insta::assert_snapshot!(sample().render(Format::Json).unwrap());
    }

    #[test]
    fn junit() {
        insta::assert_snapshot!(sample().render(Format::Junit).unwrap());
    }

    #[test]
    fn html_holds_the_report_and_cannot_be_broken_out_of() {
        let page = sample().render(Format::Html).unwrap();
        let (_, rest) = page.split_once("<script type=\"application/json\" id=\"report\">").unwrap();
        let (data, _) = rest.split_once("</script>").unwrap();
        let report: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(report["cells"][0]["output"], "guest says </script> & \"so\"\n");
        assert_eq!(report["summary"]["failed"], 1);
        assert!(!page.contains("http://") && !page.contains("https://"), "the page needs nothing from elsewhere");
    }

    #[test]
    fn several_formats_need_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let report = sample();
        let one = report.write(&[Format::Json], &folder.path().join("deep/result.json")).unwrap();
        assert!(one[0].ends_with("deep/result.json") && one[0].exists());
        let all = [Format::Json, Format::Junit, Format::Html];
        assert_eq!(report.write(&all, &folder.path().join("all")).unwrap().len(), 3);
        assert!(report.write(&all, &folder.path().join("result.json")).is_err());
    }
}
