//! The tests that are run: each folder's guests in each profile, composed by `onramp compose`.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use onramp_abi::Profile;
use onramp_compose::{Composition, Connection, Graph, Input, Kind};
use onramp_conformance::campaign;
use onramp_matrix::language::catch;
use onramp_matrix::run::Runner;
use serde::Serialize;

use crate::concurrent::Concurrent;
use crate::folder::{Cast, Folder, Source};
use crate::guest::{Guest, Program, Workshop};
use crate::language::Language;

/// How long a test may run.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Tests that are for another version of the generators than ours, and why.
const OTHER_VERSION: [(&str, &str); 1] = [(
    "rust/method-chaining",
    "for an option that wit-bindgen 0.63 does not have any more (`--enable-method-chaining`, which held for exports too)",
)];

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Only tests whose name contains this.
    pub filter: String,
    /// Only guests in these languages.
    pub languages: Vec<Language>,
    /// Only guests of these profiles.
    pub profiles: Vec<Profile>,
    /// The program that links the guests that are run, in place of the library.
    pub component_ld: Option<PathBuf>,
}

/// A test with its guests and their profiles, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The folder.
    pub test: String,
    /// The sources: the runner first.
    pub cast: Vec<String>,
    /// The profile of the runner.
    pub runner: &'static str,
    /// The profile of all others.
    pub others: &'static str,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It ran to its end: the runner checks with assertions.
    Passed {
        /// How its guests were connected.
        composed: Composed,
    },
    /// It did not.
    Failed {
        /// Why.
        message: String,
    },
}

/// How the guests were connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Composed {
    /// By `onramp compose`, every connection core to core.
    CoreToCore,
    /// By `onramp compose`, which left guests nested (their names, and why): some connections are the engine's.
    Nested(Vec<(String, String)>),
}

impl Composed {
    fn of(report: &onramp_compose::Report) -> Self {
        let fused = |connection: &Connection| matches!(connection.kind, Kind::Fused { .. });
        match report.connections.iter().all(fused) {
            true => Composed::CoreToCore,
            false => Composed::Nested(report.nested.clone()),
        }
    }
}

impl Verdict {
    /// True when it ran to its end.
    pub fn passed(&self) -> bool {
        matches!(self, Verdict::Passed { .. })
    }
}

/// A folder that has no test for us.
#[derive(Clone, Debug, Serialize)]
pub struct Apart {
    /// The folder.
    pub test: String,
    /// Why.
    pub reason: String,
}

/// What was seen.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The cells.
    pub cells: Vec<Cell>,
    /// The folders without cells.
    pub apart: Vec<Apart>,
}

/// What compositions run in.
struct Engines {
    /// The matrix's.
    plain: Runner,
    /// For async functions.
    concurrent: Concurrent,
}

impl Engines {
    fn new(workshop: &Workshop) -> Result<Self> {
        let plain = Runner::new(&workshop.cache.folder("compiled"), TIME_LIMIT)?;
        Ok(Engines { plain, concurrent: Concurrent::new(TIME_LIMIT)? })
    }

    fn run(&self, is_async: bool, component: &[u8]) -> Result<(), String> {
        match is_async {
            true => self.concurrent.run(component),
            false => self.plain.prepare(component).map_err(|error| format!("{error:?}"))?.call("run"),
        }
    }
}

/// Guests, or what was wrong with them, by source and profile.
type Guests<'f> = BTreeMap<(String, Profile), Result<Guest, String>>;

/// Runs the tests of upstream's `tests/runtime`. `told` gets a line for every folder.
///
/// # Errors
/// When the folder cannot be read or the tools are missing. What goes wrong with a guest is its cells' failure.
pub fn run(checkout: &Path, workspace: &Path, selection: &Selection, told: &dyn Fn(&str)) -> Result<Report> {
    let folders = Folder::all(&checkout.join("tests/runtime"))?;
    let mut workshop = Workshop::set_up(workspace, &selection.languages, &selection.profiles)?;
    workshop.program = selection.component_ld.as_deref().map(Program::of).transpose()?;
    let engines = Engines::new(&workshop)?;
    let mut report = Report::default();
    for folder in folders.iter().filter(|folder| folder.name.contains(&selection.filter)) {
        if let Some(reason) = apart(folder, &selection.languages) {
            report.apart.push(Apart { test: folder.name.clone(), reason });
            continue;
        }
        let cells = test(folder, &workshop, &engines, selection)?;
        let passed = cells.iter().filter(|cell| cell.verdict.passed()).count();
        told(&format!("{}: {passed} of {} passed", folder.name, cells.len()));
        report.cells.extend(cells);
    }
    Ok(report)
}

