//! Writing guests that speak other ABIs than eager: the guest in its skeleton, and the adapters between it and the host.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use onramp_abi::gc::CoreTypes;
use onramp_abi::{Ownership, Role, names};
use onramp_adapter::{Direction, Import};
use wasm_encoder::{CanonicalOption, ExportKind, ModuleArg};
use wasmparser::Instance;
use wit_parser::TypeId;

use crate::boundary::{self, Boundary};
use crate::direct::Direct;
use crate::instantiate::instantiate;
use crate::link::Overlay;
use crate::options;
use crate::outside::{self, Outside};
use crate::plan::Flat;
use crate::prelude::Wit;
use crate::resource;
use crate::shape::{CoreFunc, Shape};
use crate::thunks::{self, Thunk};

use super::direct::Placed;
use super::shims::{LEFT_OUT, Shims};
use super::unused::Stubs;
use super::{Part, Writer};

/// The adapters between a node and the host, until they are instantiated.
#[derive(Default)]
pub(super) struct Boundaries {
    pub(super) to_host: Vec<Boundary>,
    pub(super) from_host: Vec<Boundary>,
    pub(super) areas_to_host: Option<Direct>,
    pub(super) areas_from_host: Option<Direct>,
}

/// The adapters between the nodes and the host.
pub(super) fn boundaries(part: &Part) -> Result<Vec<Boundaries>> {
    let each = part.flats.iter().enumerate().map(|(node, flat)| {
        if flat.overlay.is_none() {
            return Ok(Boundaries::default());
        }
        let guest = guest(part, node)?;
        let (imports, exports) = (guest.imports()?, guest.exports()?);
        Ok(Boundaries {
            to_host: imports.adapted,
            from_host: exports.adapted,
            areas_to_host: imports.areas,
            areas_from_host: exports.areas,
        })
    });
    each.collect()
}

fn guest<'a>(part: &Part<'a>, node: usize) -> Result<boundary::Guest<'a>> {
    let wit = part.wits[part.graph.nodes[node].input].as_ref().context("a flat guest has WIT")?;
    let (flat, native_gc) = (part.flats[node], part.native_gc);
    Ok(boundary::Guest { graph: part.graph, node, flat, wit, shared: part.shared, native_gc })
}

/// What a node has because it is laid over a skeleton.
#[derive(Default)]
pub(crate) struct Overlaid {
    /// The core functions that the host's calls go to, by the guest's core function, with the memory option if it is needed, and
    /// whether results are freed.
    lifted: BTreeMap<u32, Lifted>,
    /// The functions of the host that the guest calls without an adapter, by import and function.
    pub(super) direct: BTreeMap<(String, String), u32>,
    /// Functions whose results are in a return area for the host, by the guest's core function.
    pub(super) placed: BTreeMap<u32, Placed>,
    /// What the skeleton names and nobody calls.
    pub(super) stubs: Stubs,
    /// What of the skeleton is left out.
    pub(super) shims: Shims,
    /// The guest's realloc, if calls to the host need it before the guest is there.
    pub(crate) realloc: Option<(u32, String)>,
}

#[derive(Clone, Copy)]
struct Lifted {
    function: u32,
    in_memory: bool,
    frees: bool,
}

impl<'a> Writer<'a> {
    /// What has to be there before a guest that is laid over a skeleton.
    pub(super) fn before_overlay(&mut self, node: usize, flat: &Flat<'a>) -> Result<()> {
        let Some(overlay) = &flat.overlay else { return Ok(()) };
        self.maps[node].overlaid.shims = self.shims(node, flat, overlay)?;
        self.maps[node].overlaid.stubs = self.stubs(node, overlay)?;
        if self.part.native_gc {
            self.native_imports(node, flat, overlay)?;
        }
        for boundary in std::mem::take(&mut self.boundaries[node].to_host) {
            self.calls_of_host(node, flat, &boundary)?;
        }
        Ok(())
    }

