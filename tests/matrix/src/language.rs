//! A language of the matrix: one trait, one file each. A new language is a new file here and a line in [`all`].

mod c;
mod componentize_py;
mod java;
mod python;
mod python_app;
mod rust;
mod wat;

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::Once;

use anyhow::{Context, Result, anyhow};
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use onramp_toolchain::{Cache, Key, Tool};
use wit_bindgen_core::wit_parser::{Resolve, WorldId};

use crate::scenario::{Feature, Role, Scenario};

/// A language that guests are written in.
pub trait Language: Send + Sync {
    /// The name on the command line and in reports, such as `rust`.
    fn name(&self) -> &'static str;

    /// The extension of its source files.
    fn extension(&self) -> &'static str;

    /// The ABIs that its guests are built for.
    fn profiles(&self) -> &'static [Profile];

    /// The features of WIT that its generator lacks. The matrix tries each of them, and fails when one works after all.
    fn gaps(&self) -> &'static [Gap];

    /// Finds its tools, or fetches them.
    ///
    /// # Errors
    /// When a tool is missing and cannot be fetched.
    fn set_up(&self, cache: &Cache) -> Result<Box<dyn Builder>>;

    /// Whether cells are skipped, with the reason, when its tools cannot be had: otherwise that ends the run.
    fn can_be_missing(&self) -> bool {
        false
    }

    /// Whether an engine takes seconds to compile a composition with a guest in it: a brief run has fewer of them.
    fn is_dear(&self) -> bool {
        false
    }

    /// Whether scenarios may be without guests in it: the cells are skipped then.
    fn is_partial(&self) -> bool {
        false
    }

    /// The gap that keeps a scenario from having this language in a role under a profile, if there is one.
    fn gap(&self, scenario: &Scenario, role: Role, profile: Profile) -> Option<&'static Gap> {
        self.gaps().iter().find(|gap| {
            scenario.features.contains(&gap.feature)
                && gap.profiles.contains(&profile)
                && gap.role.is_none_or(|only| only == role)
        })
    }
}

/// A feature that a language's generator lacks.
#[derive(Debug)]
pub struct Gap {
    /// What it lacks.
    pub feature: Feature,
    /// The role in which it lacks it, or both.
    pub role: Option<Role>,
    /// The profiles under which it lacks it.
    pub profiles: &'static [Profile],
    /// How one sees that it still lacks it.
    pub trial: Trial,
    /// Who lacks it, for the reader of a report.
    pub reason: &'static str,
}

/// What fails because of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// Generating bindings.
    Generate,
    /// Compiling and linking a guest.
    Build,
    /// Running a cell.
    Run,
}

/// A language whose tools are there.
pub trait Builder: Send + Sync {
    /// The tools that it builds with.
    fn tools(&self) -> Vec<&Tool>;

    /// Everything that what it builds depends on, apart from the guest's own sources: versions, arguments, templates.
    ///
    /// # Errors
    /// When a file that belongs to it cannot be read.
    fn fingerprint(&self) -> Result<String>;

    /// The version of the bindings that a job gets: a digest of them, when the generator is a library. A generator that is a tool
    /// has its version in the fingerprint.
    ///
    /// # Errors
    /// When the generator refuses the world.
    fn bindings_version(&self, job: &Job) -> Result<String>;

    /// Generates the bindings of a job's world into the job's folder.
    ///
    /// # Errors
    /// When the generator refuses the world.
    fn generate_bindings(&self, job: &Job) -> Result<()>;

    /// Compiles a job's sources with the bindings there, and links them. Returns the file: a component, or under profiles other
    /// than eager a core module, which `onramp link` makes a component of.
    ///
    /// # Errors
    /// When a source does not compile or does not fit its world: with what the compiler or linker printed.
    fn compile_and_link(&self, job: &Job) -> Result<PathBuf>;
}

/// One guest to build: a role in some scenarios, under a profile.
pub struct Job<'a> {
    /// The side that the guest is on.
    pub role: Role,
    /// The ABI that it speaks.
    pub profile: Profile,
    /// Whether it is linked so that its allocations are counted.
    pub counting: bool,
    /// The functions whose values arrive lazily.
    pub lazy: Vec<String>,
    /// The sources, with the names of their scenarios.
    pub sources: Vec<(&'a Scenario, PathBuf)>,
    /// The folder with the languages' shared test helpers (`check.rs`, `check.h`, …).
    pub support: &'a Path,
    /// An empty folder to work in.
    pub folder: &'a Path,
    /// The cache, for what jobs share.
    pub cache: &'a Cache,
}

