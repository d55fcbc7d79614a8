//! Bindings of a small corpus compile in every profile, with every set of options, with warnings as errors.
//!
//! A case is a file of `corpus`: a package of WIT with one world, and one idea. Compiled bindings are kept in the cache by content.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_abi::Profile;
use onramp_acceptance::codegen::{self, Cell, Verdict};
use onramp_acceptance::guest::Workshop;
use onramp_acceptance::header;
use onramp_acceptance::language::Language;
use serde::Deserialize;

/// What a file of the corpus says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Header {
    /// Languages in which upstream's own bindings of this world do not compile, so ours do not either.
    gaps: Vec<String>,
}

fn main() -> Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workshop = Arc::new(Workshop::set_up(&workspace, &Language::ALL, &Profile::ALL)?);
    let mut trials = Vec::new();
    for (name, wit) in codegen::worlds(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))? {
        let header: Header = header::read(&std::fs::read_to_string(&wit)?).with_context(|| name.clone())?;
        for language in Language::ALL {
            let (workshop, wit) = (workshop.clone(), wit.clone());
            let gap = header.gaps.iter().any(|gap| gap == language.name());
            let test = move || check(&workshop, &wit, language, gap);
            trials.push(Trial::test(format!("{name}/{language}"), test));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

fn check(workshop: &Workshop, wit: &PathBuf, language: Language, gap: bool) -> Result<(), Failed> {
    let cells = codegen::cells(workshop, "", wit, &[language], &Profile::ALL);
    let wrong: Vec<String> = cells.iter().filter_map(|cell| wrong(cell, gap)).collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n\n").into()),
    }
}

/// What is not as it should be, if anything.
fn wrong(cell: &Cell, gap: bool) -> Option<String> {
    let (options, profile) = (cell.options, cell.profile);
    match (&cell.verdict, gap) {
        (Verdict::Passed { .. }, false) | (Verdict::AsUpstream { .. }, true) => None,
        (Verdict::Passed { .. }, true) => Some(format!("{options}, {profile}: compiles: it is no gap any more")),
        (Verdict::Failed { message } | Verdict::AsUpstream { message }, _) => {
            Some(format!("{options}, {profile}: {message}"))
        }
    }
}
