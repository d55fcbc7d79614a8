//! Walking a value to its handles.

use std::collections::{HashMap, VecDeque};

use onramp_abi::{CoreType, Field, Ownership, Shape, Tag, Ty, Types};
use wasm_encoder::{BlockType, ValType};
use wit_parser::TypeId;

use crate::{
    Direction,
    assembly::Target,
    flat::Flat,
    gate::{GUEST, IN_PLACE},
    helper,
    linear::Linear,
    module::{Module, val_types},
    place::{Form, Lift, Lower},
    scalar::Scalar,
    translate::{Generator, UNROLL},
};

/// What is done on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pass {
    /// A guest's indices become the host's. Those in memory are only logged: a block may be part of a value twice.
    ToHost,
    /// What the host will read is what was logged.
    Check,
    /// The host's indices become the guest's.
    FromHost,
}

/// Which handles are translated, where they are, and the functions that do it.
pub(crate) struct Handles<'h> {
    translated: &'h dyn Fn(TypeId) -> bool,
    /// Whether a type has any, counting those outside of memory or not.
    known: HashMap<(Ty, Form), bool>,
    functions: HashMap<Walk, Target>,
    /// The functions that are to be defined.
    pub(crate) queue: VecDeque<(Walk, Target)>,
}

impl<'h> Handles<'h> {
    pub(crate) fn new(translated: &'h dyn Fn(TypeId) -> bool) -> Self {
        Handles { translated, known: HashMap::new(), functions: HashMap::new(), queue: VecDeque::new() }
    }

    /// Whether a value has handles that are translated.
    pub(crate) fn are_in(&mut self, types: &Types<'_>, ty: Ty) -> bool {
        self.search(types, ty, Form::Linear)
    }

    /// Whether some of them are in memory.
    pub(crate) fn are_in_memory(&mut self, types: &Types<'_>, ty: Ty, form: Form) -> bool {
        self.search(types, ty, form)
    }

    fn concerns(&mut self, types: &Types<'_>, pass: Pass, ty: Ty, form: Form) -> bool {
        match pass {
            Pass::Check => self.search(types, ty, form),
            Pass::ToHost | Pass::FromHost => self.are_in(types, ty),
        }
    }

    /// Whether handles of a value in this form are in memory.
    fn search(&mut self, types: &Types<'_>, ty: Ty, form: Form) -> bool {
        if let Some(known) = self.known.get(&(ty, form)) {
            return *known;
        }
        let found = match &types[ty].shape {
            Shape::Handle(_, resource) => form == Form::Linear && (self.translated)(*resource),
            Shape::List(element) => self.search(types, *element, Form::Linear),
            Shape::FixedList(element, _) => self.search(types, *element, form),
            Shape::Record(fields) => fields.iter().any(|field| self.search(types, field.ty, form)),
            Shape::Variant { cases, .. } => cases.iter().flatten().any(|case| self.search(types, *case, form)),
            _ => false,
        };
        self.known.insert((ty, form), found);
        found
    }
}

/// A function that walks values of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Walk {
    /// Any value: takes what its representation says, and, where that may change, returns it.
    Value(Pass, Ty, Form),
    /// The elements of a list: takes its pointer and length.
    List(Pass, Ty),
}

impl Walk {
    fn signature(self, types: &Types<'_>) -> (Vec<CoreType>, Vec<CoreType>) {
        match self {
            Walk::Value(pass, ty, Form::Flat) => {
                let results = if pass == Pass::Check { Vec::new() } else { Flat::params_and_results(types, ty).1 };
                (<Flat as Lift>::params(types, ty), results)
            }
            Walk::Value(_, _, Form::Nowhere | Form::Gc) => unreachable!("a gate's values are somewhere"),
            Walk::Value(_, ty, Form::Linear) => (<Linear as Lift>::params(types, ty), Vec::new()),
            Walk::List(..) => (vec![CoreType::I32; 2], Vec::new()),
        }
    }

    fn name(self, types: &Types<'_>) -> String {
        let (Walk::Value(pass, ty, _) | Walk::List(pass, ty)) = self;
        let name = &types[ty].name;
        match pass {
            Pass::ToHost => format!("translate {name} for the host"),
            Pass::Check => format!("check {name} for the host"),
            Pass::FromHost => format!("translate {name} for the guest"),
        }
    }

