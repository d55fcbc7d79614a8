//! How long an instance takes to start, and how large its component is.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::{App, Module};
use onramp_run::{Ended, Invocation, Runner, Settings, Streams};
use onramp_threads::run::load;
use onramp_toolchain::Cache;

use crate::program;

/// How many instances are started; the median is told.
const RUNS: usize = 201;

/// An app: imports what apps import, and answers.
const SOURCE: &str = "import dataclasses, json, threading, random\n";

/// Prints a line for a bare interpreter, and one for an app whose imports are in the snapshot.
///
/// # Errors
/// When a component cannot be made or does not run.
pub fn print(runtime: &Runtime, cache: &Cache) -> Result<()> {
    let module = Module { name: "app".into(), file: "app.py".into(), source: SOURCE.into(), is_package: false };
    let with_app = App { modules: vec![module], imports: vec!["app".into()], ..App::default() };
    let settings = Settings { time_limit: None, cache: Some(cache.folder("compiled").join("components")) };
    let runner = Runner::new(&settings)?;
    for (name, app, code) in [("bare", &App::default(), "0"), ("with an app", &with_app, "import app")] {
        let file = program::file(runtime, app, cache)?;
        let program = load(&runner, &file)?;
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let invocation = Invocation {
                arguments: ["python", "-c", code].map(str::to_owned).to_vec(),
                streams: Streams::Captured(Vec::new()),
                ..Invocation::default()
            };
            let start = Instant::now();
            let output = program.run(&invocation)?;
            times.push(start.elapsed());
            ensure!(output.ended == Ended::Exited(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        times.sort();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{name}: {:.2} ms (fastest {:.2}) to instantiate, run and end; {:.1} MB",
            milliseconds(times[RUNS / 2]),
            milliseconds(times[0]),
            fs::metadata(&file)?.len() as f64 / 1e6
        );
    }
    Ok(())
}
