//! Functions.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Class, ResourceId, TypeId};

/// What is called by an index of [`Table::imports`](crate::Table::imports).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Import {
    /// A function of the world. The generated package calls it.
    Function(Function),
    /// A built-in of a resource; [`Resource`](crate::Resource) says which. Only the runtime calls it.
    BuiltIn,
}

/// What is called by an index of [`Table::exports`](crate::Table::exports).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Export {
    /// A function of the world.
    Function(Function, Target),
    /// The destructor of an exported resource, `(representation: i32)`.
    Destructor(ResourceId),
}

/// A function's types, and how they are passed on this side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// As people read it, `test:demo/lists.join`: for messages.
    pub name: String,
    /// The parameters.
    pub params: Vec<Param>,
    /// Where the parameters are.
    pub param_passing: Passing,
    /// The size of the parameters as a tuple in memory.
    pub params_size: u32,
    /// Its alignment.
    pub params_align: u32,
    /// The result's type.
    pub result: Option<TypeId>,
    /// Where the result is. An import's in memory: the last parameter points to where it goes. An export's: the core result points to it.
    pub result_passing: Passing,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// Its name in Python, for messages.
    pub name: String,
    /// Its type.
    pub ty: TypeId,
    /// Where it is in memory, when parameters are.
    pub offset: u32,
    /// Which slot it begins with, when parameters are in slots.
    pub slot: u32,
}

/// Where parameters or a result are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Passing {
    /// In slots.
    Flat,
    /// In this guest's memory; a slot points there.
    Memory,
    /// Behind a lazy handle, in a slot, for the tuple.
    Handle,
}

/// What an exported function is in the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A method of an instance of this class of the app's module: one instance for all calls.
    Function {
        /// The class.
        class: String,
        /// The method.
        method: String,
    },
    /// The class of a resource, which makes an object.
    Constructor(Class),
    /// A method of a resource's object, which is the first parameter.
    Method(String),
    /// A static method of a resource's class.
    Static(Class, String),
}
