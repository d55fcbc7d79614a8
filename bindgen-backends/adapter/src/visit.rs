//! Walking a value to its handles.

use std::collections::{HashMap, VecDeque};

use onramp_abi::{Field, Ownership, Passing, Shape, Tag, Ty, Types};
use wasm_encoder::{BlockType, ValType};
use wit_parser::TypeId;

use crate::{
    Direction,
    assembly::Target,
    helper,
    linear::Linear,
    place::{Form, Lift, Lower},
    scalar::Scalar,
    translate::{Generator, UNROLL},
};

/// What is done on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pass {
    /// A guest's indices become the host's, and are logged where they are in memory.
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
    functions: HashMap<(Pass, Ty), Target>,
    /// The functions that are to be defined.
    pub(crate) queue: VecDeque<(Pass, Ty, Target)>,
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
    pub(crate) fn are_in_memory(&mut self, types: &Types<'_>, ty: Ty, passing: Passing) -> bool {
        match passing {
            Passing::Flat => self.search(types, ty, Form::Flat),
            Passing::Memory => self.search(types, ty, Form::Linear),
        }
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

/// The parameters of the function that walks a value in memory: of a list its pointer and length, else the address.
pub(crate) fn params(types: &Types<'_>, ty: Ty) -> Vec<ValType> {
    match types[ty].shape {
        Shape::List(_) => vec![ValType::I32; 2],
        _ => vec![ValType::I32],
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
        if P::FORM == Form::Linear && helper::deserves_function(self.generator.module, ty) {
            <P as Lower>::push_arguments(at, &mut self.generator.body);
            return self.call_function(pass, ty);
        }
        self.value_here(pass, ty, at);
    }

    fn value_here<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty, at: &P) {
        match self.generator.module.types[ty].shape.clone() {
            Shape::Handle(ownership, resource) => self.handle(pass, ownership, resource, at),
            Shape::List(_) => {
                at.word(0).load(&mut self.generator.body, Scalar::I32);
                at.word(1).load(&mut self.generator.body, Scalar::I32);
                self.call_function(pass, ty);
            }
            Shape::FixedList(element, length) => self.fixed_list(pass, element, length, at),
            Shape::Record(fields) => self.record(pass, ty, &fields, at),
            Shape::Variant { tag, cases, .. } => self.variant(pass, ty, tag, &cases, at),
            _ => {}
        }
    }

    fn call_function(&mut self, pass: Pass, ty: Ty) {
        let module = &mut *self.generator.module;
        let target = *self.handles.functions.entry((pass, ty)).or_insert_with(|| {
            let name = &module.types[ty].name;
            let name = match pass {
                Pass::ToHost => format!("translate {name} for the host"),
                Pass::Check => format!("check {name} for the host"),
                Pass::FromHost => format!("translate {name} for the guest"),
            };
            let params = params(&module.types, ty);
            let target = module.assembly.declare(name, &params, &[]);
            self.handles.queue.push_back((pass, ty, target));
            target
        });
        self.generator.body.call(target);
    }

    /// The whole of a function.
    pub(crate) fn function(&mut self, pass: Pass, ty: Ty) {
        match self.generator.module.types[ty].shape {
            Shape::List(element) => self.list(pass, ty, element),
            _ => {
                let at = self.generator.source(0);
                self.value_here(pass, ty, &at);
            }
        }
        self.generator.body.code().end();
    }

    fn handle<P: Lift + Lower>(&mut self, pass: Pass, ownership: Ownership, resource: TypeId, at: &P) {
        let number = self.generator.module.resource(resource) as i32;
        let kind = match ownership {
            Ownership::Own => number * 2,
            Ownership::Borrow => number * 2 + 1,
        };
        match (pass, P::FORM) {
            (Pass::ToHost, Form::Linear) => self.logged(ownership, resource, kind, at),
            (Pass::ToHost, Form::Flat) => self.replace(Direction::Call, ownership, resource, at),
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
        at.prepare(body);
        body.code().local_get(real.index());
        at.store(body, Scalar::I32);
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

    /// A discriminant out of range has no payload here; the engine will trap.
    fn variant<P: Lift + Lower>(&mut self, pass: Pass, ty: Ty, tag: Tag, cases: &[Option<Ty>], at: &P) {
        let case = self.generator.body.temp(ValType::I32);
        at.load(&mut self.generator.body, Scalar::Code(tag));
        self.generator.body.code().local_set(case.index());
        for (number, payload) in cases.iter().enumerate() {
            let Some(payload) = *payload else { continue };
            if !self.handles.concerns(&self.generator.module.types, pass, payload, P::FORM) {
                continue;
            }
            self.generator.body.code().local_get(case.index()).i32_const(number as i32).i32_eq().if_(BlockType::Empty);
            let at = at.payload(&self.generator.module.types, ty, payload);
            self.value(pass, payload, &at);
            self.generator.body.code().end();
        }
        self.generator.body.free(case);
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

    /// A list whose pointer and length are in locals 0 and 1.
    fn list(&mut self, pass: Pass, ty: Ty, element: Ty) {
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
