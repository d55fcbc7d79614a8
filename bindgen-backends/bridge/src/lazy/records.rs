//! The records that stand for dynamic values, and the functions that lift their elements.

use std::collections::HashMap;

use wit_parser::{
    Docs, Field, Function, FunctionKind, InterfaceId, Param, Record, Resolve, Span, Stability, Tuple, Type, TypeDef,
    TypeDefKind, TypeId, TypeOwner, WorldItem, WorldKey,
};

use onramp_abi::wit::{self, anonymous, dealiased, definition};

use super::{Direction, LazyType, Position, Rewriter};

/// The records so far.
#[derive(Default)]
pub(super) struct Records {
    pub types: Vec<LazyType>,
    by_key: HashMap<(Option<WorldKey>, Direction, Position, String), TypeId>,
}

impl Records {
    /// The record for a list of these elements, or for text, in the interface of the function at hand.
    pub fn record(&mut self, rewriter: &mut Rewriter<'_>, position: Position, element: Option<Type>) -> Type {
        let place = rewriter.place;
        let interface = place.name.as_ref().map(|_| place.key.clone());
        let notation = element.map_or_else(String::new, |element| key(rewriter.resolve, &element));
        let id = (interface.clone(), place.direction, position, notation);
        if let Some(record) = self.by_key.get(&id) {
            return Type::Id(*record);
        }
        let owner = owner(rewriter);
        let name = free_name(rewriter, &owner, &name(rewriter.resolve, &interface, position, element));
        let record = define(rewriter, &owner, &name);
        let received = matches!(position, Position::Argument | Position::Returned);
        let lifted = element.filter(|element| received && (rewriter.language.lifts)(rewriter.resolve, element));
        let lift = lifted.map(|element| add_lift(rewriter, &owner, &name, element));
        self.types.push(LazyType { interface, direction: place.direction, position, record, name, element, lift });
        self.by_key.insert(id, record);
        Type::Id(record)
    }
}

/// An anonymous tuple.
pub(super) fn tuple(resolve: &mut Resolve, types: Vec<Type>) -> Type {
    anonymous(resolve, TypeDefKind::Tuple(Tuple { types }))
}

/// An option, result or tuple with other parts.
pub(super) fn with_parts(resolve: &mut Resolve, ty: Type, parts: Vec<Type>) -> Type {
    let Type::Id(id) = ty else { return ty };
    let mut parts = parts.into_iter();
    let kind = resolve.types[id].kind.clone();
    let kind = wit::with_parts(kind, &mut |part| parts.next().unwrap_or(part));
    anonymous(resolve, kind)
}

fn owner(rewriter: &Rewriter<'_>) -> TypeOwner {
    match rewriter.place.item(rewriter.resolve, rewriter.world) {
        WorldItem::Interface { id, .. } => TypeOwner::Interface(*id),
        WorldItem::Function(_) | WorldItem::Type { .. } => TypeOwner::World(rewriter.world),
    }
}

/// Adds the record to the interface, or to the world.
fn define(rewriter: &mut Rewriter<'_>, owner: &TypeOwner, name: &str) -> TypeId {
    let field =
        |name: &str| Field { name: name.to_owned(), ty: Type::U32, docs: Docs::default(), span: Span::default() };
    let kind = TypeDefKind::Record(Record { fields: vec![field("handle"), field("length")] });
    let record = rewriter.resolve.types.alloc(definition(Some(name.to_owned()), kind, *owner));
    match owner {
        TypeOwner::Interface(id) => drop(rewriter.resolve.interfaces[*id].types.insert(name.to_owned(), record)),
        TypeOwner::World(_) | TypeOwner::None => {
            let item = WorldItem::Type { id: record, span: Span::default() };
            let imports = &mut rewriter.resolve.worlds[rewriter.world].imports;
            imports.insert(WorldKey::Name(name.to_owned()), item);
        }
    }
    record
}

/// Adds the function that lifts elements, beside the record; its name.
fn add_lift(rewriter: &mut Rewriter<'_>, owner: &TypeOwner, record: &str, element: Type) -> String {
    let name = format!("lift-{record}");
    let element = match owner {
        TypeOwner::Interface(_) => element,
        TypeOwner::World(_) | TypeOwner::None => worldly(rewriter, element),
    };
    let list = anonymous(rewriter.resolve, TypeDefKind::List(element));
    let param = |name: &str, ty| Param { name: name.to_owned(), ty, span: Span::default() };
    let (params, result) = match rewriter.place.direction {
        Direction::Import => (["handle", "start", "count"].map(|name| param(name, Type::U32)).to_vec(), Some(list)),
        Direction::Export => (vec![param("elements", list)], None),
    };
    let function = Function {
        name: name.clone(),
        kind: FunctionKind::Freestanding,
        params,
        result,
        docs: Docs::default(),
        stability: Stability::Unknown,
        span: Span::default(),
        external_id: None,
    };
    match owner {
        TypeOwner::Interface(id) => {
            rewriter.resolve.interfaces[*id].functions.insert(name.clone(), function);
        }
        TypeOwner::World(_) | TypeOwner::None => {
            let world = &mut rewriter.resolve.worlds[rewriter.world];
            let items = match rewriter.place.direction {
                Direction::Import => &mut world.imports,
                Direction::Export => &mut world.exports,
            };
            items.insert(WorldKey::Name(name.clone()), WorldItem::Function(function));
        }
    }
    name
}

