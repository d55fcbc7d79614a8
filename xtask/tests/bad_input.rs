//! Bad input: each folder of `bad-input` holds a command of xtask, what it works on, and the lines that it must say.
//!
//! `expected.txt` lists texts that must occur in the output, in this order, each on a line of its own; between them there
//! may be others (a compiler's own words differ with its version). The first is the exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs a case and returns its output behind its exit code.
fn run(case: &Path) -> String {
    let command = fs::read_to_string(case.join("command")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(command.split_whitespace())
        .current_dir(case)
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    format!(
        "exit code {}\n{}{}",
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout)
    )
}

/// The first expected text that does not occur behind the ones before it.
fn missing<'a>(expected: &'a str, output: &str) -> Option<&'a str> {
    let mut lines = output.lines();
    expected.lines().map(str::trim).find(|text| !lines.any(|line| line.contains(text)))
}

#[test]
fn every_case_says_what_it_must() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad-input");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap();
        let output = run(&case);
        if let Some(text) = missing(&expected, &output) {
            wrong.push(format!("{}: `{text}` is missing in:\n{output}", case.display()));
        }
        // An error is one message; a panic would be somebody else's.
        assert!(!output.contains("panicked at"), "{}: {output}", case.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