    pub(super) fn boundary_of(&self, node: usize) -> Result<boundary::Guest<'a>> {
        guest(&self.part, node)
    }

    pub(super) fn wit(&self, node: usize) -> Result<&'a Wit> {
        self.part.wits[self.part.graph.nodes[node].input].as_ref().context("a flat guest has WIT")
    }

    pub(crate) fn outside(&mut self) -> Result<Outside> {
        match &self.outside {
            Some(outside) => Ok(outside.clone()),
            None => Ok(self.outside.insert(Outside::define(&mut self.builder)?).clone()),
        }
    }

    /// A function that stands for one of the handle tables, where there are none.
    pub(crate) fn without_tables(&mut self, name: &str) -> Result<u32> {
        let instance = match &self.no_tables {
            Some(instance) => instance,
            None => self.no_tables.insert(outside::no_tables(&mut self.builder)?),
        };
        instance.function(&mut self.builder, name)
    }

    /// Instantiates the adapters for calls of the host.
    fn calls_of_host(&mut self, node: usize, flat: &Flat<'a>, boundary: &Boundary) -> Result<()> {
        let outside = self.outside()?;
        let mut functions = BTreeMap::new();
        let mut host_side = Vec::new();
        for (name, crossing) in &boundary.functions {
            let function = self.func(node, &flat.shape, crossing.index)?;
            let lowered = self.builder.lower_func(None, function, options_of_host(&outside, crossing.in_memory));
            functions.insert(name.as_str(), lowered);
            host_side.extend(crossing.host_side.as_ref().map(|thunk| (thunk, lowered)));
        }
        functions.extend(self.thunks(&outside, "host", &CoreTypes::default(), &host_side)?);
        if boundary.adapter.imports.contains(&Import::Realloc(Role::Caller)) {
            self.maps[node].overlaid.realloc.clone_from(&boundary.owner.realloc);
        }
        let adapted = self.boundary(node, boundary, &functions, Role::Caller)?;
        let guest_side = boundary
            .functions
            .iter()
            .filter_map(|(name, crossing)| crossing.guest_side.as_ref().map(|thunk| (thunk, adapted[name.as_str()])));
        let overlay = flat.overlay.as_ref().context("a guest that is eager needs no adapters")?;
        let types = &overlay.speech.types;
        let around = self.thunks(&outside, "arenas", types, &guest_side.collect::<Vec<_>>())?;
        for (name, crossing) in &boundary.functions {
            let function = around.get(name.as_str()).or(adapted.get(name.as_str())).context("an adapter is missing")?;
            self.maps[node].adapted.insert(crossing.key.clone(), *function);
        }
        Ok(())
    }

    /// Instantiates the adapters for calls from the host, unless they are there.
    fn calls_from_host(&mut self, node: usize) -> Result<()> {
        for boundary in std::mem::take(&mut self.boundaries[node].from_host) {
            let outside = self.outside()?;
            let mut functions = BTreeMap::new();
            for (name, one) in &boundary.functions {
                functions.insert(name.as_str(), self.of_guest(node, one.index)?);
            }
            let adapted = self.boundary(node, &boundary, &functions, Role::Callee)?;
            let host_side = boundary.functions.iter().filter_map(|(name, crossing)| {
                crossing.host_side.as_ref().map(|thunk| (thunk, adapted[name.as_str()]))
            });
            let around = self.thunks(&outside, "arenas", &CoreTypes::default(), &host_side.collect::<Vec<_>>())?;
            for (name, crossing) in &boundary.functions {
                let function = around.get(name.as_str()).or(adapted.get(name.as_str()));
                let function = *function.context("an adapter is missing")?;
                let frees = crossing.host_side.as_ref().is_some_and(Thunk::has_return_area);
                let lifted = Lifted { function, in_memory: crossing.in_memory, frees };
                self.maps[node].overlaid.lifted.insert(crossing.index, lifted);
            }
        }
        Ok(())
    }

    /// A function that the guest exports. An interface that uses a type of another one needs that one's functions before the skeleton has
    /// named all of them.
    pub(super) fn of_guest(&mut self, node: usize, index: u32) -> Result<u32> {
        if let Some(function) = self.maps[node].core_funcs.get(index as usize) {
            return Ok(*function);
        }
        let flat = self.part.flats[node];
        match flat.shape.core_funcs.get(index as usize) {
            Some(CoreFunc::Alias(instance, name)) => self.overlay_export(node, flat, *instance, name),
            _ => bail!("the guest's function {index} is none that it exports"),
        }
    }

    /// Instantiates thunks; their functions by name.
    fn thunks<'t>(
        &mut self,
        outside: &Outside,
        label: &str,
        types: &CoreTypes,
        thunks: &[(&'t Thunk, u32)],
    ) -> Result<BTreeMap<&'t str, u32>> {
        let functions = thunks::instantiate(&mut self.builder, Some(outside), label, types, thunks)?;
        Ok(thunks.iter().map(|(thunk, _)| thunk.name.as_str()).zip(functions).collect())
    }

    /// Instantiates the adapter of a boundary around some functions; its functions by name.
    fn boundary<'b>(
        &mut self,
        node: usize,
        boundary: &'b Boundary,
        functions: &BTreeMap<&str, u32>,
        guest: Role,
    ) -> Result<BTreeMap<&'b str, u32>> {
        let mut given = Vec::new();
        for import in &boundary.adapter.imports {
            given.push(match import {
                Import::Function(name) => (ExportKind::Func, functions[name.as_str()]),
                Import::PostReturn(name) => {
                    let post_return =
                        boundary.functions[name].post_return.context("there is no post-return function")?;
                    (ExportKind::Func, self.of_guest(node, post_return)?)
                }
                Import::Memory(role) if *role == guest => self.guest(node, boundary, guest, ExportKind::Memory)?,
                Import::Realloc(role) if *role == guest => self.guest(node, boundary, guest, ExportKind::Func)?,
                Import::Memory(_) => (ExportKind::Memory, self.outside()?.memory),
                Import::Realloc(_) => (ExportKind::Func, self.outside()?.realloc),
                Import::Handle { direction, ownership, resource } => {
                    let to_host = (*direction == Direction::Call) == (guest == Role::Caller);
                    let ty = boundary.adapter.resources[*resource];
                    (ExportKind::Func, self.boundary_handle(node, ty, *ownership, to_host)?)
                }
                Import::EnterCall | Import::LeaveCall => (ExportKind::Func, self.without_tables("nothing")?),
                Import::DropHandle { ownership, resource, .. } => {
                    let ty = boundary.adapter.resources[*resource];
                    (ExportKind::Func, self.boundary_drop(node, ty, *ownership)?)
                }
                Import::Outside(outside) => self.of_outside(*outside)?,
                Import::Lazy(lazy) => self.of_entries(*lazy)?,
                Import::Log => bail!("an adapter keeps no log"),
            });
        }
        let instance = instantiate(&mut self.builder, "boundary", &boundary.adapter, &given)?;
        let alias = |name: &'b String| Ok((name.as_str(), instance.function(&mut self.builder, name)?));
        boundary.functions.keys().map(alias).collect()
    }

    /// The function that translates handles between a guest and the host.
    fn boundary_handle(&mut self, node: usize, ty: TypeId, ownership: Ownership, to_host: bool) -> Result<u32> {
        let export = match (&self.tables, &self.part.gates[node]) {
            (Some(tables), Some(_)) => {
                let resource = resource::of_type(self.part.graph, node, self.wit(node)?, ty)?;
                tables.export_for_boundary(node, &resource, ownership, to_host)
            }
            _ => None,
        };
        match (export, &self.tables) {
            (Some(export), Some(tables)) => Ok(tables.alias(&mut self.builder, export)),
            _ => self.without_tables("same"),
        }
    }

    /// A guest's memory, when the guest is there.
    pub(super) fn memory_of(&mut self, node: usize) -> Result<u32> {
        match self.maps[node].owner {
            Some(owner) => Ok(self.builder.core_alias_export(None, owner, "memory", ExportKind::Memory)),
            None => {
                let owner = options::owner_of(self.part.flats[node])?;
                Ok(self.owned(node, &owner, ExportKind::Memory)?.1)
            }
        }
    }

    /// A guest's memory or realloc; what the guest calls is made before the guest, and has them from where its memory is.
    fn guest(&mut self, node: usize, boundary: &Boundary, guest: Role, kind: ExportKind) -> Result<(ExportKind, u32)> {
        let name = if kind == ExportKind::Memory { "memory" } else { "realloc" };
        match (guest, self.maps[node].owner) {
            (Role::Caller, Some(owner)) => {
                let kind = if kind == ExportKind::Memory { kind } else { ExportKind::Table };
                Ok((kind, self.builder.core_alias_export(None, owner, name, kind)))
            }
            _ => self.owned(node, &boundary.owner, kind),
        }
    }

    /// The arguments of the guest that is laid over its skeleton; `given` are those of the module in whose place it is.
    pub(super) fn overlay_arguments<'g>(
        &mut self,
        node: usize,
        overlay: &'g Overlay,
        mut given: Vec<(&'g str, ModuleArg)>,
    ) -> Result<Vec<(&'g str, ModuleArg)>> {
        self.direct_imports(node, overlay)?;
        given.retain(|(module, _)| overlay.speech.modules.contains(*module));
        let mut modules: BTreeMap<&str, Vec<(&str, ExportKind, u32)>> = BTreeMap::new();
        for (key, import) in &overlay.speech.imports {
            let maps = &self.maps[node];
            let function = maps.adapted.get(key).or_else(|| maps.overlaid.direct.get(key));
            let function = *function.with_context(|| format!("nothing is there for `{}` of `{}`", key.1, key.0))?;
            modules.entry(&import.core.0).or_default().push((&import.core.1, ExportKind::Func, function));
        }
        let references = self.built_ins_over_references(node, overlay)?;
        for ((module, field), function) in overlay.speech.resources.keys().zip(references) {
            modules.entry(module).or_default().push((field, ExportKind::Func, function));
        }
        if !overlay.speech.built_ins.is_empty() {
            given.push((names::BUILT_INS, ModuleArg::Instance(self.built_ins(node, &overlay.speech.built_ins)?)));
        }
        for (module, functions) in modules {
            let instance = self.builder.core_instantiate_exports(None, functions);
            given.push((module, ModuleArg::Instance(instance)));
        }
        Ok(given)
    }

    /// A core function of the skeleton, which may have another name in the guest, or not be there.
    pub(super) fn overlay_export(&mut self, node: usize, flat: &Flat<'a>, instance: u32, name: &str) -> Result<u32> {
        let new = self.maps[node].core_instances[instance as usize];
        let Some(overlay) = flat.overlay.as_ref().filter(|overlay| is_guest(&flat.shape, overlay, instance)) else {
            return Ok(self.builder.core_alias_export(None, new, name, ExportKind::Func));
        };
        match overlay.speech.core_name(name) {
            Some(own) => {
                let function = self.builder.core_alias_export(None, new, own, ExportKind::Func);
                match overlay.speech.grouped.get(own) {
                    // An adapter calls it as what it is.
                    Some(ty) if !overlay.speech.exports.contains_key(name) => {
                        self.alone(&overlay.speech.types, name, function, *ty)
                    }
                    _ => Ok(function),
                }
            }
            None if self.part.native_gc => Ok(LEFT_OUT),
            None => self.unused(node, name).with_context(|| format!("the guest has no `{name}`")),
        }
    }

    /// The function to lift for a guest's core function, and its options, if the host's ABI is not the guest's. One that the host
    /// cannot call is there for the types of its interface: it has no adapter.
    pub(super) fn overlay_lift(
        &mut self,
        node: usize,
        core: u32,
        options: &[wasmparser::CanonicalOption],
    ) -> Result<Option<(u32, Vec<CanonicalOption>, Gated)>> {
        let flat = self.part.flats[node];
        let Some(overlay) = &flat.overlay else { return Ok(None) };
        let Some(CoreFunc::Alias(instance, name)) = flat.shape.core_funcs.get(core as usize) else { return Ok(None) };
        let export = overlay.speech.exports.get(*name).filter(|_| is_guest(&flat.shape, overlay, *instance));
        let Some(export) = export else { return Ok(None) };
        if let (true, Some(gc)) = (self.part.native_gc, &export.gc) {
            let lifted = self.native_lift(node, core, gc);
            let (function, options) = lifted.with_context(|| format!("the export `{}`", export.core))?;
            return Ok(Some((function, options, Gated::No)));
        }
        if !self.boundary_of(node)?.is_exported(&export.interface, &export.function) {
            let unused = self.unused(node, name).context("a function that nobody calls is missing")?;
            let mut options = self.options(node, options)?;
            options.retain(|option| !matches!(option, CanonicalOption::PostReturn(_)));
            return Ok(Some((unused, options, Gated::No)));
        }
        if let Some((function, options)) = self.placed(node, core, options)? {
            return Ok(Some((function, options, Gated::AsEager)));
        }
        if self.maps[node].overlaid.lifted.is_empty() {
            self.calls_from_host(node)?;
        }
        let Some(lifted) = self.maps[node].overlaid.lifted.get(&core).copied() else {
            let Some(gc) = &export.gc else { return Ok(None) };
            let function = self.of_guest(node, core)?;
            let function = self.alone(&overlay.speech.types, &export.function, function, gc.ty)?;
            return Ok(Some((function, self.options(node, options)?, Gated::AsEager)));
        };
        let outside = self.outside()?;
        let mut options = options_of_host(&outside, lifted.in_memory);
        if lifted.frees {
            let free = outside.function(&mut self.builder, "free-results")?;
            options.push(CanonicalOption::PostReturn(free));
        }
        Ok(Some((lifted.function, options, Gated::No)))
    }
}

/// Whether a function that is lifted goes through the gate of the guest's function.
pub(super) enum Gated {
    /// Its adapter has translated the handles, or there are none.
    No,
    /// As an eager guest's does.
    AsEager,
}

/// The canonical options of functions of the host.
fn options_of_host(outside: &Outside, in_memory: bool) -> Vec<CanonicalOption> {
    match in_memory {
        true => vec![
            CanonicalOption::UTF8,
            CanonicalOption::Memory(outside.memory),
            CanonicalOption::Realloc(outside.realloc),
        ],
        false => Vec::new(),
    }
}

pub(super) fn is_guest(shape: &Shape, overlay: &Overlay, instance: u32) -> bool {
    let instance = shape.core_instances.get(instance as usize);
    matches!(instance, Some(Instance::Instantiate { module_index, .. }) if *module_index == overlay.place)
}
