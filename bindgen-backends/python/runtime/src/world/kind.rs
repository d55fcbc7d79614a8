//! Types, with their classes.

use onramp_python_table::{Elements, ResourceId, TypeId, Width};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::class::Class;

/// A type of the world.
pub struct Type {
    /// Its name in WIT, or its notation: for messages.
    pub name: String,
    /// How many bytes it takes in memory.
    pub size: u32,
    /// What its address is a multiple of.
    pub align: u32,
    /// How many slots it takes.
    pub slots: u32,
    /// Whether there is a string, list or map in it.
    pub is_dynamic: bool,
    /// Whether there is a resource's handle in it.
    pub has_resources: bool,
    /// What it is made of.
    pub kind: Kind,
}

/// What a type is made of, and what its values are in Python: as [`onramp_python_table::Shape`] says.
#[allow(missing_docs)]
pub enum Kind {
    Bool,
    Number(Number),
    Char,
    String,
    List(TypeId, Elements),
    FixedList(TypeId, u32, Elements),
    Map(Map),
    Record(Class, Vec<Field>),
    Tuple(Vec<Field>),
    Variant(Variant),
    Option(Optional),
    Result(Outcome),
    Enum(Class, Width, Vec<Py<PyAny>>),
    Flags(Flags),
    Own(ResourceId),
    Borrow(ResourceId),
    Lazy(TypeId),
}

/// A type of numbers.
#[allow(missing_docs)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    U8,
    S8,
    U16,
    S16,
    U32,
    S32,
    U64,
    S64,
    F32,
    F64,
}

/// A map's entries.
pub struct Map {
    /// The keys' type.
    pub key: TypeId,
    /// The values' type.
    pub value: TypeId,
    /// Where the value is in an entry.
    pub value_offset: u32,
    /// How many bytes an entry takes.
    pub size: u32,
    /// What an entry's address is a multiple of.
    pub align: u32,
}

/// A part of a record or tuple.
pub struct Field {
    /// Its attribute; of a tuple's, the empty text.
    pub name: Py<PyString>,
    /// Its type.
    pub ty: TypeId,
    /// Where it is in memory.
    pub offset: u32,
    /// Which slot it begins with.
    pub slot: u32,
}

/// A variant.
pub struct Variant {
    /// The discriminant in memory.
    pub tag: Width,
    /// Where payloads are in memory.
    pub payload: u32,
    /// The cases, in the order of their discriminants.
    pub cases: Vec<Case>,
}

/// A case of a variant.
pub struct Case {
    /// Its class.
    pub class: Class,
    /// Its payload.
    pub payload: Option<TypeId>,
}

/// An option.
pub struct Optional {
    /// The payload's type.
    pub some: TypeId,
    /// Where it is in memory.
    pub payload: u32,
    /// `Some`, where the payload may be `None` itself.
    pub class: Option<Class>,
}

/// A result.
pub struct Outcome {
    /// The payload of `Ok`.
    pub ok: Option<TypeId>,
    /// The payload of `Err`.
    pub err: Option<TypeId>,
    /// Where payloads are in memory.
    pub payload: u32,
    /// `Ok`.
    pub ok_class: Class,
    /// `Err`.
    pub err_class: Class,
}

/// Flags.
pub struct Flags {
    /// Their class.
    pub class: Class,
    /// The bits in memory.
    pub tag: Width,
    /// All bits there are.
    pub mask: u32,
    /// Members that were made already, by their bits: making one takes Python a while.
    pub made: Py<PyDict>,
}

impl Number {
    /// How many bytes it has in memory.
    pub fn size(self) -> u32 {
        match self {
            Number::U8 | Number::S8 => 1,
            Number::U16 | Number::S16 => 2,
            Number::U32 | Number::S32 | Number::F32 => 4,
            Number::U64 | Number::S64 | Number::F64 => 8,
        }
    }

    /// The type code of such numbers in Python's module `array`.
    pub fn code(self) -> &'static str {
        match self {
            Number::U8 => "B",
            Number::S8 => "b",
            Number::U16 => "H",
            Number::S16 => "h",
            Number::U32 => "I",
            Number::S32 => "i",
            Number::U64 => "Q",
            Number::S64 => "q",
            Number::F32 => "f",
            Number::F64 => "d",
        }
    }

    /// The code that buffers of such numbers may have beside [`Number::code`]: `long` has four bytes here, and a list of s8 is `bytes`.
    pub fn other_code(self) -> &'static str {
        match self {
            Number::U32 => "L",
            Number::S32 => "l",
            Number::U8 => "c",
            Number::S8 => "B",
            other => other.code(),
        }
    }
}
