//! Strings: bounds, and which routine copies or transcodes them.

use onramp_abi::{MAX_BYTE_LENGTH, UTF16_TAG};
use wasm_encoder::{BlockType, ValType};

use crate::{
    StringEncoding,
    body::Temp,
    helper::Helper,
    list::Size,
    place::{Lift, Lower},
    route::Memory,
    scalar::Scalar,
    translate::Generator,
};

/// What the bytes of one string are in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    Latin1,
}

impl Generator<'_, '_> {
    pub(crate) fn string<S: Lift, D: Lower>(&mut self, from: &S, to: &D) {
        let (pointer, length) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        from.word(0).load(&mut self.body, Scalar::I32);
        from.word(1).load(&mut self.body, Scalar::I32);
        let encodings = (self.module.encoding(self.route.sender), self.module.encoding(self.route.receiver()));
        if encodings == (StringEncoding::Utf8, StringEncoding::Utf8) {
            // It takes little code, and a call would be a good part of what a short string costs.
            self.body.code().local_set(length.index()).local_set(pointer.index());
            self.string_in(Encoding::Utf8, 1, pointer.index(), length.index());
        } else {
            let helper = Helper::String { route: self.route }.declare(self.module);
            self.body.call(helper);
        }
        self.body.code().local_set(length.index()).local_set(pointer.index());
        self.store_words(pointer, length, to);
    }

    /// Writes the two words of a string or list, which are in these locals.
    pub(crate) fn store_words<D: Lower>(&mut self, first: Temp, second: Temp, to: &D) {
        for (index, temp) in [(0, &first), (1, &second)] {
            to.word(index).prepare(&mut self.body);
            self.body.code().local_get(temp.index());
            to.word(index).store(&mut self.body, Scalar::I32);
        }
        self.body.free(first);
        self.body.free(second);
    }

    /// The whole of a [`Helper::String`]: `load_string_from_range` and `store_string_into_range` in one.
    pub(crate) fn string_helper(&mut self) {
        match self.module.encoding(self.route.sender) {
            StringEncoding::Utf8 => self.string_in(Encoding::Utf8, 1, 0, 1),
            StringEncoding::Utf16 => self.string_in(Encoding::Utf16, 2, 0, 1),
            StringEncoding::Latin1Utf16 => {
                let length = 1;
                self.body.code().local_get(length).i32_const(UTF16_TAG.cast_signed()).i32_and();
                let pair = self.module.assembly.block_type(&[], &[ValType::I32; 2]);
                self.body.code().if_(pair);
                self.body.code().local_get(length).i32_const(UTF16_TAG.cast_signed()).i32_xor().local_set(length);
                self.string_in(Encoding::Utf16, 2, 0, 1);
                self.body.code().else_();
                self.string_in(Encoding::Latin1, 2, 0, 1);
                self.body.code().end();
            }
        }
    }

