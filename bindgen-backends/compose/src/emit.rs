//! Writing a composition: the definitions of every flat instance one after the other, with their indices moved.

mod arguments;
mod built_ins;
mod direct;
mod lazy;
pub(crate) mod native;
mod overlay;
mod references;
mod shims;
mod unused;

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail};
use wasm_encoder::{ComponentExportKind, ExportKind, ModuleArg};
use wasmparser::{CanonicalFunction, ComponentExternalKind, ExternalKind, Instance, TypeBounds};

use crate::boundary;
use crate::builder::Builder;
use crate::gates::Gates;
use crate::graph::Graph;
use crate::instantiate as generated;
use crate::joint::Joints;
use crate::lazy::Shared;
use crate::link::Overlay;
use crate::memory;
use crate::outside::Outside;
use crate::plan::Flat;
use crate::prelude::{Prelude, Wit};
use crate::shape::{ComponentInst, CoreFunc, Definition, Func, Shape};
use crate::tables::Tables;
use crate::{moved, shim};
use overlay::{Gated, Overlaid};

/// Instances that are all flat. Their connections that are not fused are imports.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// The instances.
    pub graph: &'a Graph,
    /// What they are made of.
    pub flats: &'a [&'a Flat<'a>],
    /// Their fused connections.
    pub joints: &'a Joints,
    /// The gates of those that need any.
    pub gates: &'a [Option<Gates>],
    /// What their adapters share, if one of them is lazy.
    pub shared: Option<&'a Shared>,
    /// The WIT of the graph's inputs.
    pub wits: &'a [Option<Wit>],
    /// Whether what passes as references is written in upstream's encoding, and not with adapters.
    pub native_gc: bool,
}

/// Writes flat instances as one component.
///
/// # Errors
/// When a definition cannot be written; this is a fault of the plan, not of the components.
pub fn emit(part: &Part, prelude: &Prelude) -> Result<Vec<u8>> {
    let shape = Shape::read_with_functions(&prelude.component).context("the merged imports cannot be read")?;
    let mut writer = Writer {
        part: *part,
        builder: Builder::default(),
        host: BTreeMap::new(),
        host_functions: BTreeMap::new(),
        host_types: BTreeMap::new(),
        maps: Vec::new(),
        tables: None,
        outside: None,
        no_tables: None,
        boundaries: overlay::boundaries(part)?,
        values: Vec::new(),
        entries: None,
    };
    writer.imports(&shape)?;
    writer.lazy_guests()?;
    writer.tables = Tables::define(part, &mut writer.builder)?;
    for (node, flat) in part.flats.iter().enumerate() {
        writer.flat(node, flat)?;
    }
    writer.values()?;
    for (node, name) in &part.graph.exports {
        let (kind, index) = writer.exported(*node, name)?;
        writer.builder.export(name.as_str(), kind, index, None);
    }
    Ok(writer.builder.finish())
}

/// New indices by old ones, in the index spaces of one instance. What is made on demand has none until then.
#[derive(Default)]
pub(crate) struct Maps {
    pub(crate) types: Vec<u32>,
    pub(crate) modules: Vec<u32>,
    pub(crate) core_instances: Vec<u32>,
    pub(crate) core_funcs: Vec<u32>,
    pub(crate) memories: Vec<u32>,
    pub(crate) tables: Vec<u32>,
    pub(crate) globals: Vec<u32>,
    pub(crate) tags: Vec<u32>,
    pub(crate) components: HashMap<u32, u32>,
    pub(crate) instances: HashMap<u32, u32>,
    pub(crate) funcs: HashMap<u32, u32>,
    /// The core functions of adapters, by the import and the function that they stand for.
    pub(crate) adapted: HashMap<(String, String), u32>,
    /// The instance that owns the memory which was taken out of this one.
    pub(crate) owner: Option<u32>,
    /// What it has because it is laid over a skeleton.
    pub(crate) overlaid: Overlaid,
}

