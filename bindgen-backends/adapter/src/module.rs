//! An adapter module, from the outside.

use std::collections::{HashMap, VecDeque};

use onramp_abi::{CoreType, Error, Ownership, Profile, Role, Ty, Types};
use wasm_encoder::ValType;
use wit_parser::{Function, Resolve, TypeId};

use crate::{
    Direction, Import, adapter,
    assembly::{Assembly, Target},
    helper::Helper,
    trap,
};

/// What an adapter has to know about a guest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The ABI that it speaks.
    pub profile: Profile,
    /// What its strings are in.
    pub encoding: StringEncoding,
    /// How its realloc is imported.
    pub realloc: Realloc,
}

/// What strings in memory are in: the canonical option `string-encoding`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StringEncoding {
    /// `utf8`
    #[default]
    Utf8,
    /// `utf16`
    Utf16,
    /// `latin1+utf16`: each string is in one of both; bit 31 of its length says in which.
    Latin1Utf16,
}

/// How a guest's realloc is imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Realloc {
    /// As a function.
    #[default]
    Direct,
    /// As a table whose element 0 will be the function, so that the adapter can be instantiated before the guest.
    Table,
}

/// What an adapter has to know about one function, beside its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FuncOptions {
    /// Whether the callee has a post-return function for it.
    pub post_return: bool,
}

/// A finished adapter module.
#[derive(Clone, Debug)]
pub struct Adapter {
    /// The core module.
    pub wasm: Vec<u8>,
    /// Its imports, in order.
    pub imports: Vec<Import>,
    /// The resources whose handles its functions pass, by the number that its imports know them by.
    pub resources: Vec<TypeId>,
}

/// An adapter module under construction: all functions that one caller imports from one callee.
///
/// The [crate's documentation](crate) describes what it becomes.
pub struct Module<'a> {
    pub(crate) types: Types<'a>,
    pub(crate) caller: Side,
    pub(crate) callee: Side,
    pub(crate) assembly: Assembly,
    pub(crate) helpers: HashMap<Helper, Target>,
    /// Helpers that are declared but not yet defined.
    pub(crate) queue: VecDeque<(Helper, Target)>,
    pub(crate) routines: HashMap<(Direction, &'static str), Target>,
    pub(crate) weights: HashMap<Ty, u32>,
    traps: HashMap<String, Target>,
    resources: Vec<TypeId>,
}

impl<'a> Module<'a> {
    /// An empty module. `resolve` has the types of the functions to come.
    pub fn new(resolve: &'a Resolve, caller: Side, callee: Side) -> Result<Module<'a>, Error> {
        Module::with_memories(resolve, caller, callee, [Role::Caller, Role::Callee].map(Import::Memory))
    }

    pub(crate) fn with_memories(
        resolve: &'a Resolve,
        caller: Side,
        callee: Side,
        memories: [Import; 2],
    ) -> Result<Module<'a>, Error> {
        Ok(Module {
            types: Types::new(resolve)?,
            caller,
            callee,
            assembly: Assembly::new(memories),
            helpers: HashMap::new(),
            queue: VecDeque::new(),
            routines: HashMap::new(),
            weights: HashMap::new(),
            traps: HashMap::new(),
            resources: Vec::new(),
        })
    }

    /// Adds a function. `name` is what it is exported as and how traps call it, such as `test:demo/lists.join`.
    ///
    /// Fails if an adapter cannot pass its types, with the module as it was before.
    pub fn add(&mut self, name: &str, func: &Function, options: FuncOptions) -> Result<(), Error> {
        if self.assembly.exports(name) {
            return Err(Error::new(format!("{name}: the function is already there")));
        }
        adapter::define(self, name, func, options).map_err(|error| error.context(name))?;
        while let Some((helper, target)) = self.queue.pop_front() {
            helper.define(self, target);
        }
        Ok(())
    }

    /// The module, encoded: the same bytes whenever the same functions were added in the same order.
    pub fn finish(self) -> Adapter {
        let (wasm, imports) = self.assembly.finish();
        if cfg!(debug_assertions)
            && let Err(error) = wasmparser::validate(&wasm)
        {
            panic!("the adapter module is not valid: {error}");
        }
        Adapter { wasm, imports, resources: self.resources }
    }

    pub(crate) fn side(&self, role: Role) -> Side {
        match role {
            Role::Caller => self.caller,
            Role::Callee => self.callee,
        }
    }

    pub(crate) fn realloc(&mut self, role: Role) -> Target {
        let (params, results) = ([ValType::I32; 4], [ValType::I32]);
        match self.side(role).realloc {
            Realloc::Direct => self.assembly.import(Import::Realloc(role), &params, &results),
            Realloc::Table => self.assembly.import_table(Import::Realloc(role), &params, &results),
        }
    }

    /// The number of a resource.
    pub(crate) fn resource(&mut self, resource: TypeId) -> usize {
        let position = self.resources.iter().position(|known| *known == resource);
        position.unwrap_or_else(|| {
            self.resources.push(resource);
            self.resources.len() - 1
        })
    }

    /// The function that translates handles.
    pub(crate) fn handle(&mut self, direction: Direction, ownership: Ownership, resource: TypeId) -> Target {
        let resource = self.resource(resource);
        let import = Import::Handle { direction, ownership, resource };
        self.assembly.import(import, &[ValType::I32], &[ValType::I32])
    }

    /// The function that traps for this reason.
    pub(crate) fn trap(&mut self, reason: &str) -> Target {
        if let Some(target) = self.traps.get(reason) {
            return *target;
        }
        let target = trap::define(&mut self.assembly, reason);
        self.traps.insert(reason.to_owned(), target);
        target
    }
}

pub(crate) fn val_type(ty: CoreType) -> ValType {
    match ty {
        CoreType::I32 => ValType::I32,
        CoreType::I64 => ValType::I64,
        CoreType::F32 => ValType::F32,
        CoreType::F64 => ValType::F64,
    }
}

pub(crate) fn val_types(types: &[CoreType]) -> Vec<ValType> {
    types.iter().copied().map(val_type).collect()
}
