//! The functions that convert: between the guest's memory and objects.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail, ensure};
use onramp_abi::gc::{self, CoreTypes};
use onramp_abi::kept::Kept;
use onramp_abi::{Profile, Role, Types, names};
use onramp_adapter::{FuncOptions, GcSides, Import, Module, Side, StringEncoding};

use wit_parser::Function;

use crate::link::core::{Core, Item};
use crate::link::merge::{Part, Source};
use crate::link::speech::REALLOC;
use crate::prelude::Wit;

use super::keeper;
use super::plan::{Plan, Woven};

/// A module of functions that convert.
pub(super) struct Adapter<'p, 'w> {
    adapter: onramp_adapter::Adapter,
    /// Which side the guest's memory is on.
    role: Role,
    /// The functions, by their names in the module.
    functions: BTreeMap<String, &'p Woven<'w>>,
    /// The names that they get, by their names in the module: module and field, or the export.
    names: BTreeMap<String, (String, String)>,
}

impl<'w> Plan<'w> {
    /// The modules that convert: for what the guest imports, and for what it exports.
    ///
    /// # Errors
    /// When a type is none that can be passed.
    pub(super) fn adapters<'p>(
        &'p self,
        wit: &Wit,
        kept: &Kept,
        encoding: StringEncoding,
    ) -> Result<Vec<Adapter<'p, 'w>>> {
        let both = [(Role::Caller, &self.imports), (Role::Callee, &self.exports)];
        let used = both.into_iter().filter(|(_, functions)| !functions.is_empty());
        used.map(|(role, functions)| Adapter::new(wit, kept, encoding, (role, functions))).collect()
    }
}

/// The code units of the objects for strings.
///
/// # Errors
/// In latin1+utf16, which would have to be transcoded: there is no memory to do it in.
pub(super) fn unit(encoding: StringEncoding) -> Result<gc::Unit> {
    match encoding {
        StringEncoding::Utf8 => Ok(gc::Unit::I8),
        StringEncoding::Utf16 => Ok(gc::Unit::I16),
        StringEncoding::Latin1Utf16 => {
            bail!("its strings are in latin1+utf16, which cannot be woven: it has to be utf8 or utf16")
        }
    }
}

impl<'p, 'w> Adapter<'p, 'w> {
    fn new(wit: &Wit, kept: &Kept, encoding: StringEncoding, (role, woven): (Role, &'p [Woven<'w>])) -> Result<Self> {
        let resolve = &wit.resolve;
        let linear = Side { encoding, ..Side::default() };
        let objects = Side { profile: Profile::Gc, ..Side::default() };
        let mut module = match role {
            Role::Caller => Module::woven(resolve, linear, objects),
            Role::Callee => Module::woven(resolve, objects, linear),
        }?;
        let unit = unit(encoding)?;
        let (mut types, mut core) = (Types::new(resolve)?, CoreTypes::default());
        let bare: Vec<Function> = woven.iter().map(|woven| kept.bare(resolve, woven.one.function)).collect();
        let chosen = bare.iter().map(|function| gc::Function::chosen_in(&mut types, function, &mut core, unit));
        let chosen = chosen.collect::<Result<Vec<_>, _>>()?;
        let (mut functions, mut named) = (BTreeMap::new(), BTreeMap::new());
        for ((woven, bare), chosen) in woven.iter().zip(&bare).zip(&chosen) {
            let (key, function) = (woven.one.key, woven.one.function);
            let name = names::function(resolve, key, function);
            let objects = Some((&core, chosen));
            let (sides, core_name) = match role {
                Role::Caller => {
                    (GcSides { caller: None, callee: objects }, names::import(resolve, Profile::Gc, key, function))
                }
                Role::Callee => {
                    let export = names::export(resolve, Profile::Gc, key, function);
                    (GcSides { caller: objects, callee: None }, (export, String::new()))
                }
            };
            let options = FuncOptions { post_return: woven.post_return.is_some() };
            module.add_gc(&name, bare, options, sides)?;
            functions.insert(name.clone(), woven);
            named.insert(name, core_name);
        }
        Ok(Adapter { adapter: module.finish(), role, functions, names: named })
    }

    /// Which side the guest's memory is on.
    pub(super) fn role(&self) -> Role {
        self.role
    }

    /// Adds it to the parts, the first of which is the guest; `keeper` is the index of that for values that stay objects.
    ///
    /// # Errors
    /// When the guest lacks what the functions need.
    pub(super) fn join<'m>(&'m self, core: &Core, parts: &mut Vec<Part<'m>>, keeper: usize) -> Result<()> {
        let this = parts.len();
        let mut part = Part { module: &self.adapter.wasm, imports: BTreeMap::new(), exports: BTreeMap::new() };
        for import in &self.adapter.imports {
            let name = (import.module().to_owned(), import.name());
            part.imports.insert(name, self.source(core, import, keeper)?);
        }
        for (name, woven) in &self.functions {
            match self.role {
                Role::Caller => {
                    let import = (woven.name.clone(), woven.one.function.name.clone());
                    parts[0].imports.insert(import, Source::Export(this, name.clone()));
                }
                // The keeper has it.
                Role::Callee if woven.keeps => {}
                Role::Callee => {
                    part.exports.insert(name.clone(), self.names[name].0.clone());
                }
            }
        }
        parts.push(part);
        Ok(())
    }

    /// Where it has an import from.
    fn source(&self, core: &Core, import: &Import, keeper: usize) -> Result<Source> {
        let export = match import {
            Import::Memory(_) => "memory",
            Import::Realloc(_) => REALLOC,
            Import::Function(name) => match self.role {
                Role::Caller if self.functions[name].keeps => return Ok(keeper::imported(keeper, name)),
                Role::Caller => {
                    let (module, field) = self.names[name].clone();
                    return Ok(Source::Import(module, field));
                }
                Role::Callee => &self.functions[name].name,
            },
            Import::PostReturn(name) => match &self.functions[name].post_return {
                Some(post_return) => post_return,
                None => return Err(anyhow!("`{name}` has no post-return function")),
            },
            Import::Log
            | Import::Handle { .. }
            | Import::EnterCall
            | Import::LeaveCall
            | Import::DropHandle { .. }
            | Import::Outside(_)
            | Import::Lazy(_) => {
                return Err(anyhow!("its functions need `{} {}` to be woven", import.module(), import.name()));
            }
        };
        let found = core.exports.get(export);
        ensure!(
            matches!(found, Some(Item::Func(_) | Item::Memory(_))),
            "it has functions to be woven, so it must export `{export}`"
        );
        Ok(Source::Export(0, export.to_owned()))
    }
}
