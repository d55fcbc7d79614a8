//! Strings, of which one side at least is an array.
//!
//! Between UTF-8 in memory and an array of `i8`, bytes are copied, and checked in memory if they are not all ASCII. Between UTF-8 and
//! UTF-16, an array becomes another array first. latin1+utf16 goes through scratch memory, where the routines for text in memory are used.

use onramp_abi::{MAX_BYTE_LENGTH, gc::Unit};
use wasm_encoder::{BlockType, StorageType, ValType};

use super::{Kind, Node, reference};
use crate::{
    Outside, StringEncoding,
    list::Size,
    route::{Delivery, Memory, Route},
    string::Encoding,
    translate::Generator,
};

/// The highest bits of bytes: those of ASCII do not have it.
const NOT_ASCII: i64 = 0x8080_8080_8080_8080_u64.cast_signed();

/// The code units of text in memory; `None`: it is in one of several.
fn unit_of(encoding: StringEncoding) -> Option<Unit> {
    match encoding {
        StringEncoding::Utf8 => Some(Unit::I8),
        StringEncoding::Utf16 => Some(Unit::I16),
        StringEncoding::Latin1Utf16 => None,
    }
}

/// The locals with the words of a string in memory.
const POINTER: u32 = 0;
const LENGTH: u32 = 1;

fn array_of(node: &Node) -> (u32, Unit) {
    match node.kind {
        Kind::String { array, unit } => (array, unit),
        ref kind => unreachable!("{kind:?} is no string"),
    }
}

fn storage(unit: Unit) -> StorageType {
    match unit {
        Unit::I8 => StorageType::I8,
        Unit::I16 => StorageType::I16,
    }
}

fn encoding(unit: Unit) -> (Encoding, StringEncoding) {
    match unit {
        Unit::I8 => (Encoding::Utf8, StringEncoding::Utf8),
        Unit::I16 => (Encoding::Utf16, StringEncoding::Utf16),
    }
}

impl Generator<'_, '_> {
    /// The whole of a helper for strings: what is sent is in the locals from 0 on.
    pub(super) fn string_of_references(&mut self, from: Option<&Node>, to: Option<&Node>) {
        match (from.map(array_of), to.map(array_of)) {
            (Some((array, unit)), None) if !self.route.writes() => self.check_text(array, unit, 0),
            (Some((array, unit)), None) => self.text_to_memory(array, unit),
            (None, Some((array, unit))) => self.text_from_memory(array, unit),
            (Some(from), Some(to)) => self.text_between(from, to),
            (None, None) => unreachable!("one of them is an array"),
        }
    }

    /// Traps unless the array in this local is text.
    fn check_text(&mut self, array: u32, unit: Unit, local: u32) {
        let routine = match unit {
            Unit::I8 => "check utf8 array",
            Unit::I16 => "check utf16 array",
        };
        let routine = self.array_routine(routine, array);
        self.body.code().local_get(local).ref_as_non_null();
        self.body.call(routine);
    }

    fn text_to_memory(&mut self, array: u32, unit: Unit) {
        let Some(wanted) = unit_of(self.module.encoding(self.route.receiver())) else {
            return self.text_through_scratch(array, unit);
        };
        let block = self.body.local(ValType::I32);
        if unit == wanted {
            let count = self.array_length();
            self.block_for_units(unit, block, count);
            // Realloc may have changed an array that both guests have: nothing is checked before it.
            if unit == Unit::I16 {
                self.check_text(array, unit, 0);
            }
            self.units_to_memory(array, 0, storage(unit), block, count);
            if unit == Unit::I16 || self.is_checked_later() {
                self.body.code().drop();
            } else {
                self.check_bytes(self.route.receiver(), block, count);
            }
            self.body.code().local_get(block).local_get(count);
            return;
        }
        let transcoded = self.module.assembly.types.add_array(storage(wanted));
        let local = self.transcode((array, unit, 0), transcoded);
        let count = self.body.local(ValType::I32);
        self.body.code().local_get(local).array_len().local_set(count);
        self.units_to_block((transcoded, wanted, local), block, count);
        self.body.code().drop().local_get(block).local_get(count);
    }

