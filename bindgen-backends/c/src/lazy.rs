//! The option `--lazy`: types and functions for values that arrive as handles.
//!
//! [`onramp_bridge::lazy`] puts records in the place of dynamic values. Here a function that takes such a record and the value that
//! it stands for is put beside each: upstream's generator then makes the value's types too, and writes their names into the
//! function's declaration. The function itself is taken out again.

mod intern;
mod names;
mod print;

use anyhow::{Result, bail};
use onramp_abi::{Lowering, Profile, Types};
use onramp_bridge::lazy::{Language, LazyType};
use onramp_bridge::{Content, Direction, Import, Step};
use wit_parser::{
    Docs, Function, FunctionKind, Param, Resolve, Span, Stability, Type, TypeDefKind, WorldId, WorldItem, WorldKey,
};

pub use names::Names;
pub use print::{declarations, definitions, reclaims};

/// What the functions beside the records are called in WIT, with a number behind it.
const FUNCTION: &str = "onramp-lazy-";

/// The lazy types of a world.
#[derive(Default)]
pub struct Lazy {
    /// As the bridge has them.
    pub types: Vec<LazyType>,
    /// The value that each stands for.
    wholes: Vec<Type>,
}

/// How a lazy type's value is received.
pub struct Reading {
    /// All of it.
    pub content: Content,
    /// What is to do in each element of a range that `lower` wrote.
    pub elements: Vec<Step>,
}

impl Lazy {
    /// Puts records in the place of dynamic values in the functions that patterns name.
    ///
    /// # Errors
    /// When a pattern names nothing, or the profile has no lazy values.
    pub fn rewrite(resolve: &mut Resolve, world: WorldId, profile: Profile, patterns: &[String]) -> Result<Lazy> {
        if patterns.is_empty() {
            return Ok(Lazy::default());
        }
        if profile.lowering() == Lowering::Eager {
            bail!("`--lazy` needs the profile `lazy` or `cm1`: under `{profile}` strings and lists arrive whole");
        }
        let language = Language { lifts: &|_, _| false, sends: &|_, _| true };
        let types = onramp_bridge::lazy::rewrite(resolve, world, patterns, &language)?;
        intern::functions(resolve, world, &types);
        let wholes = types.iter().map(|lazy| whole(resolve, lazy)).collect();
        Ok(Lazy { types, wholes })
    }

    /// Puts the functions into the world.
    pub fn add_functions(&self, resolve: &mut Resolve, world: WorldId) {
        for (number, (lazy, whole)) in self.types.iter().zip(&self.wholes).enumerate() {
            let function = function(number, [Type::Id(lazy.record), *whole]);
            let items = match lazy.direction {
                Direction::Import => &mut resolve.worlds[world].imports,
                Direction::Export => &mut resolve.worlds[world].exports,
            };
            match &lazy.interface {
                None => drop(items.insert(WorldKey::Name(function.name.clone()), WorldItem::Function(function))),
                Some(key) => {
                    if let WorldItem::Interface { id, .. } = &items[key] {
                        let id = *id;
                        resolve.interfaces[id].functions.insert(function.name.clone(), function);
                    }
                }
            }
        }
    }

    /// How the value of a lazy type is received.
    ///
    /// # Errors
    /// When it is larger than a memory.
    pub fn reading(&self, types: &mut Types<'_>, profile: Profile, number: usize) -> Result<Reading> {
        let received = |types: &mut Types<'_>, ty: Type| {
            let function = Function { result: Some(ty), params: Vec::new(), ..function(number, []) };
            Import::new(types, profile, None, &function).map(|import| import.received)
        };
        let [Step::Receive { content, .. }] = &received(types, self.wholes[number])?[..] else {
            bail!("a lazy value is one handle");
        };
        let elements = self.types[number].element.map(|element| received(types, element)).transpose()?;
        Ok(Reading { content: content.clone(), elements: elements.unwrap_or_default() })
    }
}

/// The type of the value itself.
fn whole(resolve: &mut Resolve, lazy: &LazyType) -> Type {
    let Some(element) = lazy.element else { return Type::String };
    let element = intern::first(resolve, element);
    intern::anonymous(resolve, TypeDefKind::List(element))
}

fn function<const N: usize>(number: usize, types: [Type; N]) -> Function {
    let names = ["value", "whole"];
    let param = |(name, ty): (&str, Type)| Param { name: name.to_owned(), ty, span: Span::default() };
    Function {
        name: format!("{FUNCTION}{number}"),
        kind: FunctionKind::Freestanding,
        params: names.into_iter().zip(types).map(param).collect(),
        result: None,
        docs: Docs::default(),
        stability: Stability::Unknown,
        span: Span::default(),
        external_id: None,
    }
}
