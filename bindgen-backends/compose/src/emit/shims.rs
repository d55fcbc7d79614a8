//! Leaving out wit-component's shim. A guest needs it for functions that can be lowered only when its memory is there; a guest whose
//! memory is there before it, and that has adapters for all that needs its `realloc`, needs none.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use wasm_encoder::{
    CanonicalOption, EntityType, ExportKind, ImportSection, Module, ModuleArg, StartSection, TypeSection,
};
use wasmparser::{ExternalKind, Instance, Parser, Payload, TypeRef};

use crate::boundary;
use crate::link::Overlay;
use crate::plan::{self, Flat};
use crate::shape::{CoreFunc, Shape};
use crate::shim;

use super::Writer;

/// Stands for the index of what is left out.
pub(super) const LEFT_OUT: u32 = u32::MAX;

/// What of a skeleton is left out.
#[derive(Default)]
pub(crate) struct Shims {
    /// Modules of shims, and those that fill them.
    pub(super) modules: BTreeSet<u32>,
    /// Instances of shims, of what fills them, and those made of exports that nobody else is given.
    pub(super) instances: BTreeSet<u32>,
    /// What runs when an instance that is left out is instantiated: the instance and name of a function.
    starts: BTreeMap<u32, (u32, String)>,
    /// The lowered functions that only shims call.
    pub(super) lowers: BTreeSet<u32>,
    /// The lowered functions that are made when the guest needs them, with their new indices.
    early: BTreeMap<u32, u32>,
}

impl<'a> Writer<'a> {
    /// What of a guest's skeleton is left out, if the guest is alone.
    pub(super) fn shims(&self, node: usize, flat: &Flat<'a>, overlay: &Overlay) -> Result<Shims> {
        let is_alone = self.part.graph.nodes.len() == 1 && self.part.gates[node].is_none();
        let mut shims = Shims::default();
        let has_memories = flat.taken_out.is_some() || plan::memories(&flat.shape, Some(overlay))?.is_empty();
        if !is_alone || !has_memories {
            return Ok(shims);
        }
        let shape = &flat.shape;
        let behind = shim::behind_shims(shape);
        let all: BTreeSet<u32> = behind.keys().map(|(shim, _)| *shim).collect();
        for shim in all {
            let lowers: BTreeSet<u32> =
                behind.iter().filter(|((of, _), _)| *of == shim).map(|(_, lower)| *lower).collect();
            let mut needed = false;
            for lower in &lowers {
                needed |= self.needs_shim(node, flat, overlay, *lower)?;
            }
            if !needed {
                shims.leave_out(shape, shim, lowers)?;
            }
        }
        shims.only_theirs(shape, overlay);
        Ok(shims)
    }

    /// Whether the guest can call a lowered function only through a shim.
    fn needs_shim(&self, node: usize, flat: &Flat<'a>, overlay: &Overlay, lower: u32) -> Result<bool> {
        let Some(CoreFunc::Lower(function, options)) = flat.shape.core_funcs.get(lower as usize) else {
            return Ok(true);
        };
        let Some((interface, name)) = boundary::imported(&flat.shape, *function) else { return Ok(true) };
        let key = (interface.to_owned(), name.to_owned());
        let Some(spoken) = overlay.speech.imports.get(&key) else { return Ok(true) };
        let calls_back = options.iter().any(|option| {
            !matches!(
                option,
                wasmparser::CanonicalOption::Memory(_)
                    | wasmparser::CanonicalOption::UTF8
                    | wasmparser::CanonicalOption::UTF16
                    | wasmparser::CanonicalOption::CompactUTF16
            )
        });
        Ok(self.boundary_of(node)?.is_direct(&key, spoken.profile)? && calls_back)
    }

    /// A core function that would lead through a shim which is left out, or be behind it; `None`: there is no such shim.
    pub(super) fn without_shim(&mut self, node: usize, flat: &Flat<'a>, index: u32) -> Result<Option<u32>> {
        let shims = &self.maps[node].overlaid.shims;
        let lower = match &flat.shape.core_funcs[index as usize] {
            CoreFunc::Alias(instance, name) if shims.instances.contains(instance) => {
                let behind = shim::behind_shims(&flat.shape);
                *behind.get(&(*instance, *name)).context("a shim has a function that leads nowhere")?
            }
            CoreFunc::Lower(..) if shims.lowers.contains(&index) => index,
            _ => return Ok(None),
        };
        if let Some(early) = shims.early.get(&lower) {
            return Ok(Some(*early));
        }
        let made = match self.adapted(node, &flat.shape, lower) {
            Some(_) => LEFT_OUT,
            None => self.early(node, flat, lower)?,
        };
        self.maps[node].overlaid.shims.early.insert(lower, made);
        Ok(Some(made))
    }

