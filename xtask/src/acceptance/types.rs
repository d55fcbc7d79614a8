//! `cargo xtask acceptance python-types`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use onramp_abi::Profile;
use onramp_toolchain::checkers::Checkers;
use onramp_toolchain::{Cache, python};
use onramp_types::{Guest, Package, Written, mypy, pyright, write, write_apps};

use crate::{Outcome, say, workspace};

/// Folders with WIT, in the workspace.
const CORPUS: [&str; 3] = ["tests/acceptance/corpus", "bindgen-backends/python/tests/bindings", "tests/scenarios"];

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
        let folder = tempfile::tempdir()?;
        // A path as the checkers have it.
        let folder = folder.path().canonicalize().map(|path| (folder, path))?;
        let corpus = self.corpus(&folder.1)?;
        let packages = check_packages(&checkers, &corpus, &folder.1)?;
        let guests = check_guests(&cache, &checkers, &folder.1)?;
        Ok(if packages && guests { Outcome::Good } else { Outcome::Failed })
    }

    fn corpus(&self, folder: &Path) -> Result<Written> {
        let workspace = workspace()?;
        let ours = CORPUS.iter().map(|path| workspace.join(path));
        let mut all = Written::default();
        for (number, source) in ours.chain(self.folders.iter().cloned()).enumerate() {
            let written = write(&source, self.profile, &folder.join(number.to_string()))?;
            all.packages.extend(written.packages);
            all.refused.extend(written.refused);
        }
        all.packages.extend(write_apps(&workspace.join("tests/types/apps"), &folder.join("apps"))?);
        Ok(all)
    }
}

/// Whether no checker has anything against the packages.
fn check_packages(checkers: &Checkers, corpus: &Written, folder: &Path) -> Result<bool> {
    for refused in &corpus.refused {
        say(format_args!("{} has no package: {}", refused.name, refused.reason));
    }
    let mut findings = Vec::new();
    for package in &corpus.packages {
        let found = mypy(checkers, &package.folder, &folder.join("cache"))?;
        findings.extend(found.iter().map(|one| shown("mypy", package, &one.file, one.line, &one.message)));
    }
    for one in pyright(checkers, &corpus.packages, folder)? {
        let package = corpus.packages.iter().find(|package| Path::new(&one.file).starts_with(&package.folder));
        let file = package.and_then(|package| Path::new(&one.file).strip_prefix(&package.folder).ok());
        let name = package.map_or("", |package| &package.name);
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
    Ok(findings.is_empty() && !corpus.packages.is_empty())
}

fn shown(checker: &str, package: &Package, file: &str, line: u64, message: &str) -> String {
    format!("{checker}, {}: {file}:{line}: {message}", package.name)
}

/// Whether our packages bring no finding into the scenarios' guests that componentize-py's do not.
fn check_guests(cache: &Cache, checkers: &Checkers, folder: &Path) -> Result<bool> {
    let componentize = python::ensure(cache)?;
    let (mut count, mut ours, mut theirs, mut good) = (0, 0, 0, true);
    for guest in guests(&workspace()?)? {
        let place = folder.join("guests").join(count.to_string());
        let seen = guest.check(checkers, &componentize, &place, &folder.join("cache"))?;
        (count, ours, theirs) = (count + 1, ours + seen.ours.len(), theirs + seen.theirs.len());
        for one in seen.new_ones() {
            good = false;
            say(format_args!("mypy, {}: line {}: {}", guest.app.display(), one.line, one.message));
        }
    }
    say(format_args!("guests: {count}, {ours} findings with our packages, {theirs} with componentize-py's"));
    Ok(good && count > 0)
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
