//! The core types of the profile [`Gc`](crate::Profile::Gc): `docs/abi/gc.md`.

mod chosen;
mod core_types;
mod found;

use std::sync::Arc;

pub use core_types::CoreTypes;
use wasm_encoder::{HeapType, RefType, StorageType, ValType};

use crate::{Error, Role, Shape, Tag, Ty, Types};

/// The core signature of a function whose values are references.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its type, among the [`CoreTypes`] that it was made with.
    pub ty: u32,
    /// The parameters.
    pub params: Vec<Arc<Value>>,
    /// The result.
    pub result: Option<Arc<Value>>,
}

/// What a WIT type is in core wasm.
#[derive(Debug)]
pub struct Value {
    /// The type of a core value, a field or an element.
    pub storage: StorageType,
    /// What it is made of.
    pub kind: Kind,
}

/// What a value is made of. Types are indices among [`CoreTypes`].
#[derive(Clone, Debug)]
pub enum Kind {
    /// A number, or an enum's, or flags.
    Scalar,
    /// Text: an array of code units.
    String {
        /// The array's type.
        array: u32,
        /// Its elements.
        unit: Unit,
    },
    /// A list or a map.
    List {
        /// The array's type.
        array: u32,
        /// Its elements.
        element: Arc<Value>,
    },
    /// A record or a tuple.
    Record {
        /// The struct's type.
        object: u32,
        /// Its fields.
        fields: Vec<Arc<Value>>,
    },
    /// A variant, an option or a result.
    Sum {
        /// The type of the empty struct.
        base: u32,
        /// The cases.
        cases: Vec<Case>,
    },
    /// A resource: an `externref`.
    Handle,
}

/// A case of a [`Kind::Sum`].
#[derive(Clone, Debug)]
pub struct Case {
    /// The struct's type.
    pub object: u32,
    /// Its one field.
    pub payload: Option<Arc<Value>>,
}

/// The code units of a string, and so its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// UTF-8
    I8,
    /// UTF-16
    I16,
}

/// Where a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Position {
    /// A parameter or a result.
    Core,
    /// A field of a struct.
    Field,
    /// An element of an array.
    Element,
}

impl Function {
    /// What this project chooses for a function.
    ///
    /// # Errors
    /// When the profile has no such function: it is asynchronous, or a type is not supported.
    pub fn chosen(types: &mut Types<'_>, func: &wit_parser::Function, core: &mut CoreTypes) -> Result<Function, Error> {
        Function::chosen_in(types, func, core, Unit::I8)
    }

    /// The same with strings of these code units: for a guest that has them in its memory.
    ///
    /// # Errors
    /// As [`chosen`](Function::chosen).
    pub fn chosen_in(
        types: &mut Types<'_>,
        func: &wit_parser::Function,
        core: &mut CoreTypes,
        unit: Unit,
    ) -> Result<Function, Error> {
        check(func)?;
        chosen::function(types, func, core, unit)
    }

    /// What a guest has for a function: `ty` is the type of its core function.
    ///
    /// # Errors
    /// When that does not fit the WIT type (G6 to G8), or the profile has no such function.
    pub fn found(
        types: &mut Types<'_>,
        func: &wit_parser::Function,
        role: Role,
        core: &CoreTypes,
        ty: u32,
    ) -> Result<Function, Error> {
        check(func)?;
        found::function(types, func, role, core, ty)
    }
}

fn check(func: &wit_parser::Function) -> Result<(), Error> {
    match func.kind.is_async() {
        true => Err(Error::new("async functions are not supported by the profile gc")),
        false => Ok(()),
    }
}

impl Value {
    /// The type of a core value that holds it.
    pub fn val_type(&self) -> ValType {
        self.storage.unpack()
    }
}

/// The type of a number as a field or element; `None`: it is none.
fn scalar(types: &Types<'_>, ty: Ty) -> Option<StorageType> {
    Some(match &types[ty].shape {
        Shape::Bool | Shape::U8 | Shape::S8 => StorageType::I8,
        Shape::U16 | Shape::S16 => StorageType::I16,
        Shape::U32 | Shape::S32 | Shape::Char | Shape::Flags { size: Tag::U8 | Tag::U16 | Tag::U32, .. } => {
            StorageType::Val(ValType::I32)
        }
        Shape::U64 | Shape::S64 => StorageType::Val(ValType::I64),
        Shape::F32 => StorageType::Val(ValType::F32),
        Shape::F64 => StorageType::Val(ValType::F64),
        Shape::Variant { .. } if types.is_enum(ty) => StorageType::Val(ValType::I32),
        Shape::String
        | Shape::List(_)
        | Shape::FixedList(..)
        | Shape::Record(_)
        | Shape::Variant { .. }
        | Shape::Handle(..) => return None,
    })
}

/// The type of a number there.
fn scalar_at(storage: StorageType, position: Position) -> StorageType {
    match position {
        Position::Core => StorageType::Val(storage.unpack()),
        Position::Field | Position::Element => storage,
    }
}

fn reference(ty: u32, nullable: bool) -> StorageType {
    StorageType::Val(ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(ty) }))
}
