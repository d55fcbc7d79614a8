//! The guests whose calls are measured: what generators make of ordinary Rust and C, built by the matrix's machinery.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use onramp_abi::Profile;
use onramp_compose::{Graph, Input};
use onramp_matrix::guest::{Guest, Kind, Workshop};
use onramp_matrix::language;
use onramp_matrix::progress::Progress;
use onramp_matrix::scenario::{Role, Scenario};
use onramp_toolchain::Cache;
use wasmparser::{Parser, Payload};

/// The interfaces of all guests.
pub const WIT: &str = include_str!("../guests/world.wit");

/// What is measured of a language under a profile.
pub struct Guests {
    caller: Built,
    callee: Built,
    relay: Built,
}

/// A guest that was built.
#[derive(Debug)]
pub struct Built {
    /// The component.
    component: Vec<u8>,
    /// How many bytes of source its bindings have.
    source: usize,
}

impl Guests {
    /// Builds the guests, or takes them from the cache.
    ///
    /// # Errors
    /// When a tool is missing and cannot be fetched, or a guest does not build: with what the compiler printed.
    pub fn build(language: &str, profile: Profile, support: &Path, cache: &Cache, progress: &Progress) -> Result<Self> {
        let languages = language::named(&[language.to_owned()])?;
        let language = *languages.first().with_context(|| format!("the matrix has no `{language}`"))?;
        let workshop = Workshop { language, builder: language.set_up(cache)?, support, counting: None, cache };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guests");
        let calls = scenario("bench", "onramp:bench", &folder);
        let relay = scenario("relay", "onramp:bench-relay", &folder.join("relay"));
        let build = |role, scenario: &Scenario| {
            let guest = workshop.build(Kind { role, profile }, &[scenario], progress).remove(&scenario.name);
            let guest = guest.context("the workshop built another guest")?;
            let guest = guest.map_err(|error| anyhow!("the {role} of `{}` does not build: {error}", scenario.name))?;
            Built::read(&guest, cache)
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
        let input = |name: &str, built: &Built| Input { name: name.to_owned(), bytes: built.component.clone() };
        let guests = [("caller", &self.caller), ("relay", &self.relay), ("callee", &self.callee)];
        Graph::plug(guests.map(|(name, built)| input(name, built)).into(), &[])
    }

    /// The guests by name.
    pub fn each(&self) -> [(&'static str, &Built); 3] {
        [("caller", &self.caller), ("callee", &self.callee), ("relay", &self.relay)]
    }
}

impl Built {
    fn read(guest: &Guest, cache: &Cache) -> Result<Self> {
        let component = fs::read(&guest.component);
        let component = component.with_context(|| format!("cannot read `{}`", guest.component.display()))?;
        let folder = cache.get("guests", &guest.key).context("a guest that was built is not in the cache")?;
        Ok(Built { component, source: source_size(&folder)? })
    }

    /// How many bytes of source its bindings have.
    pub fn source(&self) -> usize {
        self.source
    }

    /// How many bytes its component has, without what is for debugging.
    ///
    /// # Errors
    /// When the component is damaged.
    pub fn component(&self) -> Result<usize> {
        without_debugging(&self.component)
    }

    /// How many bytes its core module has, the largest of the component, without what is for debugging.
    ///
    /// # Errors
    /// When the component is damaged.
    pub fn module(&self) -> Result<usize> {
        let mut largest = 0;
        for payload in Parser::new(0).parse_all(&self.component) {
            if let Payload::ModuleSection { unchecked_range: range, .. } = payload? {
                let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                let module = self.component.get(range).context("a module reaches beyond its component")?;
                largest = largest.max(without_debugging(module)?);
            }
        }
        Ok(largest)
    }
}

/// The size of a component or core module without names and DWARF: how much of that there is depends on the linker and not on the
/// profile.
fn without_debugging(binary: &[u8]) -> Result<usize> {
    let mut size = binary.len();
    for payload in Parser::new(0).parse_all(binary) {
        if let Payload::CustomSection(section) = payload?
            && (section.name().starts_with(".debug_") || ["name", "component-name"].contains(&section.name()))
        {
            size -= section.data().len();
        }
    }
    Ok(size)
}

/// The size of the bindings that a build has in its folder: `src/<role>.rs`, or `bindings/*.c` and `*.h`.
fn source_size(folder: &Path) -> Result<usize> {
    let mut size = 0;
    for (place, names) in
        [("src", &["caller.rs", "callee.rs"][..]), ("bindings", &["caller.c", "callee.c", "caller.h", "callee.h"])]
    {
        for name in names {
            let file = folder.join(place).join(name);
            if file.exists() {
                size +=
                    fs::metadata(&file).with_context(|| format!("cannot read `{}`", file.display()))?.len() as usize;
            }
        }
    }
    ensure!(size > 0, "`{}` has no bindings", folder.display());
    Ok(size)
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
