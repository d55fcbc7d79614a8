//! Values that stay objects: C has to know a resource before the interfaces that use it, and the types of those interfaces before the
//! functions that read objects. So the resources come first, and their functions last, in an interface of their own.

use anyhow::{Context, Result, ensure};
use onramp_abi::kept::INTERFACE;
use wit_parser::{InterfaceId, Resolve, WorldId, WorldItem, WorldKey};

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
    let functions = functions_of(resolve, id);
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
fn functions_of(resolve: &mut Resolve, of: InterfaceId) -> InterfaceId {
    let mut interface = resolve.interfaces[of].clone();
    resolve.interfaces[of].functions.clear();
    interface.types.clear();
    resolve.interfaces.alloc(interface)
}

/// The source with the functions imported from where they are.
pub fn joined(source: &str) -> String {
    source.replace(&format!("ONRAMP_IMPORT(\"{FUNCTIONS}\", \"["), &format!("ONRAMP_IMPORT(\"{INTERFACE}\", \"["))
}
