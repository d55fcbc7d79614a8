//! The gates of a guest: what stands between it and the host, so that its indices of the host's handles are its own.
//!
//! Guests in one component instance share the engine's handle table, where each could use what the host gave to another. When several
//! of them use resources of the host, each has these handles in its own table (`handles`), and a gate translates them in every call
//! that passes some. Other calls go to the host as before, and so do all calls of a guest that has such resources alone.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use onramp_adapter::{Adapter, Boundary, Import};
use wasm_encoder::ExportKind;
use wasmparser::CanonicalFunction;
use wit_parser::{TypeDefKind, TypeId, WorldItem};

use crate::builder::Builder;
use crate::graph::Graph;
use crate::instantiate::instantiate;
use crate::plan::Flat;
use crate::prelude::Wit;
use crate::resource::{self, Definer, Resource};
use crate::shape::{ComponentInst, CoreFunc, Func, Shape, TypeSource};
use crate::tables::Tables;

/// The gates of a guest.
#[derive(Default)]
pub struct Gates {
    /// Of the functions that it calls, by the core function that lowers them.
    pub imports: BTreeMap<u32, Gate>,
    /// Of the functions that the host calls, by the component function that lifts them.
    pub exports: BTreeMap<u32, Gate>,
    /// The host's resources whose handles it has.
    pub resources: BTreeSet<Resource>,
}

/// A gate.
pub struct Gate {
    /// The name of its function: `test:demo/lists.join`.
    pub name: String,
    /// Its module.
    pub adapter: Adapter,
    /// The resources whose handles it translates, by the module's numbers.
    pub resources: Vec<Resource>,
}

/// The gates of some flat instances, where they need any. With `trust_guests`, those that cannot have any need none.
///
/// # Errors
/// A node that uses resources of the host like others, but cannot have gates, and why.
pub fn of_all(
    graph: &Graph,
    wits: &[Option<Wit>],
    flats: &[Option<&Flat>],
    trust_guests: bool,
) -> Result<Vec<Option<Gates>>, (usize, String)> {
    let mut users = BTreeMap::new();
    for (node, flat) in flats.iter().enumerate() {
        let (Some(flat), Some(wit)) = (flat, &wits[graph.nodes[node].input]) else { continue };
        let guest = Guest { graph, node, wit, shape: &flat.shape, flats };
        let gates = guest.gates();
        if gates.is_err() || guest.uses_the_hosts_resources() {
            users.insert(node, gates);
        }
    }
    let mut all: Vec<Option<Gates>> = flats.iter().map(|_| None).collect();
    if users.len() < 2 {
        return Ok(all);
    }
    for (node, gates) in users {
        match gates {
            Ok(gates) => all[node] = Some(gates),
            Err(_) if trust_guests => {}
            Err(error) => {
                return Err((
                    node,
                    format!(
                        "it gets handles from the host, so do others, and its own cannot be kept apart from theirs: \
                         {error:#} (--trust-guests allows to share them)"
                    ),
                ));
            }
        }
    }
    Ok(all)
}

/// A guest whose gates are sought.
struct Guest<'g> {
    graph: &'g Graph,
    node: usize,
    wit: &'g Wit,
    shape: &'g Shape<'g>,
    flats: &'g [Option<&'g Flat<'g>>],
}

