//! Variants, options and results, of which one side at least is a reference to an object of a case.

use std::cmp::Reverse;

use onramp_abi::{Tag, Ty, gc::CoreTypes};
use wasm_encoder::{BlockType, RefType, ValType};

use super::{Case, GcLift, Kind, reference};
use crate::{
    place::{Form, Lift, Lower},
    scalar::Scalar,
    translate::Generator,
};

impl Generator<'_, '_> {
    pub(crate) fn sum<S: Lift, D: Lower>(&mut self, ty: Ty, tag: Tag, cases: &[Option<Ty>], from: &S, to: &D) {
        if S::FORM != Form::Gc {
            return self.sum_by_number(ty, tag, cases, from, to);
        }
        let opened = from.open(self);
        let from = opened.as_ref().unwrap_or(from);
        let node = from.node().expect("a sum is a value").clone();
        let Kind::Sum { base, cases: objects } = &node.kind else { unreachable!("it has cases") };
        from.push_arguments(&self.module.types, &mut self.body, ty);
        self.branch_by_cast(ty, *base, objects);
        for (number, (payload, case)) in cases.iter().zip(objects).enumerate().rev() {
            self.body.code().end();
            let object = self.body.local(reference(case.object, true));
            self.body.code().local_set(object);
            let payload = payload.zip(case.payload.as_ref());
            let payload = payload.map(|(ty, node)| (ty, GcLift::payload_of(node, object, case.object)));
            self.case(ty, tag, number, payload, to);
            self.body.code().br(number as u32);
        }
        self.body.code().end();
    }

    /// Opens a block around all cases and one for each of them, the last innermost, and branches to the end of that of the case that the
    /// object on the stack is of, with the object.
    fn branch_by_cast(&mut self, ty: Ty, base: u32, cases: &[Case]) {
        let object = RefType { nullable: false, heap_type: wasm_encoder::HeapType::Concrete(base) };
        let parameter = self.body.temp(ValType::Ref(object));
        self.body.code().local_set(parameter.index()).block(BlockType::Empty);
        for case in cases {
            self.body.code().block(BlockType::Result(reference(case.object, false)));
        }
        self.body.code().local_get(parameter.index());
        self.body.free(parameter);
        for (number, case) in in_order(&self.module.assembly.types, cases) {
            let ValType::Ref(of_case) = reference(case.object, false) else { unreachable!("it is a reference") };
            self.body.code().br_on_cast((cases.len() - 1 - number) as u32, object, of_case);
        }
        let name = self.module.types[ty].name.clone();
        let trap = self.module.trap(&format!("no case of {name}"));
        self.body.code().drop().i32_const(0);
        self.body.call(trap);
        self.body.code().unreachable();
    }

    /// A sender with numbers for cases, a receiver with objects.
    fn sum_by_number<S: Lift, D: Lower>(&mut self, ty: Ty, tag: Tag, cases: &[Option<Ty>], from: &S, to: &D) {
        let case = self.discriminant::<S, D>(ty, tag, cases.len(), from);
        for _ in 0..=cases.len() {
            self.body.code().block(BlockType::Empty);
        }
        let targets: Vec<u32> = (0..cases.len() as u32).collect();
        self.body.code().local_get(case.index()).br_table(targets, 0);
        self.body.free(case);
        for (number, payload) in cases.iter().enumerate() {
            self.body.code().end();
            let payload = payload.map(|payload| (payload, from.payload(&self.module.types, ty, payload)));
            self.case(ty, tag, number, payload, to);
            self.body.code().br((cases.len() - 1 - number) as u32);
        }
        self.body.code().end();
    }

    /// One case, which is known by now.
    fn case<S: Lift, D: Lower>(&mut self, ty: Ty, tag: Tag, number: usize, payload: Option<(Ty, S)>, to: &D) {
        if D::FORM == Form::Gc {
            let part = payload.map(|(payload, from)| {
                let part = to.open_case(self, number);
                self.translate(payload, &from, &part);
                part
            });
            return to.close_case(self, number, part.as_ref());
        }
        to.prepare(&mut self.body);
        self.body.code().i32_const(number as i32);
        to.store(&mut self.body, Scalar::Code(tag));
        if let Some((payload, from)) = payload {
            let to = to.payload(&self.module.types, ty, payload);
            self.translate(payload, &from, &to);
        }
    }
}

/// The order in which cases are tried. An object of a case is one of every case above it too, so those come later; else those with
/// payloads come first: they are what most values are of.
fn in_order<'c>(types: &CoreTypes, cases: &'c [Case]) -> Vec<(usize, &'c Case)> {
    let mut order: Vec<_> = cases.iter().enumerate().collect();
    order.sort_by_key(|(_, case)| (Reverse(types.depth(case.object)), case.payload.is_none()));
    order
}
