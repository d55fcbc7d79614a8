//! Parameters and results that patterns name, for a generator that makes something else of them than records.

use std::collections::BTreeSet;

use onramp_abi::Error;
use wit_parser::{Resolve, Type, WorldId};

use super::pattern::Pattern;
use crate::{Direction, WorldFunction, functions};

/// Parameters and results of a world's functions.
#[derive(Clone, Debug, Default)]
pub struct Named(BTreeSet<Key>);

/// A direction, an interface, a function, and a parameter; `None`: the result.
type Key = (Direction, Option<String>, String, Option<String>);

impl Named {
    /// Those that patterns name, of those whose type `is_meant`; functions that no profile covers aside.
    ///
    /// # Errors
    /// When a pattern names none: with the pattern, the `option` that it is from, `what` that option is for, and the functions that
    /// there are.
    pub fn new(
        resolve: &Resolve,
        world: WorldId,
        patterns: &[String],
        (option, what): (&str, &str),
        is_meant: &dyn Fn(&Type) -> bool,
    ) -> Result<Named, Error> {
        let mut named = BTreeSet::new();
        let mut there = BTreeSet::new();
        let parsed: Vec<Pattern> = patterns.iter().map(|text| Pattern::new(text)).collect();
        let mut unused: BTreeSet<usize> = (0..parsed.len()).collect();
        for one in functions(resolve, world).iter().filter(|one| one.eager_because(resolve).is_none()) {
            let interface = one.interface.map(|key| resolve.name_world_key(key));
            for part in parts(one).filter(|(_, ty)| is_meant(ty)).map(|(part, _)| part) {
                there.insert(format!("`{}#{}`", interface.as_deref().unwrap_or_default(), one.function.name));
                for (index, pattern) in parsed.iter().enumerate() {
                    if pattern.matches(interface.as_deref(), &one.function.name, part.unwrap_or("result")) {
                        unused.remove(&index);
                        named.insert(key(resolve, one, part));
                    }
                }
            }
        }
        let shown = || match there.is_empty() {
            true => "none".to_owned(),
            false => there.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        match unused.first() {
            Some(index) => Err(Error::new(format!(
                "`{option} {}` names no function with {what} to receive or send; there is: {}",
                parsed[*index],
                shown()
            ))),
            None => Ok(Named(named)),
        }
    }

    /// Whether this parameter of a function, or its result (`None`), is among them.
    pub fn contains(&self, resolve: &Resolve, function: &WorldFunction<'_>, part: Option<&str>) -> bool {
        self.0.contains(&key(resolve, function, part))
    }
}

fn key(resolve: &Resolve, one: &WorldFunction<'_>, part: Option<&str>) -> Key {
    let interface = one.interface.map(|key| resolve.name_world_key(key));
    (one.direction, interface, one.function.name.clone(), part.map(str::to_owned))
}

fn parts<'f>(one: &WorldFunction<'f>) -> impl Iterator<Item = (Option<&'f str>, &'f Type)> {
    let params = one.function.params.iter().map(|param| (Some(param.name.as_str()), &param.ty));
    params.chain(one.function.result.iter().map(|result| (None, result)))
}

/// Whether there is a string, list or map in a type that can arrive as a handle: also in options, results and tuples without a name.
pub fn can_be_lazy(resolve: &Resolve, ty: &Type) -> bool {
    super::has_dynamic(resolve, ty)
}
