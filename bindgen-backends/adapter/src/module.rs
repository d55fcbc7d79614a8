//! An adapter module, from the outside.

use std::collections::{HashMap, VecDeque};

use onramp_abi::{CoreType, Error, Lowering, Ownership, Profile, Role, Shape, Ty, Types};
use wasm_encoder::ValType;
use wit_parser::{Function, Resolve, Type, TypeId};

use crate::{
    Direction, Import, Kinds, Lazy, Outside, adapter,
    assembly::{Assembly, Target},
    gc::Nodes,
    helper::Helper,
    route::Memory,
    runtime::Arrays,
    trap,
    value::Value,
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
    /// The guest's number among the peers of [`Kinds`]; of no interest when there are none.
    pub peer: u32,
    /// Whether it is the outside, behind which is the engine: what comes from there has been checked, and what goes there will be.
    pub is_outside: bool,
    /// Whether it imports neither `size` nor `lower-all`, so that nothing needs to be there for them.
    pub never_reads_all: bool,
    /// Whether it has references (its profile is gc) in functions that were woven here: those check what they read.
    pub is_woven: bool,
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

impl StringEncoding {
    /// All.
    pub const ALL: [StringEncoding; 3] = [StringEncoding::Utf8, StringEncoding::Utf16, StringEncoding::Latin1Utf16];

    /// The value of the canonical option.
    pub fn name(self) -> &'static str {
        match self {
            StringEncoding::Utf8 => "utf8",
            StringEncoding::Utf16 => "utf16",
            StringEncoding::Latin1Utf16 => "latin1+utf16",
        }
    }
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
    /// The values for which a receiver may get lazy handles.
    pub values: Vec<Passed>,
}