    /// To an encoding that no array has.
    fn text_through_scratch(&mut self, array: u32, unit: Unit) {
        let count = self.array_length();
        let block = self.body.local(ValType::I32);
        let arena = self.in_arena(|generator| {
            let route = Route { delivery: Delivery::Scratch, ..generator.route };
            generator.with_route(route, |generator| generator.units_to_block((array, unit, 0), block, count));
            generator.body.code().drop();
        });
        let route = Route { sender: Memory::Scratch, ..self.route };
        self.with_route(route, |generator| generator.string_in(encoding(unit).0, 1, block, count));
        self.free_arena(arena);
    }

    /// Copies the code units of the array in a local to a new block. Pushes all of them, joined by or.
    fn units_to_block(&mut self, (array, unit, local): (u32, Unit, u32), block: u32, count: u32) {
        self.block_for_units(unit, block, count);
        self.units_to_memory(array, local, storage(unit), block, count);
    }

    /// Makes a block for as many code units.
    fn block_for_units(&mut self, unit: Unit, block: u32, count: u32) {
        let size = encoding(unit).0.unit_size();
        self.body.code().local_get(count).i32_const((MAX_BYTE_LENGTH / size).cast_signed()).i32_gt_u();
        self.trap_if("length too large in string");
        let bytes = self.body.temp(ValType::I32);
        self.body.code().local_get(count).i32_const(size.cast_signed()).i32_mul().local_set(bytes.index());
        self.allocate(block, size, Size::Local(bytes.index()));
        self.body.free(bytes);
    }

    /// Checks UTF-8 in a memory, if the bytes joined by or, which are on the stack, have any that are not ASCII.
    fn check_bytes(&mut self, memory: Memory, pointer: u32, count: u32) {
        self.body.code().i64_const(NOT_ASCII).i64_and().i64_const(0).i64_ne().if_(BlockType::Empty);
        // The routine copies; onto itself, it checks.
        let route = Route { sender: memory, delivery: Delivery::Stay, ..self.route };
        let routine = self.with_route(route, |generator| generator.routine("copy utf8"));
        self.body.code().local_get(pointer).local_get(pointer).local_get(count);
        self.body.call(routine);
        self.body.code().end();
    }

    fn text_from_memory(&mut self, array: u32, unit: Unit) {
        let local = match unit_of(self.module.encoding(self.route.sender)) {
            None => self.text_from_scratch(array, unit),
            Some(sent) if sent == unit => self.units_of_block(array, unit),
            Some(sent) => {
                let copied = self.module.assembly.types.add_array(storage(sent));
                let local = self.units_of_block(copied, sent);
                self.transcode((copied, sent, local), array)
            }
        };
        self.body.code().local_get(local).ref_as_non_null();
    }

    /// Copies the code units in memory, whose pointer and length are in locals 0 and 1, to a new array in a new local.
    fn units_of_block(&mut self, array: u32, unit: Unit) -> u32 {
        let size = encoding(unit).0.unit_size();
        if !self.is_checked() {
            self.body.code().local_get(LENGTH).i32_const((MAX_BYTE_LENGTH / size).cast_signed()).i32_gt_u();
            self.trap_if("length too large in string");
        }
        let bytes = self.body.temp(ValType::I32);
        self.body.code().local_get(LENGTH).i32_const(size.cast_signed()).i32_mul().local_set(bytes.index());
        self.check_block(POINTER, size, Size::Local(bytes.index()), "string");
        self.body.free(bytes);
        let local = self.body.local(reference(array, true));
        self.body.code().local_get(LENGTH).array_new_default(array).local_set(local);
        self.units_from_memory(array, storage(unit), local, POINTER, LENGTH);
        if unit == Unit::I8 && !self.is_checked() {
            self.check_bytes(self.route.sender, POINTER, LENGTH);
            return local;
        }
        self.body.code().drop();
        if !self.is_checked() {
            self.check_text(array, unit, local);
        }
        local
    }

