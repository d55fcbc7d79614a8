//! From a world to what Python needs of it.

use std::collections::HashSet;

use anyhow::Result;
use onramp_abi::{Profile, names as abi_names};
use onramp_bridge::{Direction, kept};
use wit_bindgen_core::Files;
use wit_parser::{IndexMap, Resolve, WorldId, WorldItem, WorldKey};

use crate::form::Forms;
use crate::package::Package;
use crate::table::Tables;
use crate::types::TYPES;
use crate::world::{Home, Interface, World, uncovered};
use crate::{Module, Options, Python};

/// Package, table and core functions of a world under a profile. `lazy` are the patterns of `--lazy`.
///
/// # Errors
/// When the world exports a function that Python guests do not cover, a pattern names nothing, or a type is larger than a memory: each
/// time with the name.
pub fn generate(
    resolve: &Resolve,
    world: WorldId,
    profile: Profile,
    options: &Options,
    lazy: &[String],
) -> Result<Python> {
    let nominal = nominal(resolve, world);
    let resolve = nominal.as_ref().unwrap_or(resolve);
    let places = kept::places(resolve, world, profile, lazy)?;
    let (mut changed, lazy) = (None, if places.is_empty() { lazy } else { &[] });
    if !places.is_empty() {
        onramp_abi::kept::rewrite(changed.insert(resolve.clone()), world, &places)?;
    }
    let resolve = changed.as_ref().unwrap_or(resolve);
    let forms = Forms::new(resolve, world, profile, options, lazy)?;
    let world = World::new(resolve, world, options)?;
    let tables = Tables::new(&world, &forms, profile)?;
    let mut files = Files::default();
    let package = Package { world: &world, forms: &forms };
    package.write(&mut files);
    for part in world.parts {
        package.write_part(part, &mut files);
    }
    files.push(&format!("{TYPES}.py"), include_bytes!("library/componentize_py_types.py"));
    files.push("onramp_runtime.pyi", include_bytes!("library/onramp_runtime.pyi"));
    let Tables { table, imports, exports, .. } = tables;
    Ok(Python { files, table, imports, exports, notes: notes(&world), imported: imported(&world), kept: places })
}

/// The modules of imported interfaces.
fn imported(world: &World<'_>) -> Vec<Module> {
    let module = |interface: &Interface<'_>| Module {
        interface: world.resolve.name_world_key(interface.key),
        name: world.module_name(&Home::Interface(Direction::Import, interface.name.clone())),
    };
    world.imports.iter().map(module).collect()
}

/// The world with types of their own in each interface, if it has one interface under several names: it is one in `resolve`.
fn nominal(resolve: &Resolve, world: WorldId) -> Option<Resolve> {
    let is_again = |items: &IndexMap<WorldKey, WorldItem>| {
        let mut seen = HashSet::new();
        items.values().any(|item| match item {
            WorldItem::Interface { id, .. } => !seen.insert(*id),
            WorldItem::Function(_) | WorldItem::Type { .. } => false,
        })
    };
    let items = &resolve.worlds[world];
    (is_again(&items.imports) || is_again(&items.exports)).then(|| {
        let mut resolve = resolve.clone();
        resolve.generate_nominal_type_ids(world);
        resolve
    })
}

/// What cannot be called.
fn notes(world: &World<'_>) -> Vec<String> {
    let imports = world.functions.iter().filter(|one| one.direction == Direction::Import);
    let reasons = imports.filter_map(|one| Some((one, uncovered(world.resolve, one)?)));
    let note = |(one, reason): (&onramp_bridge::WorldFunction<'_>, &str)| {
        let name = abi_names::function(world.resolve, one.interface, one.function);
        format!("{name} cannot be called: {reason}")
    };
    reasons.map(note).collect()
}
