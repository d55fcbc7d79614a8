//! The skeleton of a guest: what it would be as a component if it were eager throughout. `wit-component` makes it, of a core module
//! that has the guest's imports and exports under their eager names, and no code.

use anyhow::{Context, Result, bail, ensure};
use onramp_abi::{CoreType, Profile, Role, Signature, names};
use onramp_adapter::StringEncoding;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, Component, CustomSection, EntityType, ExportKind, ExportSection, FuncType, Function, FunctionSection,
    ImportSection, MemorySection, MemoryType, Module, RawSection, TableSection, TypeSection,
};
use wasmparser::{Parser, Payload};
use wit_component::{ComponentEncoder, embed_component_metadata};
use wit_parser::Function as WitFunction;

use crate::memory;
use crate::prelude::{Wit, WorldFunction};

use super::core::{Core, CoreFunction, CoreSignature, Item, WORLD};
use super::speech::{MEMORY, REALLOC, Speech};
use super::{AdapterMemory, Adapters};

/// The skeleton of a guest; `adapters` are `wit-component`'s, such as the one for `wasi_snapshot_preview1`.
///
/// # Errors
/// When `wit-component` finds something wrong with the guest's eager names, or with an adapter.
pub(crate) fn encode(core: &Core, speech: &Speech, wit: &Wit, adapters: Adapters) -> Result<Vec<u8>> {
    let stub = Stub::of(core, speech, wit)?;
    let adapted = adapters.modules.iter().map(|(name, _)| name.as_str()).collect();
    speech.check_memory(core, wit, &adapted)?;
    if stub.adds_realloc {
        speech.check_realloc(core, wit)?;
    }
    component_of(&stub, &stub.finish(core), adapters)
}

/// The same from a core module that does not say its world, for a guest without adapters.
///
/// # Errors
/// As [`encode`].
pub(crate) fn again(core: &Core, speech: &Speech, wit: &Wit, encoding: StringEncoding) -> Result<Vec<u8>> {
    let stub = Stub::of(core, speech, wit)?;
    let mut module = stub.finish(core);
    let encoding = match encoding {
        StringEncoding::Utf8 => wit_component::StringEncoding::UTF8,
        StringEncoding::Utf16 => wit_component::StringEncoding::UTF16,
        StringEncoding::Latin1Utf16 => wit_component::StringEncoding::CompactUTF16,
    };
    embed_component_metadata(&mut module, &wit.resolve, wit.world, encoding, false)?;
    component_of(&stub, &module, Adapters { modules: &[], memory: AdapterMemory::Realloc })
}

fn component_of(stub: &Stub, module: &[u8], adapters: Adapters) -> Result<Vec<u8>> {
    let mut encoder = encoder(module, adapters)?;
    encoder.realloc_via_memory_grow(stub.adds_realloc || adapters.memory == AdapterMemory::Grow);
    without_names(&encoder.encode()?)
}

/// A component without custom sections of its own: a third of a skeleton is names, which are those of the component that has it.
fn without_names(component: &[u8]) -> Result<Vec<u8>> {
    let mut out = Component::new();
    let mut depth = 0u32;
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload?;
        match &payload {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::CustomSection(_) => {}
            other if depth == 1 => {
                if let Some((id, range)) = other.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    let data = component.get(range).context("a section reaches beyond the component")?;
                    out.section(&RawSection { id, data });
                }
            }
            _ => {}
        }
    }
    Ok(out.finish())
}

/// A component of a core module with metadata.
pub(crate) fn component(module: &[u8], adapters: Adapters) -> Result<Vec<u8>> {
    encoder(module, adapters)?.encode()
}

