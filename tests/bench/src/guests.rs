//! The guests whose calls are measured: what generators make of ordinary Rust and C, built by the matrix's machinery.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

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

/// What is added for the guests that read lazily.
const LAZY_WIT: &str = include_str!("../guests/lazy/world.wit");

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
    /// How many bytes of source its bindings have; 0 where nobody asks.
    source: usize,
    /// How many bytes the header has that all bindings of its language share.
    header: usize,
}

impl Guests {
    /// Builds the guests, or takes them from the cache.
    ///
    /// # Errors
    /// When a tool is missing and cannot be fetched, or a guest does not build: with what the compiler printed.
    pub fn build(language: &str, profile: Profile, yard: &Yard) -> Result<Self> {
        let calls = of_calls();
        let relay = scenario("relay", "onramp:bench-relay", WIT.to_owned(), &folder().join("relay"));
        Ok(Guests {
            caller: yard.build(language, Kind { role: Role::Caller, profile }, &calls, &[])?,
            callee: yard.build(language, Kind { role: Role::Callee, profile }, &calls, &[])?,
            relay: yard.build(language, Kind { role: Role::Callee, profile }, &relay, &[])?,
        })
    }

    /// The same, with a caller that reads `list<string>` lazily and a relay that forwards without reading.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_lazy(language: &str, profile: Profile, yard: &Yard) -> Result<Self> {
        let wit = format!("{WIT}{LAZY_WIT}");
        let calls = scenario("bench-lazy", "onramp:bench-lazy", wit, &folder().join("lazy"));
        let relay = scenario("relay", "onramp:bench-relay", WIT.to_owned(), &folder().join("lazy/relay"));
        let callee = of_calls();
        let read = ["onramp:bench/calls#give-strings"];
        let passed = ["onramp:bench/relay#forward", "onramp:bench/calls#take-string"];
        Ok(Guests {
            caller: yard.build(language, Kind { role: Role::Caller, profile }, &calls, &read)?,
            callee: yard.build(language, Kind { role: Role::Callee, profile }, &callee, &[])?,
            relay: yard.build(language, Kind { role: Role::Callee, profile }, &relay, &passed)?,
        })
    }

    /// Guests of Rust around a callee in another language: the language, as the matrix calls it, and the profile of all of them.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn around(language: &str, profile: Profile, yard: &Yard) -> Result<Self> {
        let callee = yard.guest(language, Kind { role: Role::Callee, profile }, &of_calls(), &[])?;
        let component = Built { component: read(&callee)?, source: 0, header: 0 };
        Ok(Guests { callee: component, ..Guests::build("rust", profile, yard)? })
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

    /// The guest that is called.
    pub fn callee(&self) -> &Built {
        &self.callee
    }

    /// The guests by name.
    pub fn each(&self) -> [(&'static str, &Built); 3] {
        [("caller", &self.caller), ("callee", &self.callee), ("relay", &self.relay)]
    }
}

impl Built {
    fn read(guest: &Guest, cache: &Cache) -> Result<Self> {
        let component = read(guest)?;
        let folder = cache.get("guests", &guest.key).context("a guest that was built is not in the cache")?;
        let header = fs::metadata(folder.join("bindings/onramp-guest.h")).map_or(0, |header| header.len() as usize);
        Ok(Built { component, source: source_size(&folder)?, header })
    }

    /// The component.
    pub fn bytes(&self) -> &[u8] {
        &self.component
    }

    /// How many bytes of source its bindings have.
    pub fn source(&self) -> usize {
        self.source
    }

    /// How many bytes the header has that all bindings of its language share; 0: there is none.
    pub fn header(&self) -> usize {
        self.header
    }

    /// How many bytes its component has, without what is for debugging.
    ///
    /// # Errors
    /// When the component is damaged.
    pub fn component(&self) -> Result<usize> {
        without_debugging(&self.component)
    }

    /// How many bytes its core module has, the largest of the component, without what is for debugging, and with its data: linking may
    /// have put them into the module of its memory.
    ///
    /// # Errors
    /// When the component is damaged.
    pub fn module(&self) -> Result<usize> {
        let (mut largest, mut data) = (0, 0);
        for payload in Parser::new(0).parse_all(&self.component) {
            if let Payload::ModuleSection { unchecked_range: range, .. } = payload? {
                let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                let module = self.component.get(range).context("a module reaches beyond its component")?;
                largest = largest.max(without_debugging(module)?);
                data += data_of_memory(module)?;
            }
        }
        Ok(largest + data)
    }
}

/// How many bytes of data a module has that has no code.
fn data_of_memory(module: &[u8]) -> Result<usize> {
    let mut data = 0;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionStart { .. } => return Ok(0),
            Payload::DataSection(section) => data = usize::try_from(section.range().end - section.range().start)?,
            _ => {}
        }
    }
    Ok(data)
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

/// The size of the bindings that a build has in its folder: `src/<role>.rs`, or `bindings/<role>.c` and `.h`.
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

/// Where guests are built.
pub struct Yard<'a> {
    /// The folder of the guests' shared test helpers.
    pub support: &'a Path,
    /// Where builds are kept.
    pub cache: &'a Cache,
    /// Who is told of them.
    pub progress: &'a Progress,
}

impl Yard<'_> {
    fn build(&self, language: &str, kind: Kind, scenario: &Scenario, lazy: &[&str]) -> Result<Built> {
        let guest = self.guest(language, kind, scenario, lazy)?;
        Built::read(&guest, self.cache)
    }

    fn guest(&self, language: &str, kind: Kind, scenario: &Scenario, lazy: &[&str]) -> Result<Arc<Guest>> {
        let guest = self.workshop(language, lazy)?.build(kind, &[scenario], self.progress).remove(&scenario.name);
        let guest = guest.context("the workshop built another guest")?;
        guest.map_err(|error| anyhow!("the {} of `{}` does not build: {error}", kind.role, scenario.name))
    }

    fn workshop<'b>(&'b self, language: &str, lazy: &'b [&'b str]) -> Result<Workshop<'b>> {
        let languages = language::named(&[language.to_owned()])?;
        let language = *languages.first().with_context(|| format!("the matrix has no `{language}`"))?;
        let builder = language.set_up(self.cache)?;
        Ok(Workshop { language, builder, support: self.support, counting: None, lazy, cache: self.cache })
    }

    /// How long it takes to make the component of a language's callee, from nothing but the tools.
    ///
    /// # Errors
    /// As [`Guests::build`].
    pub fn time_of_callee(&self, language: &str, profile: Profile) -> Result<Duration> {
        self.workshop(language, &[])?.time(Kind { role: Role::Callee, profile }, &of_calls())
    }
}

/// The scenario of the calls.
fn of_calls() -> Scenario {
    scenario("bench", "onramp:bench", WIT.to_owned(), &folder())
}

fn read(guest: &Guest) -> Result<Vec<u8>> {
    fs::read(&guest.component).with_context(|| format!("cannot read `{}`", guest.component.display()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("guests")
}

/// What the matrix's machinery builds: it is no scenario of the matrix, whose callers return how many checks they made.
fn scenario(name: &str, package: &str, wit: String, folder: &Path) -> Scenario {
    Scenario {
        name: name.to_owned(),
        folder: folder.to_owned(),
        wit,
        package: package.to_owned(),
        entry: String::new(),
        features: Default::default(),
    }
}
