//! Writing what is between guests: adapters, gates, and the functions that handle tables and adapters call back.

use anyhow::{Context, Result, bail};
use onramp_abi::Role;
use onramp_adapter::{Direction, Import};
use wasm_encoder::{ExportKind, ModuleArg, TableType, ValType};
use wasmparser::CanonicalFunction;

use crate::emit::Writer;
use crate::gates::{self, Gate};
use crate::handles;
use crate::instantiate::instantiate;
use crate::joint::Joint;
use crate::memory;
use crate::options::Owner;

impl<'a> Writer<'a> {
    /// Puts a guest's realloc into its table, where an adapter will look for it, when the instance that has it is there.
    pub(crate) fn fill(&mut self, node: usize, instance: u32) -> Result<()> {
        let Some(owner) = self.maps[node].owner else { return Ok(()) };
        let joint = self.joints(node).find(|(_, joint)| joint.needs_consumers_realloc()).map(|(_, joint)| joint);
        let realloc = joint.and_then(|joint| joint.consumer.realloc.clone());
        let realloc = realloc.or_else(|| self.maps[node].overlaid.realloc.clone());
        let Some((at, name)) = realloc else { return Ok(()) };
        if at != instance {
            return Ok(());
        }
        let guest = self.maps[node].core_instances[instance as usize];
        let realloc = self.builder.core_alias_export(None, guest, &name, ExportKind::Func);
        let table = self.builder.core_alias_export(None, owner, "realloc", ExportKind::Table);
        self.put(0, memory::realloc_table(), table, realloc, (&[ValType::I32; 4], &[ValType::I32]));
        Ok(())
    }

    /// Puts the destructor of the resource that a guest is about to define where its handle table will look for it.
    pub(crate) fn destructor(&mut self, node: usize, destructor: u32) -> Result<()> {
        let index = self.maps[node].types.len() as u32;
        let Some(tables) = &self.tables else { return Ok(()) };
        let Some(resource) = tables.resource(&self.part, node, index)? else { return Ok(()) };
        let destructor = self.maps[node].core_funcs[destructor as usize];
        self.put_destructor(resource, destructor);
        Ok(())
    }

    fn put_destructor(&mut self, resource: usize, destructor: u32) {
        let Some(tables) = &self.tables else { return };
        let (instance, ty) = (tables.instance, tables.destructors());
        let table = self.builder.core_alias_export(None, instance, handles::DESTRUCTORS, ExportKind::Table);
        self.put(resource as u32, ty, table, destructor, (&[ValType::I32], &[]));
    }

    fn put(
        &mut self,
        slot: u32,
        ty: TableType,
        table: u32,
        function: u32,
        (params, results): (&[ValType], &[ValType]),
    ) {
        let given = [("function", ExportKind::Func, function), ("table", ExportKind::Table, table)];
        let given = self.builder.core_instantiate_exports(None, given);
        let filler = self.builder.core_module(Some("filler"), &memory::filler(slot, ty, params, results));
        self.builder.core_instantiate(Some("filler"), filler, [("", ModuleArg::Instance(given))]);
    }