fn encoder(module: &[u8], adapters: Adapters) -> Result<ComponentEncoder> {
    let mut encoder = ComponentEncoder::default();
    // The core names of a guest have versions, which are looked for among those of the component.
    encoder.merge_imports_based_on_semver(false);
    encoder.module(module)?;
    encoder.realloc_via_memory_grow(adapters.memory == AdapterMemory::Grow);
    for (name, adapter) in adapters.modules {
        encoder.adapter(name, adapter).with_context(|| format!("the adapter for `{name}` cannot be used"))?;
    }
    Ok(encoder)
}

/// A memory without anything in it.
const NO_PAGES: MemoryType =
    MemoryType { minimum: 0, maximum: None, memory64: false, shared: false, page_size_log2: None };

/// A core module that exports functions without code, by their numbers, and a memory if one is asked for.
pub(crate) fn functions(exports: &[(String, CoreSignature)], with_memory: bool) -> Vec<u8> {
    let mut stub = Stub::default();
    if with_memory {
        stub.memory(MEMORY, NO_PAGES);
    }
    for (number, (_, signature)) in exports.iter().enumerate() {
        stub.export(&number.to_string(), signature);
    }
    let mut module = Module::new();
    module.section(&stub.types).section(&stub.functions);
    if with_memory {
        module.section(&stub.memories);
    }
    module.section(&stub.exports).section(&stub.code);
    module.finish()
}

/// A core module whose functions have no code.
#[derive(Default)]
struct Stub {
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    tables: TableSection,
    memories: MemorySection,
    exports: ExportSection,
    code: CodeSection,
    imported: u32,
    has_memory: bool,
    /// Whether it exports a realloc that the guest lacks.
    adds_realloc: bool,
}

impl Stub {
    fn of(core: &Core, speech: &Speech, wit: &Wit) -> Result<Self> {
        let mut stub = Stub::default();
        stub.imports(core, speech, wit)?;
        stub.exports(core, speech, wit)?;
        // As an eager guest it would need these.
        if speech.lacks_memory() {
            stub.any_memory();
        }
        stub.adds_realloc = (speech.is_lazy() || speech.is_gc()) && !core.exports.contains_key(REALLOC);
        if stub.adds_realloc {
            let i32s = |count| vec![CoreType::I32; count];
            stub.export(REALLOC, &CoreSignature { params: i32s(4), results: i32s(1) });
        }
        Ok(stub)
    }

    /// The guest's imports; those of other ABIs as eager ones. Only functions can be more than the memory of another module.
    fn imports(&mut self, core: &Core, speech: &Speech, wit: &Wit) -> Result<()> {
        for (module, field, item) in &core.imports {
            match item {
                Item::Func(CoreFunction { signature: Some(signature), .. })
                    if names::parse(module)?.is_none() && *module != names::BUILT_INS =>
                {
                    ensure!(
                        core.grouped(item).is_none(),
                        "the import `{module}` `{field}` is of a function type in a larger recursion group, or one that is not final: \
                         under an eager name it must be of a plain function type"
                    );
                    self.import(module, field, signature);
                }
                // It was taken out of the guest when that was linked.
                Item::Memory(_) if *module == memory::NAMESPACE => {}
                Item::Memory(ty) => {
                    let ty = RoundtripReencoder.memory_type(*ty)?;
                    self.has_memory = true;
                    self.imports.import(module, field, EntityType::Memory(ty));
                }
                Item::Func(_) if names::parse(module)?.is_some() || *module == names::BUILT_INS => {}
                Item::Func(_) => bail!(
                    "the import `{module}` `{field}` passes more than numbers: only functions of its world can, under `[abi=gc]`"
                ),
                Item::Table(_) | Item::Other => {
                    bail!(
                        "the import `{module}` `{field}` is no function: a component gives its core module functions only"
                    )
                }
            }
        }
        for built_in in speech.resources.values() {
            if let Some(signature) = built_in.kind.eager() {
                self.import(&built_in.module, &built_in.eager_field(), &signature);
            }
        }
        for one in wit.imported_functions() {
            let key = (one.interface.clone(), one.function.name.clone());
            if speech.imports.contains_key(&key) {
                let (module, field) = names::import(&wit.resolve, Profile::Eager, one.key, one.function);
                self.import(&module, &field, &eager(wit, Role::Caller, one.function));
            }
        }
        Ok(())
    }

