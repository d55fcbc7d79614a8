//! The matrix itself: which cells there are, and running them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, bail};
use onramp_toolchain::Cache;

use crate::allocations;
use crate::cell::{Cell, Side, Verdict};
use crate::composition::{Composition, Pair};
use crate::gap::{because, out_of_date};
use crate::guest::{Guests, Kind, Workshop};
use crate::language::{Gap, Language, Trial};
use crate::linker::Linker;
use crate::progress::Progress;
use crate::run::Runner;
use crate::scenario::Scenario;
use crate::selection::{Selection, Sides, is_brief, select};

/// How to run it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of scenarios.
    pub scenarios: PathBuf,
    /// The folder of the languages' shared test helpers.
    pub support: PathBuf,
    /// How many things to do at once.
    pub jobs: usize,
    /// Stop at the first failure.
    pub fail_fast: bool,
    /// How long one guest's `run` may take.
    pub time_limit: Duration,
}

/// A matrix: scenarios, languages, and the cells that were selected.
pub struct Matrix {
    settings: Settings,
    languages: Vec<&'static dyn Language>,
    scenarios: Vec<Scenario>,
    cells: Vec<Cell>,
}

impl Matrix {
    /// Reads the scenarios and selects the cells.
    ///
    /// # Errors
    /// A scenario that is not whole; a language or a scenario that does not exist; a selection without a cell.
    pub fn new(settings: Settings, selection: &Selection) -> Result<Self> {
        let languages = crate::language::named(&selection.languages)?;
        let scenarios = Scenario::load_all(&settings.scenarios, &languages)?;
        if let Some(name) = selection.scenarios.iter().find(|name| scenarios.iter().all(|one| one.name != **name)) {
            let known: Vec<&str> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
            bail!("there is no scenario `{name}`: `{}` has {}", settings.scenarios.display(), known.join(", "));
        }
        let sides = Sides::of(&languages, selection)?;
        let linkers = Linker::named(&selection.linkers)?;
        let mut cells = select(&scenarios, &sides, &linkers, selection);
        let is_dear = |side: Side| languages.iter().any(|one| one.name() == side.language && one.is_dear());
        if selection.brief {
            cells.retain(|cell| !(is_dear(cell.caller) || is_dear(cell.callee)) || is_brief(cell.caller, cell.callee));
        }
        if cells.is_empty() {
            bail!("no cell matches: `cargo xtask matrix --list` shows their names");
        }
        Ok(Matrix { settings, languages, scenarios, cells })
    }

