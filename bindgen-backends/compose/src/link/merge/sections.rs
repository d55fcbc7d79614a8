//! The sections of the merged module.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, CustomSection, DataCountSection, DataSection, ElementSection, ExportKind, ExportSection,
    FunctionSection, GlobalSection, ImportSection, MemorySection, Module, StartSection, TableSection, TagSection,
};
use wasmparser::{ExternalKind, SectionLimited};

use super::names::Names;
use super::part::Read;
use super::spaces::{Indices, Spaces};
use super::types::Types;
use super::{Part, Source};

/// A module with other indices.
pub(super) struct Renumbered {
    types: Vec<u32>,
    indices: Indices,
}

impl Renumbered {
    /// The new index of an item. Where there is no such item, the module is not valid, and stays so.
    fn at(&self, kind: ExternalKind, index: u32) -> u32 {
        self.indices.of(kind, index).unwrap_or(u32::MAX)
    }
}

impl Reencode for Renumbered {
    type Error = Infallible;

    fn type_index(&mut self, ty: u32) -> Result<u32, Error> {
        Ok(self.types.get(ty as usize).copied().unwrap_or(u32::MAX))
    }

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.at(ExternalKind::Func, function))
    }

    fn table_index(&mut self, table: u32) -> Result<u32, Error> {
        Ok(self.at(ExternalKind::Table, table))
    }

    fn memory_index(&mut self, memory: u32) -> Result<u32, Error> {
        Ok(self.at(ExternalKind::Memory, memory))
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error> {
        Ok(self.at(ExternalKind::Global, global))
    }

    fn tag_index(&mut self, tag: u32) -> Result<u32, Error> {
        Ok(self.at(ExternalKind::Tag, tag))
    }

    fn element_index(&mut self, element: u32) -> Result<u32, Error> {
        Ok(element + self.indices.elements)
    }

    fn data_index(&mut self, data: u32) -> Result<u32, Error> {
        Ok(data + self.indices.data)
    }
}

/// A module that is merged: what it was, and its new indices.
type Merged<'p, 'm> = (&'p Part<'m>, &'p Read<'m>, Renumbered);

/// Writes all sections.
///
/// # Errors
/// When a module is damaged.
pub(super) fn write(module: &mut Module, parts: &[Part], read: &[Read], spaces: Spaces) -> Result<(), Error> {
    let mut types = Types::default();
    let mut merged: Vec<Merged> = Vec::new();
    for ((part, read), indices) in parts.iter().zip(read).zip(spaces.into_parts()) {
        let types = read.types.clone().map_or(Ok(Vec::new()), |section| types.add(section))?;
        merged.push((part, read, Renumbered { types, indices }));
    }
    module.section(&types.section);
    module.section(&imports(&mut merged)?);
    definitions(module, &mut merged)?;
    module.section(&exports(&merged));
    let start = merged.first().and_then(|(_, read, map)| Some(map.at(ExternalKind::Func, read.start?)));
    start.inspect(|function_index| {
        module.section(&StartSection { function_index: *function_index });
    });
    contents(module, &mut merged)?;
    customs(module, &mut merged)
}

fn imports(merged: &mut [Merged]) -> Result<ImportSection, Error> {
    let mut section = ImportSection::new();
    for (part, read, map) in merged {
        for import in &read.imports {
            let (module, field) = match part.source(import) {
                None => (import.module, import.name),
                Some(Source::Import(module, field)) => (&**module, &**field),
                Some(Source::Export(..)) => continue,
            };
            section.import(module, field, map.entity_type(import.ty)?);
        }
    }
    Ok(section)
}

/// The sections up to the exports.
fn definitions(module: &mut Module, merged: &mut [Merged]) -> Result<(), Error> {
    let mut functions = FunctionSection::new();
    each(merged, |read| read.functions.clone(), |map, section| map.parse_function_section(&mut functions, section))?;
    module.section(&functions);
    let mut tables = TableSection::new();
    if each(merged, |read| read.tables.clone(), |map, section| map.parse_table_section(&mut tables, section))? {
        module.section(&tables);
    }
    let mut memories = MemorySection::new();
    if each(merged, |read| read.memories.clone(), |map, section| map.parse_memory_section(&mut memories, section))? {
        module.section(&memories);
    }
    let mut tags = TagSection::new();
    if each(merged, |read| read.tags.clone(), |map, section| map.parse_tag_section(&mut tags, section))? {
        module.section(&tags);
    }
    let mut globals = GlobalSection::new();
    if each(merged, |read| read.globals.clone(), |map, section| map.parse_global_section(&mut globals, section))? {
        module.section(&globals);
    }
    Ok(())
}

fn exports(merged: &[Merged]) -> ExportSection {
    let mut section = ExportSection::new();
    for (part, read, map) in merged {
        for (name, (kind, index)) in &read.exports {
            if let Some(name) = part.exports.get(*name) {
                section.export(name, export_kind(*kind), map.at(*kind, *index));
            }
        }
    }
    section
}

fn export_kind(kind: ExternalKind) -> ExportKind {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => ExportKind::Func,
        ExternalKind::Table => ExportKind::Table,
        ExternalKind::Memory => ExportKind::Memory,
        ExternalKind::Global => ExportKind::Global,
        ExternalKind::Tag => ExportKind::Tag,
    }
}

/// The sections behind the start function.
fn contents(module: &mut Module, merged: &mut [Merged]) -> Result<(), Error> {
    let mut elements = ElementSection::new();
    if each(merged, |read| read.elements.clone(), |map, section| map.parse_element_section(&mut elements, section))? {
        module.section(&elements);
    }
    let mut data = DataSection::new();
    let has_data = each(merged, |read| read.data.clone(), |map, section| map.parse_data_section(&mut data, section))?;
    if merged.iter().any(|(_, read, _)| read.counts_data) {
        module.section(&DataCountSection { count: data.len() });
    }
    let mut code = CodeSection::new();
    for (_, read, map) in &mut *merged {
        for body in &read.code {
            map.parse_function_body(&mut code, body.clone())?;
        }
    }
    module.section(&code);
    if has_data {
        module.section(&data);
    }
    Ok(())
}

/// The first module's own custom sections, and the names of all. DWARF speaks of code offsets, which move.
fn customs(module: &mut Module, merged: &mut [Merged]) -> Result<(), Error> {
    for custom in merged.first().iter().flat_map(|(_, read, _)| &read.customs) {
        if custom.name() != "name" && !custom.name().starts_with(".debug_") {
            module.section(&CustomSection { name: custom.name().into(), data: custom.data().into() });
        }
    }
    let mut names = Names::default();
    for (part, read, map) in merged {
        names.add(part, read, map)?;
    }
    module.section(&names.section_of());
    Ok(())
}

/// Reads a section of each module that has it; whether one has.
fn each<'m, T>(
    merged: &mut [Merged<'_, 'm>],
    section: impl Fn(&Read<'m>) -> Option<SectionLimited<'m, T>>,
    mut parse: impl FnMut(&mut Renumbered, SectionLimited<'m, T>) -> Result<(), Error>,
) -> Result<bool, Error> {
    let mut found = false;
    for (_, read, map) in merged {
        if let Some(section) = section(read) {
            parse(map, section)?;
            found = true;
        }
    }
    Ok(found)
}
