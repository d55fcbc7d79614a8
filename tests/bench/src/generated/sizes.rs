//! The sizes of what the generators and linkers made.

use std::collections::BTreeMap;

use anyhow::Result;
use onramp_abi::Profile;
use serde::Serialize;

use super::Profiled;
use crate::guests::Built;
use crate::report::ratio;

/// How many times the size under upstream's generator a size may be.
pub const MOST: f64 = 1.1;

/// The sizes of one thing under every profile. The eager ones are upstream's.
#[derive(Debug, Serialize)]
pub struct Sizes {
    /// The guest's language.
    pub language: &'static str,
    /// The guest.
    pub guest: &'static str,
    /// What of it: its bindings, its core module or its component.
    pub what: &'static str,
    /// In bytes, by profile.
    pub bytes: BTreeMap<&'static str, usize>,
}

/// The sizes of a language's guests.
///
/// # Errors
/// When a component is damaged.
pub fn of(language: &'static str, guests: &Profiled) -> Result<Vec<Sizes>> {
    let mut all = Vec::new();
    for index in 0..3 {
        for (what, size) in WHAT {
            let mut bytes = BTreeMap::new();
            let mut name = "";
            for (profile, guests) in guests {
                let (guest, built) = guests.each()[index];
                name = guest;
                bytes.insert(profile.name(), size(built)?);
            }
            all.push(Sizes { language, guest: name, what, bytes });
        }
    }
    Ok(all)
}

type Size = fn(&Built) -> Result<usize>;

/// What is measured.
const WHAT: [(&str, Size); 3] =
    [("bindings", |built| Ok(built.source())), ("core module", Built::module), ("component", Built::component)];

impl Sizes {
    /// A size beside upstream's.
    pub fn of_upstream(&self, profile: Profile) -> f64 {
        self.bytes[profile.name()] as f64 / self.bytes[Profile::Eager.name()] as f64
    }

    /// A size, as the table shows it.
    pub fn cell(&self, profile: Profile) -> String {
        match profile {
            Profile::Eager => self.bytes[profile.name()].to_string(),
            Profile::Multivalue | Profile::Lazy | Profile::Cm1 => {
                format!("{} ({})", self.bytes[profile.name()], ratio(self.of_upstream(profile)))
            }
        }
    }
}
