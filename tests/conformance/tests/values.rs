//! A few random cases of the target `values`; `cargo xtask fuzz --target values` tries more.

use std::ops::ControlFlow;

use onramp_conformance::campaign;
use onramp_conformance::engine::Runner;
use onramp_conformance::values::{Tally, try_case};

const SEED: u64 = 1;
const CASES: u64 = 200;

#[test]
fn values_arrive_as_the_specification_says() {
    let runner = Runner::new().unwrap();
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    let try_case = |index| try_case(&runner, SEED, index);
    campaign::run(0..CASES, campaign::default_jobs(), try_case, |index, result| match result {
        Ok(more) => {
            tally.add(more);
            ControlFlow::Continue(())
        }
        Err(failure) => {
            failures.push(format!("case {index} of seed {SEED}: {failure}"));
            ControlFlow::Break(())
        }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(tally.values > 1_000 && tally.traps > 100 && tally.relayed > 50, "the sample tries too little: {tally:?}");
}
