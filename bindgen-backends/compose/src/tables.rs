//! Which handle tables a composition has, and who calls what of them.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use onramp_abi::Ownership;
use onramp_adapter::{Direction, Import};
use wasm_encoder::{ExportKind, RefType, TableType};
use wasmparser::CanonicalFunction;

use crate::builder::Builder;
use crate::emit::Part;
use crate::gates::Gate;
use crate::handles::{self, Export, Handles};
use crate::joint::Joint;
use crate::resource::{self, Definer, Resource};
use crate::shape::CoreFunc;

/// The instance that has the tables.
pub(crate) struct Tables {
    /// Its core instance.
    pub(crate) instance: u32,
    /// The resources whose handles are kept there: those that pass between guests, and the host's that several guests use.
    resources: Vec<Resource>,
    /// The resources of the host whose `resource.drop` is there.
    pub(crate) dropped: BTreeSet<usize>,
}

impl Tables {
    /// Defines and instantiates the tables that some instances need, if any.
    pub(crate) fn define(part: &Part, builder: &mut Builder) -> Result<Option<Self>> {
        let mut kept: BTreeSet<&Resource> = part.joints.values().flatten().flat_map(|joint| &joint.resources).collect();
        kept.extend(part.gates.iter().flatten().flat_map(|gates| &gates.resources));
        if kept.is_empty() {
            return Ok(None);
        }
        let resources = kept.into_iter().cloned().collect();
        let mut tables = Tables { instance: 0, resources, dropped: BTreeSet::new() };
        let named = |node: &crate::graph::Node| part.graph.inputs[node.input].name.clone();
        let handles = Handles {
            guests: part.graph.nodes.iter().map(named).collect(),
            resources: tables.resources.iter().map(|one| format!("{}.{}", one.interface, one.name)).collect(),
        };
        let module = builder.core_module_raw(Some("handles"), &handles.module(&tables.exports(part)?)?);
        tables.instance = builder.core_instantiate(Some("handles"), module, []);
        Ok(Some(tables))
    }

    /// The type of the table of destructors.
    pub(crate) fn destructors(&self) -> TableType {
        let minimum = self.resources.len() as u64;
        TableType { element_type: RefType::FUNCREF, table64: false, minimum, maximum: None, shared: false }
    }

    /// A function of the tables, as a core function of the composition.
    pub(crate) fn alias(&self, builder: &mut Builder, export: Export) -> u32 {
        builder.core_alias_export(None, self.instance, &export.name(), ExportKind::Func)
    }

    /// The memory for the gates' log.
    pub(crate) fn log(&self, builder: &mut Builder) -> u32 {
        builder.core_alias_export(None, self.instance, handles::LOG, ExportKind::Memory)
    }

    fn number(&self, resource: &Resource) -> Option<usize> {
        self.resources.iter().position(|one| one == resource)
    }

    /// The number of the resource that a type of a guest stands for, if its handles are kept here.
    pub(crate) fn resource(&self, part: &Part, node: usize, index: u32) -> Result<Option<usize>> {
        let wit = part.wits[part.graph.nodes[node].input].as_ref().context("a flat guest has WIT")?;
        let found = resource::of_index(part.graph, node, wit, &part.flats[node].shape, index)?;
        let kept = |found: &Resource| match found.definer {
            Definer::Guest(_) => true,
            Definer::Host => part.gates[node].is_some(),
        };
        Ok(found.filter(kept).and_then(|found| self.number(&found)))
    }

    /// What a guest calls in place of a resource built-in of the engine.
    pub(crate) fn built_in(&self, part: &Part, node: usize, function: &CanonicalFunction) -> Result<Option<Export>> {
        let number = |index: &u32| self.resource(part, node, *index);
        Ok(match function {
            CanonicalFunction::ResourceNew { resource } => number(resource)?.map(|it| Export::New(node, it)),
            CanonicalFunction::ResourceRep { resource } => number(resource)?.map(|it| Export::Rep(node, it)),
            CanonicalFunction::ResourceDrop { resource } => {
                number(resource)?.map(|it| match self.resources[it].definer {
                    Definer::Guest(_) => Export::Drop(node, it),
                    Definer::Host => Export::Release(node, it),
                })
            }
            _ => bail!("this is no resource built-in"),
        })
    }

    /// What an adapter between two guests imports.
    pub(crate) fn export_for(&self, caller: usize, callee: usize, joint: &Joint, import: &Import) -> Result<Export> {
        Ok(match import {
            Import::EnterCall => Export::Enter,
            Import::LeaveCall => Export::Leave(caller),
            Import::Handle { direction, ownership, resource } => {
                let resource = &joint.resources[*resource];
                let number = self.number(resource).context("a resource without a table")?;
                match (ownership, direction) {
                    (Ownership::Own, Direction::Call) => Export::Give(caller, callee, number),
                    (Ownership::Own, Direction::Return) => Export::Give(callee, caller, number),
                    (Ownership::Borrow, Direction::Call) if resource.definer == Definer::Guest(callee) => {
                        Export::Show(caller, number)
                    }
                    (Ownership::Borrow, Direction::Call) => Export::Lend(caller, callee, number),
                    (Ownership::Borrow, Direction::Return) => bail!("a result cannot be borrowed"),
                }
            }
            _ => bail!("this is not about handles"),
        })
    }

