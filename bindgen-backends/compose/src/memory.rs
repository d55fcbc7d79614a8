//! Taking a guest's memory out of its core module, so that an adapter can be instantiated before the guest that imports it
//! and calls stay direct. What the memory holds at the beginning goes with it: an engine can then map it as an image, instead of
//! copying it into each instance.

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{
    DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, ImportSection, MemorySection,
    MemoryType, Module, RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{DataKind, ExternalKind, Operator, Parser, Payload, TypeRef};

/// The module name under which a guest imports the memory that was taken out of it.
pub const NAMESPACE: &str = "onramp";

/// A core module whose memory was taken out.
pub struct TakenOut {
    /// The module, which imports its memory as `memory` of [`NAMESPACE`].
    pub module: Vec<u8>,
    /// The module that owns the memory: it exports `memory`, and `realloc`, a table for the guest's realloc.
    pub owner: Vec<u8>,
}

/// Takes the memory out of a module that defines one, exports it under `name`, and imports none. One whose memory
/// was taken out before is as it is, and so is the `owner` that it has then; `None` for any other.
///
/// # Errors
/// When the module is damaged.
pub fn take_out(module: &[u8], name: &str, owner: Option<&[u8]>) -> Result<Option<TakenOut>> {
    if let Some(memory) = taken_before(module)? {
        let owner = owner.map_or_else(|| new_owner(memory, &DataSection::new()), <[u8]>::to_vec);
        return Ok(Some(TakenOut { module: module.to_vec(), owner }));
    }
    let Some(memory) = only_memory(module, name)? else { return Ok(None) };
    let data = content(module)?;
    let mut taker = Taker { memory, with_data: data.is_some(), done: false };
    let mut taken = Module::new();
    taker.parse_core_module(&mut taken, Parser::new(0), module).context("a core module cannot be rewritten")?;
    Ok(Some(TakenOut { module: taken.finish(), owner: new_owner(memory, &data.unwrap_or_default()) }))
}

/// Whether a module is one that owns a memory which was taken out.
///
/// # Errors
/// When the module is damaged.
pub fn is_owner(module: &[u8]) -> Result<bool> {
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    exports.push((export.name, export.kind));
                }
            }
            Payload::ImportSection(_) | Payload::FunctionSection(_) => return Ok(false),
            _ => {}
        }
    }
    Ok(exports == [("memory", ExternalKind::Memory), ("realloc", ExternalKind::Table)])
}

/// What a module's only memory holds at the beginning; `None` when the module itself has to put it there, because code refers to it
/// or where it goes is not a constant.
fn content(module: &[u8]) -> Result<Option<DataSection>> {
    let mut content = DataSection::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            // Only with this section may code refer to data.
            Payload::DataCountSection { .. } => return Ok(None),
            Payload::DataSection(section) => {
                for data in section {
                    let data = data?;
                    // A passive segment that no code refers to is nothing.
                    let DataKind::Active { offset_expr, .. } = data.kind else { continue };
                    let mut offset = offset_expr.get_operators_reader();
                    let Operator::I32Const { value } = offset.read()? else { return Ok(None) };
                    content.active(0, &wasm_encoder::ConstExpr::i32_const(value), data.data.iter().copied());
                }
            }
            _ => {}
        }
    }
    Ok(Some(content))
}

/// The memory that was taken out of a module, if it was.
fn taken_before(module: &[u8]) -> Result<Option<MemoryType>> {
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(section) = payload? else { continue };
        for import in section.into_imports() {
            let import = import?;
            if let (NAMESPACE, "memory", TypeRef::Memory(ty)) = (import.module, import.name, import.ty) {
                return Ok(Some(wasm_encoder::reencode::RoundtripReencoder.memory_type(ty)?));
            }
        }
    }
    Ok(None)
}

fn only_memory(module: &[u8], name: &str) -> Result<Option<MemoryType>> {
    let mut memory = None;
    let mut exported = false;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Memory(_) = import?.ty {
                        return Ok(None);
                    }
                }
            }
            Payload::MemorySection(section) => {
                if section.count() != 1 {
                    return Ok(None);
                }
                for ty in section {
                    memory = Some(wasm_encoder::reencode::RoundtripReencoder.memory_type(ty?)?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    exported |= export.kind == ExternalKind::Memory && export.name == name;
                }
            }
            _ => {}
        }
    }
    Ok(memory.filter(|_| exported))
}

/// Rewrites a module: its memory section becomes an import. The memory keeps index 0, so nothing else changes.
struct Taker {
    memory: MemoryType,
    /// Whether the data goes with it.
    with_data: bool,
    done: bool,
}

impl Taker {
    fn import(&mut self, imports: &mut ImportSection) {
        imports.import(NAMESPACE, "memory", EntityType::Memory(self.memory));
        self.done = true;
    }
}

impl Reencode for Taker {
    type Error = std::convert::Infallible;

