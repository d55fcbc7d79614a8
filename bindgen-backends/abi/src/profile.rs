use std::{fmt, str::FromStr};

use crate::Error;

/// One ABI: how the core functions of a guest pass values.
///
/// `docs/abi/multivalue.md` and `docs/abi/lazy.md` define those that are not standardized. `gc` will come: a `match` over
/// profiles should name each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Today's canonical ABI.
    #[default]
    Eager,
    /// The same with several core results.
    Multivalue,
    /// Strings, lists and maps are received as handles, and read when the receiver wants them.
    Lazy,
    /// Both: what 1.0 is planned to make the default.
    Cm1,
}

/// How a guest receives strings, lists and maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lowering {
    /// In its memory, in blocks from its realloc.
    Eager,
    /// As handles.
    Lazy,
}

/// How many core values a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Results {
    /// At most one.
    Single,
    /// Up to [`MAX_FLAT_RESULTS`](crate::MAX_FLAT_RESULTS).
    Multi,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Profile; 4] = [Profile::Eager, Profile::Multivalue, Profile::Lazy, Profile::Cm1];

    /// The name, as core names and the command line have it.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Eager => "eager",
            Profile::Multivalue => "multivalue",
            Profile::Lazy => "lazy",
            Profile::Cm1 => "cm1",
        }
    }

    /// The version of the draft that a module of this profile is built for; `None`: the ABI is standardized.
    pub fn draft(self) -> Option<u32> {
        match self {
            Profile::Eager => None,
            Profile::Multivalue | Profile::Lazy | Profile::Cm1 => Some(1),
        }
    }

    /// How its guests receive strings, lists and maps.
    pub fn lowering(self) -> Lowering {
        match self {
            Profile::Eager | Profile::Multivalue => Lowering::Eager,
            Profile::Lazy | Profile::Cm1 => Lowering::Lazy,
        }
    }

    /// How many core values its functions return.
    pub fn results(self) -> Results {
        match self {
            Profile::Eager | Profile::Lazy => Results::Single,
            Profile::Multivalue | Profile::Cm1 => Results::Multi,
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