    /// Defines the function.
    pub(crate) fn define(self, module: &mut Module<'_>, handles: &mut Handles<'_>, target: Target) {
        let (params, _) = self.signature(&module.types);
        let generator = Generator::new(module, IN_PLACE, val_types(&params));
        let mut visitor = Visitor { generator, handles };
        match self {
            Walk::Value(pass, ty, Form::Flat) => visitor.whole_value::<Flat>(pass, ty),
            Walk::Value(pass, ty, Form::Linear) => visitor.whole_value::<Linear>(pass, ty),
            Walk::Value(_, _, Form::Nowhere | Form::Gc) => unreachable!("a gate's values are somewhere"),
            Walk::List(pass, ty) => visitor.list(pass, ty),
        }
        visitor.generator.body.code().end();
        let body = visitor.generator.body;
        module.assembly.define(target, body);
    }
}

/// Generates code that walks values. In its module, the guest is the caller.
pub(crate) struct Visitor<'v, 'h, 'm, 'a> {
    pub(crate) generator: Generator<'m, 'a>,
    pub(crate) handles: &'v mut Handles<'h>,
}

impl Visitor<'_, '_, '_, '_> {
    pub(crate) fn routine(&mut self, name: &'static str) {
        let routine = self.generator.routine(name);
        self.generator.body.call(routine);
    }

