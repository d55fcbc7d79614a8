//! What the runtime of Python guests has to know of a world, as data.
//!
//! The runtime is built once, for every world. What differs from world to world comes in two forms: a [`Table`], which the
//! runtime reads before its snapshot is taken, and glue, which gives each function its core signature.
//!
//! # Slots
//!
//! Between glue and runtime, core values are *slots*: eight bytes each, in which a value has its own core type at the lowest
//! address, and zeros behind it. So the joins of `flatten_variant` need no code: an f32 that stands in an i64 is read as the f32
//! that it is, and what is written as an i32 is zero-extended when it is read as an i64.
//!
//! | | core signature | |
//! |---|---|---|
//! | import of the runtime | `onramp:python` `call (index: i32, slots: i32)` | calls [`Table::imports`]`[index]`: its core parameters are in the slots, then its core results are |
//! | export of the runtime | `onramp_python_call (index: i32, slot: i64 × 16) -> i32` | calls [`Table::exports`]`[index]`; returns the address of the core results' slots |
//! | export of the runtime | `onramp_python_post_return (index: i32, slot: i64 × 16)` | frees the results of the call that had these core results |
//!
//! Everything else about values, how they lie in memory or in slots and what they are in Python, is in the table, and its
//! numbers come from `onramp-abi`.

#![no_std]

extern crate alloc;

mod function;
mod types;

pub use function::{Export, Function, Import, Param, Passing, Target};
pub use types::{Case, Class, Elements, Field, Own, Resource, ResourceId, Shape, Type, TypeId, Width};

use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// How many slots a call of an export has.
pub const SLOTS: usize = 16;

/// A world under a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The app's module, in which the exports' classes are.
    pub app: alloc::string::String,
    /// Whether dynamic values arrive as lazy handles.
    pub lazy: bool,
    /// The types. A type's parts may come before or behind it.
    pub types: Vec<Type>,
    /// The resources.
    pub resources: Vec<Resource>,
    /// What the runtime can call, by the index that `call` takes.
    pub imports: Vec<Import>,
    /// What can be called in the runtime, by the index that `onramp_python_call` takes.
    pub exports: Vec<Export>,
}

impl Table {
    /// The type behind an index.
    pub fn ty(&self, ty: TypeId) -> &Type {
        &self.types[ty.0 as usize]
    }

    /// The table as the runtime reads it.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("a table can be written")
    }

    /// Reads what [`Table::to_bytes`] wrote.
    ///
    /// # Errors
    /// When it was written for another version of this crate.
    pub fn from_bytes(bytes: &[u8]) -> Result<Table, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}
