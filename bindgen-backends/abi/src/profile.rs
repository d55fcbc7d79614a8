use std::{fmt, str::FromStr};

use crate::Error;

/// One ABI: how the core functions of a guest pass values.
///
/// More will come (`multivalue`, `lazy`, `cm1`, `gc`): a `match` over profiles should name each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Today's canonical ABI.
    #[default]
    Eager,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Profile; 1] = [Profile::Eager];

    /// The name, as core names and the command line have it.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Eager => "eager",
        }
    }

    /// The version of the draft that a module of this profile is built for; `None`: the ABI is standardized.
    pub fn draft(self) -> Option<u32> {
        match self {
            Profile::Eager => None,
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Profile {
    type Err = Error;

    fn from_str(name: &str) -> Result<Profile, Error> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| {
            let known: Vec<_> = Profile::ALL.iter().map(|profile| profile.name()).collect();
            Error::new(format!("no profile is called {name:?}; there is {}", known.join(", ")))
        })
    }
}
