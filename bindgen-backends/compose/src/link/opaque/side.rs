//! The module that is merged with the guest's: accessors, wrappers of functions, and what is left of its compiler's host.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use onramp_abi::Types;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, ImportSection, MemorySection, Module, NameMap, NameSection, SubType, ValType,
};
use wasmparser::TypeRef;

use crate::link::merge::Source;
use crate::link::speech::nearest;
use crate::prelude::Wit;

use super::accessor::{Accessor, Passed};
use super::guest::{Guest, Path, function};
use super::world::{OPAQUE, Signature, World, spoken};
use super::{code, host};

/// The position of the module among those that are merged.
const PART: usize = 1;
/// The guest's.
const GUEST: usize = 0;
/// That of the host's functions.
const HOST: usize = 2;
/// What the guest is called where its exports are imported.
const GUEST_MODULE: &str = "guest";

/// The module, and how it is merged.
#[derive(Default)]
pub(super) struct Side {
    types: wasm_encoder::TypeSection,
    type_count: u32,
    imports: ImportSection,
    import_count: u32,
    functions: Vec<(u32, Function)>,
    memories: MemorySection,
    globals: GlobalSection,
    exports: ExportSection,
    names: NameMap,
    /// The module of the host's functions, if the guest needs it.
    pub(super) host: Option<Vec<u8>>,
    /// Where the guest's imports come from.
    pub(super) sources: BTreeMap<(String, String), Source>,
    /// Where the module's come from.
    pub(super) own_sources: BTreeMap<(String, String), Source>,
    /// The exports that there will be.
    pub(super) public: BTreeMap<String, String>,
}

impl Side {
    /// Makes the module for a guest.
    ///
    /// # Errors
    /// When what the guest imports or exports under `[opaque=gc]` does not fit its world.
    pub(super) fn of(guest: &Guest, wit: &Wit) -> Result<Side> {
        let mut types = Types::new(&wit.resolve)?;
        let (world, groups) = World::of(wit, &mut types, guest.type_count())?;
        let mut side = Side { types: guest.section.clone(), type_count: guest.type_count(), ..Side::default() };
        groups.into_iter().for_each(|group| side.group(group));
        let is_teavm = guest.imports.iter().any(|import| host::is_teavm(import.module));
        side.imports(guest, &world)?;
        side.accessors(guest, &world)?;
        if is_teavm {
            side.host(guest)?;
        }
        Ok(side)
    }

    /// The functions that are imported from elsewhere come first.
    fn imports(&mut self, guest: &Guest, world: &World) -> Result<()> {
        let mut wrapped = Vec::new();
        for import in guest.imports.iter().filter(|import| is_function(import.module, import.name)) {
            let name = (import.module.to_owned(), import.name.to_owned());
            let what = format!("the import `{}` of `{}`", name.1, name.0);
            let signature = world.imports.get(&name).with_context(|| format!("{what} is none of its world"))?;
            check(guest, signature, function(import), &what)?;
            let inner =
                self.import(&spoken(import.module), import.name, signature.params(false), signature.result(false));
            wrapped.push((name, code::import(signature, inner), function(import).unwrap_or_default()));
        }
        let mut exported = Vec::new();
        for name in guest.exports.keys().copied().filter(|name| name.starts_with(OPAQUE)) {
            let what = format!("the export `{name}`");
            let signature = world.exports.get(name).with_context(|| format!("{what} is none of its world"))?;
            check(guest, signature, Some(guest.exported(name)?), &what)?;
            let inner = self.import(GUEST_MODULE, name, signature.params(true), signature.result(true));
            let source = Source::Export(GUEST, name.to_owned());
            self.own_sources.insert((GUEST_MODULE.to_owned(), name.to_owned()), source);
            exported.push((spoken(name), signature, code::export(signature, inner)));
        }
        for (name, function, ty) in wrapped {
            self.replace(name, ty, function);
        }
        for (name, signature, function) in exported {
            let ty = self.function_type(signature.params(false), signature.result(false));
            let index = self.define(ty, function, &name);
            self.exports.export(&name, ExportKind::Func, index);
            self.public.insert(name.clone(), name);
        }
        Ok(())
    }

