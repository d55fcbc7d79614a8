//! The functions that read the values which lazy handles are for. They are put into the table of [`entries`](crate::entries()), four for
//! each kind of value; the built-in functions of the lazy ABI call them there, and so does what forwards a value.
//!
//! | | parameters (all i32) | results |
//! |---|---|---|
//! | lower | pointer, length, units, start, count, destination | |
//! | size | pointer, length, units, end | the end behind it |
//! | lower-all | pointer, length, units, end, whether it is the outermost | where it is, and the end behind it |
//! | copy: to a receiver without handles | pointer, length | pointer, length |
//! | measure: text whose length the receiver counts otherwise | pointer, length | units |
//! | discard: what has handles of resources | pointer, length, units, start, end | |
//!
//! The last three share one place: no value has two of them. `pointer` and `length` are the sender's words; `units` is the receiver's
//! length. Ranges have been checked against it.

use onramp_abi::{Lowering, Shape, Ty};
use wasm_encoder::{BlockType, ValType};

use crate::{
    Direction, Import, Lazy, StringEncoding,
    assembly::{END, Target},
    body::Body,
    list::Size,
    module::Module,
    route::{Delivery, Memory, Route},
    translate::Generator,
};

/// A value that a receiver may read: of this type, from this memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) direction: Direction,
    pub(crate) sender: Memory,
    pub(crate) ty: Ty,
}

/// The parameters of [`Function::Lower`].
const UNITS: u32 = 2;
const START: u32 = 3;
const COUNT: u32 = 4;
const DESTINATION: u32 = 5;

/// A function of a value; its number is its place among the four.
#[derive(Clone, Copy, Debug)]
enum Function {
    Lower,
    Size,
    LowerAll,
    Copy,
    Measure,
    Discard,
}

impl Function {
    fn place(self) -> u32 {
        match self {
            Function::Lower => 0,
            Function::Size => 1,
            Function::LowerAll => 2,
            Function::Copy | Function::Measure | Function::Discard => 3,
        }
    }

    /// How many i32 it takes and returns.
    fn signature(self) -> (usize, usize) {
        match self {
            Function::Lower => (6, 0),
            Function::Size => (4, 1),
            Function::LowerAll => (5, 2),
            Function::Copy => (2, 2),
            Function::Measure => (2, 1),
            Function::Discard => (5, 0),
        }
    }

    fn delivery(self) -> Delivery {
        match self {
            Function::Lower | Function::Measure => Delivery::Handle,
            Function::Size => Delivery::Count,
            Function::LowerAll => Delivery::Behind,
            Function::Copy => Delivery::Realloc,
            Function::Discard => Delivery::Discard,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Function::Lower => "lower",
            Function::Size => "size of",
            Function::LowerAll => "lower all of",
            Function::Copy => "copy forwarded",
            Function::Measure => "measure",
            Function::Discard => "discard",
        }
    }
}

impl Module<'_> {
    /// The kind of a value, for which there will be functions.
    pub(crate) fn value(&mut self, value: Value) -> u32 {
        if !self.values.contains(&value) {
            self.values.push(value);
        }
        self.pass(value.direction, value.ty, value.sender == Memory::Scratch);
        let key = self.key(value.ty);
        let receiver = self.peer(Memory::Guest(value.direction.receiver()));
        self.kinds().kind(key, self.peer(value.sender), receiver)
    }

    /// The function that copies what the host has given, for the host: it can read that where it is.
    fn stays(&mut self) -> Target {
        if let Some(target) = self.stays {
            return target;
        }
        let words = [ValType::I32; 2];
        let target = self.assembly.declare("copy forwarded to where it is".to_owned(), &words, &words);
        let mut body = Body::new(words);
        body.code().local_get(0).local_get(1).end();
        self.assembly.define(target, body);
        *self.stays.insert(target)
    }

    /// The largest alignment of a type's elements and of all that they contain (`A` in `docs/abi/lazy.md`).
    fn deep_align(&mut self, ty: Ty, strings: u32) -> u32 {
        if let Some(align) = self.deep_aligns.get(&ty) {
            return *align;
        }
        let align = match self.types[ty].shape.clone() {
            Shape::String => strings,
            Shape::List(element) => self.types[element].align.max(self.deep_align(element, strings)),
            Shape::FixedList(element, _) => self.deep_align(element, strings),
            Shape::Record(fields) => fields.iter().map(|field| self.deep_align(field.ty, strings)).max().unwrap_or(1),
            Shape::Variant { cases, .. } => {
                cases.iter().flatten().map(|case| self.deep_align(*case, strings)).max().unwrap_or(1)
            }
            _ => 1,
        };
        self.deep_aligns.insert(ty, align);
        align
    }
}

impl Value {
    /// Defines its functions, and puts them into the table.
    pub(crate) fn define(self, module: &mut Module<'_>) {
        match module.side(self.direction.receiver()).profile.lowering() {
            Lowering::Eager => self.function(module, Function::Copy),
            Lowering::Lazy => {
                self.function(module, Function::Lower);
                if !module.side(self.direction.receiver()).never_reads_all {
                    self.function(module, Function::Size);
                    self.function(module, Function::LowerAll);
                }
                if module.types[self.ty].has_handles {
                    self.function(module, Function::Discard);
                }
                let route = self.route(Function::Measure);
                if module.types[self.ty].shape == Shape::String && Generator::new(module, route, []).needs_measuring() {
                    self.function(module, Function::Measure);
                }
            }
        }
    }