pub(crate) struct Writer<'a> {
    pub(crate) part: Part<'a>,
    pub(crate) builder: Builder,
    /// The host's instances, by the name of the import.
    pub(crate) host: BTreeMap<String, u32>,
    /// The host's functions at the level of the world, by the name of the import.
    host_functions: BTreeMap<String, u32>,
    /// The types that the composition imports at the level of the world, by name.
    host_types: BTreeMap<String, u32>,
    pub(crate) maps: Vec<Maps>,
    /// The handle tables, if resources pass between guests.
    pub(crate) tables: Option<Tables>,
    /// What stands for the host, if a guest does not speak its ABI.
    outside: Option<Outside>,
    /// What stands for handle tables where there are none.
    no_tables: Option<generated::Instance>,
    /// The adapters between the nodes and the host.
    boundaries: Vec<overlay::Boundaries>,
    /// The modules for values that are forwarded, until they are instantiated.
    values: Vec<lazy::Values>,
    /// The instance of the module of lazy handles, if a guest is lazy.
    entries: Option<generated::Instance>,
}

impl<'a> Writer<'a> {
    /// The types and imports of the composition.
    fn imports(&mut self, shape: &Shape) -> Result<()> {
        let mut maps = Maps::default();
        for definition in &shape.definitions {
            match definition {
                Definition::Type(ty) => self.ty(&mut maps, ty.clone())?,
                Definition::Import(name) => {
                    let ty = *maps.types.last().context("an import without a type")?;
                    let ty = wasm_encoder::ComponentTypeRef::Instance(ty);
                    let instance = self.builder.import(*name, ty);
                    maps.instances.insert(maps.instances.len() as u32, instance);
                    self.host.insert((*name).to_owned(), instance);
                }
                Definition::ImportFunc(name, ty) => {
                    let ty = *maps.types.get(*ty as usize).context("an import without a type")?;
                    let function = self.builder.import(*name, wasm_encoder::ComponentTypeRef::Func(ty));
                    self.host_functions.insert((*name).to_owned(), function);
                }
                Definition::ImportType(name, bounds) => {
                    let bounds = match bounds {
                        TypeBounds::Eq(ty) => {
                            let ty = maps.types.get(*ty as usize).context("an import without a type")?;
                            wasm_encoder::TypeBounds::Eq(*ty)
                        }
                        TypeBounds::SubResource => wasm_encoder::TypeBounds::SubResource,
                    };
                    let ty = self.builder.import(*name, wasm_encoder::ComponentTypeRef::Type(bounds));
                    self.host_types.insert((*name).to_owned(), ty);
                    maps.types.push(ty);
                }
                Definition::TypeAlias(instance, name) => {
                    let instance = *maps.instances.get(instance).context("an alias of what is not imported")?;
                    maps.types.push(self.builder.alias_export(instance, name, ComponentExportKind::Type));
                }
                _ => break,
            }
        }
        Ok(())
    }

    fn ty(&mut self, maps: &mut Maps, ty: wasmparser::ComponentType) -> Result<()> {
        let (index, encoder) = self.builder.ty(None);
        moved::write(encoder, ty, &maps.types, &maps.core_funcs)?;
        maps.types.push(index);
        Ok(())
    }

    /// The host's instance for an import.
    fn host(&self, import: &str) -> Result<u32> {
        self.host.get(import).copied().with_context(|| format!("`{import}` was not merged"))
    }

    /// An import of a flat instance. One that has types and no functions is not among the merged ones: wit-component keeps
    /// what functions need. It is imported as the guest imports it.
    fn import(&mut self, node: usize, name: &str) -> Result<()> {
        if self.part.graph.nodes[node].connections.contains_key(name) || self.host(name).is_ok() {
            return Ok(());
        }
        let ty = *self.maps[node].types.last().context("an import without a type")?;
        let instance = self.builder.import(name, wasm_encoder::ComponentTypeRef::Instance(ty));
        self.host.insert(name.to_owned(), instance);
        Ok(())
    }