    /// The cells, before they are run.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The gap that keeps a cell from existing, if there is one.
    pub fn gap(&self, cell: &Cell) -> Option<&'static Gap> {
        self.gaps(cell).next().map(|(_, _, gap)| gap)
    }

    /// The gaps of a cell's two sides, those first that are seen without running it.
    fn gaps(&self, cell: &Cell) -> impl Iterator<Item = (&'static str, Kind, &'static Gap)> {
        let scenario = self.scenario(cell);
        let of = |(side, kind): (Side, Kind)| {
            let language = self.languages.iter().find(|language| language.name() == side.language)?;
            Some((side.language, kind, language.gap(scenario, kind.role, kind.profile)?))
        };
        let mut gaps: Vec<_> = cell.guests().into_iter().filter_map(of).collect();
        gaps.sort_by_key(|(_, _, gap)| gap.trial == Trial::Run);
        gaps.into_iter()
    }

    /// Sets the tools up, builds the guests, composes and runs every cell.
    ///
    /// # Errors
    /// Only when no cell could be tried: a tool that is missing, a cache that cannot be written. What goes wrong with a cell
    /// is in its verdict.
    pub fn run(mut self, cache: &Cache, progress: &Progress) -> Result<Vec<Cell>> {
        let mut cells = std::mem::take(&mut self.cells);
        let names: BTreeSet<&str> = cells.iter().flat_map(Cell::guests).map(|(side, _)| side.language).collect();
        let used = self.languages.iter().filter(|language| names.contains(language.name()));
        let part = allocations::part(&self.settings.support)?;
        let mut workshops = Vec::new();
        for &language in used {
            let task = progress.start(format!("tools for {}", language.name()));
            let (support, counting) = (self.settings.support.as_path(), Some(part.clone()));
            match language.set_up(cache) {
                Ok(builder) => {
                    workshops.push(Workshop { language, builder, support, counting, lazy: &[], cache });
                    task.done("ready");
                }
                Err(error) if language.can_be_missing() => {
                    leave_out(&mut cells, language, &error);
                    task.done("not to be had: its cells are left out");
                }
                Err(error) => return Err(error),
            }
        }
        let runner = Runner::new(&cache.folder("compiled"), self.settings.time_limit).map_err(anyhow::Error::from)?;
        let stop = AtomicBool::new(false);

        let guests = self.build_guests(&workshops, &cells, progress);
        let pairs = self.sort_out(&workshops, &guests, &mut cells);
        let bar = progress.count(cells.len());
        bar.set_message("cells");
        let cells: Vec<Mutex<Cell>> = cells.into_iter().map(Mutex::new).collect();
        let pairs: Vec<Pair> = pairs.into_values().collect();
        bar.inc((cells.len() - pairs.iter().map(|pair| pair.cells.len()).sum::<usize>()) as u64);
        parallel(self.settings.jobs, &pairs, |pair| {
            let mut composition = None;
            for &index in &pair.cells {
                let mut cell = cells[index].lock().expect("no cell is run twice");
                if !stop.load(Ordering::Relaxed) {
                    let composition = composition.get_or_insert_with(|| Composition::make(pair, cache, &runner));
                    let entry = &self.scenario(&cell).entry;
                    composition.run(&mut cell, entry);
                    self.weigh(&mut cell);
                    let failed = matches!(cell.verdict, Verdict::Failed { .. });
                    stop.fetch_or(failed && self.settings.fail_fast, Ordering::Relaxed);
                }
                bar.inc(1);
            }
        });
        bar.finish_and_clear();
        Ok(cells.into_iter().map(|cell| cell.into_inner().expect("no cell is run twice")).collect())
    }

    fn scenario(&self, cell: &Cell) -> &Scenario {
        let found = self.scenarios.iter().find(|scenario| scenario.name == cell.scenario);
        found.expect("cells are made from scenarios")
    }

    /// Builds every guest that the cells need.
    fn build_guests(&self, workshops: &[Workshop], cells: &[Cell], progress: &Progress) -> Built {
        let scenarios: Vec<&Scenario> = self.scenarios.iter().collect();
        let open = cells.iter().filter(|cell| cell.verdict == Verdict::NotRun);
        let kinds: BTreeSet<(Side, Kind)> = open.flat_map(Cell::guests).collect();
        let mut builds: Vec<(&Workshop, Kind)> = workshops
            .iter()
            .flat_map(|workshop| kinds.iter().map(move |&(side, kind)| (workshop, side, kind)))
            .filter(|(workshop, side, _)| side.language == workshop.language.name())
            .map(|(workshop, _, kind)| (workshop, kind))
            .collect();
        // The slowest first: componentize-py is the last language of the table.
        builds.reverse();
        let guests = Mutex::new(Built::new());
        parallel(self.settings.jobs, &builds, |(workshop, kind)| {
            let built = workshop.build(*kind, &scenarios, progress);
            guests.lock().expect("builds do not panic").insert((workshop.language.name(), *kind), built);
        });
        guests.into_inner().expect("builds do not panic")
    }

    /// Gives their verdict to the cells that cannot be run, and groups the others by the two components that they run in.
    fn sort_out(
        &self,
        workshops: &[Workshop],
        guests: &Built,
        cells: &mut [Cell],
    ) -> BTreeMap<(String, String, Linker), Pair> {
        let mut pairs: BTreeMap<(String, String, Linker), Pair> = BTreeMap::new();
        for (index, cell) in cells.iter_mut().enumerate() {
            if cell.verdict != Verdict::NotRun {
                continue;
            }
            if let Some(verdict) = self.impossible(workshops, cell) {
                cell.verdict = verdict;
                continue;
            }
            let scenario = cell.scenario.as_str();
            let [caller, callee] = cell.guests().map(|(side, kind)| guests[&(side.language, kind)][scenario].clone());
            match (caller, callee) {
                (Ok(caller), Ok(callee)) => {
                    let linker = cell.linker;
                    let pair = pairs.entry((caller.key.clone(), callee.key.clone(), linker)).or_insert_with(|| Pair {
                        linker,
                        caller: (*caller).clone(),
                        callee: (*callee).clone(),
                        cells: Vec::new(),
                    });
                    pair.cells.push(index);
                }
                (Err(message), _) => cell.fail("build caller", message),
                (_, Err(message)) => cell.fail("build callee", message),
            }
        }
        pairs
    }

    /// The verdict on a cell that one of its languages cannot have, after trying whether that is still so; none for a cell
    /// that can be run.
    fn impossible(&self, workshops: &[Workshop], cell: &Cell) -> Option<Verdict> {
        if let Some(reason) = self.unwritten(cell) {
            return Some(Verdict::Impossible { reason });
        }
        let (language, kind, gap) = self.gaps(cell).next().filter(|(_, _, gap)| gap.trial != Trial::Run)?;
        let workshop = workshops.iter().find(|workshop| workshop.language.name() == language)?;
        Some(match workshop.prove_gap(gap, kind, self.scenario(cell)) {
            Ok(refusal) => because(gap, &refusal),
            Err(error) => Verdict::Failed { step: "trying a gap", message: format!("{error:#}") },
        })
    }

    /// Which of a cell's guests nobody wrote, in a language that need not have all.
    pub fn unwritten(&self, cell: &Cell) -> Option<String> {
        let scenario = self.scenario(cell);
        cell.guests().into_iter().find_map(|(side, kind)| {
            let language = self.languages.iter().find(|language| language.name() == side.language)?;
            let lacks = scenario.lacks(kind.role, *language);
            lacks.then(|| format!("the scenario has no `{}.{}`", kind.role, language.extension()))
        })
    }

    /// A cell that ran although one of its languages is said to lack what it needs: its failure is the proof.
    fn weigh(&self, cell: &mut Cell) {
        let Some(gap) = self.gap(cell) else { return };
        match &cell.verdict {
            Verdict::Failed { step: "run", message } => cell.verdict = because(gap, message),
            // It did not come to a run: that proves nothing.
            Verdict::Failed { .. } => {}
            Verdict::Passed { .. } => cell.fail("trying a gap", out_of_date(gap)),
            Verdict::Impossible { .. } | Verdict::NotRun => {}
        }
    }
}

