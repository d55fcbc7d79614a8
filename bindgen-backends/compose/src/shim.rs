//! wit-component's table of indirect calls: a guest imports functions that need its memory through it, because they can be
//! lowered only when the memory is there.

use std::collections::HashMap;

use wasmparser::{ExternalKind, Instance};

use crate::shape::{Definition, Shape};

/// Core functions that only lead, through a table, to a lowered function: wit-component's shim, by (instance, export name)
/// to the lowered function that its fixup module puts into the table under the same name.
pub(crate) fn behind_shims<'a>(shape: &Shape<'a>) -> HashMap<(u32, &'a str), u32> {
    const TABLE: &str = "$imports";
    let mut found = HashMap::new();
    let mut tables = Vec::new();
    for definition in &shape.definitions {
        if let Definition::CoreAlias(ExternalKind::Table, instance, name) = definition {
            tables.push((*instance, *name));
        }
    }
    for instance in &shape.core_instances {
        let Instance::FromExports(exports) = instance else { continue };
        let table = exports.iter().find(|export| export.name == TABLE && export.kind == ExternalKind::Table);
        let Some((shim, TABLE)) = table.and_then(|table| tables.get(table.index as usize)).copied() else { continue };
        for export in exports.iter().filter(|export| export.kind == ExternalKind::Func) {
            found.insert((shim, export.name), export.index);
        }
    }
    found
}
