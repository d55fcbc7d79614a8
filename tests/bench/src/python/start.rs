//! How long an instance takes to be there, and its first call.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use onramp_matrix::host::Host;
use wasmtime::component::{InstancePre, TypedFunc};
use wasmtime::{Engine, Store};

use crate::contestant::prepare;
use crate::guests::Guests;

/// The interface of the callee.
const CALLS: &str = "onramp:bench/calls";

/// A guest that is compiled, and starts again and again.
pub struct Starting {
    prepared: InstancePre<Host>,
}

impl Starting {
    /// The callees.
    ///
    /// # Errors
    /// When one is not valid.
    pub fn all(engine: &Engine, guests: &[Guests]) -> Result<Vec<Self>> {
        guests.iter().map(|guests| Ok(Starting { prepared: prepare(engine, guests.callee().bytes())? })).collect()
    }

    /// The milliseconds of instantiating it, and of a first call of `add`.
    fn start(&self) -> Result<(f64, f64)> {
        let mut store = Store::new(self.prepared.engine(), Host::new());
        let begin = Instant::now();
        let instance = self.prepared.instantiate(&mut store)?;
        let instantiated = Instant::now();
        let calls = instance.get_export_index(&mut store, None, CALLS);
        let add = calls.and_then(|calls| instance.get_export_index(&mut store, Some(&calls), "add"));
        let add: TypedFunc<(u32, u32), (u32,)> =
            instance.get_typed_func(&mut store, add.context("the callee has no `add`")?)?;
        let (sum,) = add.call(&mut store, (40, 2))?;
        let called = Instant::now();
        ensure!(sum == 42, "the callee says that 40 + 2 is {sum}");
        let milliseconds = |from: Instant, to: Instant| to.duration_since(from).as_secs_f64() * 1e3;
        Ok((milliseconds(begin, instantiated), milliseconds(instantiated, called)))
    }
}

/// The medians of instantiating and of the first call, in milliseconds, for each of them in turns.
///
/// # Errors
/// When one does not start or adds wrongly.
pub fn medians(starting: &mut [Starting], samples: usize) -> Result<Vec<(f64, f64)>> {
    let mut times = vec![(Vec::new(), Vec::new()); starting.len()];
    for _ in 0..samples {
        for (one, (instantiate, call)) in starting.iter().zip(&mut times) {
            let (instantiated, called) = one.start()?;
            instantiate.push(instantiated);
            call.push(called);
        }
    }
    let median = |mut samples: Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        samples.get(samples.len() / 2).copied().context("there are no samples")
    };
    times.into_iter().map(|(instantiate, call)| Ok((median(instantiate)?, median(call)?))).collect()
}
