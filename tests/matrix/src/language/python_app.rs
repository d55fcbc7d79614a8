//! The modules of a Python guest, however it is made a component.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Job;

/// The name of the module that has all scenarios' classes.
pub const APP: &str = "app";

/// Writes the guest's modules into a folder of the job's, and returns that.
///
/// # Errors
/// When a source cannot be read, or the folder not be written.
pub fn write(job: &Job) -> Result<PathBuf> {
    let folder = job.folder.join("app");
    fs::create_dir_all(&folder)?;
    copy(&job.support.join("check.py"), &folder.join("check.py"))?;
    let mut main = String::new();
    for (scenario, source) in &job.sources {
        // A module name of its own: many scenarios are called like modules of the standard library.
        let module = format!("{}_{}", scenario.name.replace('-', "_"), job.role);
        copy(source, &folder.join(format!("{module}.py")))?;
        main += &format!("from {module} import *\n");
    }
    fs::write(folder.join(format!("{APP}.py")), main)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).with_context(|| format!("cannot copy `{}`", from.display()))
}