    /// Walks a value: here, or in a function if that takes much code.
    pub(crate) fn value<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty, at: &P) {
        if !self.handles.concerns(&self.generator.module.types, pass, ty, P::FORM) {
            return;
        }
        if !helper::deserves_function(self.generator.module, ty) {
            return self.value_here(pass, ty, at);
        }
        let walk = self.function(Walk::Value(pass, ty, P::FORM));
        let Generator { module, body, .. } = &mut self.generator;
        <P as Lift>::push_arguments(at, &module.types, body, ty);
        body.call(walk);
        if pass != Pass::Check {
            at.take_results(&module.types, body, ty);
        }
    }

    /// The whole of a [`Walk::Value`].
    fn whole_value<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty) {
        let at = <P as Lift>::of_params(&self.generator.module.types, GUEST, ty, 0);
        self.value_here(pass, ty, &at);
        if pass != Pass::Check {
            at.push_results(&mut self.generator.body);
        }
    }

    fn value_here<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty, at: &P) {
        match self.generator.module.types[ty].shape.clone() {
            Shape::Handle(ownership, resource) => self.handle(pass, ownership, resource, at),
            Shape::List(_) => {
                at.word(0).load(&mut self.generator.body, Scalar::I32);
                at.word(1).load(&mut self.generator.body, Scalar::I32);
                let walk = self.function(Walk::List(pass, ty));
                self.generator.body.call(walk);
            }
            Shape::FixedList(element, length) => self.fixed_list(pass, element, length, at),
            Shape::Record(fields) => self.record(pass, ty, &fields, at),
            Shape::Variant { tag, cases, .. } => self.variant(pass, ty, tag, &cases, at),
            _ => {}
        }
    }

    /// The function, which will be defined.
    fn function(&mut self, walk: Walk) -> Target {
        let module = &mut *self.generator.module;
        if let Some(target) = self.handles.functions.get(&walk) {
            return *target;
        }
        let (params, results) = walk.signature(&module.types);
        let name = walk.name(&module.types);
        let target = module.assembly.declare(name, &val_types(&params), &val_types(&results));
        self.handles.functions.insert(walk, target);
        self.handles.queue.push_back((walk, target));
        target
    }

    fn handle<P: Lift + Lower>(&mut self, pass: Pass, ownership: Ownership, resource: TypeId, at: &P) {
        let number = self.generator.module.resource(resource) as i32;
        let kind = match ownership {
            Ownership::Own => number * 2,
            Ownership::Borrow => number * 2 + 1,
        };
        match (pass, P::FORM) {
            (Pass::ToHost, Form::Linear) => self.logged(ownership, resource, kind, at),
            (Pass::ToHost, Form::Flat | Form::Nowhere | Form::Gc) => {
                self.replace(Direction::Call, ownership, resource, at)
            }
            (Pass::FromHost, _) => self.replace(Direction::Return, ownership, resource, at),
            (Pass::Check, _) => {
                <P as Lower>::push_arguments(at, &mut self.generator.body);
                at.load(&mut self.generator.body, Scalar::I32);
                self.generator.body.code().i32_const(kind);
                self.routine("check handle");
            }
        }
    }

    fn replace<P: Lift + Lower>(&mut self, direction: Direction, ownership: Ownership, resource: TypeId, at: &P) {
        let Generator { module, body, .. } = &mut self.generator;
        at.prepare(body);
        at.load(body, Scalar::I32);
        let translate = module.handle(direction, ownership, resource);
        body.call(translate);
        at.store(body, Scalar::I32);
    }

    fn logged<P: Lift + Lower>(&mut self, ownership: Ownership, resource: TypeId, kind: i32, at: &P) {
        let Generator { module, body, .. } = &mut self.generator;
        let (index, real) = (body.temp(ValType::I32), body.temp(ValType::I32));
        at.load(body, Scalar::I32);
        body.code().local_tee(index.index());
        let translate = module.handle(Direction::Call, ownership, resource);
        body.call(translate);
        body.code().local_set(real.index());
        <P as Lower>::push_arguments(at, body);
        body.code().local_get(index.index()).local_get(real.index()).i32_const(kind);
        body.free(index);
        body.free(real);
        self.routine("log handle");
    }

    fn record<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty, fields: &[Field], at: &P) {
        for (index, field) in fields.iter().enumerate() {
            let at = at.field(&self.generator.module.types, ty, index);
            self.value(pass, field.ty, &at);
        }
    }

    /// A discriminant out of range has no payload here; the engine will trap. Cases of the same type share their code.
    fn variant<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty, tag: Tag, cases: &[Option<Ty>], at: &P) {
        let mut payloads: Vec<Ty> = Vec::new();
        for payload in cases.iter().flatten() {
            let concerned = self.handles.concerns(&self.generator.module.types, pass, *payload, P::FORM);
            if concerned && !payloads.contains(payload) {
                payloads.push(*payload);
            }
        }
        let case = self.generator.body.temp(ValType::I32);
        at.load(&mut self.generator.body, Scalar::Code(tag));
        self.generator.body.code().local_set(case.index());
        for payload in payloads {
            let numbers = cases.iter().enumerate().filter(|(_, case)| **case == Some(payload));
            self.is_one_of(case.index(), numbers.map(|(number, _)| number as i32));
            self.generator.body.code().if_(BlockType::Empty);
            let at = at.payload(&self.generator.module.types, ty, payload);
            self.value(pass, payload, &at);
            self.generator.body.code().end();
        }
        self.generator.body.free(case);
    }

    /// Pushes whether a local has one of these values.
    fn is_one_of(&mut self, local: u32, values: impl Iterator<Item = i32>) {
        let mut code = self.generator.body.code();
        code.i32_const(0);
        for value in values {
            code.local_get(local).i32_const(value).i32_eq().i32_or();
        }
    }

    fn fixed_list<P: Lift + Lower>(&mut self, pass: Pass, element: Ty, length: u32, at: &P) {
        if P::FORM == Form::Flat || length <= UNROLL {
            for index in 0..length {
                let at = at.element(&self.generator.module.types, element, index);
                self.value(pass, element, &at);
            }
            return;
        }
        let (address, bytes) = (self.generator.body.temp(ValType::I32), self.generator.body.temp(ValType::I32));
        <P as Lower>::push_arguments(at, &mut self.generator.body);
        let size = self.generator.module.types[element].size * length;
        self.generator.body.code().local_set(address.index()).i32_const(size.cast_signed()).local_set(bytes.index());
        self.elements(pass, element, address.index(), bytes.index());
        self.generator.body.free(address);
        self.generator.body.free(bytes);
    }

    /// The whole of a [`Walk::List`].
    fn list(&mut self, pass: Pass, ty: Ty) {
        let Shape::List(element) = self.generator.module.types[ty].shape else {
            unreachable!("{} is a list", self.generator.module.types[ty].name)
        };
        let bytes = self.generator.list_bytes(ty, element);
        self.elements(pass, element, 0, bytes.index());
        self.generator.body.free(bytes);
    }

    /// Walks elements that follow each other in memory. The locals hold their address, which this advances, and how many bytes they
    /// have.
    fn elements(&mut self, pass: Pass, element: Ty, address: u32, bytes: u32) {
        let size = self.generator.module.types[element].size.cast_signed();
        let end = self.generator.body.temp(ValType::I32);
        let mut code = self.generator.body.code();
        code.local_get(bytes).if_(BlockType::Empty);
        code.local_get(address).local_get(bytes).i32_add().local_set(end.index());
        code.loop_(BlockType::Empty);
        let at: Linear = self.generator.source(address);
        self.value(pass, element, &at);
        let mut code = self.generator.body.code();
        code.local_get(address).i32_const(size).i32_add().local_tee(address);
        code.local_get(end.index()).i32_ne().br_if(0).end().end();
        self.generator.body.free(end);
    }
}
