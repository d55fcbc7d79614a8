//! The modules of a Python guest, however it is made a component.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Job;

/// The name of the module that has all scenarios' classes.
pub const APP: &str = "app";

/// The guest's modules: their names and sources. The last is [`APP`].
///
/// # Errors
/// When a source cannot be read.
pub fn modules(job: &Job) -> Result<Vec<(String, String)>> {
    let mut modules = vec![("check".to_owned(), read(&job.support.join("check.py"))?)];
    let mut main = String::new();
    for (scenario, source) in &job.sources {
        // A module name of its own: many scenarios are called like modules of the standard library.
        let module = format!("{}_{}", scenario.name.replace('-', "_"), job.role);
        main += &format!("from {module} import *\n");
        modules.push((module, read(source)?));
    }
    modules.push((APP.to_owned(), main));
    Ok(modules)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))
}