/// A type of values that go from one guest to another, and that a guest which receives them lazily may forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Passed {
    /// Which way they go.
    pub direction: Direction,
    /// The number of the type, which is the same in all modules with the same [`Kinds`].
    pub key: u32,
    /// The type.
    pub ty: Type,
    /// Whether the receiver's handles are to copies, in the memory of the outside; else, to the sender's own memory.
    pub copied: bool,
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
    pub(crate) routines: HashMap<(Memory, Memory, &'static str, Arrays), Target>,
    pub(crate) weights: HashMap<Ty, u32>,
    /// The numbers of lazy handles' values, if a guest here is lazy.
    pub(crate) kinds: Option<&'a Kinds>,
    pub(crate) keys: HashMap<Ty, u32>,
    /// What this module has functions to read for.
    pub(crate) values: Vec<Value>,
    /// How many of them are defined.
    pub(crate) defined_values: usize,
    pub(crate) passed: Vec<Passed>,
    pub(crate) deep_aligns: HashMap<Ty, u32>,
    /// Lists that no WIT type is: parameters of functions, as lazy handles have them.
    blocks: HashMap<Ty, Ty>,
    resource_numbers: HashMap<TypeId, u32>,
    /// The function that forwards what is in the outside already to the outside.
    pub(crate) stays: Option<Target>,
    traps: HashMap<String, Target>,
    resources: Vec<TypeId>,
    /// Whether both sides are the same guest.
    pub(crate) is_one_guest: bool,
    /// Whether what can be written to is copied, where references could be passed.
    pub(crate) isolates: bool,
    pub(crate) nodes: Nodes,
    /// The functions that wrap and unwrap handles.
    pub(crate) gc_functions: HashMap<String, Target>,
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
            kinds: None,
            keys: HashMap::new(),
            values: Vec::new(),
            defined_values: 0,
            passed: Vec::new(),
            deep_aligns: HashMap::new(),
            blocks: HashMap::new(),
            resource_numbers: HashMap::new(),
            stays: None,
            traps: HashMap::new(),
            resources: Vec::new(),
            is_one_guest: false,
            isolates: false,
            nodes: Nodes::default(),
            gc_functions: HashMap::new(),
        })
    }

    /// The same for guests one of which at least receives lazily. `resources` says which of the module's resources are which of the
    /// composition's; without it, values with their handles cannot be forwarded to other guests.
    pub fn lazy(
        resolve: &'a Resolve,
        caller: Side,
        callee: Side,
        kinds: &'a Kinds,
        resources: HashMap<TypeId, u32>,
    ) -> Result<Module<'a>, Error> {
        let mut module = Module::new(resolve, caller, callee)?;
        module.kinds = Some(kinds);
        if [caller, callee].iter().any(|side| side.profile.lowering() == Lowering::Lazy) {
            module.assembly.import_globals();
        }
        module.resource_numbers = resources;
        Ok(module)
    }

    /// The same for two sides that are one guest: its functions for references and those for its memory. Its handles stay what they
    /// are, and are only put into references or taken out of them.
    pub fn woven(resolve: &'a Resolve, caller: Side, callee: Side) -> Result<Module<'a>, Error> {
        Ok(Module { is_one_guest: true, ..Module::new(resolve, caller, callee)? })
    }

    /// Adds a function. `name` is what it is exported as and how traps call it, such as `test:demo/lists.join`.
    ///
    /// Fails if an adapter cannot pass its types, with the module as it was before.
    pub fn add(&mut self, name: &str, func: &Function, options: FuncOptions) -> Result<(), Error> {
        if self.assembly.exports(name) {
            return Err(Error::new(format!("{name}: the function is already there")));
        }
        adapter::define(self, name, func, options, [None, None]).map_err(|error| error.context(name))?;
        self.define_helpers();
        Ok(())
    }

    /// Defines what has been declared, and what that needs in turn.
    pub(crate) fn define_helpers(&mut self) {
        loop {
            if let Some((helper, target)) = self.queue.pop_front() {
                helper.define(self, target);
            } else if let Some(value) = self.values.get(self.defined_values).copied() {
                self.defined_values += 1;
                value.define(self);
            } else {
                return;
            }
        }
    }

    /// The module, encoded: the same bytes whenever the same functions were added in the same order.
    pub fn finish(self) -> Adapter {
        let (wasm, imports) = self.assembly.finish();
        if cfg!(debug_assertions)
            && let Err(error) = wasmparser::validate(&wasm)
        {
            panic!("the adapter module is not valid: {error}");
        }
        Adapter { wasm, imports, resources: self.resources, values: self.passed }
    }

    pub(crate) fn side(&self, role: Role) -> Side {
        match role {
            Role::Caller => self.caller,
            Role::Callee => self.callee,
        }
    }

    /// Whether only adapters and the engine write to a memory.
    pub(crate) fn is_outside(&self, memory: Memory) -> bool {
        match memory {
            Memory::Guest(role) => self.side(role).is_outside,
            Memory::Scratch | Memory::Scopes => true,
        }
    }

    /// Whether the host calls or is called: such a call is dear anyway, so small code counts more than fast code.
    pub(crate) fn is_boundary(&self) -> bool {
        self.caller.is_outside || self.callee.is_outside
    }

    pub(crate) fn realloc(&mut self, memory: Memory) -> Target {
        let Memory::Guest(role) = memory else { return self.outside(Outside::Realloc) };
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

    /// The function that drops a handle which the receiver did not read.
    pub(crate) fn drop_handle(&mut self, direction: Direction, ownership: Ownership, resource: TypeId) -> Target {
        let resource = self.resource(resource);
        let import = Import::DropHandle { direction, ownership, resource };
        self.assembly.import(import, &[ValType::I32], &[])
    }

    /// A function of the outside.
    pub(crate) fn outside(&mut self, function: Outside) -> Target {
        let (params, results) = function.signature();
        self.assembly.import(Import::Outside(function), &vec![ValType::I32; params], &vec![ValType::I32; results])
    }

    /// A function of the module of lazy handles.
    pub(crate) fn entries(&mut self, function: Lazy) -> Target {
        let (params, results) = function.signature();
        self.assembly.import(Import::Lazy(function), &vec![ValType::I32; params], &vec![ValType::I32; results])
    }

    /// The peer whose memory this is.
    pub(crate) fn peer(&self, memory: Memory) -> u32 {
        match memory {
            Memory::Guest(role) => self.side(role).peer,
            Memory::Scratch | Memory::Scopes => self.kinds().outside(),
        }
    }

    /// The numbers of lazy handles' values.
    pub(crate) fn kinds(&self) -> &'a Kinds {
        self.kinds.expect("a module with lazy guests has them: `define` sees to that")
    }

    /// The number of a type.
    pub(crate) fn key(&mut self, ty: Ty) -> u32 {
        let (kinds, numbers) = (self.kinds(), &self.resource_numbers);
        let outside = numbers.len() as u32;
        // A resource that is not the composition's is this module's own: no other module's number is like it.
        let number = |id: TypeId| numbers.get(&id).copied().unwrap_or(outside + 0x1_0000 + id.index() as u32);
        match self.blocks.get(&ty) {
            Some(tuple) => kinds.arguments(kinds.key(&self.types, *tuple, &number, &mut self.keys)),
            None => kinds.key(&self.types, ty, &number, &mut self.keys),
        }
    }

    /// A list of one tuple, which the parameters of a function are to a lazy handle.
    pub(crate) fn block(&mut self, tuple: Ty) -> Ty {
        let block = self.types.add_block(tuple, "parameters");
        self.blocks.insert(block, tuple);
        block
    }

    /// Notes that values of a type go this way.
    pub(crate) fn pass(&mut self, direction: Direction, ty: Ty, copied: bool) {
        if self.blocks.contains_key(&ty) {
            return;
        }
        let passed = Passed { direction, key: self.key(ty), ty: self.types.origin(ty), copied };
        if !self.passed.contains(&passed) {
            self.passed.push(passed);
        }
    }

    /// The numbers of the strings, lists and maps that a function passes, with those in them, and which way. For modules of lazy guests.
    ///
    /// # Errors
    /// When a type is none of a value.
    pub fn passes(&mut self, func: &Function) -> Result<Vec<(Direction, u32)>, Error> {
        let params = func.params.iter().map(|param| (Direction::Call, param.ty));
        let mut found = Vec::new();
        for (direction, ty) in params.chain(func.result.map(|ty| (Direction::Return, ty))) {
            let ty = self.types.add(&ty)?;
            self.dynamic_parts(ty, &mut |key| {
                if !found.contains(&(direction, key)) {
                    found.push((direction, key));
                }
            });
        }
        Ok(found)
    }

    fn dynamic_parts(&mut self, ty: Ty, found: &mut dyn FnMut(u32)) {
        if !self.types[ty].has_dynamic {
            return;
        }
        let parts: Vec<Ty> = match self.types[ty].shape.clone() {
            Shape::Record(fields) => fields.iter().map(|field| field.ty).collect(),
            Shape::Variant { cases, .. } => cases.into_iter().flatten().collect(),
            Shape::FixedList(element, _) => vec![element],
            Shape::List(element) => {
                found(self.key(ty));
                vec![element]
            }
            _ => {
                found(self.key(ty));
                Vec::new()
            }
        };
        for part in parts {
            self.dynamic_parts(part, found);
        }
    }

    /// Adds the functions that read a value of the caller's for the callee: a value that another guest forwards.
    ///
    /// # Errors
    /// When the type is none of a value.
    pub fn add_value(&mut self, ty: &Type) -> Result<(), Error> {
        let ty = self.types.add(ty)?;
        self.value(Value { direction: Direction::Call, sender: Memory::Guest(Role::Caller), ty });
        self.define_helpers();
        Ok(())
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

pub(crate) fn val_types(types: &[CoreType]) -> Vec<ValType> {
    types.iter().copied().map(ValType::from).collect()
}
