//! The target `files`: damaged components are given to `compose` and to what reads components, damaged core modules to `link`. An error or a valid result is
//! right; a panic, a hang or a huge allocation is not.

use std::time::Duration;

use anyhow::Result;
use onramp_compose::inspect::Component;
use onramp_compose::shape::Shape;
use onramp_compose::{Graph, Input, compose};

use crate::damage::damage;
use crate::guard::guarded;
use crate::random::Random;
use crate::{generate, guest, values};

/// How long one case may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// How many pairs of generated guests are in the corpus.
const PAIRS: u64 = 6;

/// Components that nobody generated: what the guests of the other target do not have.
const WAT: [(&str, &str); 3] = [
    ("host resources", include_str!("../corpus/host-resources.wat")),
    ("resource", include_str!("../corpus/resource.wat")),
    ("foreign", include_str!("../corpus/foreign.wat")),
];

/// Two that have gates.
const GATED: [(&str, &str); 2] = [
    ("gated caller", include_str!("../corpus/gated-caller.wat")),
    ("gated callee", include_str!("../corpus/gated-callee.wat")),
];

/// What is damaged.
pub struct Corpus {
    /// Components that fit each other, the consumer first.
    groups: Vec<Vec<Input>>,
}

/// What became of a damaged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// An error says that it is damaged, or cannot be composed.
    Refused,
    /// It was composed, or linked if it is a core module.
    Composed,
}

impl Corpus {
    /// Generated guests, alone and composed, the written ones, and core modules of native guests.
    ///
    /// # Errors
    /// When one of them cannot be made.
    pub fn new() -> Result<Self> {
        let input = |name: &str, bytes| Input { name: name.to_owned(), bytes };
        let mut groups = Vec::new();
        for index in 0..PAIRS {
            let case = generate::case(&mut Random::of_case(0, index));
            let [caller, callee] = guest::components(&case)?;
            let graph = values::graph(&case)?;
            groups.push(vec![input("composed by onramp", compose(&graph, false)?.component)]);
            groups.push(vec![input("composed by stock", onramp_compose::stock::compose(&graph)?)]);
            groups.push(vec![input("caller", caller), input("callee", callee)]);
            let [caller, native, callee] = guest::with_relay(&case, index)?;
            groups.push(vec![input("caller", caller), input("native", native), input("callee", callee)]);
            groups.push(vec![input("native module", guest::native_module(&case, index)?)]);
        }
        for group in [&WAT[..], &GATED] {
            let written = group.iter().map(|(name, wat)| Ok(input(name, wat::parse_str(wat)?)));
            groups.push(written.collect::<Result<_>>()?);
        }
        Ok(Corpus { groups })
    }

    /// The files of one case: some that fit each other, one of them damaged, or two.
    fn case(&self, random: &mut Random) -> Vec<Input> {
        let mut inputs = self.groups[random.below(self.groups.len())].clone();
        for _ in 0..random.pick(&[1, 1, 2]) {
            let others = &self.groups[random.below(self.groups.len())];
            let other = &others[random.below(others.len())];
            let one = random.below(inputs.len());
            inputs[one].bytes = damage(random, &inputs[one].bytes, &other.bytes);
        }
        inputs
    }

    /// Tries the case of a seed and an index.
    ///
    /// # Errors
    /// What went wrong.
    pub fn try_case(&self, seed: u64, index: u64) -> Result<Ended, String> {
        let mut random = Random::of_case(seed, index);
        let inputs = self.case(&mut random);
        let trust_guests = random.once_in(2);
        guarded(format!("case {index} of seed {seed}"), TIME_LIMIT, move || read_and_compose(inputs, trust_guests))
    }

    /// What becomes of the corpus as it is.
    ///
    /// # Errors
    /// What cannot be composed.
    pub fn compose_undamaged(&self) -> Result<()> {
        for inputs in &self.groups {
            if let [input] = &inputs[..]
                && is_core_module(input)
            {
                onramp_compose::link(input, &[])?;
                continue;
            }
            compose(&Graph::plug(inputs.clone(), &[])?, false)?;
        }
        Ok(())
    }

    /// The damaged files of a case.
    pub fn files(&self, seed: u64, index: u64) -> Vec<Input> {
        self.case(&mut Random::of_case(seed, index))
    }
}

/// Whether a file is to be linked before it can be composed.
fn is_core_module(input: &Input) -> bool {
    input.bytes.starts_with(b"\0asm\x01\0\0\0")
}

fn read_and_compose(inputs: Vec<Input>, trust_guests: bool) -> Ended {
    for input in &inputs {
        // What they return is not what counts here.
        let _ = Shape::read(&input.bytes);
        let _ = Component::read(input);
    }
    if let [input] = &inputs[..]
        && is_core_module(input)
    {
        return match onramp_compose::link(input, &[]) {
            Ok(_) => Ended::Composed,
            Err(_) => Ended::Refused,
        };
    }
    match Graph::plug(inputs, &[]).and_then(|graph| compose(&graph, trust_guests)) {
        Ok(_) => Ended::Composed,
        Err(_) => Ended::Refused,
    }
}
