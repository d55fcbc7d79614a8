//! Building guests: one component per language, profile and role for all scenarios, or, when that does not build, one per scenario.
//!
//! A bundle is built once where a component per scenario would be built (and, with CPython inside, compiled) many times.
//! When one scenario's source breaks a bundle, each scenario is built on its own, so that only its own cells fail.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use std::{fmt, fs, iter};

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_compose::Input;
use onramp_toolchain::{Cache, Key};
use serde::{Deserialize, Serialize};

use crate::gap::telling_line;
use crate::language::{Builder, Job, Language, Trial};
use crate::progress::Progress;
use crate::scenario::{Role, Scenario};

/// What is wrong when a generator refuses a world.
const REFUSED: &str = "the bindings cannot be generated";

/// What a guest of a language is built as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// The side that it is on.
    pub role: Role,
    /// The ABI that it speaks.
    pub profile: Profile,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.profile, self.role)
    }
}

/// A guest that was built.
#[derive(Clone, Debug)]
pub struct Guest {
    /// The digest of all that it was built from.
    pub key: String,
    /// The component.
    pub component: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// How long the build took, whenever it was.
    pub seconds: f64,
    /// True when it was not built in this run.
    pub cached: bool,
}

/// What the cache remembers of a build beside the component.
#[derive(Serialize, Deserialize)]
struct Record {
    seconds: f64,
}

/// What all builds of one language share.
pub struct Workshop<'a> {
    /// The language.
    pub language: &'a dyn Language,
    /// Its tools.
    pub builder: Box<dyn Builder>,
    /// The folder with the languages' shared test helpers.
    pub support: &'a Path,
    /// The part that counts allocations, for guests that are to have it ([`crate::allocations`]).
    pub counting: Option<Scenario>,
    /// The functions whose values arrive lazily (patterns of `--lazy`).
    pub lazy: &'a [&'a str],
    /// Where builds are kept.
    pub cache: &'a Cache,
}

/// A guest for each scenario, or what was wrong with it.
pub type Guests = BTreeMap<String, Result<Arc<Guest>, String>>;

