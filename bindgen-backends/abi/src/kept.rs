//! Values that stay objects in a guest with linear memory (`docs/abi/gc.md`, "Values that stay objects").
//!
//! Where a parameter or a result is to stay an object, the guest has a handle in its place: of a resource of an interface that no
//! world of people has, [`INTERFACE`], which it imports. Methods of that resource read the object. So generators and the signatures of
//! core functions follow from WIT as always; [`rewrite`] makes it, for generators and for linking alike.

mod home;
mod objects;
mod place;

use wit_parser::{
    Docs, Function, Handle, Interface, InterfaceId, Resolve, Span, Stability, Type, TypeDefKind, TypeId, TypeOwner,
    WorldId, WorldItem, WorldKey,
};

pub use objects::{Access, Accessor, Object};
pub use place::Place;

use crate::Error;
use crate::wit::{anonymous, dealiased, definition};
use objects::Objects;

/// The interface with the resources that stand for objects, as core names have it.
pub const INTERFACE: &str = "objects";

/// What a line of the section `onramp:abi` begins with that names a place.
pub const LINE: &str = "keep ";

/// What stays objects in a world.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The types of objects.
    pub objects: Vec<Object>,
    /// The functions of [`INTERFACE`], by name.
    pub accessors: Vec<Accessor>,
}

/// Puts handles in the place of values that are to stay objects.
///
/// # Errors
/// When a place is none of the world's, or its value cannot stay an object; when the world has an interface [`INTERFACE`] itself.
pub fn rewrite(resolve: &mut Resolve, world: WorldId, places: &[Place]) -> Result<Kept, Error> {
    if places.is_empty() {
        return Ok(Kept::default());
    }
    let key = WorldKey::Name(INTERFACE.to_owned());
    if resolve.worlds[world].imports.contains_key(&key) {
        return Err(Error::new(format!(
            "the world imports `{INTERFACE}`, which is what values that stay objects need"
        )));
    }
    let added = import_types(resolve, world, places);
    resolve.generate_nominal_type_ids(world);
    let interface = resolve.interfaces.alloc(Interface {
        name: None,
        types: Default::default(),
        functions: Default::default(),
        docs: Docs::default(),
        stability: Stability::Unknown,
        package: resolve.worlds[world].package,
        span: Span::default(),
        clone_of: None,
    });
    home::adopt(resolve, world, interface);
    let mut objects = Objects::new(interface);
    for place in places {
        replace(resolve, world, place, &mut objects)?;
    }
    for interface in added {
        resolve.interfaces[interface].functions.clear();
    }
    let kept = objects.define(resolve)?;
    resolve.worlds[world].imports.insert(key, imported(interface));
    Ok(kept)
}

impl Kept {
    /// The object that a handle is for.
    pub fn object(&self, resolve: &Resolve, ty: &Type) -> Option<&Object> {
        let Type::Id(id) = ty else { return None };
        let TypeDefKind::Handle(Handle::Own(resource) | Handle::Borrow(resource)) = &resolve.types[*id].kind else {
            return None;
        };
        let resource = dealiased(resolve, *resource);
        self.objects.iter().find(|object| object.resource == resource)
    }

    /// The function with a number in place of each handle of an object: how it passes them.
    pub fn bare(&self, resolve: &Resolve, function: &Function) -> Function {
        let mut bare = function.clone();
        for ty in bare.params.iter_mut().map(|param| &mut param.ty).chain(&mut bare.result) {
            if self.object(resolve, ty).is_some() {
                *ty = Type::U32;
            }
        }
        bare
    }

    /// The function with values in place of handles of objects: how others see it.
    pub fn full(&self, resolve: &Resolve, function: &Function) -> Function {
        let mut full = function.clone();
        for ty in full.params.iter_mut().map(|param| &mut param.ty).chain(&mut full.result) {
            if let Some(object) = self.object(resolve, ty) {
                *ty = object.ty;
            }
        }
        full
    }
}

/// Whether values of a type can stay objects.
pub fn can_stay(resolve: &Resolve, ty: &Type) -> bool {
    let Type::Id(id) = ty else { return *ty == Type::String };
    match &resolve.types[*id].kind {
        TypeDefKind::Type(inner) => can_stay(resolve, inner),
        TypeDefKind::Record(_)
        | TypeDefKind::Tuple(_)
        | TypeDefKind::Variant(_)
        | TypeDefKind::Option(_)
        | TypeDefKind::Result(_)
        | TypeDefKind::List(_)
        | TypeDefKind::FixedLengthList(..)
        | TypeDefKind::Map(..) => !has_handles(resolve, ty),
        _ => false,
    }
}

/// Handles in an object are those of the guest that made it.
fn has_handles(resolve: &Resolve, ty: &Type) -> bool {
    let types = crate::Types::new(resolve).and_then(|mut types| {
        let ty = types.add(ty)?;
        Ok(types[ty].has_handles)
    });
    types.unwrap_or(true)
}

