//! The component that is `python`, through the cache.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use onramp_componentize::command;
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::App;
use onramp_toolchain::{Cache, Key};

/// The component's file.
///
/// # Errors
/// When the snapshot cannot be taken.
pub fn file(runtime: &Runtime, app: &App, cache: &Cache) -> Result<PathBuf> {
    let mut key = Key::new()
        .with("runtime", runtime.folder.as_os_str().as_encoded_bytes())
        .with("imports", app.imports.join(" "))
        .with("left out", app.left_out.join(" "))
        .with("seed", app.hash_seed.to_string());
    for module in &app.modules {
        key = key.with(&module.name, &module.source);
    }
    let folder = cache.make("python-programs", &key.finish(), |folder| {
        Ok(fs::write(folder.join("python.wasm"), command::command(runtime, app, cache)?)?)
    })?;
    Ok(folder.join("python.wasm"))
}
