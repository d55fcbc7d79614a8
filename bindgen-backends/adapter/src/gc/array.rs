//! Lists, of which one side at least is an array.

use std::rc::Rc;

use onramp_abi::{MAX_BYTE_LENGTH, Shape, Ty};
use wasm_encoder::{BlockType, StorageType, ValType};

use super::{GcLift, GcLower, Kind, Node, lift::Index, reference};
use crate::{
    linear::Linear,
    list::Size,
    nowhere::Nowhere,
    place::{Form, Lift, Lower},
    translate::Generator,
};

/// The elements of a list.
#[derive(Clone, Debug)]
pub(crate) enum Elements {
    /// Of the array in a local.
    Array { local: u32, ty: u32, node: Rc<Node> },
    /// In memory, from the address in a local on, which is advanced.
    Memory(u32),
    /// They are only read.
    Nowhere,
}

/// The array of a node, its type and that of its elements.
pub(super) fn array_of(node: &Node) -> (u32, Rc<Node>) {
    match &node.kind {
        Kind::List { array, element } => (*array, element.clone()),
        kind => unreachable!("{kind:?} is no list"),
    }
}

fn elements_of(node: &Node, local: u32) -> Elements {
    let (ty, node) = array_of(node);
    Elements::Array { local, ty, node }
}

impl Generator<'_, '_> {
    /// The whole of a helper for a list: what is sent is in the locals from 0 on.
    pub(super) fn list_of_references(&mut self, ty: Ty, from: Option<&Node>, to: Option<&Node>) {
        let Shape::List(element) = self.module.types[ty].shape else { unreachable!("it is a list") };
        match (from, to) {
            (Some(from), None) if !self.route.writes() => {
                let count = self.array_length();
                self.elements_between(element, &elements_of(from, 0), &Elements::Nowhere, count);
            }
            (Some(from), None) => self.list_to_memory(ty, element, from),
            (None, Some(to)) => self.list_from_memory(ty, element, to),
            (Some(from), Some(to)) => {
                let count = self.array_length();
                let to = self.new_array(to, count);
                self.elements_between(element, &elements_of(from, 0), &to, count);
                self.push_array(&to);
            }
            (None, None) => unreachable!("one of them is an array"),
        }
    }

    /// The length of the array in local 0, in a new local.
    pub(super) fn array_length(&mut self) -> u32 {
        let count = self.body.local(ValType::I32);
        self.body.code().local_get(0).array_len().local_set(count);
        count
    }

    fn list_to_memory(&mut self, ty: Ty, element: Ty, from: &Node) {
        let (size, align) = (self.module.types[element].size, self.module.types[element].align);
        let name = self.module.types[ty].name.clone();
        let count = self.array_length();
        let [bytes, block, address] = [(); 3].map(|()| self.body.local(ValType::I32));
        self.body.code().local_get(count).i32_const((MAX_BYTE_LENGTH / size.max(1)).cast_signed()).i32_gt_u();
        self.trap_if(&format!("length too large in {name}"));
        self.body.code().local_get(count).i32_const(size.cast_signed()).i32_mul().local_set(bytes);
        self.allocate(block, align, Size::Local(bytes));
        let (array, node) = array_of(from);
        match (node.storage, self.module.types.is_plain(element)) {
            (StorageType::I8 | StorageType::I16, true) => {
                self.units_to_memory(array, 0, node.storage, block, count);
                self.body.code().drop();
            }
            _ => {
                self.body.code().local_get(block).local_set(address);
                self.elements_between(element, &elements_of(from, 0), &Elements::Memory(address), count);
            }
        }
        self.body.code().local_get(block).local_get(count);
    }

    fn list_from_memory(&mut self, ty: Ty, element: Ty, to: &Node) {
        const POINTER: u32 = 0;
        const LENGTH: u32 = 1;
        let bytes = self.list_bytes(ty, element);
        self.body.free(bytes);
        let to = self.new_array(to, LENGTH);
        let Elements::Array { local, ty: array, node } = &to else { unreachable!("it is an array") };
        match (node.storage, self.module.types.is_plain(element)) {
            (StorageType::I8 | StorageType::I16, true) => {
                self.units_from_memory(*array, node.storage, *local, POINTER, LENGTH);
                self.body.code().drop();
            }
            _ => self.elements_between(element, &Elements::Memory(POINTER), &to, LENGTH),
        }
        self.push_array(&to);
    }

    /// A new array for so many elements. One of references that cannot be null is made when there is a first.
    pub(super) fn new_array(&mut self, list: &Node, count: u32) -> Elements {
        let (ty, node) = array_of(list);
        let local = self.body.local(reference(ty, true));
        if node.storage.is_defaultable() {
            self.body.code().local_get(count).array_new_default(ty).local_set(local);
        } else {
            self.body.code().array_new_fixed(ty, 0).local_set(local);
        }
        Elements::Array { local, ty, node }
    }

