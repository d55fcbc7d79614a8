//! Writing functions that pass between a guest and the host without an adapter.

use anyhow::{Context, Result, bail};
use onramp_adapter::{Import, POST_RETURN};
use wasm_encoder::{CanonicalOption, ExportKind};
use wasmparser::{ExternalKind, Instance};

use crate::direct::Direct;
use crate::instantiate as generated;
use crate::link::Overlay;
use crate::plan::Flat;

use super::Writer;

/// A guest's function that has its results in a return area for the host.
#[derive(Clone, Copy)]
pub(crate) struct Placed {
    pub(crate) function: u32,
    pub(crate) post_return: Option<u32>,
}

impl<'a> Writer<'a> {
    /// What the guest imports under another ABI and no adapter provides: the host's functions as they are, those with a return area
    /// around them. The skeleton has lowered them.
    pub(super) fn direct_imports(&mut self, node: usize, overlay: &Overlay) -> Result<()> {
        let flat = self.part.flats[node];
        if let Some(direct) = self.boundaries[node].areas_to_host.take() {
            let function = |key: &(String, String)| -> Result<u32> {
                let index = skeletons(flat, overlay, key)?;
                Ok(self.maps[node].core_funcs[index as usize])
            };
            let functions: Vec<u32> = direct.functions.values().map(|one| function(&one.key)).collect::<Result<_>>()?;
            let owner = self.maps[node].owner.context("the guest's memory is not taken out")?;
            let memory = self.builder.core_alias_export(None, owner, "memory", ExportKind::Memory);
            let instance =
                self.areas(&direct, &functions, memory, |_| bail!("the host has no post-return functions"))?;
            for (name, one) in &direct.functions {
                let placed = instance.function(&mut self.builder, name)?;
                self.maps[node].overlaid.direct.insert(one.key.clone(), placed);
            }
        }
        for (key, import) in &overlay.speech.imports {
            let maps = &self.maps[node];
            if !maps.adapted.contains_key(key) && !maps.overlaid.direct.contains_key(key) {
                let index = skeletons(flat, overlay, key)?;
                let mut function = maps.core_funcs[index as usize];
                if let Some(gc) = &import.gc {
                    function = self.of_type(&overlay.speech.types, &key.1, function, gc.ty)?;
                }
                self.maps[node].overlaid.direct.insert(key.clone(), function);
            }
        }
        Ok(())
    }

    /// The core function to lift for a guest's, and its options, when it has a return area for the host.
    pub(super) fn placed(
        &mut self,
        node: usize,
        core: u32,
        options: &[wasmparser::CanonicalOption],
    ) -> Result<Option<(u32, Vec<CanonicalOption>)>> {
        self.areas_from_host(node)?;
        let Some(placed) = self.maps[node].overlaid.placed.get(&core).copied() else { return Ok(None) };
        let mut options = self.options(node, options)?;
        options.retain(|option| !matches!(option, CanonicalOption::PostReturn(_)));
        options.extend(placed.post_return.map(CanonicalOption::PostReturn));
        Ok(Some((placed.function, options)))
    }

    /// Instantiates the return areas for calls from the host, unless they are there.
    fn areas_from_host(&mut self, node: usize) -> Result<()> {
        let Some(direct) = self.boundaries[node].areas_from_host.take() else { return Ok(()) };
        let mut functions = Vec::new();
        for one in direct.functions.values() {
            functions.push(self.of_guest(node, one.index)?);
        }
        let memory = self.memory_of(node)?;
        let mut post_returns = Vec::new();
        for (name, one) in &direct.functions {
            if let Some(index) = one.post_return {
                post_returns.push((name.clone(), self.of_guest(node, index)?));
            }
        }
        let post_return = |name: &str| {
            let found = post_returns.iter().find(|(of, _)| of == name);
            found.map(|(_, function)| *function).context("there is no post-return function")
        };
        let instance = self.areas(&direct, &functions, memory, post_return)?;
        for (name, one) in &direct.functions {
            let function = instance.function(&mut self.builder, name)?;
            let post_return = match one.post_return {
                Some(_) => Some(instance.function(&mut self.builder, &format!("{POST_RETURN}{name}"))?),
                None => None,
            };
            self.maps[node].overlaid.placed.insert(one.index, Placed { function, post_return });
        }
        Ok(())
    }

    /// Instantiates return areas around functions, which are in the order of their names.
    fn areas(
        &mut self,
        direct: &Direct,
        functions: &[u32],
        memory: u32,
        post_return: impl Fn(&str) -> Result<u32>,
    ) -> Result<generated::Instance> {
        let mut given = Vec::new();
        for import in &direct.adapter.imports {
            given.push(match import {
                Import::Memory(_) => (ExportKind::Memory, memory),
                Import::Function(name) => {
                    let position = direct.functions.keys().position(|known| known == name);
                    (ExportKind::Func, functions[position.context("a function is missing")?])
                }
                Import::PostReturn(name) => (ExportKind::Func, post_return(name)?),
                other => bail!("a return area needs no `{} {}`", other.module(), other.name()),
            });
        }
        generated::instantiate(&mut self.builder, "results", &direct.adapter, &given)
    }
}

/// The core function by which the skeleton gives its guest an import.
pub(super) fn skeletons(flat: &Flat, overlay: &Overlay, (interface, name): &(String, String)) -> Result<u32> {
    let is_guests = |instance: &&Instance| matches!(instance, Instance::Instantiate { module_index, .. } if *module_index == overlay.place);
    let guest = flat.shape.core_instances.iter().find(is_guests);
    let Some(Instance::Instantiate { args, .. }) = guest else { bail!("the skeleton has no guest") };
    let given = args.iter().find(|argument| argument.name == interface).map(|argument| argument.index);
    let exports = match given.and_then(|instance| flat.shape.core_instances.get(instance as usize)) {
        Some(Instance::FromExports(exports)) => &exports[..],
        Some(Instance::Instantiate { .. }) | None => &[],
    };
    let found = exports.iter().find(|export| export.name == name && export.kind == ExternalKind::Func);
    found.map(|export| export.index).with_context(|| format!("the skeleton lacks `{name}` of `{interface}`"))
}