/// Skips the cells of a language whose tools cannot be had.
fn leave_out(cells: &mut [Cell], language: &dyn Language, error: &anyhow::Error) {
    for cell in cells.iter_mut().filter(|cell| cell.guests().iter().any(|(side, _)| side.language == language.name())) {
        cell.verdict = Verdict::Impossible { reason: format!("{error:#}") };
    }
}

/// The guests of each language and kind, by scenario.
type Built = HashMap<(&'static str, Kind), Guests>;

/// Works through a list on some threads.
fn parallel<T: Sync>(jobs: usize, list: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, list.len().max(1)) {
            scope.spawn(|| {
                while let Some(one) = list.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(one);
                }
            });
        }
    });
}

/// The folders of the project's own matrix, below the workspace's root.
pub fn own_folders(workspace: &Path) -> (PathBuf, PathBuf) {
    (workspace.join("tests/scenarios"), workspace.join("tests/support"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_of_work_is_done_once() {
        let done: Vec<AtomicUsize> = (0..100).map(|_| AtomicUsize::new(0)).collect();
        let list: Vec<usize> = (0..100).collect();
        parallel(4, &list, |&index| {
            done[index].fetch_add(1, Ordering::Relaxed);
        });
        assert!(done.iter().all(|count| count.load(Ordering::Relaxed) == 1));
        parallel(4, &[] as &[usize], |_| panic!("there is nothing to do"));
    }
}
