//! A module's sections, each where it can be found.

use std::collections::BTreeMap;

use anyhow::Result;
use wasmparser::{
    CustomSectionReader, DataSectionReader, ElementSectionReader, ExternalKind, FunctionBody, FunctionSectionReader,
    GlobalSectionReader, Import, MemorySectionReader, Parser, Payload, TableSectionReader, TagSectionReader, TypeRef,
    TypeSectionReader,
};

/// A module, read.
#[derive(Default)]
pub(super) struct Read<'m> {
    pub(super) types: Option<TypeSectionReader<'m>>,
    pub(super) imports: Vec<Import<'m>>,
    pub(super) functions: Option<FunctionSectionReader<'m>>,
    pub(super) tables: Option<TableSectionReader<'m>>,
    pub(super) memories: Option<MemorySectionReader<'m>>,
    pub(super) tags: Option<TagSectionReader<'m>>,
    pub(super) globals: Option<GlobalSectionReader<'m>>,
    pub(super) exports: BTreeMap<&'m str, (ExternalKind, u32)>,
    pub(super) start: Option<u32>,
    pub(super) elements: Option<ElementSectionReader<'m>>,
    pub(super) counts_data: bool,
    pub(super) code: Vec<FunctionBody<'m>>,
    pub(super) data: Option<DataSectionReader<'m>>,
    pub(super) customs: Vec<CustomSectionReader<'m>>,
}

impl<'m> Read<'m> {
    /// Reads a module.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn of(module: &'m [u8]) -> Result<Self> {
        let mut read = Read::default();
        for payload in Parser::new(0).parse_all(module) {
            read.section(payload?)?;
        }
        Ok(read)
    }

    fn section(&mut self, payload: Payload<'m>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => self.types = Some(section),
            Payload::ImportSection(section) => {
                self.imports = section.into_imports().collect::<wasmparser::Result<_>>()?;
            }
            Payload::FunctionSection(section) => self.functions = Some(section),
            Payload::TableSection(section) => self.tables = Some(section),
            Payload::MemorySection(section) => self.memories = Some(section),
            Payload::TagSection(section) => self.tags = Some(section),
            Payload::GlobalSection(section) => self.globals = Some(section),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.exports.insert(export.name, (plain(export.kind), export.index));
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => self.elements = Some(section),
            Payload::DataCountSection { .. } => self.counts_data = true,
            Payload::CodeSectionEntry(body) => self.code.push(body),
            Payload::DataSection(section) => self.data = Some(section),
            Payload::CustomSection(section) => self.customs.push(section),
            _ => {}
        }
        Ok(())
    }

    /// Its imports of a kind, in the order of their indices.
    pub(super) fn imports_of(&self, of: ExternalKind) -> impl Iterator<Item = &Import<'m>> {
        self.imports.iter().filter(move |import| kind(import.ty) == of)
    }

    /// How many items of a kind it defines.
    pub(super) fn defined(&self, kind: ExternalKind) -> u32 {
        match plain(kind) {
            ExternalKind::Table => self.tables.as_ref().map_or(0, TableSectionReader::count),
            ExternalKind::Memory => self.memories.as_ref().map_or(0, MemorySectionReader::count),
            ExternalKind::Global => self.globals.as_ref().map_or(0, GlobalSectionReader::count),
            ExternalKind::Tag => self.tags.as_ref().map_or(0, TagSectionReader::count),
            ExternalKind::Func | ExternalKind::FuncExact => {
                self.functions.as_ref().map_or(0, FunctionSectionReader::count)
            }
        }
    }
}

/// The kind of an import.
fn kind(ty: TypeRef) -> ExternalKind {
    match ty {
        TypeRef::Func(_) | TypeRef::FuncExact(_) => ExternalKind::Func,
        TypeRef::Table(_) => ExternalKind::Table,
        TypeRef::Memory(_) => ExternalKind::Memory,
        TypeRef::Global(_) => ExternalKind::Global,
        TypeRef::Tag(_) => ExternalKind::Tag,
    }
}

/// The index space that an item of a kind is in.
fn plain(kind: ExternalKind) -> ExternalKind {
    match kind {
        ExternalKind::FuncExact => ExternalKind::Func,
        other => other,
    }
}
