//! The folders of installed packages, where componentize-py looks for them too.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// What a Python says of its packages: its user's first.
const ASK: &str = "import site; print(*([site.getusersitepackages()] + site.getsitepackages()), sep='\\n')";

/// The packages of the virtual environment that is active (docs.python.org, "venv": `VIRTUAL_ENV`), else those of the folder's
/// `pipenv`, else those of the `python3` on the path, if there is one.
///
/// # Errors
/// When `VIRTUAL_ENV` names something else.
pub fn packages() -> Result<Vec<PathBuf>> {
    if let Some(environment) = std::env::var_os("VIRTUAL_ENV").filter(|value| !value.is_empty()) {
        return of_environment(Path::new(&environment)).with_context(|| {
            format!("VIRTUAL_ENV names no virtual environment: `{}`", PathBuf::from(&environment).display())
        });
    }
    if let Some(environment) = said("pipenv", &["--venv"]).first() {
        return Ok(of_environment(environment).unwrap_or_default());
    }
    Ok(said("python3", &["-c", ASK]).into_iter().filter(|folder| folder.is_dir()).collect())
}

fn of_environment(environment: &Path) -> Result<Vec<PathBuf>> {
    let library = environment.join("lib");
    let entries = fs::read_dir(&library).with_context(|| format!("cannot read the folder `{}`", library.display()))?;
    let mut folders = entries.map(|entry| Ok(entry?.path().join("site-packages"))).collect::<Result<Vec<_>>>()?;
    folders.sort();
    Ok(folders.into_iter().find(|folder| folder.is_dir()).into_iter().collect())
}

/// The lines that a program prints, as paths; none when there is no such program or it fails.
fn said(program: impl AsRef<OsStr>, arguments: &[&str]) -> Vec<PathBuf> {
    match Command::new(program).args(arguments).output() {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect()
        }
        _ => Vec::new(),
    }
}