    fn accessors(&mut self, guest: &Guest, world: &World) -> Result<()> {
        for import in guest.imports.iter().filter(|import| is_accessor(import.module, import.name)) {
            let name = (import.module.to_owned(), import.name.to_owned());
            let what = format!("the import `{}` of `{}`", name.1, name.0);
            let all = world
                .accessors
                .get(import.module)
                .with_context(|| format!("{what}: the world has no such interface"))?;
            let Some(accessor) = all.get(import.name) else {
                let names: Vec<_> = all.keys().cloned().collect();
                bail!("{what} is no accessor of a type there{}", nearest(import.name, &names));
            };
            let accessor = accessor.as_ref().with_context(|| format!("{what}: two types there have this name"))?;
            let ty = function(import).with_context(|| format!("{what} is no function"))?;
            let path = fitting(guest, accessor, ty, &what)?;
            self.replace(name, ty, code::accessor(accessor, path));
        }
        Ok(())
    }

    /// What TeaVM's modules have of JavaScript.
    fn host(&mut self, guest: &Guest) -> Result<()> {
        let module = host::module()?;
        let known = Guest::of(&module)?;
        for import in &guest.imports {
            let name = (import.module, import.name);
            match import.ty {
                TypeRef::Memory(ty) if name == host::MEMORY => {
                    self.memories.memory(RoundtripReencoder.memory_type(ty)?);
                    self.host_item(name, ExportKind::Memory, 0);
                }
                TypeRef::Global(_) if name == host::HEAP_OFFSET => {
                    self.constant(name, guest.data_end.next_multiple_of(8) as i32);
                }
                TypeRef::Global(_) if name == host::MAX_SIZE => self.constant(name, i32::MAX),
                TypeRef::Func(ty) if host::is_javascript(import.module) => {
                    self.javascript(&known, name, ty);
                }
                _ => {}
            }
        }
        self.host = Some(module);
        Ok(())
    }

    /// A function of JavaScript's: one that is `known`, or one that is missing.
    fn javascript(&mut self, known: &Guest, (module, field): (&str, &str), ty: u32) {
        let name = (module.to_owned(), field.to_owned());
        let export = format!("{module} {field}");
        match known.exports.contains_key(&*export) {
            true => drop(self.sources.insert(name, Source::Export(HOST, export))),
            false => self.replace(name, ty, host::missing((module, field))),
        }
    }

    fn constant(&mut self, name: (&str, &str), value: i32) {
        let index = self.globals.len();
        let ty = GlobalType { val_type: ValType::I32, mutable: false, shared: false };
        self.globals.global(ty, &ConstExpr::i32_const(value));
        self.host_item(name, ExportKind::Global, index);
    }

    fn host_item(&mut self, (module, field): (&str, &str), kind: ExportKind, index: u32) {
        let export = format!("{module} {field}");
        self.exports.export(&export, kind, index);
        self.sources.insert((module.to_owned(), field.to_owned()), Source::Export(PART, export));
    }

    /// A function in the place of one that the guest imports.
    fn replace(&mut self, (module, field): (String, String), ty: u32, function: Function) {
        let export = format!("{module} {field}");
        let index = self.define(ty, function, &export);
        self.host_item((&module, &field), ExportKind::Func, index);
    }

    fn import(&mut self, module: &str, field: &str, params: Vec<ValType>, result: Vec<ValType>) -> u32 {
        let ty = self.function_type(params, result);
        self.imports.import(module, field, EntityType::Function(ty));
        self.import_count += 1;
        self.import_count - 1
    }

    fn define(&mut self, ty: u32, function: Function, name: &str) -> u32 {
        let index = self.import_count + self.functions.len() as u32;
        self.functions.push((ty, function));
        self.names.append(index, name);
        index
    }

    fn function_type(&mut self, params: Vec<ValType>, result: Vec<ValType>) -> u32 {
        self.types.ty().function(params, result);
        self.type_count += 1;
        self.type_count - 1
    }

    fn group(&mut self, group: Vec<SubType>) {
        self.type_count += group.len() as u32;
        match &group[..] {
            [one] => self.types.ty().subtype(one),
            _ => self.types.ty().rec(group),
        }
    }