    /// What a node exports under a name: an instance, or a function at the level of the world.
    fn exported(&mut self, node: usize, name: &str) -> Result<(ComponentExportKind, u32)> {
        let shape = &self.part.flats[node].shape;
        match shape.exported_functions.iter().find(|(export, _)| *export == name) {
            Some((_, function)) => Ok((ComponentExportKind::Func, self.func(node, shape, *function)?)),
            None => Ok((ComponentExportKind::Instance, self.exported_instance(node, name)?)),
        }
    }

    /// The component-level instance that a node exports under a name.
    fn exported_instance(&mut self, node: usize, name: &str) -> Result<u32> {
        let shape = &self.part.flats[node].shape;
        let (_, instance) = shape
            .exports
            .iter()
            .find(|(export, _)| *export == name)
            .with_context(|| format!("there is no export `{name}`"))?;
        self.instance(node, shape, *instance)
    }

    fn flat(&mut self, node: usize, flat: &Flat<'a>) -> Result<()> {
        self.maps.push(Maps::default());
        if let Some((_, taken_out)) = &flat.taken_out {
            let owner = self.builder.core_module_raw(Some("memory"), &taken_out.owner);
            let owner = self.builder.core_instantiate(Some("memory"), owner, []);
            self.maps[node].owner = Some(owner);
        }
        if flat.taken_out.is_some() || flat.overlay.is_some() {
            self.adapters(node)?;
        }
        self.before_overlay(node, flat)?;
        let replaced = shim::behind_shims(&flat.shape);
        for definition in &flat.shape.definitions {
            self.definition(node, flat, definition, &replaced)?;
        }
        Ok(())
    }

    fn definition(
        &mut self,
        node: usize,
        flat: &Flat<'a>,
        definition: &Definition<'a>,
        replaced: &HashMap<(u32, &str), u32>,
    ) -> Result<()> {
        match definition {
            Definition::Type(ty) => {
                if let wasmparser::ComponentType::Resource { dtor: Some(destructor), .. } = ty {
                    self.destructor(node, *destructor)?;
                }
                let mut maps = std::mem::take(&mut self.maps[node]);
                let result = self.ty(&mut maps, ty.clone());
                self.maps[node] = maps;
                result?;
            }
            Definition::TypeAlias(instance, name) => {
                let instance = self.instance(node, &flat.shape, *instance)?;
                let ty = self.builder.alias_export(instance, name, ComponentExportKind::Type);
                self.maps[node].types.push(ty);
            }
            Definition::Module(index) => {
                if self.maps[node].overlaid.shims.modules.contains(index) {
                    self.maps[node].modules.push(shims::LEFT_OUT);
                    return Ok(());
                }
                let module = match (&flat.taken_out, &flat.overlay) {
                    (Some((taken, taken_out)), _) if taken == index => taken_out.module.as_slice(),
                    (_, Some(overlay)) if overlay.place == *index => overlay.module,
                    _ => flat.shape.modules[*index as usize],
                };
                let module = self.builder.core_module_raw(None, module);
                self.maps[node].modules.push(module);
            }
            Definition::CoreInstance(index) => self.core_instance(node, flat, *index)?,
            Definition::CoreFunc(index) => {
                let function = self.core_func(node, flat, *index, replaced)?;
                self.maps[node].core_funcs.push(function);
            }
            Definition::CoreAlias(kind, instance, name) => {
                if *kind == ExternalKind::Memory && self.lacks_memory(flat, *instance) {
                    let memory = self.unused_memory(node);
                    self.maps[node].memories.push(memory);
                    return Ok(());
                }
                let instance = self.maps[node].core_instances[*instance as usize];
                match instance {
                    shims::LEFT_OUT => self.maps[node].tables.push(shims::LEFT_OUT),
                    _ => self.core_alias(node, *kind, instance, name)?,
                }
            }
            Definition::Import(name) => self.import(node, name)?,
            Definition::ImportType(name, bounds) => {
                let types = &self.maps[node].types;
                let ty = match (self.host_types.get(*name), bounds) {
                    (Some(ty), _) => *ty,
                    (None, TypeBounds::Eq(ty)) => *types.get(*ty as usize).context("there is no such type")?,
                    (None, TypeBounds::SubResource) => bail!("`{name}` was not merged"),
                };
                self.maps[node].types.push(ty);
            }
            Definition::ImportFunc(..) | Definition::Lazy | Definition::Export => {}
        }
        Ok(())
    }