/// The type as a function of the world can have it: with the world's names for what interfaces define, as `use` gives them.
fn worldly(rewriter: &mut Rewriter<'_>, ty: Type) -> Type {
    let Type::Id(id) = ty else { return ty };
    let TypeDef { name, kind, owner, .. } = rewriter.resolve.types[id].clone();
    if let Some(name) = name {
        return match owner {
            TypeOwner::Interface(_) => Type::Id(used(rewriter, id, &name)),
            TypeOwner::World(_) | TypeOwner::None => ty,
        };
    }
    let parts = wit::with_parts(kind.clone(), &mut |part| worldly(rewriter, part));
    if parts == kind { ty } else { anonymous(rewriter.resolve, parts) }
}

/// The world's type that stands for an interface's, which is added where there is none.
fn used(rewriter: &mut Rewriter<'_>, id: TypeId, name: &str) -> TypeId {
    let world = &rewriter.resolve.worlds[rewriter.world];
    let meant = dealiased(rewriter.resolve, id);
    let known = world.imports.values().find_map(|item| match item {
        WorldItem::Type { id, .. } if dealiased(rewriter.resolve, *id) == meant => Some(*id),
        _ => None,
    });
    if let Some(known) = known {
        return known;
    }
    let owner = TypeOwner::World(rewriter.world);
    let name = free_name(rewriter, &owner, name);
    let alias = rewriter.resolve.types.alloc(definition(Some(name.clone()), TypeDefKind::Type(Type::Id(id)), owner));
    let item = WorldItem::Type { id: alias, span: Span::default() };
    rewriter.resolve.worlds[rewriter.world].imports.insert(WorldKey::Name(name), item);
    alias
}

fn name(resolve: &Resolve, interface: &Option<WorldKey>, position: Position, element: Option<Type>) -> String {
    let prefix = match (position, interface) {
        (Position::Argument, Some(_)) | (Position::Returned, _) => "lazy",
        // Imports and exports of a world share its types.
        (Position::Argument, None) => "lazy-argument",
        (Position::Lent, _) => "lent",
        (Position::Given, _) => "given",
    };
    match element {
        None => format!("{prefix}-string"),
        Some(element) => format!("{prefix}-list-{}", label(resolve, &element)),
    }
}

/// The name, or with a number behind it when it is taken.
fn free_name(rewriter: &Rewriter<'_>, owner: &TypeOwner, name: &str) -> String {
    let taken = |name: &str| match owner {
        TypeOwner::Interface(id) => taken_in(rewriter.resolve, *id, name),
        TypeOwner::World(_) | TypeOwner::None => {
            let key = WorldKey::Name(name.to_owned());
            let world = &rewriter.resolve.worlds[rewriter.world];
            world.imports.contains_key(&key) || world.exports.contains_key(&key)
        }
    };
    let numbered = (2..).map(|number| format!("{name}{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

fn taken_in(resolve: &Resolve, interface: InterfaceId, name: &str) -> bool {
    let interface = &resolve.interfaces[interface];
    interface.types.contains_key(name) || interface.functions.contains_key(name)
}

/// A name for a type, in kebab case.
fn label(resolve: &Resolve, ty: &Type) -> String {
    notation(resolve, ty, &|id| resolve.types[id].name.clone())
        .replace(['<', '>', ',', '_'], "-")
        .replace("--", "-")
        .trim_matches('-')
        .to_owned()
}

/// What two types that are written alike have in common, and no others.
fn key(resolve: &Resolve, ty: &Type) -> String {
    notation(resolve, ty, &|id| resolve.types[id].name.as_ref().map(|_| format!("{id:?}")))
}

fn notation(resolve: &Resolve, ty: &Type, name: &dyn Fn(TypeId) -> Option<String>) -> String {
    let Type::Id(id) = ty else { return format!("{ty:?}").to_lowercase() };
    if let Some(name) = name(*id) {
        return name;
    }
    let of = |ty: &Type| notation(resolve, ty, name);
    match &resolve.types[*id].kind {
        TypeDefKind::List(element) => format!("list<{}>", of(element)),
        TypeDefKind::FixedLengthList(element, length) => format!("list<{},{length}>", of(element)),
        TypeDefKind::Map(key, value) => format!("map<{},{}>", of(key), of(value)),
        TypeDefKind::Option(some) => format!("option<{}>", of(some)),
        TypeDefKind::Tuple(tuple) => format!("tuple<{}>", tuple.types.iter().map(of).collect::<Vec<_>>().join(",")),
        TypeDefKind::Result(result) => {
            let part = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "_".to_owned(), of);
            format!("result<{},{}>", part(&result.ok), part(&result.err))
        }
        TypeDefKind::Handle(wit_parser::Handle::Own(id)) => format!("own<{}>", of(&Type::Id(*id))),
        TypeDefKind::Handle(wit_parser::Handle::Borrow(id)) => format!("borrow<{}>", of(&Type::Id(*id))),
        TypeDefKind::Type(inner) => of(inner),
        kind => format!("{}{id:?}", kind.as_str()),
    }
}
