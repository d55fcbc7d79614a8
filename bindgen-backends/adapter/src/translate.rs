//! A value of any type: read in one representation, written in another.

use onramp_abi::{Field, Ownership, Shape, Tag, Ty};
use wasm_encoder::{BlockType, ValType};
use wit_parser::TypeId;

use crate::{
    StringEncoding,
    body::{Body, Temp},
    helper::{self, End, Helper},
    linear::Linear,
    module::Module,
    place::{Form, Lift, Lower},
    route::{Delivery, Route},
    scalar::Scalar,
};

/// Fixed-length lists in memory that are at most this long are translated element by element, without a loop.
pub(crate) const UNROLL: u32 = 4;

/// With more cases than this, a variant of objects is translated by a function of its own.
const MANY_CASES: usize = 8;

/// Generates the code of one function.
pub(crate) struct Generator<'m, 'a> {
    pub(crate) module: &'m mut Module<'a>,
    pub(crate) body: Body,
    pub(crate) route: Route,
    /// What text is in that comes to scratch memory.
    pub(crate) scratch_encoding: StringEncoding,
}

impl<'m, 'a> Generator<'m, 'a> {
    pub(crate) fn new(
        module: &'m mut Module<'a>,
        route: Route,
        params: impl IntoIterator<Item = ValType>,
    ) -> Generator<'m, 'a> {
        Generator { module, body: Body::new(params), route, scratch_encoding: StringEncoding::Utf8 }
    }

