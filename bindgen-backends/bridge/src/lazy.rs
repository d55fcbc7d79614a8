//! The option `--lazy`: functions whose strings, lists and maps arrive as handles that the guest's code reads when it wants to, and
//! can pass on unread.
//!
//! Two words, a handle and a length, are a record of two u32 as far as flattening and layout go. So [`rewrite`] puts records in the
//! place of dynamic values, and the generator gives these records a type of its own: eager code then lifts and lowers just the words.
//!
//! What is rewritten are parameters and results that are dynamic, also within options, results and tuples that have no name. In types
//! with a name nothing changes: other functions use them too.

mod named;
pub(crate) mod pattern;
mod records;

pub use named::{Named, can_be_lazy};

use std::collections::BTreeSet;

use onramp_abi::{Error, Shape, Types};
use wit_parser::{Function, Resolve, Type, TypeDefKind, TypeId, WorldId, WorldItem, WorldKey};

use crate::{Direction, Place, Results, Step, functions};
use pattern::Pattern;
use records::Records;

/// On which side of a call a value is, seen from the guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// A parameter of an export: the handle dies when the export returns.
    Argument,
    /// The result of an import: the handle has to be dropped.
    Returned,
    /// A parameter of an import. The words are pointer and length of what the guest has, or a handle that it passes on and
    /// [`onramp_abi::FORWARDED`].
    Lent,
    /// The result of an export. The words are as in `Lent`; what the guest has is freed by post-return, a handle is dropped there.
    Given,
}

/// A record that stands for dynamic values of one type.
#[derive(Clone, Debug)]
pub struct LazyType {
    /// The interface that the record is in; `None`: it is the world's.
    pub interface: Option<WorldKey>,
    /// Whether that is an import or an export.
    pub direction: Direction,
    /// Where values of it are.
    pub position: Position,
    /// The record `{ handle: u32, length: u32 }`.
    pub record: TypeId,
    /// Its name, such as `lazy-list-u8`.
    pub name: String,
    /// The element's type; `None`: it is text.
    pub element: Option<Type>,
    /// The function of the same interface whose bindings lift elements, for languages that need one: an import
    /// `func(handle: u32, start: u32, count: u32) -> list<element>`, or an export `func(elements: list<element>)`. No such
    /// function is in the guest's world: the generator makes of it what it needs.
    pub lift: Option<String>,
}

/// What a language says about itself.
pub struct Language<'a> {
    /// Whether elements of this type need a function to lift them.
    pub lifts: &'a dyn Fn(&Resolve, &Type) -> bool,
    /// Whether a guest's own list of this element is in memory as the ABI has it. If not, lists of it that the guest sends stay what
    /// they are, unless a pattern names the parameter or the result: then only a handle can be sent there.
    pub sends: &'a dyn Fn(&Resolve, &Type) -> bool,
}

/// Puts records in the place of dynamic values in the functions that patterns name. The world's interfaces are made nominal first.
///
/// A pattern is `all`, an interface (`ns:pkg/iface`, with or without its version), a function of one (`ns:pkg/iface#func`), or a
/// function of the world (`#func`), each with `*` for any text; behind a function may stand `:param` or `:result`.
///
/// # Errors
/// When a pattern matches no function that has something to rewrite: with the pattern.
pub fn rewrite(
    resolve: &mut Resolve,
    world: WorldId,
    patterns: &[String],
    language: &Language<'_>,
) -> Result<Vec<LazyType>, Error> {
    resolve.generate_nominal_type_ids(world);
    let patterns: Vec<Pattern> = patterns.iter().map(|text| Pattern::new(text)).collect();
    let mut records = Records::default();
    let mut used = BTreeSet::new();
    for place in places(resolve, world) {
        let mut function = place.function(resolve, world).clone();
        let mut rewriter = Rewriter { resolve, world, place: &place, patterns: &patterns, language };
        if rewriter.function(&mut function, &mut records, &mut used) {
            *place.function_mut(resolve, world) = function;
        }
    }
    match patterns.iter().enumerate().find(|(index, _)| !used.contains(index)) {
        Some((_, pattern)) => Err(Error::new(format!(
            "`--lazy {pattern}` names no function with strings, lists or maps to receive or send; there is: {}",
            shown(resolve, world)
        ))),
        None => Ok(records.types),
    }
}

/// What records in the results of an export hold, to be done with in post-return, in the places where `results` has them: each a
/// [`Step::Reclaim`].
///
/// # Errors
/// When a type is larger than a memory.
pub fn given(
    types: &mut Types<'_>,
    lazy: &[LazyType],
    function: &Function,
    results: &Results,
) -> Result<Vec<Step>, Error> {
    let Some(result) = &function.result else { return Ok(Vec::new()) };
    let start = match results {
        Results::Eager => Place::Memory(0),
        Results::Several { .. } => Place::Core(0),
    };
    reclaimed(types, lazy, result, start)
}

