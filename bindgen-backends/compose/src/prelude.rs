//! The imports of a composition: what its guests import and no guest exports, merged.
//!
//! wit-component leaves out of a component's imports what the component does not use, so two guests that import one
//! interface see different parts of it. Their union is made of their WIT (wit-parser merges partial views of an interface),
//! and encoded by wit-component as the imports of a component without code.

use std::collections::HashMap;

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};
use wit_component::{ComponentEncoder, DecodedWasm, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{
    CloneMaps, Function, IndexMap, Interface, InterfaceId, LiftLowerAbi, ManglingAndAbi, Resolve, TypeOwner, WorldId,
    WorldItem, WorldKey,
};

use crate::upstream::caught;

/// The WIT of a component.
#[derive(Clone)]
pub struct Wit {
    /// Its types.
    pub resolve: Resolve,
    /// Its world.
    pub world: WorldId,
}

impl Wit {
    /// The WIT of a component.
    ///
    /// # Errors
    /// When it has none: a component whose types WIT cannot say.
    pub fn of(component: &[u8]) -> Result<Self> {
        match caught(|| wit_component::decode(component)).context("its types cannot be said in WIT")? {
            DecodedWasm::Component(mut resolve, world) => {
                // What is imported and exported under one name has other resources on each side.
                resolve.generate_nominal_type_ids(world);
                Ok(Wit { resolve, world })
            }
            DecodedWasm::WitPackage(..) => anyhow::bail!("it is a WIT package and has no code"),
        }
    }

    /// The interface that it imports under a name.
    pub fn import(&self, name: &str) -> Option<&Interface> {
        self.import_id(name).map(|id| &self.resolve.interfaces[id])
    }

    /// The same.
    pub fn import_id(&self, name: &str) -> Option<InterfaceId> {
        self.named(&self.resolve.worlds[self.world].imports, name)
    }

    /// The interface that it exports under a name.
    pub fn export_id(&self, name: &str) -> Option<InterfaceId> {
        self.named(&self.resolve.worlds[self.world].exports, name)
    }

    /// The functions that its world imports.
    pub fn imported_functions(&self) -> Vec<WorldFunction<'_>> {
        self.functions(&self.resolve.worlds[self.world].imports)
    }

    /// The functions that its world exports.
    pub fn exported_functions(&self) -> Vec<WorldFunction<'_>> {
        self.functions(&self.resolve.worlds[self.world].exports)
    }

    /// The function that it exports under a name at the level of its world.
    pub fn exported_function(&self, name: &str) -> Option<&Function> {
        let found = self.exported_functions().into_iter().find(|one| one.key.is_none() && one.function.name == name);
        found.map(|one| one.function)
    }

    /// The function that it imports under a name at the level of its world.
    pub fn imported_function(&self, name: &str) -> Option<&Function> {
        let found = self.imported_functions().into_iter().find(|one| one.key.is_none() && one.function.name == name);
        found.map(|one| one.function)
    }

    /// A function of an interface that it imports.
    pub fn function_of_import(&self, interface: &str, name: &str) -> Option<&Function> {
        self.import(interface)?.functions.get(name)
    }

    /// A function of an interface that it exports.
    pub fn function_of_export(&self, interface: &str, name: &str) -> Option<&Function> {
        self.resolve.interfaces[self.export_id(interface)?].functions.get(name)
    }

    fn functions<'w>(&'w self, items: &'w IndexMap<WorldKey, WorldItem>) -> Vec<WorldFunction<'w>> {
        let mut found = Vec::new();
        for (key, item) in items {
            match item {
                WorldItem::Interface { id, .. } => {
                    let interface = self.resolve.name_world_key(key);
                    let functions = self.resolve.interfaces[*id].functions.values();
                    let one = |function| WorldFunction { key: Some(key), interface: interface.clone(), function };
                    found.extend(functions.map(one));
                }
                WorldItem::Function(function) => {
                    found.push(WorldFunction { key: None, interface: ROOT.to_owned(), function });
                }
                WorldItem::Type { .. } => {}
            }
        }
        found
    }

    fn named(&self, items: &IndexMap<WorldKey, WorldItem>, name: &str) -> Option<InterfaceId> {
        items.iter().find_map(|(key, item)| match item {
            WorldItem::Interface { id, .. } if self.resolve.name_world_key(key) == name => Some(*id),
            _ => None,
        })
    }
}

