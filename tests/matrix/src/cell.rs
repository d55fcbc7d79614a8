//! A cell of the matrix: one scenario, a guest that calls and one that is called, and who composes them.

use std::fmt;
use std::sync::Arc;

use onramp_abi::Profile;
use serde::{Serialize, Serializer};

use crate::guest::Kind;

use crate::linker::Linker;
use crate::scenario::Role;

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

/// A column of the table: a language under a profile. It is shown as `rust`, or `rust:lazy` when the profile is not the eager one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side {
    /// The language.
    pub language: &'static str,
    /// The ABI.
    pub profile: Profile,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.profile {
            Profile::Eager => f.write_str(self.language),
            profile => write!(f, "{}:{profile}", self.language),
        }
    }
}

impl Serialize for Side {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A cell and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The scenario.
    pub scenario: String,
    /// The guest that calls.
    pub caller: Side,
    /// The guest that is called.
    pub callee: Side,
    /// Who composed them.
    pub linker: Linker,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The steps that were taken.
    pub steps: Vec<Step>,
    /// What the linker told of the composition, which other cells share.
    #[serde(skip)]
    pub told: Arc<str>,
    /// The place of that among the compositions of a report, once it is in one.
    pub composition: Option<usize>,
    /// What the guests wrote.
    pub output: String,
}

impl Cell {
    /// A cell that nothing was done for yet.
    pub fn new(scenario: &str, caller: Side, callee: Side, linker: Linker) -> Self {
        Cell {
            scenario: scenario.to_owned(),
            caller,
            callee,
            linker,
            verdict: Verdict::NotRun,
            steps: Vec::new(),
            told: "".into(),
            composition: None,
            output: String::new(),
        }
    }

    /// Its two guests: caller and callee.
    pub fn guests(&self) -> [(Side, Kind); 2] {
        [(self.caller, Role::Caller), (self.callee, Role::Callee)]
            .map(|(side, role)| (side, Kind { role, profile: side.profile }))
    }

    /// The name that `--filter` looks at, such as `strings/rust-c:lazy/onramp`.
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