    pub(crate) fn joints(&self, consumer: usize) -> impl Iterator<Item = (usize, &'a Joint)> + use<'a> {
        let joints = self.part.joints.range((consumer, 0)..(consumer + 1, 0));
        joints.flat_map(|((_, provider), joints)| joints.iter().map(move |joint| (*provider, joint)))
    }

    /// Instantiates the adapters between a consumer and its providers.
    pub(crate) fn adapters(&mut self, consumer: usize) -> Result<()> {
        for (provider, joint) in self.joints(consumer) {
            for function in joint.functions.values().filter(|function| function.is_callees) {
                let callees = self.maps[provider].core_funcs[function.core_func as usize];
                self.maps[consumer].adapted.insert(function.import.clone(), callees);
            }
            if joint.functions.values().all(|function| function.is_callees) {
                continue;
            }
            let mut given = Vec::new();
            for import in &joint.adapter.imports {
                given.push(self.adapter_import(consumer, provider, joint, import)?);
            }
            let instance = instantiate(&mut self.builder, "adapter", &joint.adapter, &given)?;
            for (name, function) in joint.functions.iter().filter(|(_, function)| !function.is_callees) {
                let adapted = instance.function(&mut self.builder, name)?;
                self.maps[consumer].adapted.insert(function.import.clone(), adapted);
            }
        }
        Ok(())
    }

    fn adapter_import(
        &mut self,
        consumer: usize,
        provider: usize,
        joint: &Joint,
        import: &Import,
    ) -> Result<(ExportKind, u32)> {
        let of_provider = |index: u32| self.maps[provider].core_funcs[index as usize];
        match import {
            Import::Function(name) => Ok((ExportKind::Func, of_provider(joint.functions[name].core_func))),
            Import::PostReturn(name) => {
                let post_return = joint.functions[name].post_return.context("there is no post-return function")?;
                Ok((ExportKind::Func, of_provider(post_return)))
            }
            Import::Memory(Role::Callee) => self.owned(provider, &joint.provider, ExportKind::Memory),
            Import::Realloc(Role::Callee) => self.owned(provider, &joint.provider, ExportKind::Func),
            Import::Memory(Role::Caller) => match self.maps[consumer].owner {
                Some(owner) => {
                    Ok((ExportKind::Memory, self.builder.core_alias_export(None, owner, "memory", ExportKind::Memory)))
                }
                None => self.owned(consumer, &joint.consumer, ExportKind::Memory),
            },
            Import::Realloc(Role::Caller) => match self.maps[consumer].owner {
                Some(owner) => {
                    Ok((ExportKind::Table, self.builder.core_alias_export(None, owner, "realloc", ExportKind::Table)))
                }
                None => self.owned(consumer, &joint.consumer, ExportKind::Func),
            },
            Import::Handle { .. } | Import::EnterCall | Import::LeaveCall => {
                let tables = self.tables.as_ref().context("an adapter passes handles that no table keeps")?;
                let export = tables.export_for(consumer, provider, joint, import)?;
                Ok((ExportKind::Func, tables.alias(&mut self.builder, export)))
            }
            Import::DropHandle { direction, ownership, resource } => {
                let receiver = if *direction == Direction::Call { provider } else { consumer };
                let tables = self.tables.as_ref().context("an adapter drops handles that no table keeps")?;
                match tables.export_for_drop(receiver, &joint.resources[*resource], *ownership)? {
                    Some(export) => Ok((ExportKind::Func, tables.alias(&mut self.builder, export))),
                    None => Ok((ExportKind::Func, self.without_tables("forget")?)),
                }
            }
            Import::Outside(outside) => self.of_outside(*outside),
            Import::Lazy(lazy) => self.of_entries(*lazy),
            Import::Log => bail!("an adapter between guests keeps no log"),
        }
    }

    pub(crate) fn owned(&mut self, node: usize, owner: &Owner, kind: ExportKind) -> Result<(ExportKind, u32)> {
        let place = if kind == ExportKind::Memory { &owner.memory } else { &owner.realloc };
        let (instance, name) = place.as_ref().context("an adapter needs a memory or realloc that its guest lacks")?;
        let instance = self.maps[node].core_instances.get(*instance as usize);
        let instance = *instance.context("an adapter is needed before its guest's memory is there")?;
        Ok((kind, self.builder.core_alias_export(None, instance, name, kind)))
    }

    /// A function of the tables in place of a resource built-in. Behind the first `resource.drop` for a resource of the host is the
    /// engine's.
    pub(crate) fn built_in(
        &mut self,
        node: usize,
        function: &CanonicalFunction,
        export: handles::Export,
    ) -> Result<u32> {
        let tables = self.tables.as_mut().context("a built-in without tables")?;
        let alias = tables.alias(&mut self.builder, export);
        if let (handles::Export::Release(_, number), CanonicalFunction::ResourceDrop { resource }) = (export, function)
            && tables.dropped.insert(number)
        {
            let engines = self.builder.resource_drop(self.maps[node].types[*resource as usize]);
            self.put_destructor(number, engines);
        }
        Ok(alias)
    }

    /// A core function behind its gate, if it has one. `options` are its canonical ones.
    pub(crate) fn gated(
        &mut self,
        node: usize,
        gate: Option<&Gate>,
        function: u32,
        options: &[wasmparser::CanonicalOption],
    ) -> Result<u32> {
        let Some(gate) = gate else { return Ok(function) };
        let memory = options.iter().find_map(|option| match option {
            wasmparser::CanonicalOption::Memory(index) => Some(self.maps[node].memories[*index as usize]),
            _ => None,
        });
        let tables = self.tables.as_ref().context("a gate without tables")?;
        gates::emit(&mut self.builder, tables, node, gate, function, memory)
    }
}
