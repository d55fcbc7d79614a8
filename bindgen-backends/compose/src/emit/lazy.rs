//! Writing what lazy guests need: the module of lazy handles, and the functions that read values which are forwarded.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use onramp_abi::{Ownership, Profile, Role};
use onramp_adapter::{Adapter, Import, Lazy, Outside as Of, Side, Used, entries};
use wasm_encoder::ExportKind;
use wit_parser::TypeId;

use crate::instantiate::{self, instantiate};
use crate::lazy::{self, Flows, Forwarded, Shared};
use crate::options::{self, Owner};
use crate::resource::{self, Definer};

use super::Writer;

/// The functions that read values in one peer's memory for another.
pub(super) struct Values {
    sender: u32,
    receiver: u32,
    adapter: Adapter,
}

/// The most core results that a function can have.
const RESULTS: usize = onramp_abi::MAX_FLAT_RESULTS;

impl<'a> Writer<'a> {
    /// Defines and instantiates the module of lazy handles, if a guest is lazy. Everything that can be for one is known then.
    pub(super) fn lazy_guests(&mut self) -> Result<()> {
        let Some(shared) = self.part.shared else { return Ok(()) };
        let forwarded = self.flows(shared).forwarded(shared, |node| self.wit(node))?;
        let mut groups: BTreeMap<(u32, u32, usize), Vec<Forwarded>> = BTreeMap::new();
        for one in forwarded {
            groups.entry((one.sender, one.receiver, one.node)).or_default().push(one);
        }
        for ((sender, receiver, node), values) in groups {
            let (caller, callee) = (self.side(shared, sender)?, self.side(shared, receiver)?);
            let mut module = lazy::module(Some(shared), self.part.graph, (node, self.wit(node)?), caller, callee)?;
            for value in values {
                module.add_value(&value.ty)?;
            }
            self.values.push(Values { sender, receiver, adapter: module.finish() });
        }
        let module = entries(&shared.kinds, RESULTS, &self.used());
        self.entries = Some(instantiate::module(&mut self.builder, "lazy handles", &module, &[])?);
        Ok(())
    }

    /// What is used of the module of lazy handles.
    fn used(&self) -> Used {
        let mut used = Used { is_boundary: self.part.joints.is_empty(), ..Used::default() };
        let joints = self.part.joints.values().flatten().map(|joint| &joint.adapter);
        let boundaries = self.boundaries.iter().flat_map(|all| all.to_host.iter().chain(&all.from_host));
        let boundaries = boundaries.map(|boundary| &boundary.adapter);
        let values = self.values.iter().map(|values| &values.adapter);
        for import in joints.chain(boundaries).chain(values).flat_map(|adapter| &adapter.imports) {
            if let Import::Lazy(lazy) = import {
                used.imports.insert(*lazy);
            }
        }
        for (node, flat) in self.part.flats.iter().enumerate() {
            let built_ins = flat.overlay.iter().map(|overlay| (node as u32, overlay.speech.built_ins.clone()));
            used.built_ins.extend(built_ins);
        }
        used
    }

    /// What all adapters pass.
    fn flows(&self, shared: &Shared) -> Flows {
        let mut flows = Flows::default();
        for ((consumer, provider), joints) in self.part.joints {
            for joint in joints {
                let (caller, callee) = joint.profiles;
                let (caller, callee) = (shared.peer(*consumer, caller), shared.peer(*provider, callee));
                flows.add(shared, &joint.adapter, *consumer, caller, callee);
            }
        }
        let outside = shared.kinds.outside();
        for (node, boundaries) in self.boundaries.iter().enumerate() {
            for boundary in &boundaries.to_host {
                flows.add(shared, &boundary.adapter, node, shared.peer(node, boundary.profile), outside);
            }
            for boundary in &boundaries.from_host {
                flows.add(shared, &boundary.adapter, node, outside, shared.peer(node, boundary.profile));
            }
        }
        flows
    }

    /// A peer as the side of a module of values.
    fn side(&self, shared: &Shared, peer: u32) -> Result<Side> {
        let Some(node) = shared.node(peer) else { return Ok(Side { peer, is_outside: true, ..Side::default() }) };
        let profile = if shared.is_lazy(peer) { Profile::Lazy } else { Profile::Eager };
        let flat = self.part.flats[node];
        let (encoding, never_reads_all) = (options::encoding_of(flat)?, flat.never_reads_all());
        Ok(Side { profile, peer, encoding, never_reads_all, ..Side::default() })
    }

    /// Instantiates the modules for values that are forwarded. All guests are there.
    pub(super) fn values(&mut self) -> Result<()> {
        for values in std::mem::take(&mut self.values) {
            let mut given = Vec::new();
            for import in &values.adapter.imports {
                given.push(match import {
                    Import::Memory(Role::Caller) => self.of_peer(values.sender, ExportKind::Memory)?,
                    Import::Memory(Role::Callee) => self.of_peer(values.receiver, ExportKind::Memory)?,
                    Import::Realloc(Role::Callee) => self.of_peer(values.receiver, ExportKind::Func)?,
                    Import::Outside(outside) => self.of_outside(*outside)?,
                    Import::Lazy(lazy) => self.of_entries(*lazy)?,
                    other => bail!("a value that is forwarded needs `{} {}`", other.module(), other.name()),
                });
            }
            instantiate(&mut self.builder, "values", &values.adapter, &given)?;
        }
        Ok(())
    }

