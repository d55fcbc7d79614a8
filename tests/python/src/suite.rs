//! CPython's own tests, from its source, inside the runtime.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::App;
use onramp_run::{Directory, Ended, Invocation, Output, Program, Streams};
use onramp_threads::run::{load, runner};
use onramp_toolchain::Cache;
use onramp_toolchain::debian::source::SourcePackage;
use serde::Deserialize;

use crate::program;

/// Runs one module inside.
const RUN: &str = include_str!("suite.py");

/// The modules that make sense here.
const MODULES: [&str; 24] = [
    "test_dict",
    "test_set",
    "test_weakref",
    "test_functools",
    "test_json",
    "test_dataclasses",
    "test_decimal",
    "test_struct",
    "test_generators",
    "test_zlib",
    "test_queue",
    "test_threading_local",
    "test_thread",
    "test_threading",
    "test_context",
    "test_asyncio.test_futures",
    "test_asyncio.test_locks",
    "test_asyncio.test_queues",
    "test_asyncio.test_runners",
    "test_asyncio.test_taskgroups",
    "test_asyncio.test_tasks",
    "test_asyncio.test_threads",
    "test_asyncio.test_timeouts",
    "test_concurrent_futures.test_thread_pool",
];

/// Why a loop that never waits starves the others.
const SPINS: &str = "a thread of it asks again and again without waiting, and no other runs meanwhile";
/// What some tests make themselves understood with.
const NO_PIPE: &str = "there is no os.pipe";

/// Tests that cannot pass here, and why. Many others are skipped by CPython, which tells why itself.
const LEFT_OUT: [(&str, &str, &str); 5] = [
    ("test_queue", "test_shutdown_all_methods_in_many_threads", SPINS),
    ("test_queue", "test_shutdown_immediate_all_methods_in_many_threads", SPINS),
    ("test_threading", "test_can_interrupt_tight_loops", SPINS),
    ("test_threading", "test_threads_join", NO_PIPE),
    ("test_threading", "test_threads_join_2", NO_PIPE),
];

/// How long one module may run.
const TIME_LIMIT: Duration = Duration::from_secs(600);

/// What the program inside tells of a module.
#[derive(Deserialize)]
struct Told {
    run: usize,
    /// Names and reasons.
    skipped: Vec<(String, String)>,
    failed: Vec<String>,
}

/// Runs modules of tests, and tells how each ended. True when all passed.
///
/// # Errors
/// When the tests cannot be fetched or the component cannot be made.
pub fn run(runtime: &Runtime, modules: &[String], cache: &Cache) -> Result<bool> {
    let library = SourcePackage("python3.13").fetch(cache)?.join("Lib");
    let runner = runner(cache, TIME_LIMIT)?;
    let program = load(&runner, &program::file(runtime, &App::default(), cache)?)?;
    let mut good = true;
    let chosen: Vec<&str> = match modules {
        [] => MODULES.to_vec(),
        modules => modules.iter().map(String::as_str).collect(),
    };
    for module in chosen {
        let output = run_module(&program, module, &library)?;
        good &= output.ended == Ended::Exited(0);
        tell(module, &output)?;
    }
    Ok(good)
}

fn run_module(program: &Program, module: &str, library: &Path) -> Result<Output> {
    let folder = tempfile::tempdir()?;
    let directory = |host: &Path, guest: &str| Directory { host: host.into(), guest: guest.to_owned() };
    let left_out = LEFT_OUT.iter().filter(|(of, _, _)| *of == module).flat_map(|(_, test, why)| [*test, *why]);
    program.run(&Invocation {
        arguments: ["python", "-c", RUN, module].into_iter().chain(left_out).map(str::to_owned).collect(),
        environment: Vec::new(),
        directories: vec![directory(library, "/Lib"), directory(folder.path(), "."), directory(folder.path(), "/tmp")],
        network: false,
        streams: Streams::Captured(Vec::new()),
    })
}

/// Prints how a module ended: what was counted, why tests were skipped, and everything it wrote when something failed.
fn tell(module: &str, output: &Output) -> Result<()> {
    let written = String::from_utf8_lossy(&output.stderr);
    let last = String::from_utf8_lossy(&output.stdout).lines().next_back().map(str::to_owned);
    let Some(last) = last.filter(|_| matches!(output.ended, Ended::Exited(_))) else {
        println!("{module}: {:?}\n{written}", output.ended);
        return Ok(());
    };
    let told: Told = serde_json::from_str(&last).with_context(|| format!("{module} tells something else: {last}"))?;
    println!("{module}: {} run, {} skipped, {} failed", told.run, told.skipped.len(), told.failed.len());
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &told.skipped {
        *reasons.entry(reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        println!("    {count} skipped: {reason}");
    }
    if !told.failed.is_empty() {
        println!("{written}");
    }
    Ok(())
}
