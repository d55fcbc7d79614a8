//! Finds or fetches the wasm toolchain, and owns the cache that it lives in.
//!
//! The order is always the same: what the user has or names, then what an earlier run put into the cache, then fetching it
//! through the machine's ordinary package clients. `find` functions look; `ensure` functions also fetch.

pub mod c;
pub mod cache;
pub mod checkers;
pub mod component_ld;
pub mod debian;
pub mod java;
pub mod python;
pub mod rust;
pub mod tool;

use anyhow::{Context, Result};

use debian::Packages;

pub use cache::{Cache, Key};
pub use tool::{Origin, Tool};

/// A toolchain of Debian's packages, fetched if need be; `reason` and `remedy` tell the user why, and what to do instead.
fn fetch_toolchain(packages: Packages, cache: &Cache, reason: &str, remedy: &str) -> Result<debian::Root> {
    packages.fetch(cache).with_context(|| {
        format!(
            "no wasm toolchain: {reason}, and Debian's packages cannot be fetched\n\
             either bring your own: {remedy};\n\
             or run where apt-get reaches a Debian mirror: only the first set-up needs it"
        )
    })
}

/// Whether one of the needed tools is there.
#[derive(Clone, Debug)]
pub struct Status {
    /// What the tool is called.
    pub name: &'static str,
    /// The tool, or what will be done (or has to be done) about it.
    pub found: Result<Tool, String>,
    /// Whether only the guests of one language are left out without it.
    pub is_optional: bool,
}

/// Looks for every tool, fetching nothing.
pub fn status(cache: &Cache) -> Vec<Status> {
    let debian = "missing: would come from Debian's packages";
    let c = match c::find(cache) {
        Ok(Some(c)) => Ok(c.clang),
        Ok(None) => Err(debian.to_owned()),
        Err(error) => Err(format!("{error:#}")),
    };
    let needed = |name, found| Status { name, found, is_optional: false };
    let javac = java::find(cache).map(|java| java.javac);
    vec![
        needed("rustc", rust::find(cache).map(|rust| rust.rustc).ok_or(debian.to_owned())),
        needed("clang", c),
        needed(
            "wasm-component-ld",
            component_ld::find(cache).ok_or("missing: would be built from Cargo's registry".to_owned()),
        ),
        needed("componentize-py", python::find(cache).ok_or("missing: would come from PyPI".to_owned())),
        Status {
            name: "javac",
            found: javac.ok_or("missing, or TeaVM is: it would come with Maven".to_owned()),
            is_optional: true,
        },
    ]
}
