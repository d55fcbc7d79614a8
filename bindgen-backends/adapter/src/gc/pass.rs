//! References that are passed as they are.

use onramp_abi::{Shape, Ty};

use super::{Kind, Node, Signature};
use crate::{
    Passage,
    module::Module,
    nowhere::Nowhere,
    place::{Form, Lift, Lower},
    route::{Delivery, Route},
    scalar::Scalar,
    translate::Generator,
};

impl Generator<'_, '_> {
    /// Passes a reference as it is, if that may be, after what it is to has been checked.
    pub(crate) fn passes_reference<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) -> bool {
        let (Some(sender), Some(receiver)) = (from.node().cloned(), to.node().cloned()) else { return false };
        if D::FORM != Form::Gc || sender.object().is_none() || !self.module.is_shared(&sender, &receiver) {
            return false;
        }
        let is_woven = self.module.side(self.route.direction.receiver()).is_woven;
        let is_walked = !is_woven && sender.is_checked;
        if is_walked || sender.is_nullable() && !receiver.is_nullable() {
            let opened = from.open(self);
            let from = opened.as_ref().unwrap_or(from);
            if is_walked {
                self.with_route(Route { delivery: Delivery::Check, ..self.route }, |generator| {
                    generator.translate(ty, from, &Nowhere);
                });
            }
            to.prepare(&mut self.body);
            from.push_arguments(&self.module.types, &mut self.body, ty);
        } else {
            to.prepare(&mut self.body);
            from.load(&mut self.body, Scalar::I32);
        }
        to.store(&mut self.body, Scalar::I32);
        true
    }
}

impl Module<'_> {
    /// Whether a value is passed by reference.
    pub(crate) fn is_shared(&self, sender: &Node, receiver: &Node) -> bool {
        sender.object() == receiver.object()
            && sender.is_closed
            && !self.types[sender.ty].has_handles
            && !(self.isolates && sender.is_mutable)
    }

    /// How the values of a function pass.
    pub(crate) fn passage(&self, caller: &Signature, callee: &Signature) -> Passage {
        let arguments = caller.params.iter().zip(&callee.params);
        let arguments = arguments.map(|(from, to)| self.passage_of(from, to, self.callee.is_woven));
        let results = caller.result.iter().zip(&callee.result);
        let results = results.map(|(to, from)| self.passage_of(from, to, self.caller.is_woven));
        let all = arguments.chain(results).max().unwrap_or(Passage::Direct);
        if caller.ty == callee.ty { all } else { all.max(Passage::Reference) }
    }

    fn passage_of(&self, from: &Node, to: &Node, woven: bool) -> Passage {
        match (&from.kind, &self.types[from.ty].shape) {
            (Kind::Scalar, _) if woven => Passage::Direct,
            (Kind::Scalar, Shape::U32 | Shape::S32 | Shape::U64 | Shape::S64 | Shape::F32 | Shape::F64) => {
                Passage::Direct
            }
            (Kind::Scalar, _) => Passage::Reference,
            _ if !self.is_shared(from, to) || matches!(from.kind, Kind::Handle) => Passage::Copy,
            _ if woven || !from.is_checked => Passage::Direct,
            _ => Passage::Reference,
        }
    }
}
