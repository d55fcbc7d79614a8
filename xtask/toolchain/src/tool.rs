//! One program of the toolchain: where it is, which version, where it came from.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// A program that was found or made.
#[derive(Clone, Debug)]
pub struct Tool {
    /// What it is called in messages, such as `rustc`.
    pub name: &'static str,
    /// The file to run.
    pub path: PathBuf,
    /// What it says of its own version.
    pub version: String,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a tool came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user's own: on the path or where a variable says.
    User,
    /// Debian's packages, in the cache.
    Debian,
    /// Cargo's registry, built into the cache.
    Cargo,
    /// PyPI, installed into the cache.
    PyPi,
}

impl Origin {
    /// The origin in words, for tables.
    pub fn describe(self) -> &'static str {
        match self {
            Origin::User => "yours",
            Origin::Debian => "Debian's packages",
            Origin::Cargo => "Cargo's registry",
            Origin::PyPi => "PyPI",
        }
    }
}

impl Tool {
    /// A tool, asked for its version with `--version`.
    ///
    /// # Errors
    /// When it does not run.
    pub fn probe(name: &'static str, path: impl Into<PathBuf>, origin: Origin) -> Result<Self> {
        let path = path.into();
        let printed = output(Command::new(&path).arg("--version"))?;
        let line = printed.lines().find(|line| line.contains(|c: char| c.is_ascii_digit())).unwrap_or_default();
        Ok(Tool { name, path, version: line.trim().to_owned(), origin })
    }
}

/// Runs a command to its end and returns what it printed on standard output.
///
/// # Errors
/// When it cannot be started or ends with another code than 0: with what it printed, and the command.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output =
        command.stdin(std::process::Stdio::null()).output().with_context(|| format!("cannot run `{shown}`"))?;
    if !output.status.success() {
        let text = [output.stdout, output.stderr].concat();
        let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
        bail!(
            "{program} failed ({}):
{}
command: {shown}",
            output.status,
            abridge(&String::from_utf8_lossy(&text))
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// The first program of this name on the path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| is_program(file))
}

/// True for an existing file that may be executed.
pub fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// A text, without its middle when it is long: what comes first says what is wrong, what comes last how it ended.
fn abridge(text: &str) -> String {
    const FIRST: usize = 40;
    const LAST: usize = 10;
    let lines: Vec<&str> = text.trim_end().lines().collect();
    match lines.len().checked_sub(FIRST + LAST) {
        None | Some(0) => lines.join(
            "
",
        ),
        Some(left_out) => {
            let middle = format!("… {left_out} lines …");
            [&lines[..FIRST], &[middle.as_str()], &lines[FIRST + left_out..]].concat().join(
                "
",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_is_told_with_its_output() {
        let error =
            output(Command::new("sh").args(["-c", "echo some; echo words >&2; exit 3"])).unwrap_err().to_string();
        assert_eq!(
            error,
            "sh failed (exit status: 3):
some
words
command: sh -c echo some; echo words >&2; exit 3"
        );
        let error = format!("{:#}", output(&mut Command::new("no-such-program")).unwrap_err());
        assert!(error.starts_with("cannot run `no-such-program`: "), "{error}");
    }

    #[test]
    fn long_output_keeps_its_ends() {
        let lines = |range: std::ops::Range<u32>| {
            range.map(|n| n.to_string()).collect::<Vec<_>>().join(
                "
",
            )
        };
        assert_eq!(abridge(&lines(0..50)), lines(0..50));
        assert_eq!(
            abridge(&lines(0..100)),
            format!(
                "{}
… 50 lines …
{}",
                lines(0..40),
                lines(90..100)
            )
        );
    }
}