    /// Reads a value and writes it: in place, or by a helper function if that takes much code.
    pub(crate) fn translate<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        if self.passes_by(ty) || !self.route.writes() && from.node().is_some_and(|node| !node.is_checked) {
            return;
        }
        if self.passes_reference(ty, from, to) {
            return;
        }
        if self.deserves_function(ty, from, to) {
            self.call_helper(ty, from, to);
        } else {
            self.translate_here(ty, from, to);
        }
    }

    /// Whether a value is translated by a function of its own. Objects have code for each case, even without a payload.
    fn deserves_function<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) -> bool {
        let has_objects = from.node().or(to.node()).is_some_and(|node| node.object().is_some());
        let many = matches!(&self.module.types[ty].shape, Shape::Variant { cases, .. } if cases.len() > MANY_CASES);
        helper::deserves_function(self.module, ty) || has_objects && many
    }

    /// Reads a value and writes it.
    pub(crate) fn translate_here<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        match self.module.types[ty].shape.clone() {
            Shape::Bool => self.boolean(from, to),
            Shape::U8 => self.number(Scalar::U8, from, to),
            Shape::S8 => self.number(Scalar::S8, from, to),
            Shape::U16 => self.number(Scalar::U16, from, to),
            Shape::S16 => self.number(Scalar::S16, from, to),
            Shape::U32 | Shape::S32 => self.number(Scalar::I32, from, to),
            Shape::U64 | Shape::S64 => self.number(Scalar::I64, from, to),
            // A NaN may become any other on the way (`maybe_scramble_nan32`): it stays as it is.
            Shape::F32 => self.number(Scalar::F32, from, to),
            Shape::F64 => self.number(Scalar::F64, from, to),
            Shape::Char => self.char(from, to),
            Shape::String | Shape::List(_) => self.string_or_list(ty, from, to),
            Shape::FixedList(element, length) if S::FORM == Form::Gc || D::FORM == Form::Gc => {
                self.fixed_array(ty, element, length, from, to)
            }
            Shape::FixedList(element, length) => self.fixed_list(element, length, from, to),
            Shape::Record(fields) => self.record(ty, &fields, from, to),
            Shape::Variant { tag, cases, .. }
                if !self.module.types.is_enum(ty) && (S::FORM == Form::Gc || D::FORM == Form::Gc) =>
            {
                self.sum(ty, tag, &cases, from, to)
            }
            Shape::Variant { tag, cases, .. } => self.variant(ty, tag, &cases, from, to),
            Shape::Flags { size, labels } => self.flags(size, labels, from, to),
            Shape::Handle(ownership, resource) => self.resource(ownership, resource, from, to),
        }
    }

    fn string_or_list<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        if S::FORM == Form::Gc || D::FORM == Form::Gc {
            return self.array(ty, from, to);
        }
        if self.route.delivery == Delivery::Stay {
            for index in [0, 1] {
                self.number(Scalar::I32, &from.word(index), &to.word(index));
            }
            return;
        }
        let copies = matches!(self.route.delivery, Delivery::Realloc | Delivery::Scratch);
        match self.module.types[ty].shape {
            _ if !copies || self.module.forwards(self.route.sender) => self.dynamic(ty, from, to),
            Shape::String => self.string(from, to),
            _ => self.list(ty, from, to),
        }
    }

    fn resource<S: Lift, D: Lower>(&mut self, ownership: Ownership, resource: TypeId, from: &S, to: &D) {
        if self.route.delivery == Delivery::Discard {
            from.load(&mut self.body, Scalar::I32);
            let drop = self.module.drop_handle(self.route.direction, ownership, resource);
            return self.body.call(drop);
        }
        to.prepare(&mut self.body);
        from.load(&mut self.body, Scalar::I32);
        if let Some(node) = from.node() {
            let name = self.module.types[node.ty].name.clone();
            let unwrap = self.module.unwrap(&name);
            self.body.call(unwrap);
        }
        if !self.route.keeps_handles() && !self.module.is_one_guest {
            let translate = self.module.handle(self.route.direction, ownership, resource);
            self.body.call(translate);
        }
        if to.node().is_some() {
            let wrap = self.module.wrap();
            self.body.call(wrap);
        }
        to.store(&mut self.body, Scalar::I32);
    }

    /// Whether there is nothing to do for values of a type on this route.
    fn passes_by(&self, ty: Ty) -> bool {
        match self.route.delivery {
            Delivery::Realloc
            | Delivery::Scratch
            | Delivery::Handle
            | Delivery::Behind
            | Delivery::Gc
            | Delivery::Check
            | Delivery::Stay => false,
            Delivery::Count => !self.module.types[ty].has_dynamic,
            Delivery::Discard => !self.module.types[ty].has_handles,
        }
    }

    /// Traps if the i32 on the stack is not 0.
    pub(crate) fn trap_if(&mut self, reason: &str) {
        let trap = self.module.trap(reason);
        self.body.code().if_(BlockType::Empty).i32_const(0);
        self.body.call(trap);
        self.body.code().end();
    }

    fn number<S: Lift, D: Lower>(&mut self, scalar: Scalar, from: &S, to: &D) {
        to.prepare(&mut self.body);
        from.load(&mut self.body, scalar);
        to.store(&mut self.body, scalar);
    }

    /// Whatever is not 0 is true (`convert_int_to_bool`).
    fn boolean<S: Lift, D: Lower>(&mut self, from: &S, to: &D) {
        to.prepare(&mut self.body);
        from.load(&mut self.body, Scalar::Code(Tag::U8));
        self.body.code().i32_const(0).i32_ne();
        to.store(&mut self.body, Scalar::Code(Tag::U8));
    }

    /// `convert_i32_to_char`
    fn char<S: Lift, D: Lower>(&mut self, from: &S, to: &D) {
        if self.is_checked() || self.is_checked_later() {
            return self.number(Scalar::I32, from, to);
        }
        let char = self.body.temp(ValType::I32);
        from.load(&mut self.body, Scalar::I32);
        self.body.code().local_tee(char.index()).i32_const(0x11_0000).i32_ge_u();
        self.trap_if("char above U+10FFFF");
        self.body.code().local_get(char.index()).i32_const(0xd800).i32_sub().i32_const(0x800).i32_lt_u();
        self.trap_if("char is a surrogate");
        to.prepare(&mut self.body);
        self.body.code().local_get(char.index());
        to.store(&mut self.body, Scalar::I32);
        self.body.free(char);
    }

    /// Bits without a label are dropped (`unpack_flags_from_int`).
    fn flags<S: Lift, D: Lower>(&mut self, size: Tag, labels: u32, from: &S, to: &D) {
        to.prepare(&mut self.body);
        from.load(&mut self.body, Scalar::Code(size));
        if labels < 32 {
            self.body.code().i32_const(((1u32 << labels) - 1).cast_signed()).i32_and();
        }
        to.store(&mut self.body, Scalar::Code(size));
    }

    fn record<S: Lift, D: Lower>(&mut self, ty: Ty, fields: &[Field], from: &S, to: &D) {
        let opened = from.open(self);
        let parts = to.open(self, fields.len() as u32);
        for (index, field) in fields.iter().enumerate() {
            let from = opened.as_ref().unwrap_or(from).field(&self.module.types, ty, index);
            let to = parts.as_ref().unwrap_or(to).field(&self.module.types, ty, index);
            self.translate(field.ty, &from, &to);
        }
        if let Some(parts) = parts {
            parts.close(self, to);
        }
    }

    fn variant<S: Lift, D: Lower>(&mut self, ty: Ty, tag: Tag, cases: &[Option<Ty>], from: &S, to: &D) {
        let case = self.discriminant::<S, D>(ty, tag, cases.len(), from);
        to.prepare(&mut self.body);
        self.body.code().local_get(case.index());
        to.store(&mut self.body, Scalar::Code(tag));

        let local = case.index();
        self.body.free(case);
        match cases {
            [Some(payload)] => self.payload(ty, *payload, from, to),
            [zero, one] if zero.is_some() || one.is_some() => self.two_payloads(ty, local, [*zero, *one], from, to),
            cases => self.payloads(ty, local, cases, from, to),
        }
    }

    /// The number of a case, in a local. It is in range if nobody else checks that.
    pub(crate) fn discriminant<S: Lift, D: Lower>(&mut self, ty: Ty, tag: Tag, cases: usize, from: &S) -> Temp {
        let case = self.body.temp(ValType::I32);
        from.load(&mut self.body, Scalar::Code(tag));
        // In memory it has fewer bits: the engine would not see all that a core value has.
        let checked_later = self.is_checked_later() && (S::FORM == Form::Linear || D::FORM == Form::Flat);
        if checked_later || self.is_checked() && (S::FORM == Form::Linear || self.route.delivery != Delivery::Stay) {
            self.body.code().local_set(case.index());
        } else {
            self.body.code().local_tee(case.index()).i32_const(cases as i32).i32_ge_u();
            let name = self.module.types[ty].name.clone();
            self.trap_if(&format!("discriminant out of range in {name}"));
        }
        case
    }

    fn payload<S: Lift, D: Lower>(&mut self, variant: Ty, payload: Ty, from: &S, to: &D) {
        let from = from.payload(&self.module.types, variant, payload);
        let to = to.payload(&self.module.types, variant, payload);
        self.translate(payload, &from, &to);
    }

    /// The payload of one of two cases: options and results need no table.
    fn two_payloads<S: Lift, D: Lower>(&mut self, ty: Ty, case: u32, [zero, one]: [Option<Ty>; 2], from: &S, to: &D) {
        self.body.code().local_get(case);
        if one.is_none() {
            self.body.code().i32_eqz();
        }
        self.body.code().if_(BlockType::Empty);
        let first = one.or(zero).expect("one of them has a payload");
        self.payload(ty, first, from, to);
        if let (Some(zero), Some(_)) = (zero, one) {
            self.body.code().else_();
            self.payload(ty, zero, from, to);
        }
        self.body.code().end();
    }

    /// The payload of one of many cases. Cases of the same type share their code.
    fn payloads<S: Lift, D: Lower>(&mut self, ty: Ty, case: u32, cases: &[Option<Ty>], from: &S, to: &D) {
        let mut payloads: Vec<Ty> = Vec::new();
        for payload in cases.iter().flatten() {
            if !payloads.contains(payload) {
                payloads.push(*payload);
            }
        }
        if payloads.is_empty() {
            return;
        }
        self.branch(case, cases, &payloads);
        for (index, payload) in payloads.iter().enumerate() {
            self.body.code().end();
            self.payload(ty, *payload, from, to);
            self.body.code().br((payloads.len() - 1 - index) as u32);
        }
        self.body.code().end();
    }

    /// Opens a block around all payloads and one for each of them, and branches to the end of that of the case's payload, or
    /// of the outermost if it has none.
    fn branch(&mut self, case: u32, cases: &[Option<Ty>], payloads: &[Ty]) {
        let outermost = payloads.len() as u32;
        let mut code = self.body.code();
        for _ in 0..=outermost {
            code.block(BlockType::Empty);
        }
        let target = |ty: Ty| payloads.iter().position(|payload| *payload == ty).map(|index| index as u32);
        let targets: Vec<u32> = cases.iter().map(|case| case.and_then(target).unwrap_or(outermost)).collect();
        code.local_get(case).br_table(targets, outermost);
    }

    fn fixed_list<S: Lift, D: Lower>(&mut self, element: Ty, length: u32, from: &S, to: &D) {
        let in_memory = S::FORM == Form::Linear && D::FORM != Form::Flat;
        if in_memory && length > UNROLL {
            return self.fixed_list_in_memory(element, length, from, to);
        }
        for index in 0..length {
            let from = from.element(&self.module.types, element, index);
            let to = to.element(&self.module.types, element, index);
            self.translate(element, &from, &to);
        }
    }

    fn fixed_list_in_memory<S: Lift, D: Lower>(&mut self, element: Ty, length: u32, from: &S, to: &D) {
        let (source, destination) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
        from.push_arguments(&self.module.types, &mut self.body, element);
        self.body.code().local_set(source.index());
        if D::FORM == Form::Linear {
            to.push_arguments(&mut self.body);
            self.body.code().local_set(destination.index());
        }
        let bytes = self.body.temp(ValType::I32);
        let size = self.module.types[element].size * length;
        self.body.code().i32_const(size.cast_signed()).local_set(bytes.index());
        self.elements(element, source.index(), destination.index(), bytes.index());
        for temp in [source, destination, bytes] {
            self.body.free(temp);
        }
    }

    /// Calls the helper function that reads and writes a value.
    fn call_helper<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        let opened = from.open(self);
        let from = opened.as_ref().unwrap_or(from);
        let helper = Helper::Value { route: self.route, ty, from: End::of(from), to: End::of(to) };
        let target = helper.declare(self.module);
        from.push_arguments(&self.module.types, &mut self.body, ty);
        to.push_arguments(&mut self.body);
        self.body.call(target);
        to.take_results(&self.module.types, &mut self.body, ty);
    }

    /// The value at an address in memory, in the sender's.
    pub(crate) fn source(&self, base: u32) -> Linear {
        Linear::at(self.route.sender, base)
    }

    /// The same in the receiver's.
    pub(crate) fn destination(&self, base: u32) -> Linear {
        Linear::at(self.route.receiver(), base)
    }
}
