//! Strings: bounds, and which routine copies or transcodes them.

use onramp_abi::{MAX_BYTE_LENGTH, UTF16_TAG};
use wasm_encoder::ValType;

use crate::{
    StringEncoding,
    helper::Helper,
    list::Size,
    place::{Lift, Lower},
    scalar::Scalar,
    translate::Generator,
};

/// What the bytes of one string are in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16,
    Latin1,
}

impl Generator<'_, '_> {
    pub(crate) fn string<S: Lift, D: Lower>(&mut self, from: &S, to: &D) {
        let helper = Helper::String { direction: self.direction }.declare(self.module);
        let (pointer, length) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        from.word(0).load(&mut self.body, Scalar::I32);
        from.word(1).load(&mut self.body, Scalar::I32);
        self.body.call(helper);
        self.body.code().local_set(length.index()).local_set(pointer.index());
        for (index, temp) in [(0, &pointer), (1, &length)] {
            to.word(index).prepare(&mut self.body);
            self.body.code().local_get(temp.index());
            to.word(index).store(&mut self.body, Scalar::I32);
        }
        self.body.free(pointer);
        self.body.free(length);
    }

    /// The whole of a [`Helper::String`]: `load_string_from_range` and `store_string_into_range` in one.
    pub(crate) fn string_helper(&mut self) {
        match self.module.side(self.direction.sender()).encoding {
            StringEncoding::Utf8 => self.string_in(Encoding::Utf8, 1),
            StringEncoding::Utf16 => self.string_in(Encoding::Utf16, 2),
            StringEncoding::Latin1Utf16 => {
                let length = 1;
                self.body.code().local_get(length).i32_const(UTF16_TAG.cast_signed()).i32_and();
                let pair = self.module.assembly.block_type(&[], &[ValType::I32; 2]);
                self.body.code().if_(pair);
                self.body.code().local_get(length).i32_const(UTF16_TAG.cast_signed()).i32_xor().local_set(length);
                self.string_in(Encoding::Utf16, 2);
                self.body.code().else_();
                self.string_in(Encoding::Latin1, 2);
                self.body.code().end();
            }
        }
    }

    /// A string whose pointer and number of code units are in locals 0 and 1: pushes those of its copy.
    fn string_in(&mut self, encoding: Encoding, align: u32) {
        let (pointer, units) = (0, 1);
        let unit_size = if encoding == Encoding::Utf16 { 2 } else { 1 };
        self.body.code().local_get(units).i32_const((MAX_BYTE_LENGTH / unit_size).cast_signed()).i32_gt_u();
        self.trap_if("length too large in string");
        let bytes = self.body.temp(ValType::I32);
        self.body.code().local_get(units).i32_const(unit_size.trailing_zeros() as i32).i32_shl();
        self.body.code().local_set(bytes.index());
        self.check_block(pointer, align, Size::Local(bytes.index()), "string");
        self.body.free(bytes);
        let routine = match (encoding, self.module.side(self.direction.receiver()).encoding) {
            (Encoding::Utf8, StringEncoding::Utf8) => return self.copy_utf8(pointer, units),
            (Encoding::Utf8, StringEncoding::Utf16) => "utf8 to utf16",
            (Encoding::Utf8, StringEncoding::Latin1Utf16) => "utf8 to latin1+utf16",
            (Encoding::Utf16, StringEncoding::Utf8) => "utf16 to utf8",
            (Encoding::Utf16, StringEncoding::Utf16) => "utf16 to utf16",
            (Encoding::Utf16, StringEncoding::Latin1Utf16) => "utf16 to latin1+utf16",
            (Encoding::Latin1, StringEncoding::Utf8) => "latin1 to utf8",
            (Encoding::Latin1, StringEncoding::Utf16) => "latin1 to utf16",
            (Encoding::Latin1, StringEncoding::Latin1Utf16) => "latin1 to latin1",
        };
        let routine = self.routine(routine);
        self.body.code().local_get(pointer).local_get(units);
        self.body.call(routine);
    }

    /// What needs no other length is copied here: most strings are short, and each call counts.
    fn copy_utf8(&mut self, pointer: u32, units: u32) {
        let copy = self.body.temp(ValType::I32);
        self.allocate(copy.index(), 1, Size::Local(units));
        let routine = self.routine("copy utf8");
        self.body.code().local_get(copy.index()).local_get(pointer).local_get(units);
        self.body.call(routine);
        self.body.code().local_get(copy.index()).local_get(units);
        self.body.free(copy);
    }
}
