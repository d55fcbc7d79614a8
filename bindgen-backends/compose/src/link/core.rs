//! A guest's core module, as far as linking has to know it.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use onramp_abi::gc::CoreTypes;
use onramp_abi::{CoreType, Signature, names};
use wasm_encoder::{FuncType, ValType};
use wasmparser::types::EntityType;
use wasmparser::{CustomSectionReader, Parser, Payload, TypeRef, Validator, WasmFeatures};

/// A core module, read.
#[derive(Default)]
pub(crate) struct Core<'a> {
    /// Its types.
    pub(crate) types: CoreTypes,
    /// Its imports: module, field, type.
    pub(crate) imports: Vec<(&'a str, &'a str, Item)>,
    /// Its exports.
    pub(crate) exports: BTreeMap<&'a str, Item>,
    /// What its `onramp:abi` sections say: each line, without the line break.
    pub(crate) drafts: Vec<&'a str>,
    /// Its custom sections.
    pub(crate) sections: Vec<CustomSectionReader<'a>>,
}

/// An import or export.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Item {
    /// A function.
    Func(CoreFunction),
    /// A memory.
    Memory(wasmparser::MemoryType),
    /// A table.
    Table(wasmparser::TableType),
    /// Another one.
    Other,
}

/// A function that is imported or exported.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CoreFunction {
    /// What it takes and returns; `None`: among that is more than numbers.
    pub(crate) signature: Option<CoreSignature>,
    /// The index of its type, among the module's.
    pub(crate) ty: u32,
}

/// What a core function takes and returns in ABIs that have only numbers there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CoreSignature {
    pub(crate) params: Vec<CoreType>,
    pub(crate) results: Vec<CoreType>,
}

impl From<&Signature> for CoreSignature {
    fn from(signature: &Signature) -> Self {
        CoreSignature { params: signature.params.clone(), results: signature.results.clone() }
    }
}

impl std::fmt::Display for CoreSignature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |types: &[CoreType]| types.iter().map(CoreType::to_string).collect::<Vec<_>>().join(", ");
        match &self.results[..] {
            [] => write!(f, "({})", list(&self.params)),
            [one] => write!(f, "({}) -> {one}", list(&self.params)),
            several => write!(f, "({}) -> ({})", list(&self.params), list(several)),
        }
    }
}

impl<'a> Core<'a> {
    /// Reads a core module.
    ///
    /// # Errors
    /// When it is none, or not a valid one.
    pub(crate) fn read(module: &'a [u8]) -> Result<Self> {
        if !Parser::is_core_wasm(module) {
            bail!("it is no core module");
        }
        let types = Validator::new_with_features(WasmFeatures::all())
            .validate_all(module)
            .context("it is not a valid core module")?;
        let (own, places) = CoreTypes::of_module(module).map_err(|error| anyhow!("{error}"))?;
        let mut core = Core { types: own, ..Core::default() };
        // The type of each function, those that are imported first.
        let mut functions = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        let ty = types.as_ref().entity_type_from_import(&import).context("an import has no type")?;
                        if let TypeRef::Func(index) | TypeRef::FuncExact(index) = import.ty {
                            functions.push(places[index as usize]);
                        }
                        let item = item(&core.types, functions.last(), ty);
                        core.imports.push((import.module, import.name, item));
                    }
                }
                Payload::FunctionSection(section) => {
                    for index in section {
                        functions.push(places[index? as usize]);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        let ty = types.as_ref().entity_type_from_export(&export).context("an export has no type")?;
                        let item = item(&core.types, functions.get(export.index as usize), ty);
                        core.exports.insert(export.name, item);
                    }
                }
                Payload::CustomSection(section) => core.section(section)?,
                _ => {}
            }
        }
        Ok(core)
    }

    /// The type of a function whose type is one of several in a group, or not final: others that look the same are other types.
    pub(crate) fn grouped(&self, item: &Item) -> Option<u32> {
        match item {
            Item::Func(function) if !stands_alone(&self.types, function.ty) => Some(function.ty),
            _ => None,
        }
    }

    fn section(&mut self, section: CustomSectionReader<'a>) -> Result<()> {
        if section.name() == names::ABI_SECTION {
            let text = std::str::from_utf8(section.data())
                .with_context(|| format!("its section `{}` is no text", names::ABI_SECTION))?;
            self.drafts.extend(text.split(['\n', '\0']).map(str::trim).filter(|line| !line.is_empty()));
        }
        self.sections.push(section);
        Ok(())
    }
}

/// The module without the sections that say what its world is: the component has that in its types.
///
/// # Errors
/// When it is no core module.
pub(crate) fn without_world(module: &[u8]) -> Result<Vec<u8>> {
    let mut out = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let is_world = matches!(&payload, Payload::CustomSection(section) if section.name().starts_with(WORLD));
        if let Some((id, range)) = payload.as_section().filter(|_| !is_world) {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = module.get(range).context("a section reaches beyond the module")?;
            out.section(&wasm_encoder::RawSection { id, data });
        }
    }
    Ok(out.finish())
}

/// What the names of custom sections begin with that say what a module's world is.
pub(crate) const WORLD: &str = "component-type";

/// Whether a function type is the one that a function of its parameters and results has, where nothing else is said.
pub(crate) fn stands_alone(types: &CoreTypes, ty: u32) -> bool {
    let declared = types.get(ty).is_some_and(|ty| ty.is_final && ty.supertype_idxs.is_empty());
    declared && types.group(ty).len() == 1
}

/// `function`: the index of the type of one, if it is one.
fn item(types: &CoreTypes, function: Option<&u32>, ty: EntityType) -> Item {
    match (ty, function) {
        (EntityType::Func(_) | EntityType::FuncExact(_), Some(ty)) => {
            let signature = types.function(*ty).and_then(signature);
            Item::Func(CoreFunction { signature, ty: *ty })
        }
        (EntityType::Memory(ty), _) => Item::Memory(ty),
        (EntityType::Table(ty), _) => Item::Table(ty),
        (EntityType::Func(_) | EntityType::FuncExact(_) | EntityType::Global(_) | EntityType::Tag(_), _) => Item::Other,
    }
}

fn signature(ty: &FuncType) -> Option<CoreSignature> {
    let core = |types: &[ValType]| types.iter().map(|ty| core_type(*ty)).collect::<Option<Vec<_>>>();
    Some(CoreSignature { params: core(ty.params())?, results: core(ty.results())? })
}

fn core_type(ty: ValType) -> Option<CoreType> {
    match ty {
        ValType::I32 => Some(CoreType::I32),
        ValType::I64 => Some(CoreType::I64),
        ValType::F32 => Some(CoreType::F32),
        ValType::F64 => Some(CoreType::F64),
        ValType::V128 | ValType::Ref(_) => None,
    }
}

impl From<&CoreSignature> for FuncType {
    fn from(signature: &CoreSignature) -> Self {
        let types = |types: &[CoreType]| types.iter().copied().map(ValType::from).collect::<Vec<_>>();
        FuncType::new(types(&signature.params), types(&signature.results))
    }
}