    fn core_alias(&mut self, node: usize, kind: ExternalKind, instance: u32, name: &str) -> Result<()> {
        let maps = &mut self.maps[node];
        let (kind, space) = match kind {
            ExternalKind::Memory => (ExportKind::Memory, &mut maps.memories),
            ExternalKind::Table => (ExportKind::Table, &mut maps.tables),
            ExternalKind::Global => (ExportKind::Global, &mut maps.globals),
            ExternalKind::Tag => (ExportKind::Tag, &mut maps.tags),
            ExternalKind::Func | ExternalKind::FuncExact => bail!("a function is no other alias"),
        };
        space.push(self.builder.core_alias_export(None, instance, name, kind));
        Ok(())
    }

    fn core_instance(&mut self, node: usize, flat: &Flat<'a>, index: u32) -> Result<()> {
        if self.maps[node].overlaid.shims.instances.contains(&index) {
            self.start_without_shim(node, flat, index)?;
            self.maps[node].core_instances.push(shims::LEFT_OUT);
            return Ok(());
        }
        let maps = &self.maps[node];
        let instance = match &flat.shape.core_instances[index as usize] {
            Instance::Instantiate { module_index, args } => {
                let (module, owner) = (maps.modules[*module_index as usize], maps.owner);
                let mut arguments: Vec<(&str, ModuleArg)> = Vec::new();
                for argument in args {
                    let instance = self.given(node, flat, *module_index, argument)?;
                    arguments.push((argument.name, ModuleArg::Instance(instance)));
                }
                if let Some(overlay) = flat.overlay.as_ref().filter(|overlay| overlay.place == *module_index) {
                    arguments = self.overlay_arguments(node, overlay, arguments)?;
                }
                let taken_out = flat.taken_out.as_ref().is_some_and(|(taken, _)| taken == module_index);
                if let (true, Some(owner)) = (taken_out, owner) {
                    arguments.push((memory::NAMESPACE, ModuleArg::Instance(owner)));
                }
                let instance = self.builder.core_instantiate(None, module, arguments);
                self.maps[node].core_instances.push(instance);
                return self.fill(node, index);
            }
            Instance::FromExports(exports) => {
                // A function that led through a shim the guest calls by another name.
                let is_there = |export: &&wasmparser::Export| {
                    export.kind != ExternalKind::Func || maps.core_funcs[export.index as usize] != shims::LEFT_OUT
                };
                let exports: Vec<_> = exports
                    .iter()
                    .filter(is_there)
                    .map(|export| {
                        let index = export.index as usize;
                        Ok(match export.kind {
                            ExternalKind::Func => (export.name, ExportKind::Func, maps.core_funcs[index]),
                            ExternalKind::Memory => (export.name, ExportKind::Memory, maps.memories[index]),
                            ExternalKind::Table => (export.name, ExportKind::Table, maps.tables[index]),
                            ExternalKind::Global => (export.name, ExportKind::Global, maps.globals[index]),
                            ExternalKind::Tag => (export.name, ExportKind::Tag, maps.tags[index]),
                            ExternalKind::FuncExact => bail!("an exact function reference is not known here"),
                        })
                    })
                    .collect::<Result<_>>()?;
                self.builder.core_instantiate_exports(None, exports)
            }
        };
        self.maps[node].core_instances.push(instance);
        Ok(())
    }

