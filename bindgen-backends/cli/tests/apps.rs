//! Python apps by the program's own command lines: each folder of `apps` holds `command`, a line for each call of the program, what
//! those lines name, and in `expected` what they write. `ONRAMP_BLESS=1` writes what came there.
//!
//! The runtime takes minutes to build, so the cases are tried when it is in the cache, and said to be ignored when not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_python_runtime::Runtime;
use onramp_toolchain::Cache;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let is_ignored = Runtime::find(&cache).expect("the cache can be read").is_none();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/apps");
    let cases = fs::read_dir(folder).expect("there are cases").map(|entry| entry.expect("it is readable").path());
    let trial = |case: PathBuf| {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let attempt = move || attempt(&case).map_err(|error| Failed::from(format!("{error:#}")));
        Trial::test(name, attempt).with_ignored_flag(is_ignored)
    };
    libtest_mimic::run(&arguments, cases.map(trial).collect()).exit_code()
}

fn attempt(case: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(case, folder.path())?;
    // An empty environment: packages that happen to be installed here are none of the case's.
    fs::create_dir_all(folder.path().join("venv/lib"))?;
    let command = fs::read_to_string(case.join("command")).context("there is no `command`")?;
    let written = command.lines().map(|line| run(line, folder.path())).collect::<Result<String>>()?;
    let file = case.join("expected");
    if std::env::var_os("ONRAMP_BLESS").is_some() {
        fs::write(&file, &written)?;
    }
    let expected = fs::read_to_string(file)?;
    ensure!(written == expected, "it wrote:\n{written}\nexpected:\n{expected}");
    Ok(())
}

/// What a call writes: on standard error, then on standard output, then its exit code unless that is 0.
fn run(line: &str, folder: &Path) -> Result<String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_onramp"));
    program.args(line.split_whitespace()).current_dir(folder).env("VIRTUAL_ENV", folder.join("venv"));
    let output = program.output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = match output.status.code() {
        Some(0) => String::new(),
        code => format!("exit code {}\n", code.unwrap_or(-1)),
    };
    Ok(text(&output.stderr) + &text(&output.stdout) + &code)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        match path.is_dir() {
            true => copy(&path, &target)?,
            false => fs::copy(&path, target).map(drop)?,
        }
    }
    Ok(())
}
