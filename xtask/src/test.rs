//! `cargo xtask test`.

use std::time::Instant;

use anyhow::Result;
use clap::Args;
use comfy_table::{Table, presets};
use onramp_abi::Profile;
use onramp_matrix::cell::Summary;
use onramp_toolchain::checkers::Checkers;
use onramp_toolchain::{Cache, rust};
use xshell::{Cmd, Shell, cmd};

use crate::acceptance::types;
use crate::{Outcome, matrix, say};

/// The flags of `cargo xtask test`.
#[derive(Args)]
pub struct Arguments {}

/// One thing that was tested.
struct Row {
    name: &'static str,
    summary: Summary,
    seconds: f64,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let shell = Shell::new()?;
        shell.change_dir(crate::workspace()?);
        let mut rows = Vec::new();
        let mut step = |name, work: &dyn Fn() -> Result<Summary>| {
            eprintln!("\n── {name}");
            let start = Instant::now();
            let summary = work().unwrap_or_else(|error| {
                eprintln!("{error:#}");
                Summary { failed: 1, ..Summary::default() }
            });
            rows.push(Row { name, summary, seconds: start.elapsed().as_secs_f64() });
        };
        step("format", &|| check(cmd!(shell, "cargo fmt --all --check")));
        step("lints", &|| check(cmd!(shell, "cargo clippy --workspace --all-targets --quiet -- -D warnings")));
        step("lints of the Python runtime", &runtime_lints);
        step("documentation", &|| {
            check(
                cmd!(shell, "cargo doc --workspace --no-deps --document-private-items --quiet")
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )
        });
        step("Python's types", &python_types);
        step("matrix", &matrix);
        step("unit and snapshot tests", &|| tests(cmd!(shell, "cargo test --workspace --quiet --no-fail-fast")));
        Ok(report(&rows))
    }
}

/// A command that counts as one test.
fn check(command: Cmd) -> Result<Summary> {
    command.quiet().run()?;
    Ok(Summary { passed: 1, ..Summary::default() })
}

/// `cargo test`, with the tests of all its binaries counted.
fn tests(command: Cmd) -> Result<Summary> {
    let output = command.quiet().ignore_status().output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    say(&text);
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    let mut summary = counted(&text);
    // A test binary that does not build or dies prints no result line.
    if !output.status.success() && summary.failed == 0 {
        summary.failed = 1;
    }
    Ok(summary)
}

/// The sum of libtest's result lines: `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
fn counted(text: &str) -> Summary {
    let mut summary = Summary::default();
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        let mut previous = 0;
        for word in line.split([' ', ';']).filter(|word| !word.is_empty()) {
            match word {
                "passed" => summary.passed += previous,
                "failed" => summary.failed += previous,
                "ignored" => summary.skipped += previous,
                _ => previous = word.parse().unwrap_or(0),
            }
        }
    }
    summary
}

/// clippy on the crate that embeds CPython, which is in no workspace; without clippy for that target one skipped test.
fn runtime_lints() -> Result<Summary> {
    let cache = Cache::open()?;
    let found = rust::find(&cache).and_then(|rust| Some((rust::find_clippy(&rust, &cache)?, rust)));
    let Some((clippy, rust)) = found else {
        say("there is no clippy for wasm: `cargo xtask setup` fetches it, from Debian's packages");
        return Ok(Summary { skipped: 1, ..Summary::default() });
    };
    onramp_python_runtime::lint(&rust, &clippy, &cache)?;
    Ok(Summary { passed: 1, ..Summary::default() })
}

/// What type checkers say of generated Python packages and of the scenarios' guests; without checkers one skipped test.
fn python_types() -> Result<Summary> {
    let cache = Cache::open()?;
    let Some(checkers) = Checkers::find(&cache) else {
        say("there are no type checkers: `cargo xtask setup` fetches them, from PyPI");
        return Ok(Summary { skipped: 1, ..Summary::default() });
    };
    let (checked, failed) = types::check(&cache, &checkers, Profile::Cm1, &[])?;
    Ok(Summary { passed: checked - failed, failed, skipped: 0 })
}

fn matrix() -> Result<Summary> {
    let arguments = matrix::Arguments::brief();
    let report = arguments.report(arguments.matrix()?)?;
    say(report.terminal());
    Ok(report.summary)
}

fn report(rows: &[Row]) -> Outcome {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["", "passed", "failed", "skipped", "seconds"]);
    let mut total = Summary::default();
    for row in rows {
        let Summary { passed, failed, skipped } = row.summary;
        table.add_row([
            row.name.to_owned(),
            passed.to_string(),
            failed.to_string(),
            skipped.to_string(),
            format!("{:.1}", row.seconds),
        ]);
        total =
            Summary { passed: total.passed + passed, failed: total.failed + failed, skipped: total.skipped + skipped };
    }
    say(format_args!("\n{table}\n{total}"));
    if total.failed == 0 { Outcome::Good } else { Outcome::Failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_are_summed() {
        let text = "running 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s\n\
                    noise: 9 passed\ntest result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(counted(text), Summary { passed: 5, failed: 4, skipped: 1 });
    }
}