    /// A string whose pointer and number of code units are in these locals: pushes those of its copy.
    pub(crate) fn string_in(&mut self, encoding: Encoding, align: u32, pointer: u32, units: u32) {
        let unit_size = encoding.unit_size();
        if !self.is_checked() {
            self.body.code().local_get(units).i32_const((MAX_BYTE_LENGTH / unit_size).cast_signed()).i32_gt_u();
            self.trap_if("length too large in string");
            let bytes = self.body.temp(ValType::I32);
            self.body.code().local_get(units).i32_const(unit_size.trailing_zeros() as i32).i32_shl();
            self.body.code().local_set(bytes.index());
            self.check_block(pointer, align, Size::Local(bytes.index()), "string");
            self.body.free(bytes);
        }
        let routine = match (encoding, self.text_encoding()) {
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

    /// What text is in where it is written.
    fn text_encoding(&self) -> StringEncoding {
        match self.route.receiver() {
            Memory::Scratch => self.scratch_encoding,
            memory => self.module.encoding(memory),
        }
    }

    /// What needs no other length is copied here: most strings are short, and each call counts.
    fn copy_utf8(&mut self, pointer: u32, units: u32) {
        let copy = self.body.temp(ValType::I32);
        self.allocate(copy.index(), 1, Size::Local(units));
        self.copy_text(pointer, copy.index(), units);
        self.body.code().local_get(copy.index()).local_get(units);
        self.body.free(copy);
    }

    /// Copies UTF-8. The locals hold the two addresses and how many bytes.
    pub(crate) fn copy_text(&mut self, source: u32, destination: u32, bytes: u32) {
        if self.is_checked() || self.is_checked_later() {
            return self.copy(source, destination, bytes);
        }
        let routine = self.routine("copy utf8");
        self.body.code().local_get(destination).local_get(source).local_get(bytes);
        self.body.call(routine);
    }

    /// Whether the receiver counts other code units than the sender.
    pub(crate) fn needs_measuring(&self) -> bool {
        self.module.encoding(self.route.sender) != self.receivers_encoding()
    }

    pub(crate) fn receivers_encoding(&self) -> StringEncoding {
        self.module.encoding(Memory::Guest(self.route.direction.receiver()))
    }

    /// Pushes the receiver's length of the string in locals 0 and 1. It is read and checked for that.
    pub(crate) fn measure(&mut self) {
        let encoding = self.module.encoding(self.route.sender);
        self.by_tag(encoding, 1, &[ValType::I32], |generator, form| {
            let end = generator.body.temp(ValType::I32);
            let units = generator.body.temp(ValType::I32);
            generator.checked_end(form, units.index(), end.index());
            match (form, generator.receivers_encoding()) {
                (Encoding::Utf8, StringEncoding::Utf8)
                | (Encoding::Utf16, StringEncoding::Utf16)
                | (Encoding::Latin1, StringEncoding::Latin1Utf16) => {
                    generator.body.code().local_get(units.index());
                }
                (_, StringEncoding::Utf8) => generator.call_measure(form, Encoding::Utf8, end.index()),
                (_, StringEncoding::Utf16) => generator.call_measure(form, Encoding::Utf16, end.index()),
                (_, StringEncoding::Latin1Utf16) => generator.measure_compact(form, units.index(), end.index()),
            }
            generator.body.free(end);
            generator.body.free(units);
        });
    }

    /// Pushes the length that a string has in latin1+utf16.
    fn measure_compact(&mut self, form: Encoding, units: u32, end: u32) {
        let fits = self.routine(&format!("{} fits latin1", form.name()));
        self.body.code().local_get(0).local_get(end);
        self.body.call(fits);
        self.body.code().if_(BlockType::Result(ValType::I32));
        self.call_measure(form, Encoding::Latin1, end);
        self.body.code().else_();
        match form {
            Encoding::Utf16 => {
                self.body.code().local_get(units);
            }
            Encoding::Utf8 | Encoding::Latin1 => self.call_measure(form, Encoding::Utf16, end),
        }
        self.body.code().i32_const(UTF16_TAG.cast_signed()).i32_or().end();
    }

    fn call_measure(&mut self, from: Encoding, to: Encoding, end: u32) {
        self.body.code().local_get(0);
        if from == to {
            // Latin-1 that is wanted as UTF-16 has as many units; it is never measured as itself.
            self.body.code().drop().local_get(1);
            return;
        }
        self.body.code().local_get(end);
        let routine = self.routine(&format!("measure {} as {}", from.name(), to.name()));
        self.body.call(routine);
    }

    /// Checks that the string in locals 0 and 1 is in bounds, and sets locals to its length without tag and to its end.
    fn checked_end(&mut self, form: Encoding, units: u32, end: u32) {
        let align = match self.module.encoding(self.route.sender) {
            StringEncoding::Utf8 => 1,
            StringEncoding::Utf16 | StringEncoding::Latin1Utf16 => 2,
        };
        let shift = form.unit_size().trailing_zeros().cast_signed();
        self.body.code().local_get(1);
        if self.module.encoding(self.route.sender) == StringEncoding::Latin1Utf16 {
            self.body.code().i32_const((!UTF16_TAG).cast_signed()).i32_and();
        }
        self.body.code().local_set(units);
        if !self.is_checked() {
            self.body.code().local_get(units).i32_const((MAX_BYTE_LENGTH / form.unit_size()).cast_signed()).i32_gt_u();
            self.trap_if("length too large in string");
        }
        self.body.code().local_get(units).i32_const(shift).i32_shl().local_set(end);
        self.check_block(0, align, Size::Local(end), "string");
        self.body.code().local_get(0).local_get(end).i32_add().local_set(end);
    }

    /// Writes a range of the string in locals 0 and 1 to an address: of `count` code units, `start` of them being skipped. `length` is
    /// its length as the receiver knows it.
    pub(crate) fn string_range(&mut self, length: u32, start: u32, count: u32, destination: u32) {
        let encoding = self.module.encoding(self.route.sender);
        if self.is_checked() && (encoding, self.receivers_encoding()) == (StringEncoding::Utf8, StringEncoding::Utf8) {
            self.body.code().local_get(0).local_get(start).i32_add().local_set(0);
            return self.copy(0, destination, count);
        }
        self.by_tag(encoding, 1, &[], |generator, from| {
            let end = generator.body.temp(ValType::I32);
            let units = generator.body.temp(ValType::I32);
            generator.checked_end(from, units.index(), end.index());
            let encoding = generator.receivers_encoding();
            generator.by_tag(encoding, length, &[], |generator, to| {
                let all = if from == to { units.index() } else { end.index() };
                let routine = generator.routine(&format!("range {} as {}", from.name(), to.name()));
                // Most strings are read whole.
                let shortcut = (from, to) == (Encoding::Utf8, Encoding::Utf8);
                if shortcut {
                    generator.body.code().local_get(count).local_get(all).i32_eq().if_(BlockType::Empty);
                    generator.copy_text(0, destination, count);
                    generator.body.code().else_();
                }
                let mut code = generator.body.code();
                code.local_get(0).local_get(all).local_get(start).local_get(count).local_get(destination);
                generator.body.call(routine);
                if shortcut {
                    generator.body.code().end();
                }
            });
            generator.body.free(end);
            generator.body.free(units);
        });
    }

    /// Does something for each encoding that a string may be in, which its length, in this local, tells.
    pub(crate) fn by_tag(
        &mut self,
        encoding: StringEncoding,
        length: u32,
        results: &[ValType],
        then: impl Fn(&mut Self, Encoding),
    ) {
        match encoding {
            StringEncoding::Utf8 => then(self, Encoding::Utf8),
            StringEncoding::Utf16 => then(self, Encoding::Utf16),
            StringEncoding::Latin1Utf16 => {
                let block = self.module.assembly.block_type(&[], results);
                self.body.code().local_get(length).i32_const(0).i32_lt_s().if_(block);
                then(self, Encoding::Utf16);
                self.body.code().else_();
                then(self, Encoding::Latin1);
                self.body.code().end();
            }
        }
    }

    /// Pushes how many bytes so many of the receiver's code units take; the tag is in another local.
    pub(crate) fn push_units_as_bytes(&mut self, length: u32, units: u32) {
        let mut code = self.body.code();
        code.local_get(units).i32_const((!UTF16_TAG).cast_signed()).i32_and();
        match self.module.encoding(Memory::Guest(self.route.direction.receiver())) {
            StringEncoding::Utf8 => {}
            StringEncoding::Utf16 => {
                self.body.code().i32_const(1).i32_shl();
            }
            StringEncoding::Latin1Utf16 => {
                self.body.code().local_get(length).i32_const(31).i32_shr_u().i32_shl();
            }
        }
    }
}

impl Encoding {
    /// How many bytes a code unit has.
    pub(crate) fn unit_size(self) -> u32 {
        match self {
            Encoding::Utf8 | Encoding::Latin1 => 1,
            Encoding::Utf16 => 2,
        }
    }

    /// What routines call it.
    fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf8",
            Encoding::Utf16 => "utf16",
            Encoding::Latin1 => "latin1",
        }
    }
}