    /// A peer's memory or realloc.
    fn of_peer(&mut self, peer: u32, kind: ExportKind) -> Result<(ExportKind, u32)> {
        let shared = self.part.shared.context("there is no lazy guest")?;
        let Some(node) = shared.node(peer) else {
            let outside = self.outside()?;
            return Ok((kind, if kind == ExportKind::Memory { outside.memory } else { outside.realloc }));
        };
        let owner = self.joined_owner(node)?;
        let known = if kind == ExportKind::Memory { &owner.memory } else { &owner.realloc };
        let owner = if known.is_some() { owner } else { options::owner_of(self.part.flats[node])? };
        self.owned(node, &owner, kind)
    }

    /// A guest's memory and realloc as its connections have them. Not all functions of a guest need agree: CPython's imports of WASI
    /// have a realloc of their own.
    fn joined_owner(&self, node: usize) -> Result<Owner> {
        let mut owner = Owner::default();
        for ((consumer, provider), joints) in self.part.joints {
            for joint in joints {
                if *consumer == node {
                    owner.add(&joint.consumer)?;
                }
                if *provider == node {
                    owner.add(&joint.provider)?;
                }
            }
        }
        Ok(owner)
    }

    /// Something of the outside that adapters use.
    pub(crate) fn of_outside(&mut self, what: Of) -> Result<(ExportKind, u32)> {
        let outside = self.outside()?;
        Ok(match what {
            Of::Memory => (ExportKind::Memory, outside.memory),
            Of::Realloc => (ExportKind::Func, outside.realloc),
            Of::TakeArena | Of::SetArena | Of::FreeArena => {
                (ExportKind::Func, outside.function(&mut self.builder, &Import::Outside(what).name())?)
            }
        })
    }

    /// Something of the module of lazy handles.
    pub(crate) fn of_entries(&mut self, what: Lazy) -> Result<(ExportKind, u32)> {
        let entries = self.entries.as_ref().context("there is no lazy guest")?;
        let kind = match what {
            Lazy::Scopes => ExportKind::Memory,
            Lazy::Scope | Lazy::Frame => ExportKind::Global,
            Lazy::Values | Lazy::Finish => ExportKind::Table,
            _ => ExportKind::Func,
        };
        Ok((kind, entries.export(&mut self.builder, &Import::Lazy(what).name(), kind)?))
    }

    /// The built-in functions of the lazy ABI for a guest, as an instance.
    pub(super) fn built_ins(&mut self, node: usize, names: &BTreeSet<String>) -> Result<u32> {
        let entries = self.entries.as_ref().context("there is no lazy guest")?;
        let mut functions = Vec::new();
        for name in names {
            let function = format!("{name} {node}");
            let function = entries.function(&mut self.builder, &function)?;
            functions.push((name.as_str(), ExportKind::Func, function));
        }
        Ok(self.builder.core_instantiate_exports(None, functions))
    }

    /// The function that drops a handle which a guest got from the host in a value, and did not read.
    pub(super) fn boundary_drop(&mut self, node: usize, ty: TypeId, ownership: Ownership) -> Result<u32> {
        let resource = resource::of_type(self.part.graph, node, self.wit(node)?, ty)?;
        if let (Some(tables), Some(_), Definer::Host) = (&self.tables, &self.part.gates[node], resource.definer)
            && let Some(export) = tables.export_for_drop(node, &resource, ownership)?
        {
            return Ok(tables.alias(&mut self.builder, export));
        }
        match (resource.definer, ownership) {
            // It is the guest's own resource: what it got is the representation.
            (Definer::Guest(_), Ownership::Borrow) => self.without_tables("forget"),
            (Definer::Guest(_), Ownership::Own) => {
                let ty = self.own_type(node, &resource)?;
                Ok(self.builder.resource_drop(ty))
            }
            (Definer::Host, _) => {
                let host = self.host(&resource.interface)?;
                let kind = wasm_encoder::ComponentExportKind::Type;
                let ty = self.builder.alias_export(host, &resource.name, kind);
                Ok(self.builder.resource_drop(ty))
            }
        }
    }

    /// The type of a resource that a guest defines.
    fn own_type(&self, node: usize, wanted: &resource::Resource) -> Result<u32> {
        let shape = &self.part.flats[node].shape;
        for (index, new) in self.maps[node].types.iter().enumerate() {
            let found = resource::of_index(self.part.graph, node, self.wit(node)?, shape, index as u32)?;
            if found.as_ref() == Some(wanted) {
                return Ok(*new);
            }
        }
        bail!("the guest does not define `{}`", wanted.name)
    }
}
