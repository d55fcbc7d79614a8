//! Guests whose bindings have `--lazy` do what they should.
//!
//! A case is a folder of `lazy`, or of `kept` for values that stay objects, laid out as upstream's tests are: a `test.wit` whose head names the worlds, and one or more sources
//! for each. Every choice of a source per world is composed core to core and run, in each pair of profiles: lazy or cm1, or gc, for
//! sources with `--lazy`, and any for the others. Compiled guests are kept in the cache by content.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_abi::Profile;
use onramp_acceptance::folder::{Cast, Folder, Source};
use onramp_acceptance::guest::Workshop;
use onramp_acceptance::language::Language;
use onramp_acceptance::runtime::{Composed, TIME_LIMIT, play};
use onramp_compose::Input;
use onramp_matrix::run::Runner;

/// A folder of cases.
struct Cases {
    folder: &'static str,
    /// The profiles of sources with `--lazy`.
    lazy: &'static [Profile],
    /// Those of the others.
    others: &'static [Profile],
    languages: &'static [Language],
}

const CASES: [Cases; 2] = [
    Cases {
        folder: "lazy",
        lazy: &[Profile::Lazy, Profile::Cm1],
        others: &Profile::LINEAR,
        languages: &[Language::Rust],
    },
    Cases {
        folder: "kept",
        lazy: &[Profile::Gc],
        others: &[Profile::Eager, Profile::Cm1, Profile::Gc],
        languages: &Language::ALL,
    },
];

/// A cast's sources, each with a profile.
type Mix = Vec<(Source, Profile)>;

struct Stage {
    workshop: Workshop,
    runner: Runner,
}

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workshop = Workshop::set_up(&workspace, &Language::ALL, &Profile::ALL)?;
    let runner = Runner::new(&workshop.cache.folder("compiled"), TIME_LIMIT)?;
    let stage = Arc::new(Stage { workshop, runner });
    let mut trials = Vec::new();
    for cases in CASES {
        for folder in Folder::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(cases.folder))? {
            for mix in folder.casts(cases.languages).iter().flat_map(|cast| mixes(cast, &cases)) {
                let (stage, folder) = (stage.clone(), folder.clone());
                trials.push(Trial::test(name(&folder, &mix), move || stage.check(&folder, &mix)));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

/// A cast in each pair of profiles: one for its sources with `--lazy`, one for the others.
fn mixes(cast: &Cast, cases: &Cases) -> Vec<Mix> {
    let pairs = cases.lazy.iter().flat_map(|lazy| cases.others.iter().map(|other| (*lazy, *other)));
    let mut mixes: Vec<Mix> = Vec::new();
    for (lazy, other) in pairs {
        let profile = |source: &Source| if is_lazy(source) { lazy } else { other };
        let mix: Vec<_> = cast.iter().map(|source| ((*source).clone(), profile(source))).collect();
        let same = |known: &Mix| known.iter().zip(&mix).all(|(known, one)| known.1 == one.1);
        if !mixes.iter().any(same) {
            mixes.push(mix);
        }
    }
    mixes
}

fn is_lazy(source: &Source) -> bool {
    source.header.args.list().iter().any(|argument| argument.starts_with("--lazy"))
}

fn name(folder: &Folder, mix: &Mix) -> String {
    let guests: Vec<String> = mix.iter().map(|(source, profile)| format!("{} {profile}", source.name())).collect();
    format!("{}: {}", folder.name, guests.join(", "))
}

impl Stage {
    fn check(&self, folder: &Folder, mix: &Mix) -> Result<(), Failed> {
        self.play(folder, mix).map_err(|error| format!("{error:#}").into())
    }

    fn play(&self, folder: &Folder, mix: &Mix) -> Result<()> {
        let mut packages = Vec::new();
        for (source, profile) in mix {
            let guest = self.workshop.build(folder, source, *profile).with_context(|| source.name())?;
            packages.push((format!("test:{}", source.world), Input { name: source.name(), bytes: guest.component }));
        }
        let run = |component: &[u8]| self.runner.prepare(component).map_err(|error| format!("{error:?}"))?.call("run");
        match play(&packages, None, run)? {
            Composed::CoreToCore => Ok(()),
            Composed::Nested(nested) => bail!("guests stayed nested: {nested:?}"),
        }
    }
}
