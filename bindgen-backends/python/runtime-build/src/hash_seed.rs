//! The choice of a hash seed.

use std::fmt;
use std::str::FromStr;

/// The seed of the hashes of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HashSeed {
    /// Each instance chooses its own by the host's random numbers.
    #[default]
    Fresh,
    /// All instances have this one; with 0 there is no randomization.
    Fixed(u32),
}

impl fmt::Display for HashSeed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HashSeed::Fresh => formatter.write_str("fresh"),
            HashSeed::Fixed(seed) => seed.fmt(formatter),
        }
    }
}

impl FromStr for HashSeed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "fresh" => Ok(HashSeed::Fresh),
            number => number
                .parse()
                .map(HashSeed::Fixed)
                .map_err(|_| format!("`{number}` is no seed: give `fresh`, or a number from 0 to {}", u32::MAX)),
        }
    }
}

impl HashSeed {
    /// The seed of the first life, and whether an instance gets another.
    pub(crate) fn in_first_life(self) -> (u32, bool) {
        match self {
            // With 0, `sys.flags` would say that there is no randomization.
            HashSeed::Fresh => (1, true),
            HashSeed::Fixed(seed) => (seed, false),
        }
    }
}