    fn core_func(
        &mut self,
        node: usize,
        flat: &Flat<'a>,
        index: u32,
        replaced: &HashMap<(u32, &str), u32>,
    ) -> Result<u32> {
        let shape = &flat.shape;
        if let Some(function) = self.without_shim(node, flat, index)? {
            return Ok(function);
        }
        if let Some(unused) = self.unused_lower(node, index) {
            return Ok(unused);
        }
        match &shape.core_funcs[index as usize] {
            CoreFunc::Alias(instance, name) => {
                let lowered = replaced.get(&(*instance, *name)).and_then(|lower| self.adapted(node, shape, *lower));
                if let Some(adapted) = lowered {
                    return Ok(adapted);
                }
                self.overlay_export(node, flat, *instance, name)
            }
            CoreFunc::Lower(function, options) => {
                if self.joint_of(node, shape, index) && self.maps[node].adapted.is_empty() {
                    self.adapters(node)?;
                }
                if let Some(adapted) = self.adapted(node, shape, index) {
                    return Ok(adapted);
                }
                let function = self.func(node, shape, *function)?;
                let encoded = self.options(node, options)?;
                let lowered = self.builder.lower_func(None, function, encoded);
                let gate = self.part.gates[node].as_ref().and_then(|gates| gates.imports.get(&index));
                self.gated(node, gate, lowered, options)
            }
            CoreFunc::BuiltIn(function) => self.shared_built_in(node, function),
            CoreFunc::Resource(function) => {
                if let Some(export) = self
                    .tables
                    .as_ref()
                    .map(|tables| tables.built_in(&self.part, node, function))
                    .transpose()?
                    .flatten()
                {
                    return self.built_in(node, function, export);
                }
                let types = &self.maps[node].types;
                Ok(match function {
                    CanonicalFunction::ResourceNew { resource } => self.builder.resource_new(types[*resource as usize]),
                    CanonicalFunction::ResourceDrop { resource } => {
                        self.builder.resource_drop(types[*resource as usize])
                    }
                    CanonicalFunction::ResourceRep { resource } => self.builder.resource_rep(types[*resource as usize]),
                    _ => bail!("this is no resource built-in"),
                })
            }
        }
    }