/// Why a folder has no test for us, if it has none.
fn apart(folder: &Folder, languages: &[Language]) -> Option<String> {
    if let Some((_, reason)) = OTHER_VERSION.iter().find(|(name, _)| *name == folder.name) {
        return Some((*reason).to_owned());
    }
    let has = |world: &String| {
        folder.sources.iter().any(|source| source.world == *world && languages.contains(&source.language))
    };
    let missing = folder.worlds().into_iter().find(|world| !has(world))?;
    Some(format!("upstream has no guest in these languages for the world `{missing}`"))
}

/// Every cell of a folder.
fn test(folder: &Folder, workshop: &Workshop, engines: &Engines, selection: &Selection) -> Result<Vec<Cell>> {
    let guests = guests(folder, workshop, selection);
    let wac = match &folder.header.wac {
        Some(file) => {
            Some(fs::read_to_string(folder.path.join(file)).with_context(|| format!("cannot read `{file}`"))?)
        }
        None => None,
    };
    let casts = folder.casts(&selection.languages);
    let profiles = &selection.profiles;
    let pairs = profiles.iter().flat_map(|runner| profiles.iter().map(|others| (*runner, *others)));
    let pairs: Vec<(Profile, Profile)> = pairs.collect();
    let works: Vec<(&Cast, (Profile, Profile))> =
        casts.iter().flat_map(|cast| pairs.iter().map(move |pair| (cast, *pair))).collect();
    let work = |index: usize| {
        let (cast, pair) = works[index];
        let run = |component: &[u8]| engines.run(folder.header.is_async, component);
        let verdict = match catch(|| perform(cast, pair, wac.as_deref(), &guests, &run)) {
            Ok(composed) => Verdict::Passed { composed },
            Err(error) => Verdict::Failed { message: format!("{error:#}") },
        };
        let names = cast.iter().map(|source| source.name()).collect();
        Cell { test: folder.name.clone(), cast: names, runner: pair.0.name(), others: pair.1.name(), verdict }
    };
    Ok(at_once(works.len(), work))
}

/// Builds every guest of a folder in every profile.
fn guests<'f>(folder: &'f Folder, workshop: &Workshop, selection: &Selection) -> Guests<'f> {
    let sources = folder.sources.iter().filter(|source| selection.languages.contains(&source.language));
    let wanted: Vec<(&Source, Profile)> =
        sources.flat_map(|source| selection.profiles.iter().map(move |profile| (source, *profile))).collect();
    let built = at_once(wanted.len(), |index| {
        let (source, profile) = wanted[index];
        let guest = workshop.build(folder, source, profile);
        ((source.name(), profile), guest.map_err(|error| format!("{}: {error:#}", source.name())))
    });
    built.into_iter().collect()
}

/// Composes a cast and calls the runner's `run`.
fn perform(
    cast: &Cast,
    (first, others): (Profile, Profile),
    wac: Option<&str>,
    guests: &Guests,
    run: &dyn Fn(&[u8]) -> Result<(), String>,
) -> Result<Composed> {
    let mut packages = Vec::new();
    for (index, source) in cast.iter().enumerate() {
        let profile = if index == 0 { first } else { others };
        let guest = guests.get(&(source.name(), profile)).context("a guest was not built")?;
        let guest = guest.as_ref().map_err(|message| anyhow!("{message} ({profile})"))?;
        let input = Input { name: source.name(), bytes: guest.component.clone() };
        packages.push((format!("test:{}", source.world), input));
    }
    play(&packages, wac, run)
}

/// Composes components and runs what they make: the `run` of the first, or of what a WAC document exports.
///
/// # Errors
/// When they cannot be composed, or `run` says what went wrong: with how the guests are connected.
pub fn play(
    packages: &[(String, Input)],
    wac: Option<&str>,
    run: impl Fn(&[u8]) -> Result<(), String>,
) -> Result<Composed> {
    let (component, composed, report) = compose(packages, wac)?;
    run(&component).map_err(|message| anyhow!("{message}\n{report}"))?;
    Ok(composed)
}

/// Composes components, with a report.
fn compose(packages: &[(String, Input)], wac: Option<&str>) -> Result<(Vec<u8>, Composed, String)> {
    let graph = match wac {
        Some(document) => Graph::from_wac(document, "compose.wac", packages),
        None => Graph::plug(packages.iter().map(|(_, input)| input.clone()).collect(), &[]),
    };
    let Composition { component, report } = onramp_compose::compose(&graph?, false)?;
    Ok((component, Composed::of(&report), report.to_string()))
}

/// Does pieces of work, one per core at once; the results in the order of the pieces.
pub(crate) fn at_once<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut done: BTreeMap<u64, T> = BTreeMap::new();
    campaign::run(
        0..count as u64,
        campaign::default_jobs(),
        |index| work(index as usize),
        |index, result| {
            done.insert(index, result);
            ControlFlow::Continue(())
        },
    );
    done.into_values().collect()
}
