//! Values that stay objects: a table of them, whose indices the guest has, and the functions that read them.
//!
//! A function with such values is two: the adapter's passes numbers in their places, and one here puts objects into the table or takes
//! them out of it. The functions of the interface `objects` are here, and adapters convert what they give.

mod code;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use onramp_abi::gc::{self, CoreTypes, Unit, Value};
use onramp_abi::kept::{Access, INTERFACE, Kept};
use onramp_abi::{Profile, Role, Types, names};
use wit_parser::Function;

use crate::link::core::Core;
use crate::link::merge::{Part, Source};
use crate::prelude::{Wit, WorldFunction};

use super::plan::Plan;
use code::Code;

/// What the name of an imported function's part here begins with.
const IMPORT: &str = "import ";

/// What the name of an exported function's part here begins with.
const EXPORT: &str = "export ";

/// The function that drops an object.
const DROP: &str = "drop";

/// Where what the guest imports goes on.
pub(super) fn imported(index: usize, name: &str) -> Source {
    Source::Export(index, format!("{IMPORT}{name}"))
}

/// The module.
pub(super) struct Keeper {
    wasm: Vec<u8>,
    /// Its imports: each its core name, or the function of an adapter.
    imports: Vec<(String, Inner)>,
    /// The functions that the guest exports, with their names here.
    exports: BTreeMap<String, String>,
}

/// Where a function here goes on.
enum Inner {
    /// To an import.
    Import(String, String),
    /// To the guest's function, through the adapter.
    Export(String),
}

/// The module under construction.
struct Builder<'b> {
    wit: &'b Wit,
    kept: &'b Kept,
    unit: Unit,
    types: Types<'b>,
    core: CoreTypes,
    code: Code,
    keeper: Keeper,
}

impl Keeper {
    /// The module for what a plan has; `None`: nothing stays an object.
    ///
    /// # Errors
    /// When a function has a type that cannot be passed.
    pub(super) fn new(wit: &Wit, kept: &Kept, unit: Unit, plan: &Plan) -> Result<Option<Self>> {
        if kept.objects.is_empty() {
            return Ok(None);
        }
        let keeper = Keeper { wasm: Vec::new(), imports: Vec::new(), exports: BTreeMap::new() };
        let types = Types::new(&wit.resolve)?;
        let mut builder = Builder { wit, kept, unit, types, core: CoreTypes::default(), code: Code::default(), keeper };
        for (role, all) in [(Role::Caller, &plan.imports), (Role::Callee, &plan.exports)] {
            for woven in all.iter().filter(|woven| woven.keeps && woven.one.interface != INTERFACE) {
                builder.import(&woven.one, role)?;
            }
        }
        builder.code.table(&mut builder.core);
        for woven in plan.imports.iter().filter(|woven| woven.one.interface == INTERFACE) {
            builder.accessor(&woven.one)?;
        }
        let mut inner = 0;
        for (role, all) in [(Role::Caller, &plan.imports), (Role::Callee, &plan.exports)] {
            for woven in all.iter().filter(|woven| woven.keeps && woven.one.interface != INTERFACE) {
                builder.function(&woven.one, role, inner)?;
                inner += 1;
            }
        }
        builder.keeper.wasm = builder.code.finish(&builder.core);
        Ok(Some(builder.keeper))
    }

    /// Adds it to the parts: the guest, and the adapters for its imports and its exports, if there are such.
    pub(super) fn join<'m>(&'m self, core: &Core, parts: &mut Vec<Part<'m>>, exports_adapter: usize) {
        let this = parts.len();
        let mut part = Part { module: &self.wasm, imports: BTreeMap::new(), exports: self.exports.clone() };
        for (number, (name, inner)) in self.imports.iter().enumerate() {
            let source = match inner {
                Inner::Import(module, field) => Source::Import(module.clone(), field.clone()),
                Inner::Export(adapter) => Source::Export(exports_adapter, adapter.clone()),
            };
            part.imports.insert((number.to_string(), name.clone()), source);
        }
        for (module, field, _) in &core.imports {
            if *module == INTERFACE && field.starts_with("[resource-drop]") {
                let name = ((*module).to_owned(), (*field).to_owned());
                parts[0].imports.insert(name, Source::Export(this, DROP.to_owned()));
            }
        }
        parts.push(part);
    }
}

impl Builder<'_> {
    /// The function where this one goes on.
    fn import(&mut self, one: &WorldFunction, role: Role) -> Result<()> {
        let resolve = &self.wit.resolve;
        let name = names::function(resolve, one.key, one.function);
        let (inner, ty) = match role {
            Role::Caller => {
                let (module, field) = names::import(resolve, Profile::Gc, one.key, one.function);
                (Inner::Import(module, field), self.chosen(&self.kept.full(resolve, one.function))?.ty)
            }
            Role::Callee => (Inner::Export(name.clone()), self.chosen(&self.kept.bare(resolve, one.function))?.ty),
        };
        self.code.import(&self.keeper.imports.len().to_string(), &name, ty);
        self.keeper.imports.push((name, inner));
        Ok(())
    }

    fn chosen(&mut self, function: &Function) -> Result<gc::Function> {
        Ok(gc::Function::chosen_in(&mut self.types, function, &mut self.core, self.unit)?)
    }

    /// A function whose values stay objects, around the `inner`th import.
    fn function(&mut self, one: &WorldFunction, role: Role, inner: u32) -> Result<()> {
        let resolve = &self.wit.resolve;
        let name = names::function(resolve, one.key, one.function);
        let full = self.chosen(&self.kept.full(resolve, one.function))?;
        let bare = self.chosen(&self.kept.bare(resolve, one.function))?;
        let is_kept = |ty| self.kept.object(resolve, ty).is_some();
        let params: Vec<Option<Arc<Value>>> = one
            .function
            .params
            .iter()
            .zip(&full.params)
            .map(|(param, value)| is_kept(&param.ty).then(|| value.clone()))
            .collect();
        let result = one.function.result.as_ref().filter(|ty| is_kept(ty)).and(full.result.clone());
        let (own, ty) = match role {
            Role::Caller => (format!("{IMPORT}{name}"), bare.ty),
            Role::Callee => (format!("{EXPORT}{name}"), full.ty),
        };
        self.code.function(&own, ty, role, inner, &params, result.as_deref());
        if role == Role::Callee {
            self.keeper.exports.insert(own, names::export(resolve, Profile::Gc, one.key, one.function));
        }
        Ok(())
    }

    /// A function of the interface `objects`.
    fn accessor(&mut self, one: &WorldFunction) -> Result<()> {
        let (resolve, name) = (&self.wit.resolve, &one.function.name);
        let accessor = self.kept.accessors.iter().find(|accessor| accessor.name == *name);
        let accessor = accessor.with_context(|| format!("`{INTERFACE}` has no `{name}`"))?;
        let object = self.kept.objects[accessor.object].ty;
        let mut whole = self.kept.bare(resolve, one.function);
        (whole.params, whole.result) = (Vec::new(), Some(object));
        let value = self.chosen(&whole)?.result.context("it has a result")?;
        let ty = self.chosen(&self.kept.bare(resolve, one.function))?.ty;
        let own = format!("{IMPORT}{}", names::function(resolve, one.key, one.function));
        match accessor.access {
            Access::Make => self.code.make(&own, ty),
            access => self.code.access(&own, ty, &value, access, accessor.keeps),
        }
        Ok(())
    }
}
