//! A cell of the matrix: one scenario, a language that calls and one that is called, and who composes them.

use serde::Serialize;

use crate::linker::Linker;

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It ran, and every check held.
    Passed {
        /// How many checks the caller made.
        checks: u32,
    },
    /// It did not build, connect or instantiate, or a check failed, or it trapped.
    Failed {
        /// The step that failed.
        step: &'static str,
        /// What was wrong.
        message: String,
    },
    /// A language cannot have it: this is no pass.
    Impossible {
        /// Who lacks what.
        reason: String,
    },
    /// It was not run, because another cell failed before (`--fail-fast`).
    NotRun,
}

/// One step on the way to a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// What was done.
    pub name: &'static str,
    /// How long it took, when it was done.
    pub seconds: f64,
    /// True when the result of an earlier run was used.
    pub cached: bool,
    /// The size in bytes of what it made, if it made a file.
    pub size: Option<u64>,
}

/// A cell and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The scenario.
    pub scenario: String,
    /// The language of the caller.
    pub caller: &'static str,
    /// The language of the callee.
    pub callee: &'static str,
    /// Who composed them.
    pub linker: &'static str,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The steps that were taken.
    pub steps: Vec<Step>,
    /// What the linker told of the composition, which other scenarios share.
    pub composition: String,
    /// What the guests wrote.
    pub output: String,
}

impl Cell {
    /// A cell that nothing was done for yet.
    pub fn new(scenario: &str, caller: &'static str, callee: &'static str, linker: Linker) -> Self {
        Cell {
            scenario: scenario.to_owned(),
            caller,
            callee,
            linker: linker.name(),
            verdict: Verdict::NotRun,
            steps: Vec::new(),
            composition: String::new(),
            output: String::new(),
        }
    }

    /// The name that `--filter` looks at, such as `strings/rust-c/stock`.
    pub fn id(&self) -> String {
        format!("{}/{}-{}/{}", self.scenario, self.caller, self.callee, self.linker)
    }

    /// The cell, failed at a step.
    pub fn fail(&mut self, step: &'static str, message: impl Into<String>) {
        self.verdict = Verdict::Failed { step, message: message.into() };
    }
}

/// How many cells of a matrix passed, failed, and were not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Passed cells.
    pub passed: usize,
    /// Failed cells.
    pub failed: usize,
    /// Cells that a language cannot have, and cells that were not run.
    pub skipped: usize,
}

impl Summary {
    /// Counts cells.
    pub fn of(cells: &[Cell]) -> Self {
        cells.iter().fold(Summary::default(), |mut summary, cell| {
            match cell.verdict {
                Verdict::Passed { .. } => summary.passed += 1,
                Verdict::Failed { .. } => summary.failed += 1,
                Verdict::Impossible { .. } | Verdict::NotRun => summary.skipped += 1,
            }
            summary
        })
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}
