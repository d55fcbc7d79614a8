//! `onramp cc` and `onramp c++` as a build uses them: each folder of `driver` has a `build.sh` that makes `program.wasm` with
//! `$ONRAMP`, and what that prints. Programs that a script needs beside the toolchain stand in its first line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_toolchain::tool;

/// The program under test.
const ONRAMP: &str = env!("CARGO_BIN_EXE_onramp");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/driver");
    let entries = fs::read_dir(&folder).expect("the cases are there");
    let cases = entries.map(|entry| entry.expect("the folder can be read").path());
    libtest_mimic::run(&arguments, cases.map(trial).collect()).exit_code()
}

fn trial(case: PathBuf) -> Trial {
    let name = case.file_name().expect("a case has a name").to_string_lossy().into_owned();
    let script = fs::read_to_string(case.join("build.sh")).expect("a case has a script");
    let needs = script.lines().next().and_then(|line| line.strip_prefix("# needs: ")).unwrap_or_default();
    let missing: Vec<&str> =
        needs.split(' ').filter(|name| !name.is_empty() && tool::on_path(name).is_none()).collect();
    if !missing.is_empty() {
        eprintln!("`{name}` is skipped: there is no {} on the path", missing.join(", "));
    }
    let skipped = !missing.is_empty();
    let test = move || build_and_run(&case, &script).map_err(|error| Failed::from(format!("{error:#}")));
    Trial::test(name, test).with_ignored_flag(skipped)
}

fn build_and_run(case: &Path, script: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    for entry in fs::read_dir(case)? {
        let file = entry?.path();
        fs::copy(&file, folder.path().join(file.file_name().context("a file has a name")?))?;
    }
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(&folder).env("ONRAMP", ONRAMP).env_remove("MAKEFLAGS");
    tool::output(&mut shell)?;
    let printed = tool::output(Command::new(ONRAMP).arg("run").arg(folder.path().join("program.wasm")))?;
    let expected = fs::read_to_string(case.join("expected.txt"))?;
    ensure!(printed == expected, "it printed\n{printed}\nexpected:\n{expected}");
    Ok(())
}