    fn import(&mut self, module: &str, field: &str, signature: &CoreSignature) {
        let ty = self.ty(signature);
        self.imports.import(module, field, EntityType::Function(ty));
        self.imported += 1;
    }

    /// The guest's exports; those of other ABIs as eager ones.
    fn exports(&mut self, core: &Core, speech: &Speech, wit: &Wit) -> Result<()> {
        for (name, item) in &core.exports {
            match item {
                Item::Func(CoreFunction { signature: Some(signature), .. }) if !is_of_another_abi(name)? => {
                    self.export(name, signature);
                }
                Item::Memory(ty) if !self.has_memory => self.memory(name, RoundtripReencoder.memory_type(*ty)?),
                Item::Memory(_) => {
                    self.exports.export(name, ExportKind::Memory, 0);
                }
                Item::Table(ty) if ty.element_type == wasmparser::RefType::FUNCREF => {
                    let index = self.tables.len();
                    self.tables.table(RoundtripReencoder.table_type(*ty)?);
                    self.exports.export(name, ExportKind::Table, index);
                }
                Item::Func(_) | Item::Table(_) | Item::Other => {}
            }
        }
        for one in wit.exported_functions() {
            self.eager_export(speech, wit, &one);
        }
        Ok(())
    }

    fn eager_export(&mut self, speech: &Speech, wit: &Wit, one: &WorldFunction) {
        let name = names::export(&wit.resolve, Profile::Eager, one.key, one.function);
        let Some(export) = speech.exports.get(&name) else { return };
        let signature = eager(wit, Role::Callee, one.function);
        self.export(&name, &signature);
        if export.post_return.is_some() {
            let name = names::post_return(&wit.resolve, Profile::Eager, one.key, one.function);
            self.export(&name, &CoreSignature { params: signature.results, results: Vec::new() });
        }
    }

    fn export(&mut self, name: &str, signature: &CoreSignature) {
        let ty = self.ty(signature);
        self.exports.export(name, ExportKind::Func, self.imported + self.functions.len());
        self.functions.function(ty);
        let mut body = Function::new([]);
        body.instructions().unreachable().end();
        self.code.function(&body);
    }

    fn memory(&mut self, name: &str, ty: MemoryType) {
        self.memories.memory(ty);
        self.has_memory = true;
        self.exports.export(name, ExportKind::Memory, 0);
    }

    /// A memory by the name that wit-component looks for.
    fn any_memory(&mut self) {
        match self.has_memory {
            true => {
                self.exports.export(MEMORY, ExportKind::Memory, 0);
            }
            false => self.memory(MEMORY, NO_PAGES),
        }
    }

    fn ty(&mut self, signature: &CoreSignature) -> u32 {
        self.types.ty().func_type(&FuncType::from(signature));
        self.types.len() - 1
    }

    /// The module, with the guest's custom sections about its world and its ABI.
    fn finish(&self, core: &Core) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&self.types).section(&self.imports).section(&self.functions).section(&self.tables);
        module.section(&self.memories).section(&self.exports).section(&self.code);
        for section in &core.sections {
            if section.name() == names::ABI_SECTION || section.name().starts_with(WORLD) {
                module.section(&CustomSection { name: section.name().into(), data: section.data().into() });
            }
        }
        module.finish()
    }
}

fn is_of_another_abi(export: &str) -> Result<bool> {
    Ok(names::parse(export.strip_prefix("cabi_post_").unwrap_or(export))?.is_some())
}

fn eager(wit: &Wit, role: Role, function: &WitFunction) -> CoreSignature {
    CoreSignature::from(&Signature::new(&wit.resolve, Profile::Eager, role, function))
}
