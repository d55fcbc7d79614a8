//! componentize-py, in a virtual environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache::Cache;
use crate::debian;
use crate::tool::{Origin, Tool, on_path, output};

/// The version of componentize-py that is the matrix's baseline.
pub const VERSION: &str = "0.25.1";

/// What was installed before.
pub fn find(cache: &Cache) -> Option<Tool> {
    let folder = cache.get("componentize-py", VERSION)?;
    Tool::probe("componentize-py", program(&folder), Origin::PyPi).ok()
}

/// As [`find`], and installs it from PyPI when it is missing.
///
/// # Errors
/// When there is no python3, or when PyPI cannot be reached.
pub fn ensure(cache: &Cache) -> Result<Tool> {
    if let Some(tool) = find(cache) {
        return Ok(tool);
    }
    let folder = cache.make("componentize-py", VERSION, |folder| {
        let package = format!("componentize-py=={VERSION}");
        environment(cache, folder, &[&package]).with_context(|| {
            format!(
                "componentize-py {VERSION} cannot be installed from PyPI\n\
                 run where pip reaches PyPI (only the first set-up needs it), or leave Python out: `--lang rust,c`"
            )
        })
    })?;
    Tool::probe("componentize-py", program(&folder), Origin::PyPi)
}

fn program(folder: &Path) -> PathBuf {
    folder.join("venv/bin/componentize-py")
}

/// Makes a virtual environment with these packages in `folder/venv`.
///
/// # Errors
/// When there is no python3, or when PyPI cannot be reached.
pub fn environment(cache: &Cache, folder: &Path, packages: &[&str]) -> Result<()> {
    let python = on_path("python3").context("there is no `python3` on the path: install Python 3.10 or newer")?;
    // Debian's python3 has `venv` but neither pip nor what `venv` would install pip from.
    output(Command::new(&python).args(["-m", "venv", "--without-pip"]).arg(folder.join("venv")))?;
    let mut pip = pip(cache, &python)?;
    pip.arg("--python").arg(folder.join("venv/bin/python"));
    output(pip.args(["install", "--quiet"]).args(packages)).map(drop)
}

/// The user's own pip, else the one from Debian's packages, which runs from its wheel.
fn pip(cache: &Cache, python: &Path) -> Result<Command> {
    let mut own = Command::new(python);
    own.args(["-m", "pip"]);
    if output(Command::new(python).args(["-m", "pip", "--version"])).is_ok() {
        return Ok(own);
    }
    let root =
        debian::PIP.fetch(cache).context("python3 has no pip, and Debian's packages cannot be fetched for one")?;
    let wheels = std::fs::read_dir(root.folder().join("usr/share/python-wheels"))?;
    let wheel = wheels
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pip-")));
    let mut pip = Command::new(python);
    pip.arg(wheel.context("Debian's python3-pip-whl holds no pip")?.join("pip"));
    Ok(pip)
}
