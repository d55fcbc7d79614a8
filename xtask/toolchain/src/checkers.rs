//! Python's type checkers mypy and pyright, in a virtual environment of their own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache::Cache;
use crate::python;
use crate::tool::output;

/// The version of mypy.
pub const MYPY: &str = "2.4.1";

/// The version of pyright.
pub const PYRIGHT: &str = "1.1.414";

/// Where the checkers are.
#[derive(Clone, Debug)]
pub struct Checkers {
    folder: PathBuf,
}

impl Checkers {
    /// What was installed before.
    pub fn find(cache: &Cache) -> Option<Checkers> {
        cache.get("python-checkers", &key()).map(|folder| Checkers { folder })
    }

    /// As [`Checkers::find`], and installs them from PyPI when they are missing. pyright brings its own from npm, by a Node.js that is
    /// on the path or that it fetches.
    ///
    /// # Errors
    /// When there is no python3, or when PyPI cannot be reached.
    pub fn ensure(cache: &Cache) -> Result<Checkers> {
        let folder = cache.make("python-checkers", &key(), |folder| {
            let packages = [format!("mypy=={MYPY}"), format!("pyright=={PYRIGHT}")];
            python::environment(cache, folder, &packages.each_ref().map(String::as_str))?;
            let checkers = Checkers { folder: folder.to_owned() };
            output(checkers.pyright().arg("--version")).map(drop)
        });
        let folder =
            folder.context("mypy and pyright cannot be installed: run where pip reaches PyPI, and npm its registry")?;
        Ok(Checkers { folder })
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// mypy.
    pub fn mypy(&self) -> Command {
        Command::new(self.folder.join("venv/bin/mypy"))
    }

    /// pyright.
    pub fn pyright(&self) -> Command {
        let mut command = Command::new(self.folder.join("venv/bin/pyright"));
        command.env("PYRIGHT_PYTHON_CACHE_DIR", self.folder.join("pyright"));
        command.env("PYRIGHT_PYTHON_FORCE_VERSION", PYRIGHT).env("PYRIGHT_PYTHON_IGNORE_WARNINGS", "1");
        command
    }
}

fn key() -> String {
    format!("mypy-{MYPY}-pyright-{PYRIGHT}")
}