    /// Lowers a function with the guest's memory, which was taken out of it.
    fn early(&mut self, node: usize, flat: &Flat<'a>, lower: u32) -> Result<u32> {
        let CoreFunc::Lower(function, options) = &flat.shape.core_funcs[lower as usize] else {
            anyhow::bail!("a shim leads to a function that is not lowered");
        };
        let memory = self.memory_of(node)?;
        let option = |option: &wasmparser::CanonicalOption| match option {
            wasmparser::CanonicalOption::UTF16 => CanonicalOption::UTF16,
            wasmparser::CanonicalOption::CompactUTF16 => CanonicalOption::CompactUTF16,
            wasmparser::CanonicalOption::Memory(_) => CanonicalOption::Memory(memory),
            _ => CanonicalOption::UTF8,
        };
        let options: Vec<_> = options.iter().map(option).collect();
        let function = self.func(node, &flat.shape, *function)?;
        Ok(self.builder.lower_func(None, function, options))
    }

    /// What an instance that is left out would have run.
    pub(super) fn start_without_shim(&mut self, node: usize, flat: &Flat<'a>, index: u32) -> Result<()> {
        let Some((instance, name)) = self.maps[node].overlaid.shims.starts.get(&index).cloned() else { return Ok(()) };
        let function = match &flat.shape.core_instances[instance as usize] {
            Instance::Instantiate { .. } => self.overlay_export(node, flat, instance, &name)?,
            Instance::FromExports(exports) => {
                let found = exports.iter().find(|export| export.name == name && export.kind == ExternalKind::Func);
                let index = found.context("what a shim runs is not there")?.index;
                self.maps[node].core_funcs[index as usize]
            }
        };
        let given = self.builder.core_instantiate_exports(None, [("", ExportKind::Func, function)]);
        let module = self.builder.core_module(Some("start"), &starter());
        self.builder.core_instantiate(Some("start"), module, [("", ModuleArg::Instance(given))]);
        Ok(())
    }
}

impl Shims {
    /// Leaves a shim out, and what fills it.
    fn leave_out(&mut self, shape: &Shape, shim: u32, lowers: BTreeSet<u32>) -> Result<()> {
        self.instances.insert(shim);
        for (index, instance) in shape.core_instances.iter().enumerate() {
            let Instance::Instantiate { module_index, args } = instance else { continue };
            let fills = shim::filled_by(shape, instance) == Some(shim)
                || args.iter().any(|argument| {
                    let given = shape.core_instances.get(argument.index as usize);
                    given.is_some_and(|given| shim::filled_by(shape, given) == Some(shim))
                });
            if index as u32 == shim || fills {
                self.modules.insert(*module_index);
                self.instances.insert(index as u32);
            }
            if !fills {
                continue;
            }
            let module = shape.modules.get(*module_index as usize).context("there is no such module")?;
            if let Some((from, name)) = start(module)? {
                let given = args.iter().find(|argument| argument.name == from);
                let given = given.context("what fills a shim is not given what it imports")?;
                self.starts.insert(index as u32, (given.index, name));
            }
        }
        self.lowers.extend(lowers);
        Ok(())
    }

    /// Leaves out instances made of exports that only go to what is left out, or to the guest where it imports nothing from them.
    fn only_theirs(&mut self, shape: &Shape, overlay: &Overlay) {
        let mut needed = BTreeSet::new();
        for (index, instance) in shape.core_instances.iter().enumerate() {
            let Instance::Instantiate { module_index, args } = instance else { continue };
            if self.instances.contains(&(index as u32)) {
                continue;
            }
            let is_guest = *module_index == overlay.place;
            let given = args.iter().filter(|argument| !is_guest || overlay.speech.modules.contains(argument.name));
            needed.extend(given.map(|argument| argument.index));
        }
        for (index, instance) in shape.core_instances.iter().enumerate() {
            if matches!(instance, Instance::FromExports(_)) && !needed.contains(&(index as u32)) {
                self.instances.insert(index as u32);
            }
        }
    }
}

/// The module and field of the import that a module runs as its start function, if it does.
fn start(module: &[u8]) -> Result<Option<(String, String)>> {
    let (mut functions, mut start) = (Vec::new(), None);
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if let TypeRef::Func(_) | TypeRef::FuncExact(_) = import.ty {
                        functions.push((import.module.to_owned(), import.name.to_owned()));
                    }
                }
            }
            Payload::StartSection { func, .. } => start = Some(func),
            _ => {}
        }
    }
    let Some(start) = start else { return Ok(None) };
    Ok(Some(functions.into_iter().nth(start as usize).context("what fills a shim runs a function of its own")?))
}

/// A module that runs what it imports.
fn starter() -> Module {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("", "", EntityType::Function(0));
    module.section(&types).section(&imports).section(&StartSection { function_index: 0 });
    module
}
