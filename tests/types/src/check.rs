//! The checkers.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use onramp_toolchain::checkers::Checkers;
use serde_json::{Value, json};

use crate::Package;

/// The version of Python that the runtime has.
const PYTHON: &str = "3.13";

/// What a checker says against a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the folder on.
    pub file: String,
    /// The line, from 1 on.
    pub line: u64,
    /// What it says.
    pub message: String,
}

/// What mypy says of a package and of the files beside it, strictly.
///
/// # Errors
/// When mypy does not run.
pub fn mypy(checkers: &Checkers, folder: &Path, cache: &Path) -> Result<Vec<Finding>> {
    let mut command = checkers.mypy();
    command.args(["--strict", "--python-version", PYTHON, "--output", "json", "--no-error-summary"]);
    command.arg("--cache-dir").arg(cache).arg(".").current_dir(folder);
    let output = command.output().context("mypy does not run")?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.code().is_none_or(|code| code > 1) {
        bail!("mypy gave up in `{}`: {text}{}", folder.display(), String::from_utf8_lossy(&output.stderr));
    }
    let all: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    all.iter().filter(|one| is_error(one)).map(|one| finding(one, 0)).collect()
}

/// What pyright says of packages, strictly: one run for all of them, as it takes long to start.
///
/// # Errors
/// When pyright does not run.
pub fn pyright(checkers: &Checkers, packages: &[Package], folder: &Path) -> Result<Vec<Finding>> {
    let roots: Vec<Value> = packages.iter().map(|package| json!({ "root": package.folder })).collect();
    let include: Vec<&Path> = packages.iter().map(|package| package.folder.as_path()).collect();
    let config = json!({
        "typeCheckingMode": "strict", "pythonVersion": PYTHON, "executionEnvironments": roots, "include": include,
    });
    let project = folder.join("pyrightconfig.json");
    fs::write(&project, config.to_string()).with_context(|| format!("cannot write `{}`", project.display()))?;
    let output = checkers.pyright().arg("--outputjson").arg("--project").arg(&project).output();
    let output = output.context("pyright does not run")?;
    let report: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("pyright gave up: {}", String::from_utf8_lossy(&output.stderr)))?;
    let findings = report["generalDiagnostics"].as_array().context("pyright's report has no findings")?;
    // Each file is checked at least once, or nothing has been.
    if report["summary"]["filesAnalyzed"].as_u64().is_none_or(|files| files < packages.len() as u64) {
        bail!("pyright has not read the packages: {}", report["summary"]);
    }
    findings.iter().filter(|one| is_error(one)).map(|one| finding(one, 1)).collect()
}

/// Whether it is not a hint only.
fn is_error(finding: &Value) -> bool {
    finding["severity"] == "error"
}

/// A finding in a checker's JSON. mypy counts lines from 1 on, pyright from 0.
fn finding(value: &Value, first: u64) -> Result<Finding> {
    let line = value["line"].as_u64().or_else(|| value["range"]["start"]["line"].as_u64());
    Ok(Finding {
        file: value["file"].as_str().context("a finding has a file")?.to_owned(),
        line: line.context("a finding has a line")? + first,
        message: value["message"].as_str().context("a finding has a message")?.to_owned(),
    })
}