    pub(super) fn push_array(&mut self, elements: &Elements) {
        let Elements::Array { local, .. } = elements else { unreachable!("it is an array") };
        self.body.code().local_get(*local).ref_as_non_null();
    }

    /// Translates so many elements.
    pub(super) fn elements_between(&mut self, element: Ty, from: &Elements, to: &Elements, count: u32) {
        if let (Elements::Array { node, .. }, Elements::Nowhere) = (from, to)
            && !node.is_checked
        {
            return;
        }
        let index = self.body.temp(ValType::I32);
        self.body.code().i32_const(0).local_set(index.index());
        self.body.code().local_get(count).if_(BlockType::Empty).loop_(BlockType::Empty);
        match from {
            Elements::Array { local, ty, node } => {
                let from = GcLift::element_at(node, *local, *ty, Index::Local(index.index()));
                self.element_to(element, &from, to, index.index(), count);
            }
            Elements::Memory(address) => {
                let from = self.source(*address);
                self.element_to(element, &from, to, index.index(), count);
            }
            Elements::Nowhere => unreachable!("nothing is read nowhere"),
        }
        let size = self.module.types[element].size.cast_signed();
        for elements in [from, to] {
            if let Elements::Memory(address) = elements {
                self.body.code().local_get(*address).i32_const(size).i32_add().local_set(*address);
            }
        }
        let mut code = self.body.code();
        code.local_get(index.index()).i32_const(1).i32_add().local_tee(index.index());
        code.local_get(count).i32_lt_u().br_if(0).end().end();
        self.body.free(index);
    }

    fn element_to<S: Lift>(&mut self, element: Ty, from: &S, to: &Elements, index: u32, count: u32) {
        match to {
            Elements::Memory(address) => {
                let to: Linear = self.destination(*address);
                self.translate(element, from, &to);
            }
            Elements::Nowhere => self.translate(element, from, &Nowhere),
            Elements::Array { local, ty, node } if node.storage.is_defaultable() => {
                let to = GcLower::element_at(node, *local, *ty, Index::Local(index));
                self.translate(element, from, &to);
            }
            Elements::Array { local, ty, node } => {
                let value = GcLower::value(&mut self.body, node);
                self.translate(element, from, &value);
                self.body.code().local_get(index).if_(BlockType::Empty).local_get(*local).local_get(index);
                value.push(&mut self.body);
                self.body.code().array_set(*ty).else_();
                value.push(&mut self.body);
                self.body.code().local_get(count).array_new(*ty).local_set(*local).end();
            }
        }
    }

    /// A list of fixed length, one side of which at least is an array.
    pub(crate) fn fixed_array<S: Lift, D: Lower>(&mut self, ty: Ty, element: Ty, length: u32, from: &S, to: &D) {
        let opened = from.open(self);
        let from = opened.as_ref().unwrap_or(from);
        if S::FORM == Form::Gc {
            from.push_arguments(&self.module.types, &mut self.body, ty);
            self.body.code().array_len().i32_const(length.cast_signed()).i32_ne();
            let name = self.module.types[ty].name.clone();
            self.trap_if(&format!("wrong length in {name}"));
        }
        if S::FORM == Form::Flat || D::FORM == Form::Flat {
            return self.parts_of_array(element, length, from, to);
        }
        let count = self.body.local(ValType::I32);
        self.body.code().i32_const(length.cast_signed()).local_set(count);
        let sent = match from.node() {
            Some(node) => {
                let local = self.body.local(reference(array_of(node).0, true));
                from.push_arguments(&self.module.types, &mut self.body, ty);
                self.body.code().local_set(local);
                elements_of(node, local)
            }
            None => {
                let address = self.body.local(ValType::I32);
                from.push_arguments(&self.module.types, &mut self.body, ty);
                self.body.code().local_set(address);
                Elements::Memory(address)
            }
        };
        let received = match (D::FORM, to.node()) {
            (Form::Gc, Some(node)) => self.new_array(&node.clone(), count),
            (Form::Linear, _) => {
                let address = self.body.local(ValType::I32);
                to.push_arguments(&mut self.body);
                self.body.code().local_set(address);
                Elements::Memory(address)
            }
            _ => Elements::Nowhere,
        };
        self.elements_between(element, &sent, &received, count);
        if let Elements::Array { .. } = received {
            self.push_array(&received);
            to.take_results(&self.module.types, &mut self.body, ty);
        }
    }

    /// The same for one that is in core values on one side: it has few elements.
    fn parts_of_array<S: Lift, D: Lower>(&mut self, element: Ty, length: u32, from: &S, to: &D) {
        let parts = to.open(self, length);
        for index in 0..length {
            let from = from.element(&self.module.types, element, index);
            let to = parts.as_ref().unwrap_or(to).element(&self.module.types, element, index);
            self.translate(element, &from, &to);
        }
        if let Some(parts) = parts {
            parts.close(self, to);
        }
    }
}