impl Guest<'_> {
    fn gates(&self) -> Result<Gates> {
        let mut gates = Gates::default();
        for (index, function) in self.shape.core_funcs.iter().enumerate() {
            match function {
                CoreFunc::Lower(function, _) => {
                    if let Some(gate) = self.import(*function)? {
                        gates.imports.insert(index as u32, gate);
                    }
                }
                CoreFunc::Resource(CanonicalFunction::ResourceDrop { resource }) => {
                    gates.resources.extend(self.dropped(*resource)?);
                }
                CoreFunc::Alias(..) | CoreFunc::Resource(_) | CoreFunc::BuiltIn(_) => {}
            }
        }
        for (node, name) in &self.graph.exports {
            if *node == self.node {
                self.exports(name, &mut gates)?;
            }
        }
        let translated = gates.imports.values().chain(gates.exports.values()).flat_map(|gate| &gate.resources);
        let translated: Vec<Resource> = translated.cloned().collect();
        gates.resources.extend(translated);
        Ok(gates)
    }

    fn uses_the_hosts_resources(&self) -> bool {
        let world = &self.wit.resolve.worlds[self.wit.world];
        world.imports.iter().any(|(key, item)| {
            let WorldItem::Interface { id, .. } = item else { return false };
            let mut types = self.wit.resolve.interfaces[*id].types.values();
            let resource = |ty: &TypeId| matches!(self.wit.resolve.types[*ty].kind, TypeDefKind::Resource);
            !self.is_fused(&self.wit.resolve.name_world_key(key)) && types.any(resource)
        })
    }

    /// Whether an import is another flat instance's export.
    fn is_fused(&self, import: &str) -> bool {
        let provider = self.graph.nodes[self.node].connections.get(import);
        provider.is_some_and(|(provider, _)| self.flats[*provider].is_some())
    }

    fn is_the_hosts(&self, resource: &Resource) -> bool {
        match resource.definer {
            Definer::Host => true,
            // For flat instances, what is nested is outside.
            Definer::Guest(node) => self.flats[node].is_none(),
        }
    }

    /// The gate of a function that the guest lowers, if it needs one.
    fn import(&self, function: u32) -> Result<Option<Gate>> {
        let function = self.shape.funcs.get(function as usize).context("there is no such function")?;
        if let Func::Import(name) = function
            && self.is_fused(name)
        {
            return Ok(None);
        }
        let import = match function {
            Func::Alias(instance, name) => {
                let import = self.shape.imports.iter().find(|(_, import)| import == instance);
                import.map(|(import, _)| (*import, *name))
            }
            Func::Lift(..) | Func::Import(_) | Func::Same(_) => None,
        };
        let (import, name) = import.context("it calls a function that it does not import")?;
        if self.is_fused(import) {
            return Ok(None);
        }
        let function = self.wit.import(import).and_then(|interface| interface.functions.get(name));
        let function = function.with_context(|| format!("the WIT lacks `{name}` of `{import}`"))?;
        for ty in resource::in_function(&self.wit.resolve, function) {
            let resource = self.resource(ty)?;
            ensure!(self.is_the_hosts(&resource), "`{name}` of `{import}` passes `{}` to the host", resource.name);
        }
        self.gate(format!("{import}.{name}"), function, Boundary::Import)
    }

    /// The gates of an export.
    fn exports(&self, export: &str, gates: &mut Gates) -> Result<()> {
        match self.shape.exported_functions.iter().find(|(name, _)| *name == export) {
            Some((name, index)) => self.exported_function(name, *index, gates),
            None => self.exported_interface(export, gates),
        }
    }

    /// The gate of a function that is exported at the level of the world, if it needs one.
    fn exported_function(&self, name: &str, index: u32, gates: &mut Gates) -> Result<()> {
        let function = self.wit.exported_function(name).context("the WIT lacks an export")?;
        let Some((lift, _)) = self.shape.lift(index) else { return Ok(()) };
        if self.passes_the_hosts(function)
            && let Some(gate) = self.gate(name.to_owned(), function, Boundary::Export)?
        {
            gates.exports.insert(lift, gate);
        }
        Ok(())
    }

    /// The gates of an exported interface.
    fn exported_interface(&self, export: &str, gates: &mut Gates) -> Result<()> {
        let instance = self.shape.exports.iter().find(|(name, _)| *name == export);
        let (_, instance) = instance.context("the export is not there")?;
        let interface = self.wit.export_id(export).context("the WIT lacks an export")?;
        let functions = &self.wit.resolve.interfaces[interface].functions;
        let passing: Vec<_> = functions.iter().filter(|(_, function)| self.passes_the_hosts(function)).collect();
        if passing.is_empty() || self.is_imported(*instance) {
            return Ok(());
        }
        let lifted = self.shape.functions_of(*instance)?;
        for (name, function) in passing {
            let index = *lifted.get(name.as_str()).with_context(|| format!("`{export}` has no function `{name}`"))?;
            let Some(Func::Lift(..)) = self.shape.funcs.get(index as usize) else { continue };
            if let Some(gate) = self.gate(format!("{export}.{name}"), function, Boundary::Export)? {
                gates.exports.insert(index, gate);
            }
        }
        Ok(())
    }

    fn passes_the_hosts(&self, function: &wit_parser::Function) -> bool {
        resource::in_function(&self.wit.resolve, function).into_iter().any(|ty| self.is_of_the_host(ty))
    }

    fn is_of_the_host(&self, ty: TypeId) -> bool {
        self.resource(ty).is_ok_and(|resource| self.is_the_hosts(&resource))
    }

    fn is_imported(&self, instance: u32) -> bool {
        match self.shape.instances.get(instance as usize) {
            Some(ComponentInst::Same(other)) => self.is_imported(*other),
            Some(ComponentInst::Import(_)) => true,
            _ => false,
        }
    }

    fn gate(&self, name: String, function: &wit_parser::Function, boundary: Boundary) -> Result<Option<Gate>> {
        let hosts = |ty: TypeId| self.is_of_the_host(ty);
        let Some(adapter) = onramp_adapter::gate(&self.wit.resolve, &name, function, boundary, &hosts)? else {
            return Ok(None);
        };
        let resources = adapter.resources.iter().map(|ty| self.resource(*ty)).collect::<Result<_>>()?;
        Ok(Some(Gate { name, adapter, resources }))
    }

    fn resource(&self, ty: TypeId) -> Result<Resource> {
        resource::of_type(self.graph, self.node, self.wit, ty)
    }

    /// The host's resource that a `resource.drop` is for, if it is for one.
    fn dropped(&self, ty: u32) -> Result<Option<Resource>> {
        let resource = resource::of_index(self.graph, self.node, self.wit, self.shape, ty)?;
        match (resource, self.shape.types.get(ty as usize)) {
            (Some(resource), _) => Ok(Some(resource).filter(|resource| self.is_the_hosts(resource))),
            (None, Some(TypeSource::Defined)) => Ok(None),
            (None, _) => bail!("it drops a resource that is not known to its WIT"),
        }
    }
}

/// Instantiates a gate in front of a core function, and gives the gate's. `memory` is the guest's.
pub(crate) fn emit(
    builder: &mut Builder,
    tables: &Tables,
    node: usize,
    gate: &Gate,
    function: u32,
    memory: Option<u32>,
) -> Result<u32> {
    let mut given = Vec::new();
    for import in &gate.adapter.imports {
        given.push(match import {
            Import::Function(_) => (ExportKind::Func, function),
            Import::Memory(_) => (ExportKind::Memory, memory.context("a gate needs a memory that its guest lacks")?),
            Import::Log => (ExportKind::Memory, tables.log(builder)),
            Import::Handle { .. } => {
                let export = tables.export_for_gate(node, gate, import)?;
                (ExportKind::Func, tables.alias(builder, export))
            }
            _ => bail!("a gate needs none of an adapter's imports"),
        });
    }
    instantiate(builder, "gate", &gate.adapter, &given)?.function(builder, &gate.name)
}
