//! The target `values`: random functions and values through composed guests, against the interpreter.

use anyhow::{Context, Result};
use onramp_compose::{Graph, Input, Kind};

use crate::case::{Call, Case};
use crate::engine::{Prepared, Runner};
use crate::expect::{Expectation, Outcome};
use crate::guest::{self, CALLEE, CALLER};
use crate::memory::Stop;
use crate::random::Random;
use crate::{generate, shrink};

/// In how many tries a failing case is made smaller.
const SHRINKING: usize = 400;

/// Who composed the guests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linker {
    /// This project.
    Onramp,
    /// The upstream library; the engine connects them.
    Stock,
    /// This project, with a native guest between them.
    Relayed,
    /// The upstream library, with a native guest between them, which is the component that it is linked to.
    StockRelayed,
}

impl Linker {
    /// Whether the engine connects the guests.
    fn is_stock(self) -> bool {
        match self {
            Linker::Stock | Linker::StockRelayed => true,
            Linker::Onramp | Linker::Relayed => false,
        }
    }
}

/// How many calls ended how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Pairs of guests.
    pub cases: u64,
    /// Those of them that had a native guest in between, too.
    pub relayed: u64,
    /// Calls whose values arrived.
    pub values: u64,
    /// Calls that trapped, as they must.
    pub traps: u64,
    /// Calls of which nothing is expected.
    pub unclear: u64,
}

impl Tally {
    /// The sum of two.
    pub fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.relayed += other.relayed;
        self.values += other.values;
        self.traps += other.traps;
        self.unclear += other.unclear;
    }
}

/// A case that did not do what the specification says.
#[derive(Debug)]
pub struct Failure {
    /// Which composition, or `None` when it was not even made.
    pub linker: Option<Linker>,
    /// What is wrong.
    pub what: String,
    /// The case, made as small as it could be.
    pub case: Case,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let linker = match self.linker {
            Some(Linker::Onramp) => "composed by onramp",
            Some(Linker::Stock) => "composed at the component level",
            Some(Linker::Relayed) => "composed by onramp, with a native guest in between",
            Some(Linker::StockRelayed) => "composed at the component level, with a native guest in between",
            None => "not composed",
        };
        write!(f, "{linker}: {}\n{}", self.what, self.case)
    }
}

/// Tries the case of a seed and an index.
///
/// # Errors
/// The failure, made small.
pub fn try_case(runner: &Runner, seed: u64, index: u64) -> Result<Tally, Box<Failure>> {
    let case = generate::case(&mut Random::of_case(seed, index));
    let (linker, first) = match check(runner, &case) {
        Ok(tally) => return Ok(tally),
        Err(wrong) => wrong,
    };
    // A smaller case must fail with the same linker, or it is another fault that is found.
    let case = shrink::shrink(case, SHRINKING, |case| check(runner, case).is_err_and(|(other, _)| other == linker));
    let what = check(runner, &case).err().map_or(first, |(_, what)| what);
    Err(Box::new(Failure { linker, what, case }))
}

/// What is wrong: with which composition, and what.
type Wrong = (Option<Linker>, String);

/// Makes and runs the compositions of a case.
///
/// # Errors
/// What is wrong with it.
pub fn check(runner: &Runner, case: &Case) -> Result<Tally, Wrong> {
    let made = |graph: Result<Graph>| graph.map_err(|error| (None, format!("{error:#}")));
    let direct = made(graph(case))?;
    let linkers = [Linker::Onramp, Linker::Stock];
    let mut compositions = Vec::from(linkers.map(|linker| (linker, composed(runner, &direct, linker))));
    let mut tally = Tally { cases: 1, ..Tally::default() };
    if let Some(types) = case.relay {
        let relayed = made(relayed(case, types))?;
        let linkers = [Linker::Relayed, Linker::StockRelayed];
        compositions.extend(linkers.map(|linker| (linker, composed(runner, &relayed, linker))));
        tally.relayed = 1;
    }
    for call in &case.calls {
        let expected = Expectation::new(case, call).map_err(|error| (None, format!("{error:#}")))?;
        match expected.outcome {
            Outcome::Values(..) => tally.values += 1,
            Outcome::Trap(_) => tally.traps += 1,
            Outcome::Unclear => {
                tally.unclear += 1;
                continue;
            }
        }
        for (linker, composition) in &compositions {
            let composition = composition.as_ref().map_err(|error| (Some(*linker), format!("{error:#}")))?;
            let wrong =
                outcome(composition, call, &expected, *linker).unwrap_or_else(|error| Some(format!("{error:#}")));
            if let Some(wrong) = wrong {
                return Err((Some(*linker), wrong));
            }
        }
    }
    Ok(tally)
}

/// The graph of a case's two guests.
///
/// # Errors
/// When the guests cannot be made or do not fit.
pub fn graph(case: &Case) -> Result<Graph> {
    let [caller, callee] = guest::components(case)?;
    plugged(vec![input("caller", caller), input("callee", callee)])
}

/// The graph of a case's two guests with a native one between them.
///
/// # Errors
/// When the guests cannot be made or do not fit.
pub fn relayed(case: &Case, types: u64) -> Result<Graph> {
    let [caller, relay, callee] = guest::with_relay(case, types)?;
    plugged(vec![input("caller", caller), input("relay", relay), input("callee", callee)])
}

fn input(name: &str, bytes: Vec<u8>) -> Input {
    Input { name: name.to_owned(), bytes }
}

fn plugged(guests: Vec<Input>) -> Result<Graph> {
    Graph::plug(guests, &[CALLER.to_owned(), CALLEE.to_owned()])
}

fn composed(runner: &Runner, graph: &Graph, linker: Linker) -> Result<Prepared> {
    let component = match linker.is_stock() {
        true => onramp_compose::stock::compose(graph)?,
        false => {
            let composition = onramp_compose::compose(graph, false)?;
            let report = composition.report;
            let connections = if linker == Linker::Relayed { 2 } else { 1 };
            let fused = report.nested.is_empty()
                && report.connections.len() == connections
                && report.connections.iter().all(|connection| matches!(connection.kind, Kind::Fused { .. }));
            anyhow::ensure!(fused, "the connection is not fused:\n{report}");
            composition.component
        }
    };
    runner.prepare(&component).context("the composition is not valid")
}

/// What is wrong with the outcome of a call.
fn outcome(composition: &Prepared, call: &Call, expected: &Expectation, linker: Linker) -> Result<Option<String>> {
    let seen = composition.call(call.function as u32, &expected.caller_pokes(), &expected.callee_pokes())?;
    Ok(match (&expected.outcome, seen) {
        (Outcome::Unclear, _) => None,
        (Outcome::Values(..), Err(trap)) => Some(format!("it trapped: {trap}")),
        (Outcome::Trap(trap), Ok(_)) => Some(format!("it did not trap, though it must: {trap}")),
        (Outcome::Trap(expected), Err(trap)) => {
            let told = linker.is_stock() || trap.contains("onramp: ");
            (!told).then(|| format!("the trap does not tell its reason ({expected}): {trap}"))
        }
        (Outcome::Values(args, result), Ok(seen)) => match expected.difference(args, result.as_ref(), &seen) {
            Ok(difference) => difference,
            Err(Stop::Trap(trap)) => Some(format!("the memories cannot be read: {trap}")),
            Err(Stop::Unclear) => Some("the memories cannot be read: they are too small".to_owned()),
        },
    })
}
