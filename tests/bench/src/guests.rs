//! The guests whose calls are measured: `wit-bindgen`'s Rust, built by the matrix's machinery.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use onramp_abi::Profile;
use onramp_compose::{Graph, Input};
use onramp_matrix::guest::{Kind, Workshop};
use onramp_matrix::language;
use onramp_matrix::progress::Progress;
use onramp_matrix::scenario::{Role, Scenario};
use onramp_toolchain::Cache;

/// The interfaces of all guests.
pub const WIT: &str = include_str!("../guests/world.wit");

/// The components.
pub struct Guests {
    caller: Vec<u8>,
    callee: Vec<u8>,
    relay: Vec<u8>,
}

impl Guests {
    /// Builds the guests, or takes them from the cache.
    ///
    /// # Errors
    /// When a tool is missing and cannot be fetched, or a guest does not build: with what the compiler printed.
    pub fn build(support: &Path, cache: &Cache, progress: &Progress) -> Result<Self> {
        let rust = *language::named(&["rust".to_owned()])?.first().context("the matrix has no Rust")?;
        let workshop = Workshop { language: rust, builder: rust.set_up(cache)?, support, counting: None, cache };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guests");
        let calls = scenario("bench", "onramp:bench", &folder);
        let relay = scenario("relay", "onramp:bench-relay", &folder.join("relay"));
        let build = |role, scenario: &Scenario| {
            let guest =
                workshop.build(Kind { role, profile: Profile::Eager }, &[scenario], progress).remove(&scenario.name);
            let guest = guest.context("the workshop built another guest")?;
            let guest = guest.map_err(|error| anyhow!("the {role} of `{}` does not build: {error}", scenario.name))?;
            fs::read(&guest.component).with_context(|| format!("cannot read `{}`", guest.component.display()))
        };
        Ok(Guests {
            caller: build(Role::Caller, &calls)?,
            callee: build(Role::Callee, &calls)?,
            relay: build(Role::Callee, &relay)?,
        })
    }

    /// The caller, connected with the callee and, through the relay, once more with the callee.
    ///
    /// # Errors
    /// When they do not fit each other.
    pub fn graph(&self) -> Result<Graph> {
        let input = |name: &str, bytes: &[u8]| Input { name: name.to_owned(), bytes: bytes.to_owned() };
        let guests = [("caller", &self.caller), ("relay", &self.relay), ("callee", &self.callee)];
        Graph::plug(guests.map(|(name, bytes)| input(name, bytes)).into(), &[])
    }
}

/// What the matrix's machinery builds: it is no scenario of the matrix, whose callers return how many checks they made.
fn scenario(name: &str, package: &str, folder: &Path) -> Scenario {
    Scenario {
        name: name.to_owned(),
        folder: folder.to_owned(),
        wit: WIT.to_owned(),
        package: package.to_owned(),
        entry: String::new(),
        features: Default::default(),
    }
}
