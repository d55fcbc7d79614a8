//! A pair of guests, made ready to run: composed, or put side by side in one host.

use std::fs;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use onramp_toolchain::{Cache, Key};

use crate::apart;
use crate::cell::{Cell, Step, Verdict};
use crate::guest::{Guest, this_program};
use crate::linker::Linker;
use crate::run::{Prepared, Runner};

/// Two guests, who composes them, and the cells that run in their composition.
pub struct Pair {
    /// Who composes them.
    pub linker: Linker,
    /// The guest that calls.
    pub caller: Guest,
    /// The guest that is called.
    pub callee: Guest,
    /// The cells, by index.
    pub cells: Vec<usize>,
}

/// The step that failed, and what was wrong.
type Failure = (&'static str, String);

/// A pair's composition: ready to run, or why not.
pub struct Composition {
    steps: Vec<Step>,
    /// What the linker told.
    report: Arc<str>,
    ready: Result<Prepared, Failure>,
}

impl Composition {
    /// Makes a pair ready. What goes wrong is told by the cells.
    pub fn make(pair: &Pair, cache: &Cache, runner: &Runner) -> Self {
        let built =
            |name, guest: &Guest| Step { name, seconds: guest.seconds, cached: guest.cached, size: Some(guest.size) };
        let mut steps = vec![built("build caller", &pair.caller), built("build callee", &pair.callee)];
        let mut told = String::new();
        let ready = match pair.linker {
            Linker::Host => side_by_side(pair, runner, &mut steps),
            Linker::Stock | Linker::Onramp => composed(pair, cache, &mut steps)
                .map_err(|error| ("compose", format!("{error:#}")))
                .and_then(|(bytes, report)| {
                    told = report;
                    compiled(&mut steps, || runner.prepare(&bytes))
                }),
        };
        Composition { steps, report: told.into(), ready }
    }

    /// Runs a cell: the scenario's `entry` of the caller.
    pub fn run(&self, cell: &mut Cell, entry: &str) {
        cell.steps.clone_from(&self.steps);
        cell.told.clone_from(&self.report);
        match &self.ready {
            Err((step, message)) => cell.fail(step, message.clone()),
            Ok(prepared) => {
                let start = Instant::now();
                let outcome = prepared.run(entry);
                cell.steps.push(Step {
                    name: "run",
                    seconds: start.elapsed().as_secs_f64(),
                    cached: false,
                    size: None,
                });
                cell.output = outcome.output;
                match outcome.result {
                    Ok(checks) => cell.verdict = Verdict::Passed { checks },
                    Err(message) => cell.fail("run", message),
                }
            }
        }
    }
}

/// The composition of a pair, from the cache where it is the same as before, and what its linker told.
fn composed(pair: &Pair, cache: &Cache, steps: &mut Vec<Step>) -> Result<(Vec<u8>, String)> {
    let start = Instant::now();
    let key = Key::new()
        .with("linker", pair.linker.name())
        .with("program", this_program()?)
        .with("caller", &pair.caller.key)
        .with("callee", &pair.callee.key)
        .finish();
    let mut cached = true;
    let folder = cache.make("compositions", &key, |folder| {
        cached = false;
        let (component, report) = pair.linker.compose(&read(&pair.caller)?, &read(&pair.callee)?)?;
        fs::write(folder.join("composition.wasm"), component)?;
        Ok(fs::write(folder.join("report.txt"), report)?)
    })?;
    let bytes = fs::read(folder.join("composition.wasm"))?;
    let report = fs::read_to_string(folder.join("report.txt"))?;
    let seconds = start.elapsed().as_secs_f64();
    steps.push(Step { name: "compose", seconds, cached, size: Some(bytes.len() as u64) });
    Ok((bytes, report))
}

/// A pair whose guests stay two components.
fn side_by_side(pair: &Pair, runner: &Runner, steps: &mut Vec<Step>) -> Result<Prepared, Failure> {
    let guests = || anyhow::Ok((read(&pair.caller)?, read(&pair.callee)?));
    let connected = guests().and_then(|(caller, callee)| {
        let connections = apart::connections(&caller, &callee)?;
        Ok((caller, callee, connections))
    });
    let (caller, callee, connections) = connected.map_err(|error| ("connect", format!("{error:#}")))?;
    compiled(steps, || runner.prepare_apart(&caller, &callee, &connections))
}

/// Compiles, as a step.
fn compiled(steps: &mut Vec<Step>, prepare: impl FnOnce() -> wasmtime::Result<Prepared>) -> Result<Prepared, Failure> {
    let start = Instant::now();
    let prepared = prepare().map_err(|error| ("compile", format!("{error:#}")));
    steps.push(Step { name: "compile", seconds: start.elapsed().as_secs_f64(), cached: false, size: None });
    prepared
}

fn read(guest: &Guest) -> Result<Vec<u8>> {
    fs::read(&guest.component).with_context(|| format!("cannot read `{}`", guest.component.display()))
}
