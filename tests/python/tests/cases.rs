//! Every case of `cases`, with its seeds: each run must write what is expected. Every module of `broken`, imported for a snapshot:
//! the error must be the expected one. The runtime takes minutes to build, so the cases
//! are tried when it is in the cache (`cargo xtask python build` puts it there) and said to be ignored when not.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use onramp_python_runtime::app::{App, Module};
use onramp_python_runtime::{Runtime, snapshot};
use onramp_python_tests::program;
use onramp_run::{Program, Runner};
use onramp_threads::case::{self, Case};
use onramp_threads::run::{Given, SEED, TIME_LIMIT, load, run, runner, told};
use onramp_toolchain::Cache;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let cases = all("cases");
    let broken = all("broken");
    let Some(runtime) = Runtime::find(&cache).expect("the cache can be read") else {
        let names = cases.into_iter().chain(broken).map(|case| case.name);
        let trials = names.map(|name| Trial::test(name, || Ok(())).with_ignored_flag(true));
        return libtest_mimic::run(&arguments, trials.collect()).exit_code();
    };
    let runner = runner(&cache, TIME_LIMIT).expect("the engine starts");
    let program = Arc::new(python(&runtime, &runner, &cache).expect("the runtime makes a component"));
    let runtime = Arc::new(runtime);
    let cases = cases.into_iter().map(|case| {
        let program = Arc::clone(&program);
        trial(case.name.clone(), move || try_case(&program, &case))
    });
    let broken = broken.into_iter().map(|case| {
        let (runtime, cache) = (Arc::clone(&runtime), cache.clone());
        trial(format!("broken/{}", case.name), move || try_broken(&runtime, &case, &cache))
    });
    libtest_mimic::run(&arguments, cases.chain(broken).collect()).exit_code()
}

/// The cases of a folder beside this one.
fn all(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    case::all(&folder, &case::PYTHON).expect("the cases are well formed")
}

fn trial(name: String, test: impl FnOnce() -> anyhow::Result<()> + Send + 'static) -> Trial {
    Trial::test(name, move || test().map_err(|error| Failed::from(format!("{error:#}"))))
}

fn try_broken(runtime: &Runtime, case: &Case, cache: &Cache) -> anyhow::Result<()> {
    let name = case.name.clone();
    let module =
        Module { name: name.clone(), file: format!("{name}.py"), source: fs::read(&case.source)?, is_package: false };
    let app = App { modules: vec![module], imports: vec![name], ..App::default() };
    let told = match snapshot::take(runtime, &app, &[], cache) {
        Ok(_) => "no error\n".to_owned(),
        Err(error) => format!("{error:#}\n"),
    };
    anyhow::ensure!(told == case.expected, "it wrote:\n{told}\nexpected:\n{}", case.expected);
    Ok(())
}

fn python(runtime: &Runtime, runner: &Runner, cache: &Cache) -> anyhow::Result<Program> {
    load(runner, &program::file(runtime, &App::default(), cache)?)
}

fn try_case(program: &Program, case: &Case) -> anyhow::Result<()> {
    for seed in 0..=case.seeds {
        // The first run has no seed.
        let seed = seed.checked_sub(1);
        let folder = tempfile::tempdir()?;
        fs::copy(&case.source, folder.path().join("case.py"))?;
        let arguments: Vec<String> = ["case.py".to_owned()].into_iter().chain(case.arguments.clone()).collect();
        let given = Given {
            arguments: &arguments,
            environment: &case.environment,
            input: case.input.as_bytes(),
            directory: Some(folder.path()),
        };
        let written = told(&run(program, &given, seed)?);
        if written != case.expected {
            let again = seed.map(|seed| format!(" with {SEED}={seed}")).unwrap_or_default();
            anyhow::bail!("it wrote{again}:\n{written}\nexpected:\n{}", case.expected);
        }
    }
    Ok(())
}