impl Workshop<'_> {
    /// Builds the guests of one role under a profile for these scenarios. Scenarios for which the language cannot be built are left
    /// out.
    pub fn build(&self, kind: Kind, scenarios: &[&Scenario], progress: &Progress) -> Guests {
        let possible = scenarios.iter().copied().filter(|scenario| self.can_build(kind, scenario));
        let scenarios: Vec<&Scenario> = possible.collect();
        if scenarios.is_empty() {
            return Guests::new();
        }
        let task = progress.start(format!("build {} {kind}: {} scenarios", self.language.name(), scenarios.len()));
        let each = |build: &dyn Fn(&Scenario) -> Result<Arc<Guest>, String>| {
            scenarios.iter().map(|scenario| (scenario.name.clone(), build(scenario))).collect()
        };
        match self.build_one(kind, &scenarios) {
            Ok(guest) => {
                task.done(if guest.cached { "unchanged" } else { "built" });
                let guest = Arc::new(guest);
                each(&|_| Ok(guest.clone()))
            }
            Err(error) if scenarios.len() > 1 => {
                let why = format!("{error:#}");
                task.done(&format!("does not build: {}; trying each scenario alone", telling_line(&why)));
                each(&|scenario| self.build_alone(kind, scenario, progress))
            }
            Err(error) => {
                task.done("does not build");
                each(&|_| Err(format!("{error:#}")))
            }
        }
    }

    fn build_alone(&self, kind: Kind, scenario: &Scenario, progress: &Progress) -> Result<Arc<Guest>, String> {
        let task = progress.start(format!("build {} {kind}: {}", self.language.name(), scenario.name));
        let guest = self.build_one(kind, &[scenario]);
        task.done(match &guest {
            Ok(guest) if guest.cached => "unchanged",
            Ok(_) => "built",
            Err(_) => "does not build",
        });
        guest.map(Arc::new).map_err(|error| format!("{error:#}"))
    }

    fn build_one(&self, kind: Kind, scenarios: &[&Scenario]) -> Result<Guest> {
        let key = self.key(kind, scenarios)?;
        let mut cached = true;
        let folder = self.cache.make("guests", &key, |folder| {
            cached = false;
            let start = Instant::now();
            let job = self.job(kind, scenarios, folder)?;
            job.write_wit()?;
            self.builder.generate_bindings(&job).context(REFUSED)?;
            fs::copy(self.builder.compile_and_link(&job)?, folder.join("linked.wasm"))?;
            let record = Record { seconds: start.elapsed().as_secs_f64() };
            Ok(fs::write(folder.join("build.json"), serde_json::to_vec(&record)?)?)
        })?;
        let record: Record = serde_json::from_slice(&fs::read(folder.join("build.json"))?)?;
        let component = self.component(kind.profile, &key, folder.join("linked.wasm"))?;
        Ok(Guest { key, size: component.metadata()?.len(), component, seconds: record.seconds, cached })
    }

    /// How long it takes to compile and link a guest, outside of the cache.
    ///
    /// # Errors
    /// When it does not build.
    pub fn time(&self, kind: Kind, scenario: &Scenario) -> Result<Duration> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let job = self.job(kind, &[scenario], folder.path())?;
        job.write_wit()?;
        let start = Instant::now();
        self.builder.compile_and_link(&job)?;
        Ok(start.elapsed())
    }

    /// The component of what was linked. Our part of linking is in the running program, so what it makes is kept on its own: a
    /// change there compiles no guest anew.
    fn component(&self, profile: Profile, key: &str, linked: PathBuf) -> Result<PathBuf> {
        if profile == Profile::Eager || is_component(&linked)? {
            return Ok(linked);
        }
        let key = Key::new().with("guest", key).with("program", this_program()?).finish();
        let folder = self.cache.make("components", &key, |folder| {
            let core = fs::read(&linked).with_context(|| format!("cannot read `{}`", linked.display()))?;
            let input = Input { name: linked.display().to_string(), bytes: core };
            Ok(fs::write(folder.join("component.wasm"), onramp_compose::link(&input, &[])?)?)
        })?;
        Ok(folder.join("component.wasm"))
    }

    fn can_build(&self, kind: Kind, scenario: &Scenario) -> bool {
        !scenario.lacks(kind.role, self.language)
            && self.language.gap(scenario, kind.role, kind.profile).is_none_or(|gap| gap.trial == Trial::Run)
    }

    pub(crate) fn job<'b>(&'b self, kind: Kind, scenarios: &[&'b Scenario], folder: &'b Path) -> Result<Job<'b>> {
        // Compilers run in the job's folder.
        let absolute =
            |scenario: &&'b Scenario| Ok((*scenario, std::path::absolute(scenario.source(kind.role, self.language))?));
        let sources =
            scenarios.iter().copied().chain(&self.counting).map(|one| absolute(&one)).collect::<Result<_>>()?;
        Ok(Job {
            role: kind.role,
            profile: kind.profile,
            counting: self.counting.is_some(),
            lazy: self.lazy.iter().map(|pattern| (*pattern).to_owned()).collect(),
            sources,
            support: self.support,
            folder,
            cache: self.cache,
        })
    }

    /// A digest of everything that goes into a guest: tools, WIT, bindings, sources, helpers.
    fn key(&self, kind: Kind, scenarios: &[&Scenario]) -> Result<String> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let job = self.job(kind, scenarios, folder.path())?;
        job.write_wit()?;
        let bindings = self.builder.bindings_version(&job).context(REFUSED)?;
        Ok(Key::new().with("sources", self.sources(kind, scenarios)?).with("bindings", bindings).finish())
    }

    /// A digest of what a guest is made from, without its bindings.
    pub(crate) fn sources(&self, kind: Kind, scenarios: &[&Scenario]) -> Result<String> {
        let mut key = Key::new()
            .with("language", self.language.name())
            .with("tools", self.builder.fingerprint()?)
            .with("recipe", include_str!("language.rs"))
            .with("role", kind.role.name())
            .with("profile", kind.profile.name());
        for folder in iter::once(self.support).chain(self.counting.iter().map(|part| part.folder.as_path())) {
            for file in files_with_extension(folder, self.language.extension())? {
                key = key.with(&file.display().to_string(), read(&file)?);
            }
        }
        for scenario in scenarios.iter().copied().chain(&self.counting) {
            let source = scenario.source(kind.role, self.language);
            key = key.with("package", &scenario.package).with("wit", &scenario.wit).with("source", read(&source)?);
        }
        Ok(key.finish())
    }
}

/// A digest of the running program: the linkers are part of it, so what one of them made is as old as it is.
pub(crate) fn this_program() -> Result<&'static str> {
    static DIGEST: OnceLock<String> = OnceLock::new();
    if let Some(digest) = DIGEST.get() {
        return Ok(digest);
    }
    // The file itself may have been replaced by a later build.
    let program = fs::read("/proc/self/exe").context("cannot read the running program")?;
    Ok(DIGEST.get_or_init(|| Key::new().with("program", program).finish()))
}

/// Whether a file is a component already: the layer, behind the version, tells a component from a core module.
fn is_component(file: &Path) -> Result<bool> {
    Ok(read(file)?.get(6) == Some(&1))
}