    fn intersperse_section_hook(
        &mut self,
        module: &mut Module,
        _after: Option<wasm_encoder::SectionId>,
        before: Option<wasm_encoder::SectionId>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        // A module without imports gets its import section where it belongs: behind the types.
        let earlier = matches!(
            before,
            Some(wasm_encoder::SectionId::Custom | wasm_encoder::SectionId::Type | wasm_encoder::SectionId::Import)
        );
        if !self.done && !earlier {
            let mut imports = ImportSection::new();
            self.import(&mut imports);
            module.section(&imports);
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        utils::parse_import_section(self, imports, section)?;
        self.import(imports);
        Ok(())
    }

    fn parse_memory_section(
        &mut self,
        _memories: &mut MemorySection,
        _section: wasmparser::MemorySectionReader<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        section: wasmparser::DataSectionReader<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        match self.with_data {
            true => Ok(()),
            false => utils::parse_data_section(self, data, section),
        }
    }
}

/// The module that owns a guest's memory, with what that holds at the beginning.
fn new_owner(memory: MemoryType, data: &DataSection) -> Vec<u8> {
    let mut module = Module::new();
    let mut tables = TableSection::new();
    tables.table(realloc_table());
    let mut memories = MemorySection::new();
    memories.memory(memory);
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("realloc", ExportKind::Table, 0);
    module.section(&tables).section(&memories).section(&exports);
    if !data.is_empty() {
        module.section(data);
    }
    module.finish()
}

/// A module that puts a function (imported as `function`) into a slot of a table (imported as `table`), once the function is
/// there: what comes before it can call it through the table.
pub fn filler(slot: u32, table: TableType, params: &[ValType], results: &[ValType]) -> Module {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function(params.iter().copied(), results.iter().copied());
    let mut imports = ImportSection::new();
    imports.import("", "function", EntityType::Function(0));
    imports.import("", "table", EntityType::Table(table));
    let mut elements = ElementSection::new();
    let at = wasm_encoder::ConstExpr::i32_const(slot.cast_signed());
    elements.active(None, &at, Elements::Functions([0].as_slice().into()));
    module.section(&types).section(&imports).section(&elements);
    module
}

/// The type of the table for a guest's realloc.
pub fn realloc_table() -> TableType {
    TableType { element_type: RefType::FUNCREF, table64: false, minimum: 1, maximum: Some(1), shared: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Option<String> {
        let module = wat::parse_str(text).unwrap();
        let taken = take_out(&module, "memory", None).unwrap()?;
        wasmparser::validate(&taken.module).unwrap();
        wasmparser::validate(&taken.owner).unwrap();
        assert!(is_owner(&taken.owner).unwrap() && !is_owner(&taken.module).unwrap());
        let payloads = Parser::new(0).parse_all(&taken.module).map(|payload| payload.unwrap());
        let imports = payloads.filter_map(|payload| match payload {
            Payload::ImportSection(section) => {
                Some(section.into_imports().map(|import| import.unwrap().name.to_owned()))
            }
            _ => None,
        });
        Some(imports.flatten().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_memory_becomes_the_last_import() {
        let module = r#"(module (import "a" "f" (func)) (memory (export "memory") 2 3) (data (i32.const 0) "x") (func (call 0)))"#;
        assert_eq!(taken(module).as_deref(), Some("f memory"));
    }

    #[test]
    fn a_module_without_imports_gets_one() {
        assert_eq!(taken(r#"(module (type (func)) (func) (memory (export "memory") 1))"#).as_deref(), Some("memory"));
        assert_eq!(taken(r#"(module (memory (export "memory") 1))"#).as_deref(), Some("memory"));
    }

    #[test]
    fn other_memories_stay_where_they_are() {
        assert_eq!(taken(r#"(module (import "a" "memory" (memory 1)) (export "memory" (memory 0)))"#), None);
        assert_eq!(taken(r#"(module (memory (export "memory") 1) (memory 1))"#), None);
        assert_eq!(taken(r#"(module (memory 1))"#), None);
        assert_eq!(taken(r#"(module)"#), None);
    }

    /// Whether a module's memory, taken out, holds "x" at the beginning, and whether the module itself puts it there.
    fn who_has_the_data(text: &str) -> [bool; 2] {
        let taken = take_out(&wat::parse_str(text).unwrap(), "memory", None).unwrap().unwrap();
        let again = take_out(&taken.module, "memory", Some(&taken.owner)).unwrap().unwrap();
        assert!(again.owner == taken.owner && again.module == taken.module);
        let has_data = |module: &[u8]| {
            let mut payloads = Parser::new(0).parse_all(module);
            payloads.any(|payload| matches!(payload.unwrap(), Payload::DataSection(section) if section.count() > 0))
        };
        [has_data(&taken.owner), has_data(&taken.module)]
    }

    #[test]
    fn data_goes_with_the_memory_unless_code_needs_it() {
        let with = |more: &str| format!(r#"(module (memory (export "memory") 1) (data $d (i32.const 8) "x") {more})"#);
        assert_eq!(who_has_the_data(&with("")), [true, false]);
        assert_eq!(who_has_the_data(&with(r#"(data "passive")"#)), [true, false]);
        assert_eq!(who_has_the_data(&with("(func data.drop $d)")), [false, true]);
        let moved =
            r#"(module (import "a" "base" (global $b i32)) (memory (export "memory") 1) (data (global.get $b) "x"))"#;
        assert_eq!(who_has_the_data(moved), [false, true]);
    }

    #[test]
    fn helpers_are_valid() {
        let filler = filler(0, realloc_table(), &[ValType::I32; 4], &[ValType::I32]);
        wasmparser::validate(&filler.finish()).unwrap();
    }
}
