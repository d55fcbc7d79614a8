//! Values that stay objects: C has to know a resource before the interfaces that use it, and the types of those interfaces before the
//! functions that read objects. So the resources come first, and their functions last, in an interface of their own.

use anyhow::{Context, Result, ensure};
use onramp_abi::kept::{INTERFACE, alias};
use wit_parser::{Handle, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem, WorldKey};

/// The interface of the functions, while upstream generates: what their names begin with in C.
const FUNCTIONS: &str = "gc";

/// Takes the functions out of the interface of the resources.
///
/// # Errors
/// When the world imports something that is called as they are.
pub fn split(resolve: &mut Resolve, world: WorldId) -> Result<()> {
    let key = |name: &str| WorldKey::Name(name.to_owned());
    let imports = &resolve.worlds[world].imports;
    ensure!(
        !imports.contains_key(&key(FUNCTIONS)),
        "the world imports `{FUNCTIONS}`, which is what functions of objects are called"
    );
    let position = imports.get_index_of(&key(INTERFACE)).context("the world has no objects")?;
    let WorldItem::Interface { id, .. } = imports[position] else { return Ok(()) };
    let functions = functions_of(resolve, world, id);
    let mut item = resolve.worlds[world].imports[position].clone();
    if let WorldItem::Interface { id, .. } = &mut item {
        *id = functions;
    }
    let imports = &mut resolve.worlds[world].imports;
    imports.move_index(position, 0);
    imports.insert(key(FUNCTIONS), item);
    Ok(())
}

/// An interface with the functions of this one, which then has none.
fn functions_of(resolve: &mut Resolve, world: WorldId, of: InterfaceId) -> InterfaceId {
    let mut interface = resolve.interfaces[of].clone();
    resolve.interfaces[of].functions.clear();
    // Resources are what the types of other interfaces need; what else is in it needs these.
    let is_resource = |id: TypeId| matches!(resolve.types[id].kind, TypeDefKind::Resource);
    interface.types.retain(|_, id| !is_resource(*id));
    let types: Vec<TypeId> = interface.types.values().copied().collect();
    let mut functions = std::mem::take(&mut interface.functions);
    let interface = resolve.interfaces.alloc(interface);
    for id in types {
        resolve.types[id].owner = TypeOwner::Interface(interface);
        resolve.interfaces[of].types.retain(|_, other| *other != id);
    }
    for function in functions.values_mut() {
        for ty in function.params.iter_mut().map(|param| &mut param.ty).chain(&mut function.result) {
            use_here(resolve, world, interface, ty);
        }
    }
    resolve.interfaces[interface].functions = functions;
    interface
}

/// A handle of a resource as this interface has it.
fn use_here(resolve: &mut Resolve, world: WorldId, interface: InterfaceId, ty: &mut Type) {
    let Type::Id(id) = *ty else { return };
    let TypeDefKind::Handle(handle) = resolve.types[id].kind else { return };
    let mut own = |resource| alias(resolve, world, TypeOwner::Interface(interface), resource);
    let handle = match handle {
        Handle::Own(resource) => Handle::Own(own(resource)),
        Handle::Borrow(resource) => Handle::Borrow(own(resource)),
    };
    let mut definition = resolve.types[id].clone();
    definition.kind = TypeDefKind::Handle(handle);
    *ty = Type::Id(resolve.types.alloc(definition));
}

/// The source with the functions imported from where they are.
pub fn joined(source: &str) -> String {
    source.replace(&format!("ONRAMP_IMPORT(\"{FUNCTIONS}\", \"["), &format!("ONRAMP_IMPORT(\"{INTERFACE}\", \"["))
}
