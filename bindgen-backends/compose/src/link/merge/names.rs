//! The names of the merged module's items.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{IndirectNameMap, NameMap, NameSection};
use wasmparser::{ExternalKind, IndirectNaming, KnownCustom, Name, NameSectionReader, Naming};

use super::Part;
use super::part::Read;
use super::sections::Renumbered;

type Names1<'m> = BTreeMap<u32, &'m str>;
type Names2<'m> = BTreeMap<u32, Names1<'m>>;

/// Names, by new indices. Where several modules have one for the same item, the first of them is kept.
#[derive(Default)]
pub(super) struct Names<'m> {
    module: Option<&'m str>,
    functions: Names1<'m>,
    locals: Names2<'m>,
    labels: Names2<'m>,
    types: Names1<'m>,
    fields: Names2<'m>,
    tables: Names1<'m>,
    memories: Names1<'m>,
    globals: Names1<'m>,
    tags: Names1<'m>,
    elements: Names1<'m>,
    data: Names1<'m>,
}

impl<'m> Names<'m> {
    /// Adds a module's names. A function that is imported from another of the modules is called as it is called there.
    ///
    /// # Errors
    /// When they are damaged.
    pub(super) fn add(&mut self, part: &Part, read: &Read<'m>, map: &mut Renumbered) -> Result<(), Error> {
        let imported = read.imports_of(ExternalKind::Func);
        let replaced: Vec<bool> = imported.map(|import| part.is_replaced(import)).collect();
        for section in &read.customs {
            if let KnownCustom::Name(names) = section.as_known() {
                self.section(&replaced, names, map)?;
            }
        }
        Ok(())
    }

    fn section(
        &mut self,
        replaced: &[bool],
        section: NameSectionReader<'m>,
        map: &mut Renumbered,
    ) -> Result<(), Error> {
        for name in section {
            match name? {
                Name::Module { name, .. } => self.module = self.module.or(Some(name)),
                Name::Function(names) => {
                    let is_own = |index: u32| !replaced.get(index as usize).copied().unwrap_or(false);
                    direct(&mut self.functions, names, |index| is_own(index).then(|| map.function_index(index)))?;
                }
                Name::Local(names) => nested(&mut self.locals, names, |index| map.function_index(index))?,
                Name::Label(names) => nested(&mut self.labels, names, |index| map.function_index(index))?,
                Name::Type(names) => direct(&mut self.types, names, |index| Some(map.type_index(index)))?,
                Name::Field(names) => nested(&mut self.fields, names, |index| map.type_index(index))?,
                Name::Memory(names) => direct(&mut self.memories, names, |index| Some(map.memory_index(index)))?,
                Name::Table(names) => direct(&mut self.tables, names, |index| Some(map.table_index(index)))?,
                Name::Global(names) => direct(&mut self.globals, names, |index| Some(map.global_index(index)))?,
                Name::Tag(names) => direct(&mut self.tags, names, |index| Some(map.tag_index(index)))?,
                Name::Element(names) => direct(&mut self.elements, names, |index| Some(map.element_index(index)))?,
                Name::Data(names) => direct(&mut self.data, names, |index| Some(map.data_index(index)))?,
                Name::Parameter(_) | Name::TagParameter(_) | Name::Unknown { .. } => {}
            }
        }
        Ok(())
    }

    /// The section.
    pub(super) fn section_of(&self) -> NameSection {
        let mut section = NameSection::new();
        self.module.inspect(|name| section.module(name));
        section.functions(&encoded(&self.functions));
        section.locals(&encoded_nested(&self.locals));
        section.labels(&encoded_nested(&self.labels));
        section.types(&encoded(&self.types));
        section.tables(&encoded(&self.tables));
        section.memories(&encoded(&self.memories));
        section.globals(&encoded(&self.globals));
        section.elements(&encoded(&self.elements));
        section.data(&encoded(&self.data));
        section.fields(&encoded_nested(&self.fields));
        section.tags(&encoded(&self.tags));
        section
    }
}

fn direct<'m>(
    known: &mut Names1<'m>,
    names: wasmparser::NameMap<'m>,
    mut map: impl FnMut(u32) -> Option<Result<u32, Error>>,
) -> Result<(), Error> {
    // They may be in another order than they should be: TeaVM's are.
    for naming in names.names {
        let Naming { index, name } = naming?;
        if let Some(index) = map(index) {
            known.entry(index?).or_insert(name);
        }
    }
    Ok(())
}

fn nested<'m>(
    known: &mut Names2<'m>,
    names: wasmparser::IndirectNameMap<'m>,
    mut map: impl FnMut(u32) -> Result<u32, Error>,
) -> Result<(), Error> {
    for naming in names.names {
        let IndirectNaming { index, names } = naming?;
        direct(known.entry(map(index)?).or_default(), names, |index| Some(Ok(index)))?;
    }
    Ok(())
}

fn encoded(names: &Names1) -> NameMap {
    let mut map = NameMap::new();
    names.iter().for_each(|(index, name)| map.append(*index, name));
    map
}

fn encoded_nested(names: &Names2) -> IndirectNameMap {
    let mut map = IndirectNameMap::new();
    names.iter().for_each(|(index, names)| map.append(*index, &encoded(names)));
    map
}
