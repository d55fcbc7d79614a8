//! Apps beside a package of ours and beside one of componentize-py's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_toolchain::Tool;
use onramp_toolchain::checkers::Checkers;
use onramp_toolchain::tool::output;

use crate::check::{Finding, mypy};
use crate::packages::{read, write_package};

/// An app of a world.
#[derive(Clone, Debug)]
pub struct Guest {
    /// The WIT.
    pub wit: PathBuf,
    /// The world.
    pub world: String,
    /// The app.
    pub app: PathBuf,
    /// Modules that it imports.
    pub modules: Vec<PathBuf>,
}

/// What mypy says of an app.
#[derive(Clone, Debug)]
pub struct Seen {
    /// With our package.
    pub ours: Vec<Finding>,
    /// With componentize-py's; none if it makes no package of the world.
    pub theirs: Vec<Finding>,
}

impl Seen {
    /// Findings in lines that have none with componentize-py's package.
    pub fn new_ones(&self) -> impl Iterator<Item = &Finding> {
        let is_there =
            |one: &&Finding| self.theirs.iter().any(|other| (&other.file, other.line) == (&one.file, one.line));
        self.ours.iter().filter(move |one| !is_there(one))
    }
}

impl Guest {
    /// Checks the app with both packages, in folders of `folder`.
    ///
    /// # Errors
    /// When a package cannot be made, or mypy does not run.
    pub fn check(&self, checkers: &Checkers, componentize: &Tool, folder: &Path, cache: &Path) -> Result<Seen> {
        let (ours, theirs) = (folder.join("ours"), folder.join("theirs"));
        let (resolve, package) = read(&self.wit)?;
        let world = resolve.select_world(&[package], Some(&self.world))?;
        if let Some(reason) = write_package(&resolve, world, Profile::Eager, &ours)? {
            anyhow::bail!("the world `{}` of `{}` has no package: {reason}", self.world, self.wit.display());
        }
        let mut command = Command::new(&componentize.path);
        command.arg("--quiet").arg("-d").arg(&self.wit).args(["-w", &self.world, "bindings"]).arg(&theirs);
        let is_theirs = output(&mut command).is_ok();
        let check = |folder: &Path| {
            for file in self.modules.iter().chain([&self.app]) {
                let name = file.file_name().context("an app is a file")?;
                fs::copy(file, folder.join(name)).with_context(|| format!("cannot copy `{}`", file.display()))?;
            }
            let name = self.app.file_name().unwrap_or_default().to_string_lossy();
            let findings = mypy(checkers, folder, cache)?;
            Ok(findings.into_iter().filter(|finding| finding.file == name).collect())
        };
        let ours: Result<Vec<Finding>> = check(&ours);
        let theirs: Result<Vec<Finding>> = if is_theirs { check(&theirs) } else { Ok(Vec::new()) };
        Ok(Seen { ours: ours?, theirs: theirs? })
    }
}
