//! Which handle tables a composition has, and who calls what of them.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use onramp_abi::Ownership;
use onramp_adapter::{Direction, Import};
use wasm_encoder::{ComponentBuilder, ExportKind, RefType, TableType};
use wasmparser::CanonicalFunction;

use crate::emit::Part;
use crate::handles::{Export, Handles};
use crate::plan::Joint;
use crate::resource::{self, Resource};
use crate::shape::CoreFunc;

/// The instance that has the tables.
pub(crate) struct Tables {
    /// Its core instance.
    pub(crate) instance: u32,
    /// The resources whose handles are kept there: those that pass between guests.
    resources: Vec<Resource>,
}

impl Tables {
    /// Defines and instantiates the tables that some instances need; none when no resource passes between them.
    pub(crate) fn define(part: &Part, builder: &mut ComponentBuilder) -> Result<Option<Self>> {
        let passed: BTreeSet<&Resource> = part.joints.values().flatten().flat_map(|joint| &joint.resources).collect();
        if passed.is_empty() {
            return Ok(None);
        }
        let mut tables = Tables { instance: 0, resources: passed.into_iter().cloned().collect() };
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

    /// The number of the resource that a type of a guest stands for, if its handles are kept here.
    pub(crate) fn resource(&self, part: &Part, node: usize, index: u32) -> Result<Option<usize>> {
        let wit = part.wits[part.graph.nodes[node].input].as_ref().context("a flat guest has WIT")?;
        let found = resource::of_index(part.graph, node, wit, &part.flats[node].shape, index)?;
        Ok(found.and_then(|found| self.resources.iter().position(|one| *one == found)))
    }

    /// What a guest calls in place of a resource built-in of the engine.
    pub(crate) fn built_in(&self, part: &Part, node: usize, function: &CanonicalFunction) -> Result<Option<Export>> {
        let number = |index: &u32| self.resource(part, node, *index);
        Ok(match function {
            CanonicalFunction::ResourceNew { resource } => number(resource)?.map(|it| Export::New(node, it)),
            CanonicalFunction::ResourceRep { resource } => number(resource)?.map(|it| Export::Rep(node, it)),
            CanonicalFunction::ResourceDrop { resource } => number(resource)?.map(|it| Export::Drop(node, it)),
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
                let number =
                    self.resources.iter().position(|one| one == resource).context("a resource without a table")?;
                match (ownership, direction) {
                    (Ownership::Own, Direction::Call) => Export::Give(caller, callee, number),
                    (Ownership::Own, Direction::Return) => Export::Give(callee, caller, number),
                    (Ownership::Borrow, Direction::Call) if resource.node == callee => Export::Show(caller, number),
                    (Ownership::Borrow, Direction::Call) => Export::Lend(caller, callee, number),
                    (Ownership::Borrow, Direction::Return) => bail!("a result cannot be borrowed"),
                }
            }
            _ => bail!("this is not about handles"),
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
