//! Types: their layouts, and what they are in Python.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// The index of a type in [`Table::types`](crate::Table::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TypeId(pub u32);

/// The index of a resource in [`Table::resources`](crate::Table::resources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResourceId(pub u32);

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Type {
    /// Its name in WIT, or its notation: for messages.
    pub name: String,
    /// How many bytes it takes in memory.
    pub size: u32,
    /// What its address is a multiple of.
    pub align: u32,
    /// How many slots it takes. A type that takes more than there are may say any number that is too large.
    pub slots: u32,
    /// What it is made of.
    pub shape: Shape,
}

/// What a type is made of, and what its values are in Python.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// `bool`.
    Bool,
    /// `int`.
    U8,
    /// `int`.
    S8,
    /// `int`.
    U16,
    /// `int`.
    S16,
    /// `int`.
    U32,
    /// `int`.
    S32,
    /// `int`.
    U64,
    /// `int`.
    S64,
    /// `float`.
    F32,
    /// `float`.
    F64,
    /// `str` with one character.
    Char,
    /// `str`, passed as UTF-8.
    String,
    /// A sequence, of what [`Elements`] says.
    List(TypeId, Elements),
    /// A sequence of this length, without one in memory.
    FixedList(TypeId, u32, Elements),
    /// `dict`: a list of tuples of two, at the offset the value is at.
    Map {
        /// The keys' type.
        key: TypeId,
        /// The values' type.
        value: TypeId,
        /// Where the value is in an entry.
        value_offset: u32,
        /// How many bytes an entry takes.
        entry_size: u32,
        /// What an entry's address is a multiple of.
        entry_align: u32,
    },
    /// An instance of a dataclass.
    Record(Class, Vec<Field>),
    /// `tuple`. Fields have no names.
    Tuple(Vec<Field>),
    /// An instance of one of the cases' classes; its payload is the attribute `value`.
    Variant {
        /// The discriminant in memory; in slots it is the first.
        tag: Width,
        /// Where payloads are in memory; in slots, behind the discriminant.
        payload: u32,
        /// The cases, in the order of their discriminants.
        cases: Vec<Case>,
    },
    /// `None` or the value; an option of an option is `None` or `Some`, as [`Case`]'s class says.
    Option {
        /// The payload's type.
        some: TypeId,
        /// Where it is in memory.
        payload: u32,
        /// `Some`, for an option whose payload may be `None` itself.
        class: Option<Class>,
    },
    /// An instance of `Ok` or `Err`.
    Result {
        /// The payload of `Ok`, in attribute `value`; without one, `None` is there.
        ok: Option<TypeId>,
        /// The payload of `Err`, likewise.
        err: Option<TypeId>,
        /// Where payloads are in memory.
        payload: u32,
        /// `Ok`'s class.
        ok_class: Class,
        /// `Err`'s class.
        err_class: Class,
    },
    /// A member of an `Enum` whose values are the discriminants.
    Enum {
        /// The class.
        class: Class,
        /// The discriminant in memory.
        tag: Width,
        /// How many members there are.
        cases: u32,
    },
    /// A member of a `Flag` whose values are the bits.
    Flags {
        /// The class.
        class: Class,
        /// The bits in memory.
        tag: Width,
        /// How many there are.
        labels: u32,
    },
    /// An instance of the resource's class, which goes with the handle.
    Own(ResourceId),
    /// An instance of the resource's class, for the time of a call.
    Borrow(ResourceId),
    /// A string, list or map of this type that arrives as an object of the runtime's class `Lazy` and is read when somebody asks.
    Lazy(TypeId),
}

/// What a list's elements make of it in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elements {
    /// A `list`. Any sequence may be given.
    List,
    /// `bytes`. Whatever has a buffer of bytes may be given, and a sequence of numbers.
    Bytes,
    /// An `array.array` of the type code for this element. Whatever has a buffer of such numbers may be given, and a sequence.
    Array,
}

/// The size of a discriminant or of a set of flags in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Width {
    U8,
    U16,
    U32,
}

/// A part of a record or tuple.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in Python; of a tuple's, nothing.
    pub name: String,
    /// Its type.
    pub ty: TypeId,
    /// Where it is in memory.
    pub offset: u32,
    /// Which slot it begins with, the record's first being 0.
    pub slot: u32,
}

/// A case of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its name in WIT, for messages.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// Its payload.
    pub payload: Option<TypeId>,
}

/// A class of the generated package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its module.
    pub module: String,
    /// Its name there.
    pub name: String,
}

/// A resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its name in WIT, for messages.
    pub name: String,
    /// The class of its values. An exported resource's is the app's: the module is the app's then.
    pub class: Class,
    /// Of [`Table::imports`](crate::Table::imports): `[resource-drop]`, `(handle: i32)`.
    pub drop: u32,
    /// Of an exported resource: how representations become handles and back.
    pub own: Option<Own>,
}

/// Built-ins of an exported resource, of [`Table::imports`](crate::Table::imports).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// `[resource-new]`, `(representation: i32) -> handle: i32`.
    pub new: u32,
    /// `[resource-rep]`, `(handle: i32) -> representation: i32`.
    pub rep: u32,
}
