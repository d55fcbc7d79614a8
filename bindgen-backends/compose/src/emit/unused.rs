//! What a skeleton names and nobody calls: it is there for the component's types, and has functions without code.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use wasm_encoder::ExportKind;

use crate::boundary;
use crate::link::Overlay;
use crate::link::core::{Core, CoreSignature, Item};
use crate::link::skeleton;
use crate::link::speech::{Export, MEMORY};
use crate::plan::Flat;
use crate::shape::CoreFunc;

use super::Writer;
use super::overlay::is_guest;
use super::shims::LEFT_OUT;

/// The functions that stand for what nobody calls.
#[derive(Default)]
pub(super) struct Stubs {
    /// Their core instance.
    instance: Option<u32>,
    /// Their names; in the instance, each is called by its number.
    names: Vec<String>,
    /// The core functions that the skeleton lowers for nobody.
    lowers: BTreeSet<u32>,
    /// Whether there is a memory, which canonical options name and nobody writes.
    has_memory: bool,
}

impl Writer<'_> {
    /// Instantiates the functions that a guest's skeleton names and nobody calls.
    pub(super) fn stubs(&mut self, node: usize, overlay: &Overlay) -> Result<Stubs> {
        if self.part.native_gc {
            return Ok(Stubs::default());
        }
        let Unused { functions, lowers } =
            unused(&self.boundary_of(node)?, overlay, &self.maps[node].overlaid.shims.lowers)?;
        let mut stubs = Stubs { lowers, ..Stubs::default() };
        stubs.has_memory = overlay.speech.lacks_memory() && !self.part.flats[node].shape.core_memories.is_empty();
        if !functions.is_empty() || stubs.has_memory {
            let module = skeleton::functions(&functions, stubs.has_memory);
            let module = self.builder.core_module_raw(Some("unused"), &module);
            stubs.instance = Some(self.builder.core_instantiate(Some("unused"), module, []));
            stubs.names = functions.into_iter().map(|(name, _)| name).collect();
        }
        Ok(stubs)
    }

    /// A core function that lowers one for which the guest has another ABI, as far as the skeleton is concerned: nobody calls it.
    pub(super) fn unused_lower(&mut self, node: usize, index: u32) -> Option<u32> {
        if !self.maps[node].overlaid.stubs.lowers.contains(&index) {
            return None;
        }
        self.unused(node, &lower_name(index))
    }

    /// Whether an instance is the guest, which has no memory though the skeleton names one.
    pub(super) fn lacks_memory(&self, flat: &Flat, instance: u32) -> bool {
        flat.overlay.as_ref().is_some_and(|it| it.speech.lacks_memory() && is_guest(&flat.shape, it, instance))
    }

    /// The memory that the skeleton names, of a guest that has none: nobody writes it.
    pub(super) fn unused_memory(&mut self, node: usize) -> u32 {
        let stubs = &self.maps[node].overlaid.stubs;
        match stubs.instance.filter(|_| stubs.has_memory) {
            Some(instance) => self.builder.core_alias_export(None, instance, MEMORY, ExportKind::Memory),
            None => LEFT_OUT,
        }
    }

    /// A function that the skeleton names and nobody calls.
    pub(super) fn unused(&mut self, node: usize, name: &str) -> Option<u32> {
        let stubs = &self.maps[node].overlaid.stubs;
        let number = stubs.names.iter().position(|known| known == name)?;
        Some(self.builder.core_alias_export(None, stubs.instance?, &number.to_string(), ExportKind::Func))
    }
}

fn lower_name(index: u32) -> String {
    format!("lower {index}")
}

/// What the skeleton names and nobody calls: lowered functions that the guest calls in another ABI, exports that it does not have, and
/// exports in another ABI that the host cannot call. What is in `without_shim` nobody names.
fn unused(guest: &boundary::Guest, overlay: &Overlay, without_shim: &BTreeSet<u32>) -> Result<Unused> {
    let flat = guest.flat;
    let stub = flat.shape.modules.get(overlay.place as usize).context("the guest has no place in its skeleton")?;
    let stub = Core::read(stub)?;
    let mut found = Vec::new();
    let mut lowers = BTreeSet::new();
    for (index, function) in flat.shape.core_funcs.iter().enumerate() {
        match function {
            CoreFunc::Lower(..) if without_shim.contains(&(index as u32)) => {}
            CoreFunc::Lower(function, _) => {
                let Some((interface, name)) = boundary::imported(&flat.shape, *function) else { continue };
                let key = (interface.to_owned(), name.to_owned());
                let Some(spoken) = overlay.spoken(index as u32, &key) else { continue };
                if !guest.is_direct(&key, spoken.profile)? {
                    lowers.insert(index as u32);
                    let import = stub.imports.iter().find(|import| (import.0, import.1) == (interface, name));
                    found.extend(signature(import.map(|import| &import.2)).map(|it| (lower_name(index as u32), it)));
                }
            }
            CoreFunc::Alias(instance, name) if is_guest(&flat.shape, overlay, *instance) => {
                let inside = |export: &Export| !guest.is_exported(&export.interface, &export.function);
                let missing = overlay.speech.core_name(name).is_none();
                if missing || overlay.speech.exports.get(*name).is_some_and(inside) {
                    found.extend(signature(stub.exports.get(name)).map(|it| ((*name).to_owned(), it)));
                }
            }
            CoreFunc::Alias(..) | CoreFunc::Resource(_) | CoreFunc::BuiltIn(_) => {}
        }
    }
    Ok(Unused { functions: found, lowers })
}

/// What the skeleton names and nobody calls.
struct Unused {
    /// The functions that stand for it.
    functions: Vec<(String, CoreSignature)>,
    /// The core functions that lower for nobody.
    lowers: BTreeSet<u32>,
}

fn signature(item: Option<&Item>) -> Option<CoreSignature> {
    match item {
        Some(Item::Func(function)) => function.signature.clone(),
        _ => None,
    }
}
