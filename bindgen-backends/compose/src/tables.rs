//! Which handle tables a composition has, and who calls what of them.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use onramp_abi::Ownership;
use onramp_adapter::{Direction, Import};
use wasm_encoder::{ComponentBuilder, ExportKind, RefType, TableType};
use wasmparser::CanonicalFunction;

use crate::emit::Part;
use crate::gates::Gate;
use crate::handles::{self, Export, Handles};
use crate::plan::Joint;
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
    pub(crate) fn define(part: &Part, builder: &mut ComponentBuilder) -> Result<Option<Self>> {
        let mut kept: BTreeSet<&Resource> = part.joints.values().flat_map(|joint| &joint.resources).collect();
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
    pub(crate) fn alias(&self, builder: &mut ComponentBuilder, export: Export) -> u32 {
        builder.core_alias_export(None, self.instance, &export.name(), ExportKind::Func)
    }

    /// The memory for the gates' log.
    pub(crate) fn log(&self, builder: &mut ComponentBuilder) -> u32 {
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

    fn exports(&self, part: &Part) -> Result<Vec<Export>> {
        let mut exports = Vec::new();
        let mut add = |export: Export| {
            if !exports.contains(&export) {
                exports.push(export);
            }
        };
        for ((caller, callee), joint) in part.joints {
            for import in &joint.adapter.imports {
                if matches!(import, Import::Handle { .. } | Import::EnterCall | Import::LeaveCall) {
                    add(self.export_for(*caller, *callee, joint, import)?);
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
