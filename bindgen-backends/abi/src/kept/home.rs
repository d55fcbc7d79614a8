//! Where types are defined that values have which stay objects: an interface cannot have the world's own types.

use std::collections::HashMap;

use wit_parser::{InterfaceId, Resolve, Span, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem, WorldKey};

use super::has_handles;
use crate::wit::{anonymous, definition, with_parts};

/// Moves the types that the world itself defines into the interface. The world has their names still, as `use` would give it them.
pub(super) fn adopt(resolve: &mut Resolve, world: WorldId, interface: InterfaceId) {
    let types = resolve.worlds[world].imports.iter().filter_map(|(key, item)| match (key, item) {
        (WorldKey::Name(name), WorldItem::Type { id, .. }) => Some((name.clone(), *id)),
        _ => None,
    });
    for (name, id) in types.collect::<Vec<_>>() {
        let is_alias = matches!(resolve.types[id].kind, TypeDefKind::Type(_));
        if is_alias || has_handles(resolve, &Type::Id(id)) {
            continue;
        }
        // It keeps its id, because no type may have parts with a later one: that is how `SizeAlign` computes.
        resolve.types[id].owner = TypeOwner::Interface(interface);
        within(resolve, id);
        resolve.interfaces[interface].types.insert(name.clone(), id);
        let alias = definition(Some(name.clone()), TypeDefKind::Type(Type::Id(id)), TypeOwner::World(world));
        let item = WorldItem::Type { id: resolve.types.alloc(alias), span: Span::default() };
        resolve.worlds[world].imports.insert(WorldKey::Name(name), item);
    }
}

/// Takes names of the world's out of what a type is made of.
fn within(resolve: &mut Resolve, id: TypeId) {
    let kind = resolve.types[id].kind.clone();
    let kind = with_parts(kind, &mut |part| {
        let part = meant(resolve, part);
        if let Type::Id(part) = part
            && let TypeOwner::None = resolve.types[part].owner
        {
            within(resolve, part);
        }
        part
    });
    resolve.types[id].kind = kind;
}

/// The type that a name of the world's stands for.
fn meant(resolve: &Resolve, ty: Type) -> Type {
    match ty {
        Type::Id(id) => match (&resolve.types[id].owner, &resolve.types[id].kind) {
            (TypeOwner::World(_), TypeDefKind::Type(inner)) => meant(resolve, *inner),
            _ => ty,
        },
        _ => ty,
    }
}

/// What types are called in the interface.
pub(super) struct Home {
    interface: InterfaceId,
    /// Types of other interfaces whose names it has.
    named: HashMap<String, TypeId>,
    /// Those whose names were taken, and what they are called instead.
    renamed: HashMap<TypeId, TypeId>,
}

impl Home {
    pub fn new(interface: InterfaceId) -> Self {
        Home { interface, named: HashMap::new(), renamed: HashMap::new() }
    }

    /// The same type without names of the world's in it, and without two parts of one name.
    pub fn homed(&mut self, resolve: &mut Resolve, ty: Type) -> Type {
        let ty = meant(resolve, ty);
        let Type::Id(id) = ty else { return ty };
        let TypeOwner::None = resolve.types[id].owner else { return ty };
        let kind = with_parts(resolve.types[id].kind.clone(), &mut |part| self.part(resolve, part));
        // What others use as well stays as it is.
        if resolve.types[id].kind == kind { ty } else { anonymous(resolve, kind) }
    }

    fn part(&mut self, resolve: &mut Resolve, ty: Type) -> Type {
        let ty = meant(resolve, ty);
        let Type::Id(id) = ty else { return ty };
        match resolve.types[id].owner {
            TypeOwner::None => self.homed(resolve, ty),
            TypeOwner::Interface(owner) if owner != self.interface => Type::Id(self.called(resolve, id)),
            TypeOwner::Interface(_) | TypeOwner::World(_) => ty,
        }
    }

    /// The type, or a name with a number for it: generators call types after the names of their parts.
    fn called(&mut self, resolve: &mut Resolve, id: TypeId) -> TypeId {
        if let Some(renamed) = self.renamed.get(&id) {
            return *renamed;
        }
        let Some(name) = resolve.types[id].name.clone() else { return id };
        let own = &resolve.interfaces[self.interface].types;
        if !own.contains_key(&name) && *self.named.entry(name.clone()).or_insert(id) == id {
            return id;
        }
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let free = |name: &String| !own.contains_key(name) && !self.named.contains_key(name);
        let free = { numbered }.find(free).unwrap_or_default();
        let alias =
            definition(Some(free.clone()), TypeDefKind::Type(Type::Id(id)), TypeOwner::Interface(self.interface));
        let alias = resolve.types.alloc(alias);
        resolve.interfaces[self.interface].types.insert(free, alias);
        self.renamed.insert(id, alias);
        alias
    }
}