/// The helpers of a language: its own files, and C's headers for C.
fn files_with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    let wanted = if extension == "c" { "h" } else { extension };
    files.retain(|file| file.extension().is_some_and(|found| found == wanted));
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use onramp_toolchain::Tool;

    use super::*;
    use crate::gap::out_of_date;
    use crate::language::Gap;
    use crate::scenario::Feature;
    use anyhow::bail;

    const CALLER: Kind = Kind { role: Role::Caller, profile: Profile::Eager };

    /// A language whose compiler joins its sources, and refuses one that says so.
    struct Joining;

    impl Language for Joining {
        fn name(&self) -> &'static str {
            "joining"
        }

        fn extension(&self) -> &'static str {
            "txt"
        }

        fn profiles(&self) -> &'static [Profile] {
            &[Profile::Eager]
        }

        fn gaps(&self) -> &'static [Gap] {
            &[Gap {
                feature: Feature::Maps,
                role: None,
                profiles: &Profile::LINEAR,
                trial: Trial::Generate,
                reason: "joining has no maps",
            }]
        }

        fn set_up(&self, _: &Cache) -> Result<Box<dyn Builder>> {
            Ok(Box::new(Joining))
        }
    }

    impl Builder for Joining {
        fn tools(&self) -> Vec<&Tool> {
            Vec::new()
        }

        fn fingerprint(&self) -> Result<String> {
            Ok("1".to_owned())
        }

        fn bindings_version(&self, _: &Job) -> Result<String> {
            Ok(String::new())
        }

        fn generate_bindings(&self, job: &Job) -> Result<()> {
            match job.sources.iter().any(|(scenario, _)| scenario.wit.contains("refuse")) {
                true => bail!("the generator refuses"),
                false => Ok(()),
            }
        }

        fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
            let sources: Vec<String> =
                job.sources.iter().map(|(_, source)| Ok(fs::read_to_string(source)?)).collect::<Result<_>>()?;
            if sources.iter().any(|source| source.contains("broken")) {
                bail!("it does not compile");
            }
            let component = job.folder.join("joined");
            fs::write(&component, sources.concat())?;
            Ok(component)
        }
    }

    /// A scenario of these names, with a source for either role in `folder`.
    fn scenario(folder: &Path, name: &str, source: &str) -> Scenario {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        for role in Role::ALL {
            fs::write(folder.join(format!("{role}.txt")), source).unwrap();
        }
        Scenario {
            name: name.to_owned(),
            folder,
            wit: String::new(),
            package: format!("test:{name}"),
            entry: String::new(),
            features: Default::default(),
        }
    }

    struct Setting {
        folder: tempfile::TempDir,
        cache: Cache,
    }

    impl Setting {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("support")).unwrap();
            let cache = Cache::at(folder.path().join("cache")).unwrap();
            Setting { folder, cache }
        }

        fn build(&self, scenarios: &[Scenario]) -> Guests {
            let support = self.folder.path().join("support");
            let workshop = Workshop {
                language: &Joining,
                builder: Box::new(Joining),
                support: &support,
                counting: None,
                lazy: &[],
                cache: &self.cache,
            };
            workshop.build(CALLER, &scenarios.iter().collect::<Vec<_>>(), &Progress::hidden())
        }
    }

    #[test]
    fn one_guest_serves_all_scenarios_and_is_built_once() {
        let setting = Setting::new();
        let scenarios = ["a", "b"].map(|name| scenario(setting.folder.path(), name, name));
        let first = setting.build(&scenarios);
        let (a, b) = (first["a"].as_ref().unwrap(), first["b"].as_ref().unwrap());
        assert!(Arc::ptr_eq(a, b) && !a.cached);
        assert_eq!(fs::read_to_string(&a.component).unwrap(), "ab");
        assert!(setting.build(&scenarios)["a"].as_ref().unwrap().cached);
    }

    #[test]
    fn a_change_builds_anew() {
        let setting = Setting::new();
        let before = [scenario(setting.folder.path(), "a", "one")];
        let before = setting.build(&before)["a"].clone().unwrap();
        let after = [scenario(setting.folder.path(), "a", "two")];
        let after = setting.build(&after)["a"].clone().unwrap();
        assert!(!after.cached && after.key != before.key);
    }

    #[test]
    fn a_broken_source_fails_its_own_scenario_alone() {
        let setting = Setting::new();
        let scenarios = [("a", "fine"), ("b", "broken"), ("c", "fine")];
        let scenarios = scenarios.map(|(name, source)| scenario(setting.folder.path(), name, source));
        let guests = setting.build(&scenarios);
        assert_eq!(guests["b"].as_ref().unwrap_err(), "it does not compile");
        assert!(guests["a"].is_ok() && guests["c"].is_ok());
    }

    #[test]
    fn a_scenario_that_the_language_cannot_have_is_left_out() {
        let setting = Setting::new();
        let mut scenarios = ["a", "maps"].map(|name| scenario(setting.folder.path(), name, name));
        scenarios[1].features.insert(Feature::Maps);
        assert_eq!(setting.build(&scenarios).into_keys().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_gap_is_tried() {
        let setting = Setting::new();
        let mut maps = scenario(setting.folder.path(), "maps", "");
        let support = setting.folder.path().join("support");
        let workshop = Workshop {
            language: &Joining,
            builder: Box::new(Joining),
            support: &support,
            counting: None,
            lazy: &[],
            cache: &setting.cache,
        };
        let gap = &Joining.gaps()[0];
        let error = workshop.prove_gap(gap, CALLER, &maps).unwrap_err().to_string();
        assert_eq!(error, out_of_date(gap));
        maps.wit = "refuse".to_owned();
        assert_eq!(workshop.prove_gap(gap, CALLER, &maps).unwrap(), "the generator refuses");
    }
}