/// What stands for the interface of functions at the level of the world.
pub const ROOT: &str = "$root";

/// A function that a world imports or exports.
#[derive(Clone, Debug)]
pub struct WorldFunction<'w> {
    /// Its interface; `None`: it is at the level of the world.
    pub key: Option<&'w WorldKey>,
    /// The interface's name, or [`ROOT`].
    pub interface: String,
    /// The function.
    pub function: &'w Function,
}

/// The types and imports that a composition begins with.
pub struct Prelude {
    /// A component that has them, and nothing else that counts.
    pub component: Vec<u8>,
    /// The imported instances, by name.
    pub instances: HashMap<String, u32>,
}

/// Merges the imports of some components that `wanted` takes: (index of the component, name of the import).
///
/// # Errors
/// When two components disagree about an interface.
pub fn merge(wits: &[Option<Wit>], wanted: impl Fn(usize, &str) -> bool) -> Result<Prelude> {
    let mut merged: Option<Wit> = None;
    for (index, wit) in wits.iter().enumerate() {
        let Some(mut wit) = wit.clone() else { continue };
        let dropped: Vec<_> = {
            let imports = wit.resolve.worlds[wit.world].imports.keys();
            imports.filter(|key| !wanted(index, &wit.resolve.name_world_key(key))).cloned().collect()
        };
        let world = &mut wit.resolve.worlds[wit.world];
        world.exports.clear();
        for key in dropped {
            if let Some(WorldItem::Type { id, .. }) = world.imports.shift_remove(&key) {
                // Functions that were exported may still be made of it.
                let ty = &mut wit.resolve.types[id];
                (ty.owner, ty.name) = (TypeOwner::None, None);
            }
        }
        merged = Some(match merged {
            None => wit,
            Some(all) => join(all, wit)?,
        });
    }
    let merged = merged.context("there is nothing to compose")?;
    let component = encode(&merged)?;
    let instances = imported(&component)?;
    Ok(Prelude { component, instances })
}

fn join(mut all: Wit, wit: Wit) -> Result<Wit> {
    let mut wit = wit;
    // Every decoded component has the same package and world name: two views of two worlds, not of one.
    let name = format!("guest{}", all.resolve.worlds.len());
    rename(&mut wit, &name);
    let remap =
        all.resolve.merge(wit.resolve).context("the components disagree about an interface that they import")?;
    let world = remap.map_world(wit.world, Default::default())?;
    all.resolve
        .merge_worlds(world, all.world, &mut CloneMaps::default())
        .context("the components disagree about an interface that they import")?;
    Ok(all)
}

/// Gives a world's package a name that no other has.
fn rename(wit: &mut Wit, name: &str) {
    let Some(package) = wit.resolve.worlds[wit.world].package else { return };
    let mut renamed = wit.resolve.packages[package].name.clone();
    wit.resolve.package_names.shift_remove(&renamed);
    renamed.name = name.to_owned();
    wit.resolve.packages[package].name = renamed.clone();
    wit.resolve.package_names.insert(renamed, package);
}

/// Versions of an interface stay apart, compatible or not: a guest sees a part of its own version, and that part of another may
/// not be what a second guest needs.
fn encode(wit: &Wit) -> Result<Vec<u8>> {
    let mut module = dummy_module(&wit.resolve, wit.world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &wit.resolve, wit.world, StringEncoding::UTF8, false)?;
    let mut encoder = ComponentEncoder::default();
    encoder.merge_imports_based_on_semver(false);
    encoder.module(&module)?.encode().context("the merged imports cannot be encoded")
}

fn imported(component: &[u8]) -> Result<HashMap<String, u32>> {
    let mut instances = HashMap::new();
    for payload in Parser::new(0).parse_all(component) {
        match payload? {
            Payload::ComponentImportSection(section) => {
                for import in section {
                    let index = instances.len() as u32;
                    instances.insert(import?.name.name.to_owned(), index);
                }
            }
            Payload::ModuleSection { .. } => break,
            _ => {}
        }
    }
    Ok(instances)
}
