//! Every case of `cases`, with its seeds: each run must write what is expected. The runtime takes minutes to build, so the cases
//! are tried when it is in the cache (`cargo xtask python build` puts it there) and said to be ignored when not.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::App;
use onramp_python_tests::program;
use onramp_run::{Program, Runner};
use onramp_threads::case::{self, Case};
use onramp_threads::run::{Given, SEED, TIME_LIMIT, load, run, runner, told};
use onramp_toolchain::Cache;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runtime = Runtime::find(&cache).expect("the cache can be read");
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let cases = case::all(&cases, &case::PYTHON).expect("the cases are well formed");
    let Some(runtime) = runtime else {
        let trials = cases.into_iter().map(|case| Trial::test(case.name, || Ok(())).with_ignored_flag(true));
        return libtest_mimic::run(&arguments, trials.collect()).exit_code();
    };
    let runner = runner(&cache, TIME_LIMIT).expect("the engine starts");
    let program = Arc::new(python(&runtime, &runner, &cache).expect("the runtime makes a component"));
    let trials = cases.into_iter().map(|case| {
        let program = Arc::clone(&program);
        let name = case.name.clone();
        Trial::test(name, move || try_case(&program, &case).map_err(|error| Failed::from(format!("{error:#}"))))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn python(runtime: &Runtime, runner: &Runner, cache: &Cache) -> anyhow::Result<Program> {
    load(runner, &program::file(runtime, &App::default(), cache)?)
}

fn try_case(program: &Program, case: &Case) -> anyhow::Result<()> {
    for seed in 0..=case.seeds {
        // The first run has no seed.
        let seed = seed.checked_sub(1);
        let folder = tempfile::tempdir()?;
        std::fs::copy(&case.source, folder.path().join("case.py"))?;
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