    fn route(self, function: Function) -> Route {
        Route { direction: self.direction, sender: self.sender, delivery: function.delivery() }
    }

    fn function(self, module: &mut Module<'_>, function: Function) {
        let kind = module.value(self);
        let place = 4 * kind + function.place();
        let receiver = Memory::Guest(self.direction.receiver());
        if let (Function::Copy, true) = (function, module.is_outside(self.sender) && module.is_outside(receiver)) {
            let target = module.stays();
            return module.assembly.element(Import::Lazy(Lazy::Values), place, target);
        }
        let route = self.route(function);
        let (params, results) = function.signature();
        let (params, results) = (vec![ValType::I32; params], vec![ValType::I32; results]);
        let name = format!("{} {} {}", function.name(), module.types[self.ty].name, route.name());
        let target = module.assembly.declare(name, &params, &results);
        let mut generator = Generator::new(module, route, params);
        generator.value_function(function, self.ty);
        generator.body.code().end();
        let body = generator.body;
        module.assembly.define(target, body);
        module.assembly.element(Import::Lazy(Lazy::Values), place, target);
    }
}

impl Generator<'_, '_> {
    fn value_function(&mut self, function: Function, ty: Ty) {
        match function {
            Function::Lower => self.lower(ty),
            Function::Size => {
                self.module.assembly.use_end();
                self.body.code().local_get(3).global_set(END);
                self.own(ty);
                self.body.code().global_get(END);
            }
            Function::LowerAll => self.lower_all(ty),
            Function::Copy => self.own(ty),
            Function::Measure => self.measure(),
            Function::Discard => self.discard_range(ty),
        }
    }

    /// `lower`: a range of elements.
    fn lower(&mut self, ty: Ty) {
        let bytes = self.body.temp(ValType::I32);
        let Shape::List(element) = self.module.types[ty].shape else {
            self.push_units_as_bytes(UNITS, COUNT);
            self.body.code().local_set(bytes.index());
            let encoding = self.receivers_encoding();
            self.by_tag(encoding, UNITS, &[], |generator, form| {
                generator.check_destination(form.unit_size(), bytes.index());
            });
            self.body.free(bytes);
            return self.string_range(UNITS, START, COUNT, DESTINATION);
        };
        let (size, align) = (self.module.types[element].size.cast_signed(), self.module.types[element].align);
        let name = self.module.types[ty].name.clone();
        self.body.code().local_get(COUNT).i32_const(size).i32_mul().local_set(bytes.index());
        self.check_destination(align, bytes.index());
        // From the start of the value, so that no sum can be too large for an address.
        let skipped = self.body.temp(ValType::I32);
        self.body.code().local_get(START).i32_const(size).i32_mul().local_tee(skipped.index());
        self.body.code().local_get(bytes.index()).i32_add().local_set(START);
        self.check_block(0, align, Size::Local(START), &name);
        self.body.code().local_get(0).local_get(skipped.index()).i32_add().local_set(0);
        self.elements(element, 0, DESTINATION, bytes.index());
        self.body.free(skipped);
        self.body.free(bytes);
    }

    fn check_destination(&mut self, align: u32, bytes: u32) {
        self.check_aligned(align, DESTINATION);
        self.push_out_of_bounds(self.route.receiver(), DESTINATION, Size::Local(bytes));
        self.trap_if("destination out of bounds");
    }

    fn check_aligned(&mut self, align: u32, destination: u32) {
        if align > 1 {
            self.body.code().local_get(destination).i32_const(align.cast_signed() - 1).i32_and();
            self.trap_if("misaligned destination");
        }
    }

    /// The alignment of strings that are lowered with everything else, at the receiver.
    pub(crate) fn unit_align(&self) -> u32 {
        match self.receivers_encoding() {
            StringEncoding::Utf8 => 1,
            StringEncoding::Utf16 | StringEncoding::Latin1Utf16 => 2,
        }
    }

    /// `lower-all`: everything, the outermost block at the end that it is given.
    fn lower_all(&mut self, ty: Ty) {
        const END_BEFORE: u32 = 3;
        const OUTERMOST: u32 = 4;
        let strings = self.unit_align();
        let align = self.module.deep_align(ty, strings);
        if align > 1 {
            self.body.code().local_get(OUTERMOST).if_(BlockType::Empty);
            self.check_aligned(align, END_BEFORE);
            self.body.code().end();
        }
        self.module.assembly.use_end();
        self.body.code().local_get(END_BEFORE).global_set(END);
        self.own(ty);
        self.body.code().drop().global_get(END);
    }

    /// The handles of resources in a range of elements.
    fn discard_range(&mut self, ty: Ty) {
        const END_OF_RANGE: u32 = 4;
        let Shape::List(element) = self.module.types[ty].shape else { unreachable!("a string has no handles") };
        let size = self.module.types[element].size.cast_signed();
        let mut code = self.body.code();
        code.local_get(START).i32_const(size).i32_mul().local_get(0).i32_add().local_set(0);
        code.local_get(END_OF_RANGE).local_get(START).i32_sub().i32_const(size).i32_mul().local_set(1);
        self.elements(element, 0, 0, 1);
    }
}
