//! Measuring in turns.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use wasmtime::component::TypedFunc;

use crate::contestant::Contestant;
use crate::rows;

/// How long one sample is: so long that what it costs to call a guest from the host does not count.
const SAMPLE: Duration = Duration::from_micros(500);

/// What a call of a row costs each contestant: the median of the samples, in nanoseconds.
///
/// # Errors
/// When a contestant lacks the row, or traps.
pub fn medians(row: &str, contestants: &mut [Contestant], samples: usize) -> Result<Vec<f64>> {
    let mut runs = Vec::new();
    for contestant in &mut *contestants {
        let function = contestant.function(&rows::function(row))?;
        let calls = warm_up(contestant, &function)?;
        runs.push(Run { function, calls, samples: Vec::with_capacity(samples) });
    }
    let count = runs.len();
    for round in 0..samples {
        // Nobody always comes behind the same one.
        for turn in 0..count {
            let index = (round + turn) % count;
            let run = &mut runs[index];
            let time = time(&mut contestants[index], &run.function, run.calls)?;
            run.samples.push(time.as_secs_f64() * 1e9 / f64::from(run.calls));
        }
    }
    runs.into_iter().map(|run| median(run.samples).context("there are no samples")).collect()
}

/// One contestant in one row.
struct Run {
    function: TypedFunc<(u32,), ()>,
    /// How many calls make a sample.
    calls: u32,
    samples: Vec<f64>,
}

/// Calls until that takes as long as a sample, and returns how many calls make one.
fn warm_up(contestant: &mut Contestant, function: &TypedFunc<(u32,), ()>) -> Result<u32> {
    let mut calls: u32 = 1;
    // The first call of a row makes what it passes.
    time(contestant, function, calls)?;
    loop {
        let took = time(contestant, function, calls)?;
        if took >= SAMPLE || calls > u32::MAX / 2 {
            let fraction = SAMPLE.as_secs_f64() / took.as_secs_f64();
            return Ok(((f64::from(calls) * fraction) as u32).max(1));
        }
        calls *= 2;
    }
}

fn time(contestant: &mut Contestant, function: &TypedFunc<(u32,), ()>, calls: u32) -> Result<Duration> {
    let start = Instant::now();
    contestant.call(function, calls)?;
    Ok(start.elapsed())
}

fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![]), None);
    }
}