/// Imports the interfaces, of those with places, that are only exported: the types of what is read must be those of an import, as
/// [`INTERFACE`] is one. What was added.
fn import_types(resolve: &mut Resolve, world: WorldId, places: &[Place]) -> Vec<InterfaceId> {
    let exports = resolve.worlds[world].exports.clone();
    let mut added = Vec::new();
    for (key, item) in exports {
        let WorldItem::Interface { id, .. } = item else { continue };
        let name = resolve.name_world_key(&key);
        if places.iter().any(|place| place.interface == name) {
            import(resolve, world, (&key, id), &mut added);
        }
    }
    added
}

fn import(resolve: &mut Resolve, world: WorldId, (key, id): (&WorldKey, InterfaceId), added: &mut Vec<InterfaceId>) {
    let name = resolve.name_world_key(key);
    if resolve.worlds[world].imports.keys().any(|key| resolve.name_world_key(key) == name) {
        return;
    }
    for needed in resolve.interface_direct_deps(id).collect::<Vec<_>>() {
        import(resolve, world, (&WorldKey::Interface(needed), needed), added);
    }
    resolve.worlds[world].imports.insert(key.clone(), imported(id));
    added.push(id);
}

fn imported(id: InterfaceId) -> WorldItem {
    WorldItem::Interface {
        id,
        stability: Stability::Unknown,
        external_id: None,
        docs: Docs::default(),
        span: Span::default(),
    }
}

/// Puts handles in a place, on whichever sides of the world it is and can be an object.
fn replace(resolve: &mut Resolve, world: WorldId, place: &Place, objects: &mut Objects) -> Result<(), Error> {
    let [import, export] = originals(resolve, world, place);
    if import.or(export).is_none() {
        return Err(Error::new(format!(
            "`{place}`, which is to stay an object, is no parameter or result of the world"
        )));
    }
    let [import, export] = [import, export].map(|ty| ty.filter(|ty| can_stay(resolve, ty)));
    if import.or(export).is_none() {
        return Err(Error::new(format!(
            "`{place}` cannot stay an object: it is no text, list, record or variant, or has resources in it"
        )));
    }
    for (is_import, original) in [(true, import), (false, export)] {
        let Some(original) = original else { continue };
        let object = objects.object(resolve, &original)?;
        let resource = objects.resource(object);
        place.replace(resolve, world, is_import, |resolve, owner| {
            let resource = alias(resolve, world, owner, resource);
            let handle = match is_import && place.part != place::RESULT {
                true => Handle::Borrow(resource),
                false => Handle::Own(resource),
            };
            anonymous(resolve, TypeDefKind::Handle(handle))
        });
    }
    Ok(())
}

/// What is in a place of the imports and of the exports. In an interface that is both, it is the import's type: only that is one which
/// [`INTERFACE`] can have.
fn originals(resolve: &Resolve, world: WorldId, place: &Place) -> [Option<Type>; 2] {
    let world = &resolve.worlds[world];
    let import = place.ty(resolve, &world.imports);
    let export = place.ty(resolve, &world.exports);
    let imported = place.interface(resolve, &world.imports);
    let exported = place.interface(resolve, &world.exports);
    let is_both = imported.is_some() && exported.and_then(|id| resolve.interfaces[id].clone_of) == imported;
    [import, if is_both { export.and(import) } else { export }]
}

/// A resource of [`INTERFACE`] in another interface, or in the world: what `use` makes.
pub fn alias(resolve: &mut Resolve, world: WorldId, owner: TypeOwner, resource: TypeId) -> TypeId {
    let name = resolve.types[resource].name.clone().unwrap_or_default();
    let known = match owner {
        TypeOwner::Interface(id) => resolve.interfaces[id].types.get(&name).copied(),
        TypeOwner::World(_) | TypeOwner::None => {
            match resolve.worlds[world].imports.get(&WorldKey::Name(name.clone())) {
                Some(WorldItem::Type { id, .. }) => Some(*id),
                _ => None,
            }
        }
    };
    if let Some(known) = known {
        return known;
    }
    let alias = definition(Some(name.clone()), TypeDefKind::Type(Type::Id(resource)), owner);
    let alias = resolve.types.alloc(alias);
    match owner {
        TypeOwner::Interface(id) => drop(resolve.interfaces[id].types.insert(name, alias)),
        TypeOwner::World(_) | TypeOwner::None => {
            let item = WorldItem::Type { id: alias, span: Span::default() };
            resolve.worlds[world].imports.insert(WorldKey::Name(name), item);
        }
    }
    alias
}

/// The type that an alias leads to.
fn resolved(resolve: &Resolve, ty: &Type) -> Type {
    match ty {
        Type::Id(id) => match &resolve.types[*id].kind {
            TypeDefKind::Type(inner) => resolved(resolve, inner),
            _ => *ty,
        },
        _ => *ty,
    }
}
