//! The ways to join the guests, in engines that inline and in engines that do not.

use anyhow::{Context, Result, bail};
use onramp_abi::Profile;
use onramp_compose::{Composition, Graph};
use onramp_matrix::host::{self, Host};
use wasmtime::component::{Component, Instance, InstancePre, Linker, TypedFunc};
use wasmtime::{Config, Engine, Inlining, Store};

use crate::floor;
use crate::generated::{LAZILY, Profiled};
use crate::guests::Guests;
use crate::profiles::{self, PAIRS, Pair};

/// The interface with the rows' functions.
pub const ROWS: &str = "onramp:bench/rows";

/// The one of guests that read lazily.
const LAZY_ROWS: &str = "onramp:bench-lazy/rows";

/// What is kept of the caller's and of the callee's memory before anything else is allocated, in bytes. A copy whose ends
/// are 1 to 64 bytes apart, modulo 4096, is many times slower on some processors, so guests are measured in several layouts,
/// in which these distances differ, and the best one counts.
const LAYOUTS: [(u32, u32); 3] = [(0, 0), (1040, 2576), (2576, 528)];

/// How guests are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// By `wac-graph`: through the engine's adapters.
    Stock,
    /// By `onramp compose`: through ours.
    Ours,
    /// Not real guests: what is written by hand.
    Floor,
    /// Hand-written eager guests, by `wac-graph`.
    Engine,
    /// Hand-written guests of these profiles, by `onramp compose`.
    Pair(Pair),
    /// Generated guests of this profile, by `onramp compose`.
    Generated(Profile),
    /// The same, which read lazily.
    Lazily(Profile),
    /// Guests of Rust that call one of Python: the column of [`python`](crate::python).
    Python(usize),
}

/// Guests that are joined, in an engine.
pub struct Contestant {
    /// How they are joined.
    pub joint: Joint,
    /// True in an engine that inlines functions.
    pub inlined: bool,
    store: Store<Host>,
    instance: Instance,
}

impl Contestant {
    /// Everyone who takes part.
    ///
    /// # Errors
    /// When the guests cannot be composed, are not joined core to core by us, or do not run.
    pub fn all(guests: &Guests) -> Result<Vec<Self>> {
        let graph = guests.graph()?;
        let stock = onramp_compose::stock::compose(&graph)?;
        let ours = joined(&graph)?;
        let floor = floor::component().into_bytes();
        in_both_engines(&[(Joint::Stock, stock), (Joint::Ours, ours), (Joint::Floor, floor)])
    }

    /// Everyone who takes part in the rows of [`profiles`]: hand-written guests first, `wit-bindgen`'s after them.
    ///
    /// # Errors
    /// As [`all`](Self::all).
    pub fn of_profiles(guests: &Guests) -> Result<Vec<Self>> {
        let engine = onramp_compose::stock::compose(&profiles::guests::graph(PAIRS[0])?)?;
        let mut components = vec![(Joint::Engine, engine)];
        for pair in PAIRS {
            components.push((Joint::Pair(pair), joined(&profiles::guests::graph(pair)?)?));
        }
        let mut contestants = in_both_engines(&components)?;
        let stock = onramp_compose::stock::compose(&guests.graph()?)?;
        contestants.extend(in_both_engines(&[(Joint::Stock, stock)])?);
        Ok(contestants)
    }

    /// Everyone who takes part in the rows of [`generated`](crate::generated); those that read lazily come last.
    ///
    /// # Errors
    /// As [`all`](Self::all).
    pub fn of_generated(guests: &Profiled, lazily: &Guests) -> Result<Vec<Self>> {
        let upstream = guests.get(&Profile::Eager).context("there are no eager guests")?;
        let mut components = vec![(Joint::Stock, onramp_compose::stock::compose(&upstream.graph()?)?)];
        for (profile, guests) in guests {
            components.push((Joint::Generated(*profile), joined(&guests.graph()?)?));
        }
        let mut contestants = in_both_engines(&components)?;
        contestants.extend(in_both_engines(&[(Joint::Lazily(LAZILY), joined(&lazily.graph()?)?)])?);
        Ok(contestants)
    }

    /// Everyone who takes part in the rows of [`python`](crate::python), in one engine.
    ///
    /// # Errors
    /// When a component does not run.
    pub fn of_python(engine: &Engine, components: &[Vec<u8>]) -> Result<Vec<Self>> {
        let contestant = |(column, component): (usize, &Vec<u8>)| {
            let prepared = prepare(engine, component)?;
            let mut store = Store::new(engine, Host::new());
            let instance = prepared.instantiate(&mut store)?;
            Ok(Contestant { joint: Joint::Python(column), inlined: false, store, instance })
        };
        components.iter().enumerate().map(contestant).collect()
    }

    /// True for guests that read lazily: they do not have all rows.
    pub fn is_lazy(&self) -> bool {
        matches!(self.joint, Joint::Lazily(_))
    }

