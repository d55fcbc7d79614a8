//! The option `--lazy` under a profile that passes objects: what arrives stays one, and is read when the guest's code wants it.

use std::collections::BTreeSet;

use onramp_abi::kept::{Place, can_stay};
use onramp_abi::{Data, Error, Profile};
use wit_parser::{Resolve, Type, WorldId};

use crate::functions;
use crate::lazy::pattern::Pattern;

/// The places where values stay objects, of those that patterns name: parameters and results that are texts, lists, records or variants
/// and have no resources in them. None in a profile without objects.
///
/// A pattern is one of [`lazy::rewrite`](crate::lazy::rewrite).
///
/// # Errors
/// When a pattern names no such place.
pub fn places(resolve: &Resolve, world: WorldId, profile: Profile, patterns: &[String]) -> Result<Vec<Place>, Error> {
    if profile.data() == Data::Linear {
        return Ok(Vec::new());
    }
    let patterns: Vec<Pattern> = patterns.iter().map(|text| Pattern::new(text)).collect();
    let (mut places, mut used) = (BTreeSet::new(), BTreeSet::new());
    for one in functions(resolve, world).into_iter().filter(|one| one.eager_because(resolve).is_none()) {
        let interface = one.interface.map(|key| resolve.name_world_key(key));
        let params = one.function.params.iter().map(|param| (param.name.as_str(), param.ty));
        let parts: Vec<(&str, Type)> = params.chain(one.function.result.map(|ty| ("result", ty))).collect();
        for (part, _) in parts.into_iter().filter(|(_, ty)| can_stay(resolve, ty)) {
            let matches = |pattern: &Pattern| pattern.matches(interface.as_deref(), &one.function.name, part);
            let matching = (0..patterns.len()).filter(|index| matches(&patterns[*index]));
            let matching: Vec<usize> = matching.collect();
            if !matching.is_empty() {
                used.extend(matching);
                places.insert(Place {
                    interface: interface.clone().unwrap_or_else(|| "$root".to_owned()),
                    function: one.function.name.clone(),
                    part: part.to_owned(),
                });
            }
        }
    }
    match patterns.iter().enumerate().find(|(index, _)| !used.contains(index)) {
        Some((_, pattern)) => Err(Error::new(format!(
            "`--lazy {pattern}` names no function with texts, lists, records or variants, without resources in them, that could stay \
             objects"
        ))),
        None => Ok(places.into_iter().collect()),
    }
}

/// The lines of the section `onramp:abi` that say so.
pub fn lines(places: &[Place]) -> String {
    places.iter().map(|place| format!("{}{place}\n", onramp_abi::kept::LINE)).collect()
}