    /// The module.
    pub(super) fn module(&self) -> Vec<u8> {
        let mut functions = FunctionSection::new();
        let mut bodies = CodeSection::new();
        for (ty, body) in &self.functions {
            functions.function(*ty);
            bodies.function(body);
        }
        let mut names = NameSection::new();
        names.functions(&self.names);
        let mut module = Module::new();
        module.section(&self.types).section(&self.imports).section(&functions).section(&self.memories);
        module.section(&self.globals).section(&self.exports).section(&bodies).section(&names);
        module.finish()
    }
}

impl Signature {
    fn params(&self, is_opaque: bool) -> Vec<ValType> {
        self.params.iter().map(|value| if is_opaque { value.opaque() } else { value.core() }).collect()
    }

    fn result(&self, is_opaque: bool) -> Vec<ValType> {
        self.result.iter().map(|value| if is_opaque { value.opaque() } else { value.core() }).collect()
    }
}

fn is_accessor(module: &str, field: &str) -> bool {
    module.starts_with(OPAQUE) && field.starts_with('[') && !is_method(field)
}

fn is_function(module: &str, field: &str) -> bool {
    module.starts_with(OPAQUE) && (!field.starts_with('[') || is_method(field))
}

/// Whether a field is a resource's function, and no accessor.
fn is_method(field: &str) -> bool {
    ["[method]", "[static]", "[constructor]"].iter().any(|prefix| field.starts_with(prefix))
}

/// Checks that a function of the guest has the opaque signature.
fn check(guest: &Guest, signature: &Signature, ty: Option<u32>, what: &str) -> Result<()> {
    let ty = guest.function_type(ty.with_context(|| format!("{what} is no function"))?)?;
    let expected = (signature.params(true), signature.result(true));
    match reencoded(ty)? == expected {
        true => Ok(()),
        false => bail!("{what} has the type {}, expected {}", shown(&reencoded(ty)?), shown(&expected)),
    }
}

/// Checks that an accessor is imported with its type, and how the guest's own array is reached, if it has one.
fn fitting(guest: &Guest, accessor: &Accessor, ty: u32, what: &str) -> Result<Option<Path>> {
    let ty = guest.function_type(ty)?;
    let (params, result) = accessor.signature();
    let mut path = None;
    let mut fits = params.len() == ty.params().len() && result.is_some() as usize == ty.results().len();
    for (expected, found) in params.iter().zip(ty.params()).chain(result.iter().zip(ty.results())) {
        match expected {
            Passed::Core(expected) => fits &= RoundtripReencoder.val_type(*found)? == *expected,
            Passed::Own(storage) => {
                path = guest.path(*found, *storage);
                fits &= path.is_some();
            }
        }
    }
    if !fits {
        let expected = |all: &[Passed]| all.iter().map(Passed::to_string).collect::<Vec<_>>().join(", ");
        let result = expected(result.as_slice());
        bail!("{what} has the type {}, expected ({}) -> ({result})", shown(&reencoded(ty)?), expected(&params));
    }
    Ok(path)
}

type Shown = (Vec<ValType>, Vec<ValType>);

fn reencoded(ty: &wasmparser::FuncType) -> Result<Shown> {
    let all = |types: &[wasmparser::ValType]| {
        types.iter().map(|ty| Ok(RoundtripReencoder.val_type(*ty)?)).collect::<Result<Vec<_>>>()
    };
    Ok((all(ty.params())?, all(ty.results())?))
}

fn shown((params, results): &Shown) -> String {
    let list = |types: &[ValType]| types.iter().map(|ty| type_name(*ty)).collect::<Vec<_>>().join(", ");
    format!("({}) -> ({})", list(params), list(results))
}

fn type_name(ty: ValType) -> &'static str {
    match ty {
        ValType::I32 => "i32",
        ValType::I64 => "i64",
        ValType::F32 => "f32",
        ValType::F64 => "f64",
        ValType::V128 => "v128",
        ValType::EXTERNREF => "externref",
        ValType::Ref(_) => "another reference",
    }
}

impl std::fmt::Display for Passed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Passed::Core(ty) => f.write_str(type_name(*ty)),
            Passed::Own(storage) => match storage {
                wasm_encoder::StorageType::I8 => f.write_str("an array of i8"),
                wasm_encoder::StorageType::I16 => f.write_str("an array of i16"),
                wasm_encoder::StorageType::Val(ty) => write!(f, "an array of {}", type_name(*ty)),
            },
        }
    }
}
