//! Functions that have references, from the outside.

use onramp_abi::{
    Error,
    gc::{self, CoreTypes},
};
use wit_parser::Function;

use crate::{FuncOptions, Module, adapter};

/// The core signatures of a function on the sides that have references. The others are `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct GcSides<'s> {
    /// The caller's, with its types.
    pub caller: Option<(&'s CoreTypes, &'s gc::Function)>,
    /// The callee's, with its types.
    pub callee: Option<(&'s CoreTypes, &'s gc::Function)>,
}

/// How values pass an adapter between guests that have references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// The adapter only calls: the caller's import may be the callee's export.
    Direct,
    /// References are passed as they are, and what they are to is checked.
    Reference,
    /// Something is copied.
    Copy,
}

impl Module<'_> {
    /// Adds a function that has references on one side or on both. A side with references has neither memory nor realloc.
    ///
    /// # Errors
    /// When an adapter cannot pass its types, with the module as it was before.
    pub fn add_gc(
        &mut self,
        name: &str,
        func: &Function,
        options: FuncOptions,
        sides: GcSides<'_>,
    ) -> Result<Passage, Error> {
        if self.assembly.exports(name) {
            return Err(Error::new(format!("{name}: the function is already there")));
        }
        let passage = self.define_gc(name, func, options, sides).map_err(|error| error.context(name))?;
        self.define_helpers();
        Ok(passage)
    }

    /// Makes functions that are added from now on copy what can be written to, even where they could pass a reference to it.
    pub fn isolate(&mut self) {
        self.isolates = true;
    }

    fn define_gc(
        &mut self,
        name: &str,
        func: &Function,
        options: FuncOptions,
        sides: GcSides<'_>,
    ) -> Result<Passage, Error> {
        self.assembly.has_references = true;
        let caller = sides.caller.map(|(core, function)| self.gc_signature(core, function, func)).transpose()?;
        let callee = sides.callee.map(|(core, function)| self.gc_signature(core, function, func)).transpose()?;
        let passage = match (&caller, &callee) {
            (Some(caller), Some(callee)) => self.passage(caller, callee),
            _ => Passage::Copy,
        };
        adapter::define(self, name, func, options, [caller, callee])?;
        Ok(passage)
    }
}
