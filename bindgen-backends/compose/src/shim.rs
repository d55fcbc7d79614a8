//! wit-component's table of indirect calls: a guest imports functions that need its memory through it, because they can be
//! lowered only when the memory is there.

use std::collections::{BTreeSet, HashMap};

use wasmparser::{Export, ExternalKind, Instance};

use crate::shape::{CoreFunc, Definition, Shape};

/// The name of the shim's table.
const TABLE: &str = "$imports";

/// Core functions that only lead, through a table, to a lowered function: wit-component's shim, by (instance, export name)
/// to the lowered function that its fixup module puts into the table under the same name.
pub(crate) fn behind_shims<'a>(shape: &Shape<'a>) -> HashMap<(u32, &'a str), u32> {
    let mut found = HashMap::new();
    let tables = tables(shape);
    for instance in &shape.core_instances {
        let Some((shim, exports)) = filled(shape, &tables, instance) else { continue };
        for export in exports.iter().filter(|export| export.kind == ExternalKind::Func) {
            found.insert((shim, export.name), export.index);
        }
    }
    found
}

/// The lowered functions that instances of a module import, directly or through the shim. Another module of the component, such as
/// wit-component's adapter for WASI, may import the same component-level function by a lowered function of its own.
pub(crate) fn lowered_for(shape: &Shape, module: u32) -> BTreeSet<u32> {
    let behind = behind_shims(shape);
    let mut found = BTreeSet::new();
    for instance in &shape.core_instances {
        let Instance::Instantiate { module_index, args } = instance else { continue };
        for argument in args.iter().filter(|_| *module_index == module) {
            let Some(Instance::FromExports(exports)) = shape.core_instances.get(argument.index as usize) else {
                continue;
            };
            for export in exports.iter().filter(|export| export.kind == ExternalKind::Func) {
                found.extend(match shape.core_funcs.get(export.index as usize) {
                    Some(CoreFunc::Lower(..)) => Some(export.index),
                    Some(CoreFunc::Alias(instance, name)) => behind.get(&(*instance, *name)).copied(),
                    Some(CoreFunc::Resource(_) | CoreFunc::BuiltIn(_)) | None => None,
                });
            }
        }
    }
    found
}

/// The shim that an instance fills, or is what fills it made of.
pub(crate) fn filled_by(shape: &Shape, instance: &Instance) -> Option<u32> {
    filled(shape, &tables(shape), instance).map(|(shim, _)| shim)
}

/// The tables that are aliased, by index: the core instance and the name of its export.
fn tables<'a>(shape: &Shape<'a>) -> Vec<(u32, &'a str)> {
    let table = |definition: &Definition<'a>| match definition {
        Definition::CoreAlias(ExternalKind::Table, instance, name) => Some((*instance, *name)),
        _ => None,
    };
    shape.definitions.iter().filter_map(table).collect()
}

/// The shim that an instance fills, and what with. Older versions of wit-component give the fixup module one instance with the
/// shim's table and the functions; newer ones the shim as `shim` and the functions as `actual`.
fn filled<'s, 'a>(
    shape: &'s Shape<'a>,
    tables: &[(u32, &str)],
    instance: &'s Instance<'a>,
) -> Option<(u32, &'s [Export<'a>])> {
    match instance {
        Instance::FromExports(exports) => {
            let table = exports.iter().find(|export| export.name == TABLE && export.kind == ExternalKind::Table)?;
            let (shim, name) = tables.get(table.index as usize)?;
            (*name == TABLE).then_some((*shim, exports))
        }
        Instance::Instantiate { args, .. } => {
            let given = |name| args.iter().find(|argument| argument.name == name).map(|argument| argument.index);
            let (shim, actual) = (given("shim")?, given("actual")?);
            match shape.core_instances.get(actual as usize)? {
                Instance::FromExports(exports) => Some((shim, exports)),
                Instance::Instantiate { .. } => None,
            }
        }
    }
}
