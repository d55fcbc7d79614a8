//! CPython's own tests, from its source, inside the runtime.

use std::time::Duration;

use anyhow::Result;
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::App;
use onramp_run::{Directory, Ended, Invocation, Streams};
use onramp_threads::run::{load, runner};
use onramp_toolchain::Cache;
use onramp_toolchain::debian::source::SourcePackage;

use crate::program;

/// The modules that make sense here.
const MODULES: [&str; 12] = [
    "test_dict",
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
    "test_contextvars",
];

/// How long one module may run.
const TIME_LIMIT: Duration = Duration::from_secs(600);

/// Runs a module. CPython's own support says that WASI has no threads, which is not so here.
const RUN: &str = "
import sys, unittest
sys.path.append('/Lib')
from test.support import threading_helper
threading_helper.can_start_thread = True
unittest.main('test.' + sys.argv[1], argv=['test'])
";

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
        let folder = tempfile::tempdir()?;
        let directory = |host: &std::path::Path, guest: &str| Directory { host: host.into(), guest: guest.to_owned() };
        let output = program.run(&Invocation {
            arguments: ["python", "-c", RUN, module].map(str::to_owned).to_vec(),
            environment: Vec::new(),
            directories: vec![
                directory(&library, "/Lib"),
                directory(folder.path(), "."),
                directory(folder.path(), "/tmp"),
            ],
            streams: Streams::Captured(Vec::new()),
        })?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let counted = text.lines().rfind(|line| line.starts_with("Ran ")).unwrap_or("nothing was counted");
        let ended = text.lines().next_back().unwrap_or_default();
        println!("{module}: {counted}; {ended}");
        if output.ended != Ended::Exited(0) {
            good = false;
            println!("{text}\n{:?}", output.ended);
        }
    }
    Ok(good)
}
