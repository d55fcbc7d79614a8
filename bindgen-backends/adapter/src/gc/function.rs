//! Functions with references: arguments, results, and the helpers for strings and lists.

use onramp_abi::{FORWARDED, Role, Shape, Ty};
use wasm_encoder::{BlockType, ValType};

use super::{GcLift, GcLower, Node, reference};
use crate::{
    Direction, Lazy,
    adapter::Call,
    flat::Flat,
    helper::Helper,
    linear::Linear,
    list::Size,
    place::{Form, Lift, Lower},
    route::{Delivery, Memory, Route},
    scalar::Scalar,
    translate::Generator,
};

/// What an adapter returns.
pub(crate) enum Given {
    Flat(Flat),
    Reference(GcLower),
}

impl Given {
    pub(crate) fn push(&self, generator: &mut Generator<'_, '_>) {
        match self {
            Given::Flat(flat) => flat.push(&mut generator.body),
            Given::Reference(reference) => reference.push(&mut generator.body),
        }
    }
}

impl Generator<'_, '_> {
    /// Brings references over to the callee, and pushes its arguments.
    pub(crate) fn arguments_of_references(&mut self, call: &Call) {
        let Some(signature) = call.references(Role::Caller) else { unreachable!("the caller has references") };
        let from = GcLift::parameters(&signature.params, 0);
        if call.passes_handle(Role::Callee) {
            return self.tuple_of_references(call, &from);
        }
        self.arguments_from(call, &from);
    }

    /// References become parameters in scratch memory: pushes a handle for their tuple.
    fn tuple_of_references(&mut self, call: &Call, from: &GcLift) {
        let (size, align) = (self.module.types[call.params].size, self.module.types[call.params].align);
        let block = self.body.local(ValType::I32);
        let route = Route { delivery: Delivery::Scratch, ..self.route };
        self.with_route(route, |generator| {
            generator.allocate(block, align, Size::Const(size));
            generator.translate_here(call.params, from, &Linear::at(Memory::Scratch, block));
        });
        let ty = self.module.block(call.params);
        let route = Route { sender: Memory::Scratch, ..self.route };
        let helper = Helper::Dynamic { route, ty }.declare(self.module);
        self.body.code().local_get(block).i32_const(1);
        self.body.call(helper);
        self.body.code().drop();
    }

    /// Reads a string or a list, and writes it, where one side at least has an array.
    pub(crate) fn array<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        let [sent, received] = [from.node(), to.node()].map(|node| node.map(|node| node.id));
        let helper = Helper::Array { route: self.route, ty, from: sent, to: received }.declare(self.module);
        if S::FORM == Form::Gc {
            let opened = from.open(self);
            opened.as_ref().unwrap_or(from).push_arguments(&self.module.types, &mut self.body, ty);
        } else {
            from.word(0).load(&mut self.body, Scalar::I32);
            from.word(1).load(&mut self.body, Scalar::I32);
        }
        self.body.call(helper);
        if D::FORM == Form::Gc {
            to.take_results(&self.module.types, &mut self.body, ty);
        } else if self.route.writes() {
            let (first, second) = (self.body.temp(ValType::I32), self.body.temp(ValType::I32));
            self.body.code().local_set(second.index()).local_set(first.index());
            self.store_words(first, second, to);
        }
    }

    /// The whole of a [`Helper::Array`].
    pub(crate) fn array_helper(&mut self, ty: Ty, from: Option<u32>, to: Option<u32>) {
        let [sent, received] = [from, to].map(|node| node.map(|node| self.module.node(node)));
        match (self.route.delivery, &sent, &received) {
            (Delivery::Handle, ..) => {
                let route = Route { delivery: Delivery::Scratch, ..self.route };
                let copy = Helper::Array { route, ty, from, to }.declare(self.module);
                self.body.code().local_get(0);
                self.body.call(copy);
                let route = Route { sender: Memory::Scratch, ..self.route };
                let handle = Helper::Dynamic { route, ty }.declare(self.module);
                self.body.call(handle);
            }
            (_, None, Some(node)) if self.module.forwards(self.route.sender) => {
                let array = reference(node.object().expect("it is an array"), false);
                self.body.code().local_get(1).i32_const(FORWARDED.cast_signed()).i32_eq();
                self.body.code().if_(BlockType::Result(array));
                self.forwarded_array(ty, to);
                self.body.code().else_();
                self.own_array(ty, None, Some(node));
                self.body.code().end();
            }
            _ => self.own_array(ty, sent.as_deref(), received.as_deref()),
        }
    }

    fn own_array(&mut self, ty: Ty, from: Option<&Node>, to: Option<&Node>) {
        match self.module.types[ty].shape {
            Shape::String => self.string_of_references(from, to),
            _ => self.list_of_references(ty, from, to),
        }
    }

    /// An array of what the sender has a lazy handle for: it is read from scratch memory.
    fn forwarded_array(&mut self, ty: Ty, to: Option<u32>) {
        const POINTER: u32 = 0;
        const LENGTH: u32 = 1;
        let (key, sender) = (self.module.key(ty), self.module.peer(self.route.sender).cast_signed());
        let receiver = self.module.peer(self.route.receiver()).cast_signed();
        let results = i32::from(self.route.direction == Direction::Return);
        let is_once = self.module.types[ty].has_handles;
        let handle = self.body.local(ValType::I32);
        let arena = self.in_arena(|generator| {
            let mut code = generator.body.code();
            code.local_get(POINTER).local_tee(handle).i32_const(sender).i32_const(key.cast_signed());
            let function = if is_once {
                Lazy::Peek
            } else {
                code.i32_const(receiver);
                Lazy::ForwardCopy
            };
            code.i32_const(results);
            let function = generator.module.entries(function);
            generator.body.call(function);
            generator.body.code().local_set(LENGTH).local_set(POINTER);
        });
        let route = Route { sender: Memory::Scratch, ..self.route };
        let helper = Helper::Array { route, ty, from: None, to }.declare(self.module);
        self.body.code().local_get(POINTER).local_get(LENGTH);
        self.body.call(helper);
        if is_once {
            let consume = self.module.entries(Lazy::Consume);
            self.body.code().local_get(handle).i32_const(sender);
            self.body.call(consume);
        }
        self.free_arena(arena);
        self.module.pass(self.route.direction, ty, false);
    }
}