    /// The import and function that a core function lowers, if it lowers one.
    fn lowered<'s>(shape: &'s Shape, index: u32) -> Option<(&'s str, &'s str)> {
        let CoreFunc::Lower(function, _) = shape.core_funcs.get(index as usize)? else { return None };
        boundary::imported(shape, *function)
    }

    /// True when a core function lowers a function of a fused connection.
    fn joint_of(&self, node: usize, shape: &Shape, index: u32) -> bool {
        let Some((interface, name)) = Self::lowered(shape, index) else { return false };
        let provider = self.part.graph.nodes[node].source(interface, name);
        provider.is_some_and(|(provider, _)| self.part.joints.contains_key(&(node, *provider)))
    }

    /// The adapter's function for a core function that lowers one of a fused connection, or one that the guest has another ABI for.
    fn adapted(&self, node: usize, shape: &Shape, index: u32) -> Option<u32> {
        let (import, name) = Self::lowered(shape, index)?;
        let key = (import.to_owned(), name.to_owned());
        let overlay = self.part.flats[node].overlay.as_ref();
        let is_of_others =
            |overlay: &Overlay| overlay.speech.imports.contains_key(&key) && overlay.spoken(index, &key).is_none();
        match overlay.is_some_and(is_of_others) {
            true => None,
            false => self.maps[node].adapted.get(&key).copied(),
        }
    }

    /// A component function of a flat instance, made if need be.
    fn func(&mut self, node: usize, shape: &Shape<'a>, index: u32) -> Result<u32> {
        if let Some(function) = self.maps[node].funcs.get(&index) {
            return Ok(*function);
        }
        let function = match shape.funcs.get(index as usize).context("there is no such function")? {
            Func::Alias(instance, name) => {
                let instance = self.instance(node, shape, *instance)?;
                self.builder.alias_export(instance, name, ComponentExportKind::Func)
            }
            Func::Import(name) => {
                *self.host_functions.get(*name).with_context(|| format!("`{name}` was not merged"))?
            }
            Func::Same(other) => self.func(node, shape, *other)?,
            Func::Lift(core, ty, options) => {
                let (core, options) = match self.overlay_lift(node, *core, options)? {
                    Some((core, encoded, Gated::No)) => (core, encoded),
                    Some((core, encoded, Gated::AsEager)) => {
                        let gate = self.part.gates[node].as_ref().and_then(|gates| gates.exports.get(&index));
                        (self.gated(node, gate, core, options)?, encoded)
                    }
                    None => {
                        let encoded = self.options(node, options)?;
                        let core = self.maps[node].core_funcs[*core as usize];
                        let gate = self.part.gates[node].as_ref().and_then(|gates| gates.exports.get(&index));
                        (self.gated(node, gate, core, options)?, encoded)
                    }
                };
                self.builder.lift_func(None, core, self.maps[node].types[*ty as usize], options)
            }
        };
        self.maps[node].funcs.insert(index, function);
        Ok(function)
    }

    /// A component instance of a flat instance, made if need be.
    fn instance(&mut self, node: usize, shape: &Shape<'a>, index: u32) -> Result<u32> {
        if let Some(instance) = self.maps[node].instances.get(&index) {
            return Ok(*instance);
        }
        let instance = match shape.instances.get(index as usize).context("there is no such instance")?.clone() {
            ComponentInst::Same(other) => self.instance(node, shape, other)?,
            ComponentInst::Import(name) => match self.part.graph.nodes[node].connections.get(name) {
                Some((provider, export)) => self.exported_instance(*provider, export)?,
                None => self.host(name)?,
            },
            ComponentInst::Exports(exports) => {
                let mut items = Vec::new();
                for export in &exports {
                    let (kind, item) = self.item(node, shape, export.kind, export.index)?;
                    items.push((export.name.name, kind, item));
                }
                self.builder.instantiate_exports(None, items)
            }
            ComponentInst::Instantiate(component, arguments) => {
                let mut items = Vec::new();
                for argument in &arguments {
                    let (kind, item) = self.item(node, shape, argument.kind, argument.index)?;
                    items.push((argument.name, kind, item));
                }
                let component = self.component(node, shape, component)?;
                self.builder.instantiate(None, component, items)
            }
        };
        self.maps[node].instances.insert(index, instance);
        Ok(instance)
    }

    fn component(&mut self, node: usize, shape: &Shape<'a>, index: u32) -> Result<u32> {
        if let Some(component) = self.maps[node].components.get(&index) {
            return Ok(*component);
        }
        let bytes = shape.components.get(index as usize).context("there is no such component")?;
        let component = self.builder.component_raw(None, bytes);
        self.maps[node].components.insert(index, component);
        Ok(component)
    }

    fn item(
        &mut self,
        node: usize,
        shape: &Shape<'a>,
        kind: ComponentExternalKind,
        index: u32,
    ) -> Result<(ComponentExportKind, u32)> {
        match kind {
            ComponentExternalKind::Func => Ok((ComponentExportKind::Func, self.func(node, shape, index)?)),
            ComponentExternalKind::Instance => Ok((ComponentExportKind::Instance, self.instance(node, shape, index)?)),
            ComponentExternalKind::Type => Ok((ComponentExportKind::Type, self.maps[node].types[index as usize])),
            _ => bail!("an interface has more than types, functions and interfaces"),
        }
    }
}
