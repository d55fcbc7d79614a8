//! Strings and lists: what becomes of them on each [`Route`].

use onramp_abi::{FORWARDED, MAX_BYTE_LENGTH, Role, Shape, Ty, UTF16_TAG};
use wasm_encoder::{BlockType, ValType};

use crate::{
    Direction, Lazy, StringEncoding,
    assembly::END,
    helper::Helper,
    list::Size,
    place::{Lift, Lower},
    route::{Delivery, Memory, Route},
    scalar::Scalar,
    translate::Generator,
    value::Value,
};

/// In the word that says whose an entry is: it has handles of resources, so it is read once.
pub(crate) const READ_ONCE: u32 = 1 << 31;

/// The locals of a helper for a dynamic value.
const POINTER: u32 = 0;
const LENGTH: u32 = 1;

impl Generator<'_, '_> {
    /// Reads the two words of a dynamic value, and writes the receiver's.
    pub(crate) fn dynamic<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        let helper = Helper::Dynamic { route: self.route, ty }.declare(self.module);
        from.word(0).load(&mut self.body, Scalar::I32);
        from.word(1).load(&mut self.body, Scalar::I32);
        self.body.call(helper);
        if !self.route.writes() {
            return;
        }
        let (first, second) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        self.body.code().local_set(second.index()).local_set(first.index());
        self.store_words(first, second, to);
    }

    /// The whole of a [`Helper::Dynamic`].
    pub(crate) fn dynamic_helper(&mut self, ty: Ty) {
        if self.module.forwards(self.route.sender) {
            let words = self.route.words();
            let words = self.module.assembly.block_type(&[], &words);
            self.body.code().local_get(LENGTH).i32_const(FORWARDED.cast_signed()).i32_eq().if_(words);
            self.forwarded(ty);
            self.body.code().else_();
            self.own(ty);
            self.body.code().end();
        } else {
            self.own(ty);
        }
    }

    /// A value in the sender's own memory: pushes the receiver's words.
    pub(crate) fn own(&mut self, ty: Ty) {
        match self.route.delivery {
            Delivery::Realloc | Delivery::Scratch => match self.module.types[ty].shape {
                Shape::String => self.string_helper(),
                _ => {
                    self.list_helper(ty);
                    self.body.code().local_get(LENGTH);
                }
            },
            Delivery::Handle => self.handle(ty),
            Delivery::Behind => self.behind(ty),
            Delivery::Count => self.count(ty),
            Delivery::Discard => self.discard(ty),
            Delivery::Stay | Delivery::Gc | Delivery::Check => unreachable!("it has no such function"),
        }
    }

    /// A handle for the value. Nothing of it is read, but for text whose length depends on what it says.
    fn handle(&mut self, ty: Ty) {
        self.body.code().local_get(LENGTH);
        if self.tags_strings(ty) {
            self.body.code().i32_const((!UTF16_TAG).cast_signed()).i32_and();
        }
        let words = self.module.assembly.block_type(&[], &[ValType::I32; 2]);
        self.body.code().i32_eqz().if_(words).i32_const(0).i32_const(0).else_();
        if self.is_copied_first(ty) {
            self.copy_to_scratch(ty);
            self.handle_in(ty, Memory::Scratch);
        } else {
            self.handle_in(ty, self.route.sender);
        }
        self.body.code().end();
    }

    /// Whether a handle is to a copy: the value moves resources, which happens once; or an eager callee will not keep it. The outside
    /// keeps it.
    fn is_copied_first(&self, ty: Ty) -> bool {
        let eager_callee = self.route.sender == Memory::Guest(Role::Callee)
            && self.route.direction == Direction::Return
            && !self.module.forwards(self.route.sender)
            && !self.module.is_outside(self.route.sender);
        self.route.sender != Memory::Scratch && (self.module.types[ty].has_handles || eager_callee)
    }

    /// Copies the value for which the locals are, and sets them to the copy.
    fn copy_to_scratch(&mut self, ty: Ty) {
        let route = Route { delivery: Delivery::Scratch, ..self.route };
        let helper = Helper::Dynamic { route, ty }.declare(self.module);
        self.body.code().local_get(POINTER).local_get(LENGTH);
        self.body.call(helper);
        self.body.code().local_set(LENGTH).local_set(POINTER);
    }

    /// Pushes a handle, and the length, for the value in a memory.
    fn handle_in(&mut self, ty: Ty, memory: Memory) {
        let value = Value { direction: self.route.direction, sender: memory, ty };
        let kind = self.module.value(value);
        let units = self.body.temp(ValType::I32);
        self.check_length(ty, memory);
        let route = Route { sender: memory, ..self.route };
        let is_string = self.is_string(ty);
        self.with_route(route, |generator| {
            if is_string && generator.needs_measuring() {
                generator.measure();
            } else {
                generator.body.code().local_get(LENGTH);
            }
        });
        self.body.code().local_set(units.index());
        let owner = self.owner(ty);
        self.body.code().i32_const(kind.cast_signed()).i32_const(owner.cast_signed());
        self.body.code().local_get(POINTER).local_get(LENGTH).local_get(units.index());
        let new = self.module.entries(Lazy::New);
        self.body.call(new);
        self.body.code().local_get(units.index());
        self.body.free(units);
    }

    /// Who gets a handle for a value of this type, in the word that says whose an entry is.
    pub(crate) fn owner(&self, ty: Ty) -> u32 {
        let receiver = self.module.peer(Memory::Guest(self.route.direction.receiver()));
        if self.module.types[ty].has_handles { receiver | READ_ONCE } else { receiver }
    }

    /// Traps if no memory can have a value of this length.
    fn check_length(&mut self, ty: Ty, memory: Memory) {
        if self.module.is_outside(memory) {
            return;
        }
        let node = &self.module.types[ty];
        let (name, most) = match node.shape {
            Shape::List(element) => (node.name.clone(), MAX_BYTE_LENGTH / self.module.types[element].size.max(1)),
            _ => ("string".to_owned(), MAX_BYTE_LENGTH),
        };
        self.body.code().local_get(LENGTH);
        if self.module.encoding(memory) == StringEncoding::Latin1Utf16 && self.is_string(ty) {
            self.body.code().i32_const((!UTF16_TAG).cast_signed()).i32_and();
        }
        self.body.code().i32_const(most.cast_signed()).i32_gt_u();
        self.trap_if(&format!("length too large in {name}"));
    }

    fn is_string(&self, ty: Ty) -> bool {
        self.module.types[ty].shape == Shape::String
    }

    fn tags_strings(&self, ty: Ty) -> bool {
        self.is_string(ty) && self.module.encoding(self.route.sender) == StringEncoding::Latin1Utf16
    }

    /// A value that the sender has a handle for: pushes the receiver's words.
    fn forwarded(&mut self, ty: Ty) {
        if self.module.types[ty].has_handles {
            return self.forwarded_once(ty);
        }
        let (key, sender) = (self.module.key(ty), self.module.peer(self.route.sender));
        let results = i32::from(self.route.direction == Direction::Return);
        let receiver = self.module.peer(self.route.receiver());
        let mut code = self.body.code();
        code.local_get(POINTER).i32_const(sender.cast_signed()).i32_const(key.cast_signed());
        code.i32_const(receiver.cast_signed()).i32_const(results);
        let function = match self.route.delivery {
            Delivery::Realloc | Delivery::Scratch => Lazy::ForwardCopy,
            Delivery::Handle => Lazy::Forward,
            Delivery::Behind => Lazy::ForwardAll,
            Delivery::Count => Lazy::ForwardSize,
            Delivery::Discard | Delivery::Stay | Delivery::Gc | Delivery::Check => {
                unreachable!("what has no handles of resources is not discarded, and no array has words")
            }
        };
        let function = self.module.entries(function);
        match self.route.delivery {
            Delivery::Behind | Delivery::Count => {
                self.module.assembly.use_end();
                self.body.code().global_get(END);
                self.body.call(function);
                self.body.code().global_set(END);
            }
            _ => self.body.call(function),
        }
        self.module.pass(self.route.direction, ty, false);
    }

    /// The same for a value with handles of resources. It lies in scratch memory, with those of the sender, which move on.
    fn forwarded_once(&mut self, ty: Ty) {
        let (key, sender) = (self.module.key(ty), self.module.peer(self.route.sender));
        let results = i32::from(self.route.direction == Direction::Return);
        let handle = self.body.temp(ValType::I32);
        self.body.code().local_get(POINTER).local_tee(handle.index());
        self.body.code().i32_const(sender.cast_signed()).i32_const(key.cast_signed()).i32_const(results);
        let peek = self.module.entries(Lazy::Peek);
        self.body.call(peek);
        self.body.code().local_set(LENGTH).local_set(POINTER);
        let copies = match self.route.delivery {
            Delivery::Handle => Delivery::Scratch,
            delivery => delivery,
        };
        let route = Route { sender: Memory::Scratch, delivery: copies, ..self.route };
        let helper = Helper::Dynamic { route, ty }.declare(self.module);
        self.body.code().local_get(POINTER).local_get(LENGTH);
        self.body.call(helper);
        self.body.code().local_set(LENGTH).local_set(POINTER);
        self.body.code().local_get(handle.index()).i32_const(sender.cast_signed());
        let consume = self.module.entries(Lazy::Consume);
        self.body.call(consume);
        self.body.free(handle);
        match self.route.delivery {
            Delivery::Handle => self.handle_in(ty, Memory::Scratch),
            _ => {
                self.body.code().local_get(POINTER).local_get(LENGTH);
            }
        }
        self.module.pass(self.route.direction, ty, false);
    }

    /// Copies the value behind what is there, and pushes pointer and length.
    fn behind(&mut self, ty: Ty) {
        let units = self.body.temp(ValType::I32);
        let (size, align) = self.units_here(ty, units.index());
        let words = self.module.assembly.block_type(&[], &[ValType::I32; 2]);
        self.body.code().local_get(units.index()).i32_eqz().if_(words);
        self.body.code().i32_const(align.cast_signed()).i32_const(0).else_();
        let (block, bytes) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        self.take_block(ty, units.index(), (size, align), block.index(), bytes.index());
        self.push_out_of_bounds(self.route.receiver(), block.index(), Size::Local(bytes.index()));
        self.trap_if("destination out of bounds");
        self.fill_block(ty, units.index(), block.index(), bytes.index());
        self.body.code().local_get(block.index()).local_get(units.index()).end();
        for temp in [block, bytes, units] {
            self.body.free(temp);
        }
    }

    /// Counts the bytes that it would take.
    fn count(&mut self, ty: Ty) {
        let units = self.body.temp(ValType::I32);
        let (size, align) = self.units_here(ty, units.index());
        self.body.code().local_get(units.index()).if_(BlockType::Empty);
        let (block, bytes) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        self.take_block(ty, units.index(), (size, align), block.index(), bytes.index());
        if let Shape::List(element) = self.module.types[ty].shape
            && self.module.types[element].has_dynamic
        {
            let source = self.checked_source(ty, bytes.index());
            self.elements(element, source, block.index(), bytes.index());
        }
        self.body.code().end();
        for temp in [block, bytes, units] {
            self.body.free(temp);
        }
    }

    /// Drops the handles of resources in a list.
    fn discard(&mut self, ty: Ty) {
        let Shape::List(element) = self.module.types[ty].shape else { unreachable!("a string has no handles") };
        let bytes = self.body.temp(ValType::I32);
        let size = self.module.types[element].size.cast_signed();
        self.body.code().local_get(LENGTH).i32_const(size).i32_mul().local_set(bytes.index());
        self.elements(element, POINTER, POINTER, bytes.index());
        self.body.free(bytes);
    }

    /// Sets a local to how many elements the receiver will have, and gives their size and alignment.
    fn units_here(&mut self, ty: Ty, units: u32) -> (u32, u32) {
        self.check_length(ty, self.route.sender);
        match self.module.types[ty].shape {
            Shape::List(element) => {
                self.body.code().local_get(LENGTH).local_set(units);
                (self.module.types[element].size, self.module.types[element].align)
            }
            _ => {
                if self.needs_measuring() {
                    self.measure();
                } else {
                    self.body.code().local_get(LENGTH);
                }
                self.body.code().local_set(units);
                (self.unit_align(), self.unit_align())
            }
        }
    }

    /// Takes the next block for so many elements: sets locals to where it is and how many bytes it has.
    fn take_block(&mut self, ty: Ty, units: u32, (size, align): (u32, u32), block: u32, bytes: u32) {
        self.module.assembly.use_end();
        let mask = align.cast_signed() - 1;
        self.body.code().global_get(END).i32_const(mask).i32_add().i32_const(!mask).i32_and().local_set(block);
        if self.is_string(ty) {
            self.push_units_as_bytes(units, units);
        } else {
            self.body.code().local_get(units).i32_const(size.cast_signed()).i32_mul();
        }
        self.body.code().local_set(bytes);
        // What does not fit into 32 bits is in no memory.
        self.body.code().local_get(block).local_get(bytes).i32_add().global_set(END);
        self.body.code().global_get(END).local_get(block).i32_lt_u();
        self.trap_if("destination out of bounds");
    }

    /// Writes the value into its block.
    fn fill_block(&mut self, ty: Ty, units: u32, block: u32, bytes: u32) {
        let Shape::List(element) = self.module.types[ty].shape else { return self.fill_with_text(units, block, bytes) };
        let source = self.checked_source(ty, bytes);
        let destination = self.body.temp(ValType::I32);
        self.body.code().local_get(block).local_set(destination.index());
        self.elements(element, source, destination.index(), bytes);
        self.body.free(destination);
    }

    fn fill_with_text(&mut self, units: u32, block: u32, bytes: u32) {
        let encodings = (self.module.encoding(self.route.sender), self.receivers_encoding());
        if encodings == (StringEncoding::Utf8, StringEncoding::Utf8) {
            // Many strings of a list are short: each call counts.
            self.check_block(POINTER, 1, Size::Local(bytes), "string");
            return self.copy_text(POINTER, block, bytes);
        }
        let (start, count) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        self.body.code().i32_const(0).local_set(start.index());
        self.body.code().local_get(units).i32_const((!UTF16_TAG).cast_signed()).i32_and().local_set(count.index());
        self.string_range(units, start.index(), count.index(), block);
        self.body.free(start);
        self.body.free(count);
    }

    /// Checks where the elements of a list are, and gives the local with their address, which may be changed.
    fn checked_source(&mut self, ty: Ty, bytes: u32) -> u32 {
        let Shape::List(element) = self.module.types[ty].shape else { unreachable!("a string has no elements") };
        let (align, name) = (self.module.types[element].align, self.module.types[ty].name.clone());
        self.check_block(POINTER, align, Size::Local(bytes), &name);
        POINTER
    }

    /// Does something on another route.
    pub(crate) fn with_route<R>(&mut self, route: Route, then: impl FnOnce(&mut Self) -> R) -> R {
        let before = std::mem::replace(&mut self.route, route);
        let result = then(self);
        self.route = before;
        result
    }
}