    /// From an encoding that no array has.
    fn text_from_scratch(&mut self, array: u32, unit: Unit) -> u32 {
        let local = self.body.local(reference(array, true));
        let arena = self.in_arena(|generator| {
            let route = Route { delivery: Delivery::Scratch, ..generator.route };
            generator.scratch_encoding = encoding(unit).1;
            generator.with_route(route, Generator::string_helper);
            generator.scratch_encoding = StringEncoding::Utf8;
            generator.body.code().local_set(LENGTH).local_set(POINTER);
        });
        self.body.code().local_get(LENGTH).array_new_default(array).local_set(local);
        let route = Route { sender: Memory::Scratch, ..self.route };
        self.with_route(route, |generator| {
            generator.units_from_memory(array, storage(unit), local, POINTER, LENGTH);
        });
        self.body.code().drop();
        self.free_arena(arena);
        local
    }

    fn text_between(&mut self, (sent, from): (u32, Unit), (received, to): (u32, Unit)) {
        if from != to {
            let local = self.transcode((sent, from, 0), received);
            self.body.code().local_get(local).ref_as_non_null();
            return;
        }
        self.check_text(sent, from, 0);
        let count = self.array_length();
        let local = self.body.local(reference(received, true));
        let mut code = self.body.code();
        code.local_get(count).array_new_default(received).local_tee(local);
        code.i32_const(0).local_get(0).i32_const(0).local_get(count).array_copy(received, sent);
        code.local_get(local).ref_as_non_null();
    }

    /// Checks the array in a local, and puts its text in another encoding into a new array in a new local.
    fn transcode(&mut self, (sent, from, array): (u32, Unit, u32), received: u32) -> u32 {
        let local = self.body.local(reference(received, true));
        let routine = match from {
            Unit::I8 => self.transcoder("utf8 array to utf16 array", sent, received),
            Unit::I16 => self.transcoder("utf16 array to utf8 array", received, sent),
        };
        self.body.code().local_get(array).ref_as_non_null();
        self.body.call(routine);
        self.body.code().local_set(local);
        local
    }

    /// Does something whose blocks in scratch memory are in an arena of their own, and gives the local with that.
    pub(super) fn in_arena(&mut self, then: impl FnOnce(&mut Self)) -> u32 {
        let (arena, before) = (self.body.local(ValType::I32), self.body.local(ValType::I32));
        self.begin_arena(before);
        then(self);
        self.end_arena(arena, before);
        arena
    }

    pub(super) fn free_arena(&mut self, arena: u32) {
        let free = self.module.outside(Outside::FreeArena);
        self.body.code().local_get(arena);
        self.body.call(free);
    }

    /// Copies the elements of the array in a local to a block, and pushes all of them, joined by or.
    pub(super) fn units_to_memory(&mut self, array: u32, local: u32, unit: StorageType, block: u32, count: u32) {
        let routine = match unit {
            StorageType::I8 => "array of 8 to memory",
            _ => "array of 16 to memory",
        };
        let routine = self.array_routine(routine, array);
        self.body.code().local_get(local).ref_as_non_null().local_get(block).local_get(count);
        self.body.call(routine);
    }

    /// Copies from memory to the elements of an array, and pushes all of them, joined by or.
    pub(super) fn units_from_memory(&mut self, array: u32, unit: StorageType, local: u32, pointer: u32, count: u32) {
        let routine = match unit {
            StorageType::I8 => "memory to array of 8",
            _ => "memory to array of 16",
        };
        let routine = self.array_routine(routine, array);
        self.body.code().local_get(pointer).local_get(local).ref_as_non_null().local_get(count);
        self.body.call(routine);
    }
}