fn reclaimed(types: &mut Types<'_>, lazy: &[LazyType], ty: &Type, at: Place) -> Result<Vec<Step>, Error> {
    let Type::Id(id) = ty else { return Ok(Vec::new()) };
    if let Some(index) = lazy.iter().position(|lazy| lazy.record == *id) {
        return Ok(vec![Step::Reclaim { first: at, length: behind(at, 1, 4), lazy: index }]);
    }
    let kind = types.resolve().types[*id].kind.clone();
    let parts = match &kind {
        TypeDefKind::Tuple(tuple) => return each_reclaimed(types, lazy, ty, &tuple.types, at),
        TypeDefKind::Option(some) => vec![None, Some(*some)],
        TypeDefKind::Result(result) => vec![result.ok, result.err],
        TypeDefKind::Type(inner) => return reclaimed(types, lazy, inner, at),
        _ => return Ok(Vec::new()),
    };
    let ty = types.add(ty)?;
    let Shape::Variant { payload, .. } = types[ty].shape else { return Ok(Vec::new()) };
    let mut each = Vec::new();
    for part in parts {
        let steps = part.map(|part| reclaimed(types, lazy, &part, behind(at, 1, payload)));
        each.push(steps.transpose()?.unwrap_or_default());
    }
    Ok(crate::received::matched(at, 1, each))
}

fn each_reclaimed(
    types: &mut Types<'_>,
    lazy: &[LazyType],
    tuple: &Type,
    parts: &[Type],
    at: Place,
) -> Result<Vec<Step>, Error> {
    let tuple = types.add(tuple)?;
    let Shape::Record(fields) = types[tuple].shape.clone() else { return Ok(Vec::new()) };
    let (mut steps, mut core) = (Vec::new(), 0);
    for (part, field) in parts.iter().zip(fields) {
        steps.extend(reclaimed(types, lazy, part, behind(at, core, field.offset))?);
        if let Place::Core(_) = at {
            core += crate::received::count(types, field.ty)?;
        }
    }
    Ok(steps)
}

/// The place so many core values or bytes behind another.
fn behind(at: Place, cores: usize, bytes: u32) -> Place {
    match at {
        Place::Core(core) => Place::Core(core + cores),
        Place::Memory(offset) => Place::Memory(offset + bytes),
    }
}

/// Where a function is in the world.
struct FunctionPlace {
    direction: Direction,
    key: WorldKey,
    /// Its name in the interface; `None`: it is the world's own.
    name: Option<String>,
}

impl FunctionPlace {
    fn function<'r>(&self, resolve: &'r Resolve, world: WorldId) -> &'r Function {
        match (self.item(resolve, world), &self.name) {
            (WorldItem::Interface { id, .. }, Some(name)) => &resolve.interfaces[*id].functions[name],
            (WorldItem::Function(function), None) => function,
            _ => unreachable!("the place of a function"),
        }
    }

    fn function_mut<'r>(&self, resolve: &'r mut Resolve, world: WorldId) -> &'r mut Function {
        if let (WorldItem::Interface { id, .. }, Some(name)) = (self.item(resolve, world), &self.name) {
            let id = *id;
            return &mut resolve.interfaces[id].functions[name];
        }
        let world = &mut resolve.worlds[world];
        let items = match self.direction {
            Direction::Import => &mut world.imports,
            Direction::Export => &mut world.exports,
        };
        match &mut items[&self.key] {
            WorldItem::Function(function) => function,
            _ => unreachable!("the place of a function"),
        }
    }

    fn item<'r>(&self, resolve: &'r Resolve, world: WorldId) -> &'r WorldItem {
        let world = &resolve.worlds[world];
        match self.direction {
            Direction::Import => &world.imports[&self.key],
            Direction::Export => &world.exports[&self.key],
        }
    }
}

/// The functions that profiles cover.
fn places(resolve: &Resolve, world: WorldId) -> Vec<FunctionPlace> {
    let covered = functions(resolve, world).into_iter().filter(|one| one.eager_because(resolve).is_none());
    let place = |one: crate::WorldFunction<'_>| FunctionPlace {
        direction: one.direction,
        key: one.interface.cloned().unwrap_or_else(|| WorldKey::Name(one.function.name.clone())),
        name: one.interface.map(|_| one.function.name.clone()),
    };
    covered.map(place).collect()
}

