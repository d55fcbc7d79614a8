//! The report as JUnit XML: a suite per scenario, a case per pair of languages.

use std::time::Duration;

use anyhow::Result;
use quick_junit::{NonSuccessKind, Report as Xml, TestCase, TestCaseStatus, TestSuite};

use super::Report;
use crate::cell::{Cell, Verdict};

pub(super) fn render(report: &Report) -> Result<String> {
    let mut xml = Xml::new("onramp matrix");
    xml.set_time(Duration::from_secs_f64(report.seconds));
    for scenario in report.scenarios() {
        let mut suite = TestSuite::new(scenario);
        suite.add_test_cases(report.cells.iter().filter(|cell| cell.scenario == scenario).map(case));
        xml.add_test_suite(suite);
    }
    Ok(xml.to_string()?)
}

fn case(cell: &Cell) -> TestCase {
    let mut case = TestCase::new(
        format!("{} calls {}, joined by {}", cell.caller, cell.callee, cell.linker),
        status(&cell.verdict),
    );
    case.set_classname(format!("matrix.{}", cell.scenario));
    // A cell's own time: what its guests' builds took is shared with other cells.
    let own = cell.steps.iter().filter(|step| step.name == "run").map(|step| step.seconds).sum();
    case.set_time(Duration::from_secs_f64(own));
    case.set_system_out(&cell.output);
    case
}

fn status(verdict: &Verdict) -> TestCaseStatus {
    match verdict {
        Verdict::Passed { .. } => TestCaseStatus::success(),
        Verdict::Failed { step, message } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(*step).set_message(message.lines().next().unwrap_or_default()).set_description(message);
            status
        }
        Verdict::Impossible { reason } => skipped(reason),
        Verdict::NotRun => skipped("not run: another cell had failed"),
    }
}

fn skipped(reason: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(reason);
    status
}
