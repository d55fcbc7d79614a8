//! A function under construction.

use onramp_abi::Role;
use wasm_encoder::{Encode, Instruction, InstructionSink, MemArg, ValType};

use crate::{assembly::Target, route::Memory};

/// A function under construction.
#[derive(Default)]
pub(crate) struct Body {
    /// The types of all locals, parameters first.
    locals: Vec<ValType>,
    params: usize,
    free: Vec<Temp>,
    code: Vec<u8>,
    /// Calls, which are only encoded when the index of every function is known: where, whom.
    calls: Vec<(usize, Target)>,
    /// How many of [`Memory::ALL`] have to be there.
    memories: usize,
}

/// A local that is in use until [`Body::free`]; to forget that is a mistake of the compiler's, and panics.
#[must_use]
pub(crate) struct Temp {
    index: u32,
    ty: ValType,
    live: bool,
}

impl Temp {
    pub(crate) fn index(&self) -> u32 {
        self.index
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        assert!(!self.live || std::thread::panicking(), "temporary {} is not freed", self.index);
    }
}

impl Body {
    /// An empty function with these parameters.
    pub(crate) fn new(params: impl IntoIterator<Item = ValType>) -> Body {
        let locals: Vec<ValType> = params.into_iter().collect();
        Body { params: locals.len(), locals, ..Body::default() }
    }

    /// Where instructions go.
    pub(crate) fn code(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.code)
    }

    pub(crate) fn instruction(&mut self, instruction: &Instruction<'_>) {
        instruction.encode(&mut self.code);
    }

    pub(crate) fn call(&mut self, target: Target) {
        self.calls.push((self.code.len(), target));
    }

    /// Where in a memory the next load or store is.
    pub(crate) fn memarg(&mut self, memory: Memory, offset: u32, align: u32) -> MemArg {
        let index = self.memory(memory);
        MemArg { offset: u64::from(offset), align, memory_index: index }
    }

    /// The index of a memory, which is used then.
    pub(crate) fn memory(&mut self, memory: Memory) -> u32 {
        let needed = match memory {
            Memory::Guest(Role::Caller) => 1,
            Memory::Guest(Role::Callee) => 2,
            Memory::Scratch | Memory::Scopes => Memory::ALL.len(),
        };
        self.memories = self.memories.max(needed);
        memory.index()
    }

    /// A local that was not used before, so it is zero.
    pub(crate) fn local(&mut self, ty: ValType) -> u32 {
        self.locals.push(ty);
        self.locals.len() as u32 - 1
    }

    /// A local for a while; it may hold anything.
    pub(crate) fn temp(&mut self, ty: ValType) -> Temp {
        let index = match self.free.iter().rposition(|temp| temp.ty == ty) {
            Some(position) => self.free.swap_remove(position).index,
            None => self.local(ty),
        };
        Temp { index, ty, live: true }
    }

    pub(crate) fn free(&mut self, mut temp: Temp) {
        temp.live = false;
        self.free.push(temp);
    }

    /// The finished function: `call` encodes a call.
    pub(crate) fn encode(&self, call: impl Fn(&mut InstructionSink<'_>, Target)) -> wasm_encoder::Function {
        let mut function = wasm_encoder::Function::new_with_locals_types(self.locals[self.params..].iter().copied());
        let mut encoded = Vec::new();
        let mut start = 0;
        for &(at, target) in &self.calls {
            encoded.extend_from_slice(&self.code[start..at]);
            call(&mut InstructionSink::new(&mut encoded), target);
            start = at;
        }
        encoded.extend_from_slice(&self.code[start..]);
        function.raw(encoded);
        function
    }

    /// How many of [`Memory::ALL`] it uses.
    pub(crate) fn memories(&self) -> usize {
        self.memories
    }
}
