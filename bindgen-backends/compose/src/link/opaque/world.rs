//! What a guest of a world may import and export under `[opaque=gc]`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use onramp_abi::{Types, names};
use wit_parser::{Function, Interface, Resolve, Type, WorldItem, WorldKey};

use crate::prelude::Wit;

use super::accessor::{Accessors, accessors};
use super::objects::{Objects, Value};

/// What the names of modules, and of exports up to `#`, begin with.
pub(super) const OPAQUE: &str = "[opaque=gc]";

/// What it becomes.
const GC: &str = "[abi=gc]";

/// Functions at the level of the world are in an interface of this name.
const ROOT: &str = "$root";

/// A name with the ABI that linking gives it.
pub(super) fn spoken(name: &str) -> String {
    name.replacen(OPAQUE, GC, 1)
}

/// What there is in a world.
pub(super) struct World {
    /// Functions to import, by module and field.
    pub(super) imports: BTreeMap<(String, String), Signature>,
    /// Functions to export, by name.
    pub(super) exports: BTreeMap<String, Signature>,
    /// Accessors, by module.
    pub(super) accessors: BTreeMap<String, Accessors>,
}

/// A function's parameters and result.
#[derive(Clone)]
pub(super) struct Signature {
    pub(super) params: Vec<Value>,
    pub(super) result: Option<Value>,
}

impl World {
    /// Reads a world. Functions that have no place in this ABI are left out: they are eager.
    ///
    /// # Errors
    /// When its types cannot be read.
    pub(super) fn of(wit: &Wit, types: &mut Types<'_>, next: u32) -> Result<(World, Vec<Vec<wasm_encoder::SubType>>)> {
        let mut objects = Objects::new(types, next);
        let mut world = World { imports: BTreeMap::new(), exports: BTreeMap::new(), accessors: BTreeMap::new() };
        let items = &wit.resolve.worlds[wit.world];
        for (key, item) in &items.imports {
            world.item(&wit.resolve, &mut objects, (key, item), true)?;
        }
        for (key, item) in &items.exports {
            world.item(&wit.resolve, &mut objects, (key, item), false)?;
        }
        Ok((world, objects.groups))
    }

    fn item(
        &mut self,
        resolve: &Resolve,
        objects: &mut Objects,
        (key, item): (&WorldKey, &WorldItem),
        is_import: bool,
    ) -> Result<()> {
        match item {
            WorldItem::Interface { id, .. } => {
                let interface = &resolve.interfaces[*id];
                let name = resolve.name_world_key(key);
                interface.functions.values().for_each(|func| self.function(objects, &name, func, is_import));
                self.interface(objects, &name, &types_of(interface))
                    .with_context(|| format!("the types of `{name}` have no form in the GC ABI"))
            }
            WorldItem::Function(func) => {
                self.function(objects, ROOT, func, is_import);
                self.interface(objects, ROOT, &of_function(func).collect::<Vec<_>>())
            }
            WorldItem::Type { id, .. } => self.interface(objects, ROOT, &[Type::Id(*id)]),
        }
    }

    fn interface(&mut self, objects: &mut Objects, name: &str, types: &[Type]) -> Result<()> {
        let all = self.accessors.entry(format!("{OPAQUE}{name}")).or_default();
        for (field, accessor) in accessors(objects, types)? {
            let known = all.entry(field).or_insert_with(|| accessor.clone());
            if *known != accessor {
                *known = None;
            }
        }
        Ok(())
    }

    fn function(&mut self, objects: &mut Objects, interface: &str, func: &Function, is_import: bool) {
        let params = func.params.iter().map(|param| objects.value(&param.ty)).collect::<Result<Vec<_>>>();
        let result = func.result.as_ref().map(|ty| objects.value(ty)).transpose();
        let (Ok(params), Ok(result), false) = (params, result, func.kind.is_async()) else {
            return;
        };
        let (module, field) = (format!("{OPAQUE}{interface}"), func.name.clone());
        let signature = Signature { params, result };
        match is_import {
            true => drop(self.imports.insert((module, field), signature)),
            false => drop(self.exports.insert(format!("{module}#{field}"), signature)),
        }
    }
}

/// The types that an interface defines, or that its functions have.
fn types_of(interface: &Interface) -> Vec<Type> {
    let named = interface.types.values().map(|id| Type::Id(*id));
    named.chain(interface.functions.values().flat_map(of_function)).collect()
}

fn of_function(func: &Function) -> impl Iterator<Item = Type> + '_ {
    func.params.iter().map(|param| param.ty).chain(func.result)
}

/// The line of `onramp:abi` that a guest has which is built for this draft.
pub(super) const DRAFT: &str = "gc 1";

/// The section that has it.
pub(super) const DRAFTS: &str = names::ABI_SECTION;
