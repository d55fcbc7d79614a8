//! A few damaged files; `cargo xtask fuzz --target files` tries more.

use std::ops::ControlFlow;

use onramp_conformance::campaign;
use onramp_conformance::files::Corpus;

const SEED: u64 = 1;
const CASES: u64 = 2_000;

#[test]
fn damaged_files_are_refused_or_composed() {
    let corpus = Corpus::new().unwrap();
    let mut failures = Vec::new();
    campaign::run(
        0..CASES,
        campaign::default_jobs(),
        |index| corpus.try_case(SEED, index),
        |index, result| {
            failures.extend(result.err().map(|wrong| format!("case {index} of seed {SEED}: {wrong}")));
            ControlFlow::Continue(())
        },
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn undamaged_files_are_composed() {
    Corpus::new().unwrap().compose_undamaged().unwrap();
}
