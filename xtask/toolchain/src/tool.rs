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
/// When it cannot be started or ends with another code than 0: with the command and the end of what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output =
        command.stdin(std::process::Stdio::null()).output().with_context(|| format!("cannot run `{shown}`"))?;
    if !output.status.success() {
        let text = [output.stdout, output.stderr].concat();
        bail!("`{shown}` failed ({}):\n{}", output.status, tail(&String::from_utf8_lossy(&text)));
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

/// The last lines of a text.
fn tail(text: &str) -> String {
    const LINES: usize = 20;
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}