impl Job<'_> {
    /// Writes the WIT of the guest's world into the job's folder: every scenario's package, and one package whose world
    /// includes the scenarios' worlds.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_wit(&self) -> Result<()> {
        let packages = self.wit().join("deps");
        std::fs::create_dir_all(&packages)?;
        let mut world = format!("package onramp:matrix;\n\nworld {} {{\n", self.role);
        for (scenario, _) in &self.sources {
            world += &format!("  include {}/{};\n", scenario.package, self.role);
            std::fs::write(packages.join(format!("{}.wit", scenario.name)), &scenario.wit)?;
        }
        Ok(std::fs::write(self.wit().join("world.wit"), world + "}\n")?)
    }

    /// The folder that [`Job::write_wit`] fills.
    fn wit(&self) -> PathBuf {
        self.folder.join("wit")
    }

    /// Runs a generator that is a library on the job's world.
    fn generate(&self, generator: impl FnOnce(&Resolve, WorldId) -> Result<Bindings>) -> Result<Bindings> {
        let (resolve, world) = self.world()?;
        generator(&resolve, world)
    }

    fn world(&self) -> Result<(Resolve, WorldId)> {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_dir(self.wit()).map_err(|error| anyhow!("{}", resolve.render_error(&error)))?;
        let world = resolve.select_world(&[package], Some(self.role.name()))?;
        Ok((resolve, world))
    }
}

/// Writes bindings into a folder.
fn write(bindings: &Bindings, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, content) in bindings.files.iter() {
        std::fs::write(folder.join(name), content)?;
    }
    Ok(())
}

/// A digest of bindings.
fn digest(bindings: &Bindings) -> String {
    bindings.files.iter().fold(Key::new(), |key, (name, content)| key.with(name, content)).finish()
}

/// Every language of the matrix, in the order of the table's columns.
pub fn all() -> [&'static dyn Language; 6] {
    [&rust::Rust, &c::C, &python::Python, &wat::Wat, &java::Java, &componentize_py::ComponentizePy]
}

/// The languages of these names, in the order of [`all`]; all of them when none is named.
///
/// # Errors
/// When a name is not known: with those that are.
pub fn named(names: &[String]) -> Result<Vec<&'static dyn Language>> {
    let known = || all().map(|language| language.name()).join(", ");
    if let Some(name) = names.iter().find(|name| all().iter().all(|language| language.name() != *name)) {
        return Err(anyhow!("there is no language `{name}`: the matrix has {}", known()));
    }
    let wanted = |language: &&dyn Language| names.is_empty() || names.iter().any(|name| name == language.name());
    Ok(all().into_iter().filter(wanted).collect())
}

thread_local! {
    /// Set while this thread runs code whose panics are wanted as text.
    static CAUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs code of others and turns a panic into an error with the panic's message.
///
/// # Errors
/// What the code returns, or its panic.
pub fn catch<T>(code: impl FnOnce() -> Result<T>) -> Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !keep(info) {
                usual(info)
            }
        }));
    });
    CAUGHT.set(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(code));
    let message = CAUGHT.take().unwrap_or_default();
    result.unwrap_or_else(|_| Err(anyhow!("{message}")).context("the generator gave up"))
}

/// Keeps a panic's message when this thread is within [`catch`].
fn keep(info: &PanicHookInfo) -> bool {
    CAUGHT.with_borrow_mut(|caught| {
        let Some(message) = caught else { return false };
        *message = info.payload_as_str().unwrap_or("a panic without a message").to_owned();
        if let Some(place) = info.location() {
            let file = place.file().rsplit('/').take(3).collect::<Vec<_>>();
            *message += &format!(" ({}:{})", file.into_iter().rev().collect::<Vec<_>>().join("/"), place.line());
        }
        true
    })
}

/// The environment of a build: the user's, without what would change how wasm guests are built.
pub fn clean(mut command: std::process::Command) -> std::process::Command {
    for variable in
        ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER", "CFLAGS", "PYTHONPATH"]
    {
        command.env_remove(variable);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_languages_are_named() {
        let error = named(&["rust".to_owned(), "cobol".to_owned()]).err().unwrap().to_string();
        assert_eq!(error, "there is no language `cobol`: the matrix has rust, c, python, wat, java, componentize-py");
        assert_eq!(named(&["python".to_owned(), "rust".to_owned()]).unwrap().len(), 2);
    }

    #[test]
    fn a_panic_of_a_generator_is_an_error() {
        let error = catch::<()>(|| todo!("lists of a fixed length")).unwrap_err();
        let error = format!("{error:#}");
        let (message, place) = error.split_once(" (").unwrap();
        assert_eq!(message, "the generator gave up: not yet implemented: lists of a fixed length");
        assert!(place.starts_with("matrix/src/language.rs:"), "{place}");
        assert!(catch(|| Ok(1)).is_ok());
    }
}
