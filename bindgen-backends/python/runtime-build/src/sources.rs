//! Building in a scratch folder with the unpacked sources of Debian's packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_toolchain::debian::source::SourcePackage;
use onramp_toolchain::{Cache, tool};

/// CPython's source package.
pub const PYTHON: &str = "python3.13";

/// The version that the source package has, as `python3.13 --version` says it.
pub const VERSION: &str = "Python 3.13.";

/// A folder to build in.
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes the folder below another, with the sources of packages under the names that a recipe gives them.
    ///
    /// # Errors
    /// When a source cannot be fetched or copied.
    pub fn new(below: &Path, cache: &Cache, packages: &[(&str, &str)]) -> Result<Self> {
        let folder = below.join("scratch");
        fs::create_dir(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
        for (package, name) in packages {
            let source = SourcePackage(package).fetch(cache)?;
            // With the times, by which a makefile knows that nothing has to be generated anew.
            tool::output(Command::new("cp").arg("-rp").arg(source).arg(folder.join(name)))?;
        }
        Ok(Scratch { folder })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A command that runs a recipe in the folder.
    pub fn shell(&self, recipe: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", recipe]).current_dir(&self.folder).env_remove("MAKEFLAGS");
        shell
    }

    /// Removes the folder.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn remove(self) -> Result<()> {
        Ok(fs::remove_dir_all(self.folder)?)
    }
}
