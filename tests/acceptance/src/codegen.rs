//! The worlds of upstream's `tests/codegen`: bindings are generated with several sets of options, and compiled with warnings as errors.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_toolchain::Key;
use serde::Serialize;

use crate::bindings::{Generated, Order};
use crate::c::Standard;
use crate::guest::{Workshop, write};
use crate::header::{OfLanguage, Words};
use crate::language::Language;
use crate::runtime::{Selection, at_once};
use crate::rust::Job;

/// The edition of Rust that generated code is compiled in: it has all that 2021 refuses, and more.
const EDITION: &str = "2024";

/// A crate without the standard library around generated code, with a module whose name must not get into its way.
const NO_STD: &str = "#![no_std]\ninclude!(env!(\"BINDINGS\"));\nmod core {}\n";

/// Options that bindings are generated with, by name.
type Variant = (&'static str, &'static [&'static str]);

/// Which options bindings are generated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Options {
    /// One set.
    Plain,
    /// All sets.
    All,
}

/// Ours, in those profiles that have it. Upstream's own bindings have nothing like it.
pub const LAZY: &str = "lazy";
const LAZY_ARGUMENT: &str = "--lazy=all";

/// Those that upstream's own tests vary, for Rust, and ours.
const RUST: [Variant; 8] = [
    ("plain", &["--generate-all", "--stubs"]),
    ("borrowing", &["--generate-all", "--stubs", "--ownership=borrowing"]),
    ("duplicating", &["--generate-all", "--stubs", "--ownership=borrowing-duplicate-if-necessary"]),
    ("no-std", &["--generate-all", "--stubs", "--std-feature"]),
    ("merged", &["--generate-all", "--stubs", "--merge-structurally-equal-types"]),
    ("hash-map", &["--generate-all", "--stubs", "--map-type=std::collections::HashMap"]),
    ("sync", &["--generate-all", "--stubs", "--sync=all"]),
    (LAZY, &["--generate-all", LAZY_ARGUMENT]),
];

/// Those for C.
const C: [Variant; 5] = [
    ("plain", &[]),
    ("no-flattening", &["--no-sig-flattening"]),
    ("autodrop", &["--autodrop-borrows=yes"]),
    ("sync", &["--sync=all"]),
    (LAZY, &[LAZY_ARGUMENT]),
];

/// A world with a language, a profile and options, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The file or folder.
    pub world: String,
    /// The language.
    pub language: &'static str,
    /// The options.
    pub options: &'static str,
    /// The profile.
    pub profile: &'static str,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It compiles.
    Passed {
        /// Functions that keep the eager ABI, and why.
        notes: Vec<String>,
    },
    /// It does not.
    Failed {
        /// Why.
        message: String,
    },
    /// It does not, and upstream's own bindings of this world with these options do not either.
    AsUpstream {
        /// Why.
        message: String,
    },
}

/// Generates and compiles the worlds. `told` gets a line for each.
///
/// # Errors
/// When the folder cannot be read or the tools are missing.
pub fn run(
    checkout: &Path,
    workspace: &Path,
    selection: &Selection,
    options: Options,
    told: &dyn Fn(&str),
) -> Result<Vec<Cell>> {
    let workshop = Workshop::set_up(workspace, &selection.languages, &selection.profiles)?;
    let mut all = Vec::new();
    for (name, wit) in worlds(&checkout.join("tests/codegen"))? {
        if !name.contains(&selection.filter) {
            continue;
        }
        let of_world = cells(&workshop, &name, &wit, &selection.languages, &selection.profiles, options);
        let failed = of_world.iter().filter(|cell| matches!(cell.verdict, Verdict::Failed { .. })).count();
        told(&format!("{name}: {failed} of {} failed", of_world.len()));
        all.extend(of_world);
    }
    Ok(all)
}

/// Names and files (or folders) of WIT in a folder.
///
/// # Errors
/// When it cannot be read.
pub fn worlds(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match path.is_dir() {
            true if path.join("wit").is_dir() => found.push((name, path.join("wit"))),
            false if name.ends_with(".wit") => found.push((name, path)),
            _ => {}
        }
    }
    found.sort();
    Ok(found)
}

