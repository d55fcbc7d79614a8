//! Bindings of a small corpus compile in every profile, with every set of options, with warnings as errors.
//!
//! A case is a file of `corpus`: a package of WIT with one world, and one idea. Compiled bindings are kept in the cache by content.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_abi::Profile;
use onramp_acceptance::codegen::{self, Cell, Options, Verdict};
use onramp_acceptance::guest::Workshop;
use onramp_acceptance::header;
use onramp_acceptance::language::Language;
use serde::Deserialize;

/// What a file of the corpus says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Header {
    /// Languages in which upstream's own bindings of this world do not compile, and ours do.
    gaps_of_upstream: Vec<String>,
    /// Languages in which neither do.
    gaps: Vec<String>,
}

/// What is expected of a world in a language.
#[derive(Clone, Copy)]
enum Expected {
    All,
    AllButEager,
    None,
}

impl Header {
    fn expected(&self, language: Language) -> Expected {
        let in_list = |list: &[String]| list.iter().any(|gap| gap == language.name());
        match (in_list(&self.gaps_of_upstream), in_list(&self.gaps)) {
            (_, true) => Expected::None,
            (true, false) => Expected::AllButEager,
            (false, false) => Expected::All,
        }
    }
}

fn main() -> Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workshop = Arc::new(Workshop::set_up(&workspace, &Language::ALL, &Profile::ALL)?);
    let mut trials = Vec::new();
    for (name, wit) in codegen::worlds(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))? {
        let header: Header = header::read(&std::fs::read_to_string(&wit)?).with_context(|| name.clone())?;
        for language in Language::ALL {
            let (workshop, wit) = (workshop.clone(), wit.clone());
            let expected = header.expected(language);
            let test = move || check(&workshop, &wit, language, expected);
            trials.push(Trial::test(format!("{name}/{language}"), test));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

fn check(workshop: &Workshop, wit: &Path, language: Language, expected: Expected) -> Result<(), Failed> {
    let cells = codegen::cells(workshop, "", wit, &[language], &Profile::ALL, Options::All);
    let wrong: Vec<String> = cells.iter().filter_map(|cell| wrong(cell, expected)).collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n\n").into()),
    }
}

/// What is not as it should be, if anything.
fn wrong(cell: &Cell, expected: Expected) -> Option<String> {
    let (options, profile) = (cell.options, cell.profile);
    let fails = match expected {
        Expected::All => false,
        Expected::AllButEager => profile == Profile::Eager.name(),
        Expected::None => true,
    };
    match (&cell.verdict, fails) {
        (Verdict::Passed { .. }, false) | (Verdict::AsUpstream { .. }, true) => None,
        // What is a gap of both for its own functions need not be one where these have nothing that could be a handle.
        (Verdict::Passed { .. }, true) if options == codegen::LAZY => None,
        (Verdict::Passed { .. }, true) => Some(format!("{options}, {profile}: compiles: it is no gap any more")),
        (Verdict::Failed { message } | Verdict::AsUpstream { message }, _) => {
            Some(format!("{options}, {profile}: {message}"))
        }
    }
}
