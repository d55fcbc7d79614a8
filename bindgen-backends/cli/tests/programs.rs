//! Real programs, fetched as source packages and built with `onramp cc` as their makefiles have it, write what the native
//! builds write: for both targets, with several seeds.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_driver::Target;
use onramp_run::{Ended, Runner};
use onramp_threads::program::{self, Build, Recipe, run_native, write_input};
use onramp_threads::run::{Given, SEED, load, run, runner};
use onramp_toolchain::{Cache, tool};

/// The program under test.
const ONRAMP: &str = env!("CARGO_BIN_EXE_onramp");

/// Compressing a megabyte takes seconds, when others use the machine as well.
const TIME_LIMIT: Duration = Duration::from_secs(300);

const SEEDS: [Option<u32>; 3] = [None, Some(1), Some(2)];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runner = Arc::new(runner(&cache, TIME_LIMIT).expect("the engine starts"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/threads/programs");
    let recipes = program::all(&folder).expect("the recipes are whole");
    let no_client = tool::on_path("apt-get").is_none();
    if no_client {
        eprintln!("the real programs are skipped: there is no package client (`apt-get`) to fetch their sources with");
    }
    let trials = recipes.into_iter().flat_map(|recipe| Target::ALL.map(|target| (recipe.clone(), target)));
    let trials = trials.map(|(recipe, target)| {
        let (cache, runner) = (cache.clone(), Arc::clone(&runner));
        let name = format!("{}/{}", recipe.name, target.triple());
        let test =
            move || compare(&recipe, target, &cache, &runner).map_err(|error| Failed::from(format!("{error:#}")));
        Trial::test(name, test).with_ignored_flag(no_client)
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn compare(recipe: &Recipe, target: Target, cache: &Cache, runner: &Runner) -> Result<()> {
    let native = recipe.build(cache, Build::Native)?;
    let component = recipe.build(cache, Build::Threads(target, Path::new(ONRAMP)))?;
    let threaded = load(runner, &component)?;
    let folder = tempfile::tempdir()?;
    write_input(folder.path())?;
    for arguments in &recipe.commands {
        let expected = run_native(&native, arguments, folder.path())?;
        ensure!(!expected.is_empty(), "the native program writes nothing with {arguments:?}");
        for seed in SEEDS {
            let given = Given { arguments, directory: Some(folder.path()), ..Given::default() };
            let output = run(&threaded, &given, seed).context("it does not start")?;
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            let with = format!("with {arguments:?}, {SEED} {seed:?}");
            ensure!(output.ended == Ended::Exited(0), "{with}: {:?}\n{stderr}", output.ended);
            ensure!(output.stdout == expected, "{with}: its output is not the native program's\n{stderr}");
        }
    }
    Ok(())
}
