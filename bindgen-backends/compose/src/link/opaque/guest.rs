//! The guest's module, as far as accessors are made for it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{StorageType, TypeSection};
use wasmparser::{
    CompositeInnerType, ExternalKind, FuncType, HeapType, Import, Parser, Payload, RefType, SubType, TypeRef, ValType,
};

/// A module whose types keep their indices in what is made for it.
#[derive(Default)]
pub(super) struct Guest<'m> {
    /// All types, by index.
    types: Vec<SubType>,
    /// The type section, to which types can be added.
    pub(super) section: TypeSection,
    pub(super) imports: Vec<Import<'m>>,
    /// The types of all functions, imported or not.
    functions: Vec<u32>,
    pub(super) exports: BTreeMap<&'m str, (ExternalKind, u32)>,
    /// How far the data reaches that is in the memory at first.
    pub(super) data_end: u32,
}

/// How an array of the guest's own is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The struct that has it, and in which field; `None`: the reference is to the array.
    pub(super) holder: Option<(u32, u32)>,
    /// The array's type.
    pub(super) array: u32,
}

impl<'m> Guest<'m> {
    /// Reads a module.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn of(module: &'m [u8]) -> Result<Self> {
        let mut guest = Guest::default();
        for payload in Parser::new(0).parse_all(module) {
            guest.read(payload?)?;
        }
        Ok(guest)
    }

    fn read(&mut self, payload: Payload<'m>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                RoundtripReencoder.parse_type_section(&mut self.section, section.clone())?;
                for group in section {
                    self.types.extend(group?.into_types());
                }
            }
            Payload::ImportSection(section) => {
                self.imports = section.into_imports().collect::<wasmparser::Result<_>>()?;
                self.functions = self.imports.iter().filter_map(function).collect();
            }
            Payload::FunctionSection(section) => {
                self.functions.extend(section.into_iter().collect::<wasmparser::Result<Vec<_>>>()?);
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.exports.insert(export.name, (export.kind, export.index));
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    self.data_end = self.data_end.max(end_of(&data?));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// How many types it has.
    pub(super) fn type_count(&self) -> u32 {
        self.types.len() as u32
    }

    /// The index of an exported function's type.
    ///
    /// # Errors
    /// When there is none, or the export is no function.
    pub(super) fn exported(&self, name: &str) -> Result<u32> {
        let function = match self.exports.get(name) {
            Some((ExternalKind::Func | ExternalKind::FuncExact, index)) => self.functions.get(*index as usize),
            _ => None,
        };
        function.copied().with_context(|| format!("`{name}` is no function"))
    }

    /// A function's type.
    ///
    /// # Errors
    /// When the type is none of a function.
    pub(super) fn function_type(&self, index: u32) -> Result<&FuncType> {
        match self.types.get(index as usize).map(|ty| &ty.composite_type.inner) {
            Some(CompositeInnerType::Func(ty)) => Ok(ty),
            _ => anyhow::bail!("a function has a type that is none of a function"),
        }
    }

    /// How an array with elements of this type is reached through a reference; `None`: it is not.
    pub(super) fn path(&self, ty: ValType, storage: StorageType) -> Option<Path> {
        let index = referred(ty)?;
        if self.is_array(index, storage) {
            return Some(Path { holder: None, array: index });
        }
        let CompositeInnerType::Struct(structure) = &self.types.get(index as usize)?.composite_type.inner else {
            return None;
        };
        let arrays = (0..).zip(&structure.fields).filter_map(|(field, ty)| match ty.element_type {
            wasmparser::StorageType::Val(ty) => referred(ty).map(|array| (field, array)),
            _ => None,
        });
        let mut arrays = arrays.filter(|(_, array)| self.is_array(*array, storage));
        match (arrays.next(), arrays.next()) {
            (Some((field, array)), None) => Some(Path { holder: Some((index, field)), array }),
            _ => None,
        }
    }

    fn is_array(&self, index: u32, storage: StorageType) -> bool {
        match self.types.get(index as usize).map(|ty| &ty.composite_type.inner) {
            Some(CompositeInnerType::Array(array)) => {
                array.0.mutable && RoundtripReencoder.storage_type(array.0.element_type).is_ok_and(|ty| ty == storage)
            }
            _ => false,
        }
    }
}

/// The index of the type that a reference is to.
fn referred(ty: ValType) -> Option<u32> {
    match ty {
        ValType::Ref(reference) => concrete(reference),
        _ => None,
    }
}

fn concrete(reference: RefType) -> Option<u32> {
    match reference.heap_type() {
        HeapType::Concrete(index) | HeapType::Exact(index) => index.as_module_index(),
        HeapType::Abstract { .. } => None,
    }
}

/// The type's index, of an import that is a function.
pub(super) fn function(import: &Import) -> Option<u32> {
    match import.ty {
        TypeRef::Func(ty) | TypeRef::FuncExact(ty) => Some(ty),
        _ => None,
    }
}

/// Where active data ends that is at a constant address.
fn end_of(data: &wasmparser::Data) -> u32 {
    let wasmparser::DataKind::Active { offset_expr, .. } = &data.kind else {
        return 0;
    };
    match offset_expr.get_operators_reader().read() {
        Ok(wasmparser::Operator::I32Const { value }) => (value as u32).saturating_add(data.data.len() as u32),
        _ => 0,
    }
}
