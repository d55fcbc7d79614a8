//! The rewriting itself.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection, Module, NameMap,
    NameSection, TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, Export, ExportSectionReader, FunctionSectionReader, ImportSectionReader,
    Name, Naming, TypeRef, TypeSectionReader,
};

use super::facts::Facts;
use super::{Changes, Places};

/// A module that is being written again.
pub struct Rewriter<'c> {
    changes: &'c Changes,
    /// The new index of each function that was imported.
    imported: Vec<u32>,
    /// By how much the indices of the functions grow that it defines.
    shift: i64,
    places: Places,
    /// How many types it had.
    types: u32,
    bodies: Vec<Function>,
}

impl<'c> Rewriter<'c> {
    /// Works out where everything will be.
    ///
    /// # Errors
    /// When a body cannot be made.
    pub fn new(facts: &Facts, changes: &'c Changes) -> Result<Self> {
        let is_kept = |name: &&(String, String)| !changes.defined.contains_key(*name);
        let kept = facts.imported.iter().filter(is_kept).count() as u32;
        let first_defined = kept + changes.imports.len() as u32;
        let first_added = first_defined + facts.defined;
        let mut before = 0..kept;
        let imported = facts.imported.iter().map(|name| match changes.defined.get(name) {
            Some(function) => first_added + *function as u32,
            None => before.next().expect("they were counted"),
        });
        let mut rewriter = Rewriter {
            changes,
            imported: imported.collect(),
            shift: i64::from(first_defined) - facts.imported.len() as i64,
            places: Places { exported: Default::default(), first_import: kept, first_added },
            types: facts.types,
            bodies: Vec::new(),
        };
        let exported = facts.exported.iter().map(|(name, index)| (name.clone(), rewriter.index(*index)));
        rewriter.places.exported = exported.collect();
        let bodies = changes.functions.iter().map(|added| (added.body)(&rewriter.places));
        rewriter.bodies = bodies.collect::<Result<_>>()?;
        Ok(rewriter)
    }

    fn index(&self, function: u32) -> u32 {
        match self.imported.get(function as usize) {
            Some(index) => *index,
            None => (i64::from(function) + self.shift) as u32,
        }
    }

    /// The functions' names: those that stay, and those that are added.
    fn names(&self, before: wasmparser::NameMap<'_>) -> wasmparser::Result<NameMap> {
        let mut names = NameMap::new();
        for naming in before {
            let Naming { index, name } = naming?;
            let index = self.index(index);
            if index < self.places.first_added {
                names.append(index, name);
            }
        }
        for (place, added) in self.changes.functions.iter().enumerate() {
            names.append(self.places.added(place), &added.name);
        }
        Ok(names)
    }
}

impl Reencode for Rewriter<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.index(function))
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Result<(), Error> {
        utils::parse_type_section(self, types, section)?;
        for (.., ty) in &self.changes.imports {
            types.ty().func_type(ty);
        }
        for added in &self.changes.functions {
            types.ty().func_type(&added.ty);
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        for import in section.into_imports() {
            let import = import?;
            let name = (import.module.to_owned(), import.name.to_owned());
            let is_defined = matches!(import.ty, TypeRef::Func(_)) && self.changes.defined.contains_key(&name);
            if !is_defined {
                imports.import(import.module, import.name, self.entity_type(import.ty)?);
            }
        }
        for (ty, (module, field, _)) in (self.types..).zip(&self.changes.imports) {
            imports.import(module, field, EntityType::Function(ty));
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_function_section(self, functions, section)?;
        let first = self.types + self.changes.imports.len() as u32;
        for (ty, _) in (first..).zip(&self.changes.functions) {
            functions.function(ty);
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_export_section(self, exports, section)?;
        for (name, function) in &self.changes.exports {
            exports.export(name, ExportKind::Func, self.places.added(*function));
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), Error> {
        match self.changes.hidden.iter().any(|beginning| export.name.starts_with(beginning)) {
            true => Ok(()),
            false => utils::parse_export(self, exports, export),
        }
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Result<(), Error> {
        utils::parse_code_section(self, code, section)?;
        for body in &self.bodies {
            code.function(body);
        }
        Ok(())
    }

    /// DWARF speaks of code offsets, which move.
    fn parse_custom_section(&mut self, module: &mut Module, section: CustomSectionReader<'_>) -> Result<(), Error> {
        match section.name().starts_with(".debug_") {
            true => Ok(()),
            false => utils::parse_custom_section(self, module, section),
        }
    }

    fn parse_custom_name_subsection(&mut self, names: &mut NameSection, section: Name<'_>) -> Result<(), Error> {
        match section {
            Name::Function(map) => names.functions(&self.names(map)?),
            other => return utils::parse_custom_name_subsection(self, names, other),
        };
        Ok(())
    }
}
