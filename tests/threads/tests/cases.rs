//! Every case of `cases`, for both targets, with its seeds: each run must write what is expected.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use onramp_driver::{Sysroot, Target};
use onramp_run::Runner;
use onramp_threads::build::{Source, component};
use onramp_threads::case::{self, Case};
use onramp_threads::run::{Given, SEED, TIME_LIMIT, load, run, runner, told};
use onramp_toolchain::Cache;

/// What all cases share.
struct Shared {
    cache: Cache,
    runner: Runner,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runner = runner(&cache, TIME_LIMIT).expect("the engine starts");
    let shared = Arc::new(Shared { cache, runner });
    let cases =
        case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"), &case::C).expect("the cases are well formed");
    // A toolchain that cannot be used is what the cases themselves tell.
    let lacks = |target| Sysroot::open(&shared.cache, target).is_ok_and(|sysroot| sysroot.lacks_exceptions());
    let lacks = Target::ALL.map(|target| (target, lacks(target)));
    let trials = cases.into_iter().flat_map(|case| {
        lacks.map(|(target, lacks)| {
            trial(&shared, case.clone(), target).with_ignored_flag(case.needs_exceptions && lacks)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn trial(shared: &Arc<Shared>, case: Case, target: Target) -> Trial {
    let shared = Arc::clone(shared);
    let name = format!("{}/{}", case.name, target.triple());
    Trial::test(name, move || try_case(&shared, &case, target).map_err(|error| Failed::from(format!("{error:#}"))))
}

fn try_case(shared: &Shared, case: &Case, target: Target) -> anyhow::Result<()> {
    let source = Source { file: &case.source, target, flags: &case.flags, others: &[] };
    let program = load(&shared.runner, &component(&source, &shared.cache)?)?;
    for seed in 0..=case.seeds {
        // The first run has no seed.
        let seed = seed.checked_sub(1);
        let folder = tempfile::tempdir()?;
        let given = Given {
            arguments: &case.arguments,
            environment: &case.environment,
            input: case.input.as_bytes(),
            directory: Some(folder.path()),
        };
        let written = told(&run(&program, &given, seed)?);
        if written != case.expected {
            let again = seed.map(|seed| format!(" with {SEED}={seed}")).unwrap_or_default();
            anyhow::bail!("it wrote{again}:\n{written}\nexpected:\n{}", case.expected);
        }
    }
    Ok(())
}