    /// True for the guests of [`profiles`].
    pub fn is_hand_written(&self) -> bool {
        matches!(self.joint, Joint::Engine | Joint::Pair(_))
    }

    /// A row's function, by its name.
    ///
    /// # Errors
    /// When there is none.
    pub fn function(&mut self, name: &str) -> Result<TypedFunc<(u32,), ()>> {
        let rows = match self.joint {
            Joint::Lazily(_) => LAZY_ROWS,
            _ => ROWS,
        };
        let rows = self.instance.get_export_index(&mut self.store, None, rows);
        let function = rows.and_then(|rows| self.instance.get_export_index(&mut self.store, Some(&rows), name));
        let function = function.with_context(|| format!("{:?} has no function `{name}`", self.joint))?;
        Ok(self.instance.get_typed_func(&mut self.store, function)?)
    }

    /// Calls one of its functions.
    ///
    /// # Errors
    /// When it traps.
    pub fn call(&mut self, function: &TypedFunc<(u32,), ()>, number: u32) -> Result<()> {
        Ok(function.call(&mut self.store, (number,))?)
    }
}

/// The guests joined core to core by us.
///
/// # Errors
/// When they are not.
pub fn joined(graph: &Graph) -> Result<Vec<u8>> {
    let Composition { component, report } = onramp_compose::compose(graph, false)?;
    if !report.nested.is_empty() {
        bail!("not all guests were flattened, so this would not measure ours\n{report}");
    }
    Ok(component)
}

/// The components in an engine that does not inline and in one that does.
fn in_both_engines(components: &[(Joint, Vec<u8>)]) -> Result<Vec<Contestant>> {
    let mut contestants = Vec::new();
    for inlined in [false, true] {
        let mut config = Config::new();
        config.compiler_inlining(if inlined { Inlining::Yes } else { Inlining::No });
        let engine = Engine::new(&config)?;
        for (joint, component) in components {
            let prepared = prepare(&engine, component).with_context(|| format!("{joint:?} cannot be compiled"))?;
            contestants.extend(in_layouts(*joint, inlined, &prepared)?);
        }
    }
    Ok(contestants)
}

/// Compiles a component and links it with the host.
///
/// # Errors
/// When it is not valid.
pub fn prepare(engine: &Engine, component: &[u8]) -> Result<InstancePre<Host>> {
    let component = Component::new(engine, component)?;
    let mut linker = Linker::new(engine);
    host::add_to_linker(&mut linker)?;
    linker.instance("onramp:bench/host")?.func_wrap("tick", |_, ()| Ok(()))?;
    Ok(linker.instantiate_pre(&component)?)
}

/// An instance for each layout. The layout of what is written by hand is written down; it has as many chances as the others.
fn in_layouts(joint: Joint, inlined: bool, prepared: &InstancePre<Host>) -> Result<Vec<Contestant>> {
    let contestant = |&(caller, callee): &(u32, u32)| {
        let mut store = Store::new(prepared.engine(), Host::new());
        let instance = prepared.instantiate(&mut store)?;
        let mut contestant = Contestant { joint, inlined, store, instance };
        if matches!(joint, Joint::Stock | Joint::Ours | Joint::Generated(_) | Joint::Lazily(_)) {
            for (function, kept) in [("keep", caller), ("keep-in-callee", callee)] {
                let function = contestant.function(function)?;
                contestant.call(&function, kept)?;
            }
        }
        Ok(contestant)
    };
    LAYOUTS.iter().map(contestant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guests::WIT;
    use crate::rows;

    #[test]
    fn the_floor_has_every_row() {
        let prepared = prepare(&Engine::default(), floor::component().as_bytes()).unwrap();
        let mut floor = in_layouts(Joint::Floor, false, &prepared).unwrap().pop().unwrap();
        for row in &rows::ALL {
            let function = floor.function(&row.function()).unwrap();
            floor.call(&function, 3).unwrap();
        }
    }

    #[test]
    fn every_pair_has_every_row_of_profiles() {
        for pair in PAIRS {
            let component = joined(&profiles::guests::graph(pair).unwrap()).unwrap();
            let prepared = prepare(&Engine::default(), &component).unwrap();
            let mut contestant = in_layouts(Joint::Pair(pair), false, &prepared).unwrap().pop().unwrap();
            for row in &profiles::ALL {
                let function = contestant.function(&rows::function(row.name)).unwrap();
                contestant.call(&function, 3).unwrap();
            }
        }
    }

    #[test]
    fn the_guests_have_the_rows_and_no_others() {
        let functions = rows::ALL.iter().map(|row| format!("  {}: func(n: u32);", row.function()));
        let declared = WIT.lines().filter(|line| line.trim_start().starts_with("run-"));
        assert_eq!(functions.collect::<Vec<_>>(), declared.collect::<Vec<_>>());
    }
}
