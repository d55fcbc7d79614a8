//! Lists: bounds, allocation, and their elements one by one or as bytes.

use onramp_abi::{MAX_BYTE_LENGTH, Shape, Ty};
use wasm_encoder::{BlockType, ValType};

use crate::{
    body::{Body, Temp},
    helper::Helper,
    nowhere::Nowhere,
    place::{Lift, Lower},
    route::Memory,
    scalar::Scalar,
    translate::Generator,
};

impl Generator<'_, '_> {
    pub(crate) fn list<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        let helper = Helper::List { route: self.route, ty }.declare(self.module);
        let length = self.body.temp(ValType::I32);
        to.word(0).prepare(&mut self.body);
        from.word(0).load(&mut self.body, Scalar::I32);
        from.word(1).load(&mut self.body, Scalar::I32);
        self.body.code().local_tee(length.index());
        self.body.call(helper);
        to.word(0).store(&mut self.body, Scalar::I32);
        to.word(1).prepare(&mut self.body);
        self.body.code().local_get(length.index());
        to.word(1).store(&mut self.body, Scalar::I32);
        self.body.free(length);
    }

    /// The whole of a [`Helper::List`]: `load_list_from_range` and `store_list_into_range` in one.
    pub(crate) fn list_helper(&mut self, ty: Ty) {
        let Shape::List(element) = self.module.types[ty].shape else {
            unreachable!("{} is a list", self.module.types[ty].name)
        };
        let (pointer, align) = (0, self.module.types[element].align);
        let bytes = self.list_bytes(ty, element);
        let (copy, destination) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        self.allocate(copy.index(), align, Size::Local(bytes.index()));
        self.body.code().local_get(copy.index()).local_set(destination.index());
        self.elements(element, pointer, destination.index(), bytes.index());
        self.body.code().local_get(copy.index());
        for temp in [bytes, copy, destination] {
            self.body.free(temp);
        }
    }

    /// How many bytes the elements of the sender's list have whose pointer and length are in locals 0 and 1. Traps unless they are in
    /// its memory.
    pub(crate) fn list_bytes(&mut self, ty: Ty, element: Ty) -> Temp {
        let (size, align) = (self.module.types[element].size, self.module.types[element].align);
        let name = self.module.types[ty].name.clone();
        let (pointer, length) = (0, 1);
        if !self.is_checked() {
            self.body.code().local_get(length).i32_const((MAX_BYTE_LENGTH / size.max(1)).cast_signed()).i32_gt_u();
            self.trap_if(&format!("length too large in {name}"));
        }
        let bytes = self.body.temp(ValType::I32);
        self.body.code().local_get(length);
        if size != 1 {
            self.body.code().i32_const(size.cast_signed()).i32_mul();
        }
        self.body.code().local_set(bytes.index());
        self.check_block(pointer, align, Size::Local(bytes.index()), &name);
        bytes
    }

    /// Translates elements that follow each other in memory. The locals hold their addresses, which this advances, and how many
    /// bytes they have.
    pub(crate) fn elements(&mut self, element: Ty, source: u32, destination: u32, bytes: u32) {
        if !self.route.writes() {
            return self.read_elements(element, source, bytes);
        }
        if self.is_copied(element) {
            return self.copy(source, destination, bytes);
        }
        let size = self.module.types[element].size.cast_signed();
        let end = self.body.temp(ValType::I32);
        self.body.code().local_get(bytes).if_(BlockType::Empty);
        self.body.code().local_get(source).local_get(bytes).i32_add().local_set(end.index());
        self.body.code().loop_(BlockType::Empty);
        let (from, to) = (self.source(source), self.destination(destination));
        self.translate(element, &from, &to);
        self.body.code().local_get(destination).i32_const(size).i32_add().local_set(destination);
        self.body.code().local_get(source).i32_const(size).i32_add().local_tee(source);
        self.body.code().local_get(end.index()).i32_ne().br_if(0).end().end();
        self.body.free(end);
    }

    /// Reads elements that follow each other in memory, and writes nothing.
    fn read_elements(&mut self, element: Ty, source: u32, bytes: u32) {
        let size = self.module.types[element].size.cast_signed();
        let end = self.body.temp(ValType::I32);
        self.body.code().local_get(bytes).if_(BlockType::Empty);
        self.body.code().local_get(source).local_get(bytes).i32_add().local_set(end.index());
        self.body.code().loop_(BlockType::Empty);
        let from = self.source(source);
        self.translate(element, &from, &Nowhere);
        self.body.code().local_get(source).i32_const(size).i32_add().local_tee(source);
        self.body.code().local_get(end.index()).i32_ne().br_if(0).end().end();
        self.body.free(end);
    }

    /// Copies bytes; the locals hold the two addresses and how many. `memory.copy` is a call into Wasmtime, which costs more than
    /// a short copy.
    pub(crate) fn copy(&mut self, source: u32, destination: u32, bytes: u32) {
        let (sender, receiver) = (self.body.memory(self.route.sender), self.body.memory(self.route.receiver()));
        if self.module.is_boundary() {
            let mut code = self.body.code();
            code.local_get(destination).local_get(source).local_get(bytes).memory_copy(receiver, sender);
            return;
        }
        let short = self.routine("copy short");
        self.body.code().local_get(destination).local_get(source).local_get(bytes);
        self.body.code().local_get(bytes).i32_const(SHORT).i32_gt_u();
        let copied = self.module.assembly.block_type(&[ValType::I32; 3], &[]);
        self.body.code().if_(copied).memory_copy(receiver, sender).else_();
        self.body.call(short);
        self.body.code().end();
    }

    /// A new block of the receiver's, whose address is put into this local. What realloc returns is checked, as the specification's
    /// `allocate` does. The routine `allocate` does the same for routines.
    pub(crate) fn allocate(&mut self, block: u32, align: u32, size: Size) {
        self.body.code().i32_const(0).i32_const(0).i32_const(align.cast_signed());
        size.push(&mut self.body);
        let realloc = self.module.realloc(self.route.receiver());
        self.body.call(realloc);
        self.body.code().local_set(block);
        if self.module.is_outside(self.route.receiver()) {
            return;
        }
        if align > 1 {
            self.body.code().local_get(block).i32_const(align.cast_signed() - 1).i32_and();
            self.trap_if("realloc returned a misaligned pointer");
        }
        self.push_out_of_bounds(self.route.receiver(), block, size);
        self.trap_if("realloc returned a pointer out of bounds");
    }

    /// Traps unless the pointer in this local is aligned and what it points to is in the sender's memory.
    pub(crate) fn check_block(&mut self, pointer: u32, align: u32, size: Size, name: &str) {
        self.check_block_of(self.route.sender, pointer, align, size, name);
    }

    /// The same in any memory. What is said to be in that of the outside is there.
    pub(crate) fn check_block_of(&mut self, memory: Memory, pointer: u32, align: u32, size: Size, name: &str) {
        if self.module.is_outside(memory) {
            return;
        }
        if align > 1 {
            self.body.code().local_get(pointer).i32_const(align.cast_signed() - 1).i32_and();
            self.trap_if(&format!("misaligned pointer in {name}"));
        }
        self.push_out_of_bounds(memory, pointer, size);
        self.trap_if(&format!("pointer out of bounds in {name}"));
    }

    /// Pushes whether the block that the pointer in this local points to is, in part at least, outside of this memory.
    pub(crate) fn push_out_of_bounds(&mut self, memory: Memory, pointer: u32, size: Size) {
        let memory = self.body.memory(memory);
        self.body.code().local_get(pointer).i64_extend_i32_u();
        size.push(&mut self.body);
        let mut code = self.body.code();
        code.i64_extend_i32_u().i64_add().memory_size(memory).i64_extend_i32_u().i64_const(16).i64_shl().i64_gt_u();
    }
}

/// Up to so many bytes are copied by loads and stores.
const SHORT: i32 = 128;

/// How many bytes.
#[derive(Clone, Copy)]
pub(crate) enum Size {
    Const(u32),
    Local(u32),
}

impl Size {
    /// Pushes it, as an i32.
    fn push(self, body: &mut Body) {
        match self {
            Size::Const(size) => body.code().i32_const(size.cast_signed()),
            Size::Local(size) => body.code().local_get(size),
        };
    }
}