/// Every cell of a world.
pub fn cells(
    workshop: &Workshop,
    name: &str,
    wit: &Path,
    languages: &[Language],
    profiles: &[Profile],
    options: Options,
) -> Vec<Cell> {
    let count = match options {
        Options::Plain => 1,
        Options::All => usize::MAX,
    };
    let mut works: Vec<(Language, Variant)> = Vec::new();
    for language in languages {
        works.extend(variants(*language).iter().take(count).map(|variant| (*language, *variant)));
    }
    let cells = at_once(works.len(), |index| {
        let (language, variant) = works[index];
        let upstream = OnceCell::new();
        let upstream = || upstream.get_or_init(|| attempt(workshop, wit, language, variant, Profile::Eager));
        let cell = |profile: &Profile| {
            let verdict = match profile {
                Profile::Eager => upstream().clone(),
                profile => attempt(workshop, wit, language, variant, *profile),
            };
            let verdict = match verdict {
                Verdict::Failed { message } if matches!(upstream(), Verdict::Failed { .. }) => {
                    Verdict::AsUpstream { message }
                }
                verdict => verdict,
            };
            let (language, profile) = (language.name(), profile.name());
            Cell { world: name.to_owned(), language, options: variant.0, profile, verdict }
        };
        let has_variant = |profile: &&Profile| variant.0 != LAZY || has_lazy(**profile);
        profiles.iter().filter(has_variant).map(cell).collect::<Vec<_>>()
    });
    cells.into_iter().flatten().collect()
}

/// Whether values can be handles, of the sender's memory or of objects, by option.
fn has_lazy(profile: Profile) -> bool {
    match profile {
        Profile::Eager | Profile::Multivalue => false,
        Profile::Lazy | Profile::Cm1 | Profile::Gc => true,
    }
}

fn variants(language: Language) -> &'static [Variant] {
    match language {
        Language::Rust => &RUST,
        Language::C => &C,
    }
}

fn attempt(workshop: &Workshop, wit: &Path, language: Language, variant: Variant, profile: Profile) -> Verdict {
    let known = |argument: &&&str| profile != Profile::Eager || **argument != LAZY_ARGUMENT;
    let arguments: Vec<String> = variant.1.iter().filter(known).map(|argument| (*argument).to_owned()).collect();
    let order = Order { language, profile, wit, world: None, arguments: &arguments };
    let compiled = order.generate().context("the bindings cannot be generated").and_then(|bindings| {
        compile(workshop, language, profile, variant, &bindings)?;
        Ok(bindings.notes)
    });
    match compiled {
        Ok(notes) => Verdict::Passed { notes },
        // A world without text and lists has nothing that could be a handle, which is said.
        Err(error) if format!("{error:#}").contains("`--lazy all` names no function") => {
            Verdict::Passed { notes: vec![format!("{error:#}")] }
        }
        Err(error) => Verdict::Failed { message: format!("{error:#}") },
    }
}

/// Compiles bindings, unless the cache knows that they compile.
fn compile(
    workshop: &Workshop,
    language: Language,
    profile: Profile,
    variant: Variant,
    bindings: &Generated,
) -> Result<()> {
    let fingerprint = match language {
        Language::Rust => workshop.rust()?.fingerprint(profile)?,
        Language::C => workshop.c()?.fingerprint(),
    };
    let mut key = Key::new().with("tools", fingerprint).with("recipe", include_str!("codegen.rs"));
    key = key.with("options", variant.0);
    for (name, content) in &bindings.files {
        key = key.with(name, content);
    }
    let fill = |folder: &Path| {
        write(bindings, folder)?;
        match language {
            Language::Rust => compile_rust(workshop, profile, variant, folder, bindings)?,
            Language::C => compile_c(workshop, folder, bindings)?,
        }
        // What counts is that it compiled.
        for entry in fs::read_dir(folder)? {
            fs::remove_file(entry?.path())?;
        }
        Ok(())
    };
    workshop.cache.make("acceptance-codegen", &key.finish(), fill).map(drop)
}

fn compile_rust(
    workshop: &Workshop,
    profile: Profile,
    variant: Variant,
    folder: &Path,
    bindings: &Generated,
) -> Result<()> {
    let file = folder.join(bindings.file("rs")?);
    let mut header = OfLanguage::default();
    if variant.0 == LAZY {
        // There are no stubs that would export anything.
        header.rustflags = Words::Text("-Aunused-imports -Aunused-macros".to_owned());
    }
    let job = Job { source: &file, bindings: &file, header: &header, profile, folder, program: None };
    workshop.rust()?.check(&job, EDITION)?;
    if variant.0 == "no-std" {
        let source = folder.join("no-std.rs");
        fs::write(&source, NO_STD)?;
        workshop.rust()?.check(&Job { source: &source, ..job }, EDITION).context("without std")?;
    }
    Ok(())
}

fn compile_c(workshop: &Workshop, folder: &Path, bindings: &Generated) -> Result<()> {
    let file = folder.join(bindings.file("c")?);
    workshop.c()?.check(&file, Standard::C11).context("as C11")?;
    workshop.c()?.check(&file, Standard::Cpp17).context("as C++17")
}
