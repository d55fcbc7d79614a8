//! `cargo xtask acceptance python-types`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::Args;
use onramp_abi::Profile;
use onramp_python_tests::echo::{self, Choice};
use onramp_toolchain::checkers::Checkers;
use onramp_toolchain::{Cache, Tool, python};
use onramp_types::{Guest, Package, Written, mypy, pyright, write, write_apps};

use crate::{Outcome, say, workspace};

/// Folders with WIT, in the workspace.
const CORPUS: [&str; 3] = ["tests/acceptance/corpus", "bindgen-backends/python/tests/bindings", "tests/scenarios"];

/// How many of conformance's random worlds are checked.
const RANDOM: u64 = 4;

/// The flags of the suite.
#[derive(Args)]
pub struct Arguments {
    /// More folders with WIT, such as `tests/codegen` of a checkout of wit-bindgen.
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// The profile of the packages.
    #[arg(long, value_name = "PROFILE", default_value_t = Profile::Cm1)]
    profile: Profile,
}

impl Arguments {
    /// Runs the command.
    ///
    /// # Errors
    /// When the checkers are missing and cannot be installed, or WIT cannot be read.
    pub fn run(self) -> Result<Outcome> {
        let cache = Cache::open()?;
        let checkers = Checkers::ensure(&cache)?;
        python::ensure(&cache)?;
        let (_, failed) = check(&cache, &checkers, self.profile, &self.folders)?;
        Ok(if failed == 0 { Outcome::Good } else { Outcome::Failed })
    }
}

/// Checks the packages of our corpus, of a sample of conformance's worlds and of `others`, and the scenarios' guests; tells the findings.
/// How many packages and guests were checked, and how many have findings that they must not have.
///
/// # Errors
/// When WIT cannot be read, or a checker does not run.
pub fn check(cache: &Cache, checkers: &Checkers, profile: Profile, others: &[PathBuf]) -> Result<(usize, usize)> {
    let folder = tempfile::tempdir()?;
    // A path as the checkers have it.
    let place = folder.path().canonicalize()?;
    let corpus = corpus(&place, profile, others)?;
    let packages = check_packages(checkers, &corpus, &place)?;
    let guests = match python::find(cache) {
        Some(componentize) => check_guests(&componentize, checkers, &place)?,
        None => {
            say("the guests are not checked: componentize-py, with whose packages they are compared, is not there");
            (0, 0)
        }
    };
    Ok((corpus.packages.len() + guests.0, packages + guests.1))
}

fn corpus(folder: &Path, profile: Profile, others: &[PathBuf]) -> Result<Written> {
    let workspace = workspace()?;
    let random = folder.join("random");
    std::fs::create_dir(&random)?;
    for seed in 0..RANDOM {
        std::fs::write(random.join(format!("random-{seed}.wit")), echo::wit(Choice { seed, cases: 5 }))?;
    }
    let ours = CORPUS.iter().map(|path| workspace.join(path)).chain([random]);
    let mut all = Written::default();
    for (number, source) in ours.chain(others.iter().cloned()).enumerate() {
        let written = write(&source, profile, &folder.join(number.to_string()))?;
        all.packages.extend(written.packages);
        all.refused.extend(written.refused);
    }
    all.packages.extend(write_apps(&workspace.join("tests/types/apps"), &folder.join("apps"))?);
    ensure!(!all.packages.is_empty(), "there are no packages to check");
    Ok(all)
}

/// How many packages a checker has something against.
fn check_packages(checkers: &Checkers, corpus: &Written, folder: &Path) -> Result<usize> {
    for refused in &corpus.refused {
        say(format_args!("{} has no package: {}", refused.name, refused.reason));
    }
    let (mut findings, mut bad) = (Vec::new(), BTreeSet::new());
    for package in &corpus.packages {
        let found = mypy(checkers, &package.folder, &folder.join("cache"))?;
        if !found.is_empty() {
            bad.insert(package.name.clone());
        }
        findings.extend(found.iter().map(|one| shown("mypy", package, &one.file, one.line, &one.message)));
    }
    for one in pyright(checkers, &corpus.packages, folder)? {
        let package = corpus.packages.iter().find(|package| Path::new(&one.file).starts_with(&package.folder));
        let file = package.and_then(|package| Path::new(&one.file).strip_prefix(&package.folder).ok());
        let name = package.map_or("", |package| &package.name);
        bad.insert(name.to_owned());
        let file = file.map_or_else(|| one.file.clone(), |file| file.display().to_string());
        findings.push(format!("pyright, {name}: {file}:{}: {}", one.line, one.message));
    }
    findings.iter().for_each(say);
    say(format_args!(
        "packages: {} checked by mypy and pyright, {} findings; {} worlds have none",
        corpus.packages.len(),
        findings.len(),
        corpus.refused.len()
    ));
    Ok(bad.len())
}

fn shown(checker: &str, package: &Package, file: &str, line: u64, message: &str) -> String {
    format!("{checker}, {}: {file}:{line}: {message}", package.name)
}

/// How many guests the scenarios have, and into how many of them our packages bring a finding that componentize-py's do not.
fn check_guests(componentize: &Tool, checkers: &Checkers, folder: &Path) -> Result<(usize, usize)> {
    let (mut count, mut ours, mut theirs, mut bad) = (0, 0, 0, 0);
    for guest in guests(&workspace()?)? {
        let place = folder.join("guests").join(count.to_string());
        let seen = guest.check(checkers, componentize, &place, &folder.join("cache"))?;
        (count, ours, theirs) = (count + 1, ours + seen.ours.len(), theirs + seen.theirs.len());
        bad += usize::from(seen.new_ones().next().is_some());
        for one in seen.new_ones() {
            say(format_args!("mypy, {}: line {}: {}", guest.app.display(), one.line, one.message));
        }
    }
    say(format_args!("guests: {count}, {ours} findings with our packages, {theirs} with componentize-py's"));
    ensure!(count > 0, "the scenarios have no guests");
    Ok((count, bad))
}

fn guests(workspace: &Path) -> Result<Vec<Guest>> {
    let mut guests = Vec::new();
    let mut scenarios: Vec<_> = std::fs::read_dir(workspace.join("tests/scenarios"))?.collect::<Result<_, _>>()?;
    scenarios.sort_by_key(std::fs::DirEntry::file_name);
    for scenario in scenarios {
        for world in ["caller", "callee"] {
            let app = scenario.path().join(format!("{world}.py"));
            if app.exists() {
                let modules = vec![workspace.join("tests/support/check.py")];
                guests.push(Guest { wit: scenario.path().join("world.wit"), world: world.to_owned(), app, modules });
            }
        }
    }
    Ok(guests)
}
