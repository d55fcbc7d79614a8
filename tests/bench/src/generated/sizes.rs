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

/// The sizes of one thing under every profile. The eager ones are upstream's, if it has such a thing.
#[derive(Debug, Serialize)]
pub struct Sizes {
    /// The guest's language.
    pub language: &'static str,
    /// The guest, or all of them.
    pub guest: &'static str,
    /// What of it: its bindings, its core module or its component; or the header that all bindings share.
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
    let headers = guests.iter().map(|(profile, guests)| (profile.name(), guests.each()[0].1.header()));
    let bytes: BTreeMap<_, _> = headers.filter(|(_, bytes)| *bytes > 0).collect();
    if !bytes.is_empty() {
        all.push(Sizes { language, guest: "guests", what: "shared header", bytes });
    }
    Ok(all)
}

type Size = fn(&Built) -> Result<usize>;

/// What is measured.
const WHAT: [(&str, Size); 3] =
    [("bindings", |built| Ok(built.source())), ("core module", Built::module), ("component", Built::component)];

impl Sizes {
    /// A size beside upstream's; `None`: upstream has no such thing.
    pub fn of_upstream(&self, profile: Profile) -> Option<f64> {
        let upstream = self.bytes.get(Profile::Eager.name())?;
        Some(self.bytes[profile.name()] as f64 / *upstream as f64)
    }

    /// A size, as the table shows it.
    pub fn cell(&self, profile: Profile) -> String {
        let Some(bytes) = self.bytes.get(profile.name()) else { return "–".to_owned() };
        match (profile, self.of_upstream(profile)) {
            (Profile::Multivalue | Profile::Lazy | Profile::Cm1 | Profile::Gc, Some(of_upstream)) => {
                format!("{bytes} ({})", ratio(of_upstream))
            }
            (Profile::Eager, _) | (_, None) => bytes.to_string(),
        }
    }
}
