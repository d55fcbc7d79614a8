//! `wasm-component-ld`: links a core module and makes it a component.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use semver::Version;

use crate::cache::Cache;
use crate::tool::{Origin, Tool, on_path, output};

/// The version that is built when there is none; an older one does not know maps.
const VERSION: Version = Version::new(0, 5, 31);

/// The user's own when it is new enough (on the path, or in rustup's toolchain), else what was built before.
pub fn find(cache: &Cache) -> Option<Tool> {
    let own = [on_path("wasm-component-ld"), in_toolchain()];
    let own = own.into_iter().flatten().filter_map(|path| Tool::probe("wasm-component-ld", path, Origin::User).ok());
    own.into_iter().find(is_new_enough).or_else(|| {
        let built = cache.get("component-ld", &VERSION.to_string())?;
        Tool::probe("wasm-component-ld", program(built), Origin::Cargo).ok()
    })
}

/// As [`find`], and builds it from Cargo's registry when it is missing.
///
/// # Errors
/// When Cargo cannot fetch or build it.
pub fn ensure(cache: &Cache) -> Result<Tool> {
    if let Some(tool) = find(cache) {
        return Ok(tool);
    }
    let built = cache.make("component-ld", &VERSION.to_string(), |folder| {
        let target = folder.join("target");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["install", "wasm-component-ld", "--locked", "--version", &format!("={VERSION}")]);
        cargo.arg("--root").arg(folder).env("CARGO_TARGET_DIR", &target);
        output(cargo.current_dir(folder)).with_context(|| {
            format!(
                "wasm-component-ld {VERSION} cannot be built from Cargo's registry\n\
                 either put one of at least this version on the path, or run where Cargo reaches its registry: only the first set-up needs it"
            )
        })?;
        Ok(std::fs::remove_dir_all(target)?)
    })?;
    Tool::probe("wasm-component-ld", program(built), Origin::Cargo)
}

fn program(folder: PathBuf) -> PathBuf {
    folder.join("bin/wasm-component-ld")
}

/// rustup's toolchains carry one beside the other linkers.
fn in_toolchain() -> Option<PathBuf> {
    let print = |what| output(Command::new("rustc").args(["--print", what])).ok();
    let (sysroot, host) = (print("sysroot")?, print("host-tuple")?);
    let file = PathBuf::from(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/wasm-component-ld");
    file.exists().then_some(file)
}

fn is_new_enough(tool: &Tool) -> bool {
    let version = tool.version.split_whitespace().last().and_then(|text| Version::parse(text).ok());
    version.is_some_and(|version| version >= VERSION)
}