    /// What drops a handle that a guest got in a value and did not read; `None`: what it got is no handle.
    pub(crate) fn export_for_drop(
        &self,
        guest: usize,
        resource: &Resource,
        ownership: Ownership,
    ) -> Result<Option<Export>> {
        let number = self.number(resource).context("a resource without a table")?;
        Ok(match (&resource.definer, ownership) {
            (Definer::Guest(definer), Ownership::Borrow) if *definer == guest => None,
            (Definer::Guest(_), _) => Some(Export::Drop(guest, number)),
            (Definer::Host, _) => Some(Export::Release(guest, number)),
        })
    }

    /// What a gate imports to translate handles.
    pub(crate) fn export_for_gate(&self, node: usize, gate: &Gate, import: &Import) -> Result<Export> {
        let Import::Handle { direction, ownership, resource } = import else { bail!("this is not about handles") };
        let number = self.number(&gate.resources[*resource]).context("a resource without a table")?;
        Ok(match (ownership, direction) {
            (Ownership::Own, Direction::Call) => Export::Surrender(node, number),
            (Ownership::Borrow, Direction::Call) => Export::Reveal(node, number),
            (Ownership::Own, Direction::Return) => Export::Receive(node, number),
            (Ownership::Borrow, Direction::Return) => Export::Borrow(node, number),
        })
    }

    /// What an adapter between a guest and the host imports to translate handles of the host's resource; `None`: the guest has them as
    /// the engine does. `to_host`: the handle goes to the host.
    pub(crate) fn export_for_boundary(
        &self,
        node: usize,
        resource: &Resource,
        ownership: Ownership,
        to_host: bool,
    ) -> Option<Export> {
        let number = self.number(resource).filter(|_| resource.definer == Definer::Host)?;
        Some(match (ownership, to_host) {
            (Ownership::Own, true) => Export::Surrender(node, number),
            (Ownership::Borrow, true) => Export::Reveal(node, number),
            (Ownership::Own, false) => Export::Receive(node, number),
            (Ownership::Borrow, false) => Export::Borrow(node, number),
        })
    }

    /// The host's resources whose handles are translated by adapters and not by gates: those of guests that are laid over a skeleton.
    fn resources_of_overlays<'p>(part: &'p Part) -> impl Iterator<Item = (usize, &'p Resource)> {
        let overlaid = part.gates.iter().enumerate().filter(|(node, _)| part.flats[*node].overlay.is_some());
        overlaid.flat_map(|(node, gates)| {
            gates.iter().flat_map(move |gates| gates.resources.iter().map(move |it| (node, it)))
        })
    }

    fn exports(&self, part: &Part) -> Result<Vec<Export>> {
        let mut exports = Vec::new();
        let mut add = |export: Export| {
            if !exports.contains(&export) {
                exports.push(export);
            }
        };
        for ((caller, callee), joint) in
            part.joints.iter().flat_map(|(ends, all)| all.iter().map(move |one| (ends, one)))
        {
            for import in &joint.adapter.imports {
                if matches!(import, Import::Handle { .. } | Import::EnterCall | Import::LeaveCall) {
                    add(self.export_for(*caller, *callee, joint, import)?);
                }
                if let Import::DropHandle { direction, ownership, resource } = import {
                    let receiver = if *direction == Direction::Call { *callee } else { *caller };
                    let export = self.export_for_drop(receiver, &joint.resources[*resource], *ownership)?;
                    export.into_iter().for_each(&mut add);
                }
            }
        }
        for (node, gates) in part.gates.iter().enumerate() {
            for gate in gates.iter().flat_map(|gates| gates.imports.values().chain(gates.exports.values())) {
                for import in &gate.adapter.imports {
                    if let Import::Handle { .. } = import {
                        add(self.export_for_gate(node, gate, import)?);
                    }
                }
            }
        }
        for (node, resource) in Self::resources_of_overlays(part) {
            for ownership in [Ownership::Own, Ownership::Borrow] {
                for to_host in [true, false] {
                    self.export_for_boundary(node, resource, ownership, to_host).into_iter().for_each(&mut add);
                }
            }
            if part.flats[node].is_lazy() {
                self.export_for_drop(node, resource, Ownership::Own)?.into_iter().for_each(&mut add);
            }
        }
        for (node, flat) in part.flats.iter().enumerate() {
            for function in &flat.shape.core_funcs {
                if let CoreFunc::Resource(function) = function
                    && let Some(export) = self.built_in(part, node, function)?
                {
                    add(export);
                }
            }
        }
        Ok(exports)
    }
}