/// The functions that a pattern might name, for a message.
fn shown(resolve: &Resolve, world: WorldId) -> String {
    let name = |place: &FunctionPlace| match &place.name {
        Some(name) => format!("{}#{name}", resolve.name_world_key(&place.key)),
        None => format!("#{}", place.function(resolve, world).name),
    };
    let dynamic = |place: &FunctionPlace| {
        let function = place.function(resolve, world);
        function.params.iter().map(|param| &param.ty).chain(&function.result).any(|ty| has_dynamic(resolve, ty))
    };
    let names: BTreeSet<String> = places(resolve, world).iter().filter(|place| dynamic(place)).map(name).collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    }
}

/// Whether there is a value here that could become a record.
fn has_dynamic(resolve: &Resolve, ty: &Type) -> bool {
    match dynamic(resolve, ty) {
        Some(_) => true,
        None => parts(resolve, ty).iter().any(|part| has_dynamic(resolve, part)),
    }
}

/// What a dynamic type is made of.
enum Dynamic {
    Text,
    List(Type),
    Map(Type, Type),
}

fn dynamic(resolve: &Resolve, ty: &Type) -> Option<Dynamic> {
    match ty {
        Type::String => Some(Dynamic::Text),
        Type::Id(id) => match &resolve.types[*id].kind {
            TypeDefKind::List(element) => Some(Dynamic::List(*element)),
            TypeDefKind::Map(key, value) => Some(Dynamic::Map(*key, *value)),
            TypeDefKind::Type(inner) => dynamic(resolve, inner),
            _ => None,
        },
        _ => None,
    }
}

/// The parts of an option, result or tuple without a name.
fn parts(resolve: &Resolve, ty: &Type) -> Vec<Type> {
    let Type::Id(id) = ty else { return Vec::new() };
    let definition = &resolve.types[*id];
    match (&definition.name, &definition.kind) {
        (None, TypeDefKind::Option(some)) => vec![*some],
        (None, TypeDefKind::Result(result)) => result.ok.into_iter().chain(result.err).collect(),
        (None, TypeDefKind::Tuple(tuple)) => tuple.types.clone(),
        _ => Vec::new(),
    }
}

struct Rewriter<'a> {
    resolve: &'a mut Resolve,
    world: WorldId,
    place: &'a FunctionPlace,
    patterns: &'a [Pattern],
    language: &'a Language<'a>,
}

impl Rewriter<'_> {
    /// Whether anything was rewritten. The numbers of the patterns that did it go into `used`.
    fn function(&mut self, function: &mut Function, records: &mut Records, used: &mut BTreeSet<usize>) -> bool {
        let (input, output) = match self.place.direction {
            Direction::Import => (Position::Lent, Position::Returned),
            Direction::Export => (Position::Argument, Position::Given),
        };
        let name = function.name.clone();
        let mut any = false;
        for param in &mut function.params {
            any |= self.part(&mut param.ty, &name, &param.name, input, records, used);
        }
        if let Some(result) = &mut function.result {
            any |= self.part(result, &name, "result", output, records, used);
        }
        any
    }

    fn part(
        &mut self,
        ty: &mut Type,
        function: &str,
        part: &str,
        position: Position,
        records: &mut Records,
        used: &mut BTreeSet<usize>,
    ) -> bool {
        let interface = self.place.name.as_ref().map(|_| self.resolve.name_world_key(&self.place.key));
        let matches = |pattern: &Pattern| pattern.matches(interface.as_deref(), function, part);
        let matching: Vec<usize> =
            self.patterns.iter().enumerate().filter(|(_, pattern)| matches(pattern)).map(|(index, _)| index).collect();
        if matching.is_empty() || !has_dynamic(self.resolve, ty) {
            return false;
        }
        let exact = matching.iter().any(|index| self.patterns[*index].names_part());
        // What stays as it is because the language cannot send it has been matched all the same.
        used.extend(matching);
        let rewritten = self.ty(*ty, position, exact, records);
        std::mem::replace(ty, rewritten) != rewritten
    }

    fn ty(&mut self, ty: Type, position: Position, exact: bool, records: &mut Records) -> Type {
        if let Some(dynamic) = dynamic(self.resolve, &ty) {
            let element = match dynamic {
                Dynamic::Text => None,
                Dynamic::List(element) => Some(element),
                Dynamic::Map(key, value) => Some(records::tuple(self.resolve, vec![key, value])),
            };
            let sends = matches!(position, Position::Lent | Position::Given);
            if sends && !exact && element.is_some_and(|element| !(self.language.sends)(self.resolve, &element)) {
                return ty;
            }
            return records.record(self, position, element);
        }
        let parts = parts(self.resolve, &ty);
        let rewritten: Vec<Type> = parts.iter().map(|part| self.ty(*part, position, exact, records)).collect();
        match parts == rewritten {
            true => ty,
            false => records::with_parts(self.resolve, ty, rewritten),
        }
    }
}
