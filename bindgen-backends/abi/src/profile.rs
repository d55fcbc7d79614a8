use std::{fmt, str::FromStr};

use crate::Error;

/// One ABI: how the core functions of a guest pass values.
///
/// `docs/abi/multivalue.md`, `docs/abi/lazy.md` and `docs/abi/gc.md` define those that are not standardized.
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
    /// Values are references to objects of the garbage collector.
    Gc,
}

/// What values are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Data {
    /// Bytes in the guest's memory.
    Linear,
    /// Objects of the garbage collector.
    Gc,
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
    pub const ALL: [Profile; 5] = [Profile::Eager, Profile::Multivalue, Profile::Lazy, Profile::Cm1, Profile::Gc];

    /// Those whose values are in linear memory.
    pub const LINEAR: [Profile; 4] = [Profile::Eager, Profile::Multivalue, Profile::Lazy, Profile::Cm1];

    /// The name, as core names and the command line have it.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Eager => "eager",
            Profile::Multivalue => "multivalue",
            Profile::Lazy => "lazy",
            Profile::Cm1 => "cm1",
            Profile::Gc => "gc",
        }
    }

    /// The version of the draft that a module of this profile is built for; `None`: the ABI is standardized.
    pub fn draft(self) -> Option<u32> {
        match self {
            Profile::Eager => None,
            Profile::Multivalue | Profile::Lazy | Profile::Cm1 | Profile::Gc => Some(1),
        }
    }

    /// What its guests' values are made of.
    pub fn data(self) -> Data {
        match self {
            Profile::Eager | Profile::Multivalue | Profile::Lazy | Profile::Cm1 => Data::Linear,
            Profile::Gc => Data::Gc,
        }
    }

    /// How its guests receive strings, lists and maps. References are never lazy.
    pub fn lowering(self) -> Lowering {
        match self {
            Profile::Eager | Profile::Multivalue | Profile::Gc => Lowering::Eager,
            Profile::Lazy | Profile::Cm1 => Lowering::Lazy,
        }
    }

    /// How many core values its functions return. A result of references is one.
    pub fn results(self) -> Results {
        match self {
            Profile::Eager | Profile::Lazy | Profile::Gc => Results::Single,
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
