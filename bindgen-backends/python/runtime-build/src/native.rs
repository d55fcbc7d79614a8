//! A Python of the same minor version for this machine: it builds the one for wasm, and freezes the standard library.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use onramp_toolchain::{Cache, Key, tool};

use crate::sources::{PYTHON, Scratch, VERSION};

const RECIPE: &str = include_str!("../recipe/native.sh");

/// The variable that names a Python to use.
const VARIABLE: &str = "ONRAMP_BUILD_PYTHON";

/// The Python that `ONRAMP_BUILD_PYTHON` names, else `python3.13` of the path, else one built into the cache.
///
/// # Errors
/// When the named one is none of this version, or when none can be built: with the way out.
pub fn ensure(cache: &Cache) -> Result<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from) {
        match version(&named) {
            Ok(version) if version.starts_with(VERSION) => return Ok(named),
            Ok(version) => {
                bail!("{VARIABLE} is `{}`, which is {}; {VERSION}x is needed", named.display(), version.trim())
            }
            Err(error) => return Err(error.context(format!("{VARIABLE} is `{}`, which does not run", named.display()))),
        }
    }
    match tool::on_path(PYTHON) {
        // A version manager's stand-in may be on the path without the version behind it.
        Some(own) if version(&own).is_ok_and(|version| version.starts_with(VERSION)) => Ok(own),
        _ => build(cache),
    }
}

fn version(python: &PathBuf) -> Result<String> {
    tool::output(Command::new(python).arg("--version"))
}

fn build(cache: &Cache) -> Result<PathBuf> {
    let compiler = tool::output(Command::new("cc").arg("--version"))
        .with_context(|| format!("no C compiler builds a Python for this machine: install one, or {PYTHON}"))?;
    let key = Key::new().with("recipe", RECIPE).with("package", PYTHON).with("compiler", compiler).finish();
    let folder = cache.make("python-native", &key, |folder| {
        let scratch = Scratch::new(folder, cache, &[(PYTHON, "python")])?;
        tool::output(scratch.shell(RECIPE).env("OUT", folder)).with_context(|| {
            format!("{PYTHON} for this machine does not build; {VARIABLE} can name an installed one instead")
        })?;
        scratch.remove()
    })?;
    Ok(folder.join("bin").join(PYTHON))
}
