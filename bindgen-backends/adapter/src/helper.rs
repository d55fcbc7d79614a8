//! Functions that translate values of one type, shared by all that contain the type.

use onramp_abi::{Shape, Ty};
use wasm_encoder::ValType;

use crate::{
    assembly::Target,
    flat::Flat,
    gc::{GcLift, GcLower, reference},
    linear::Linear,
    module::{Module, val_types},
    nowhere::Nowhere,
    place::{Form, Lift, Lower, Place},
    route::Route,
    translate::{Generator, UNROLL},
};

/// A type with more parts than this gets a function of its own; with fewer, its code is repeated wherever it occurs.
const INLINE: u32 = 24;

/// A function that translates values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Helper {
    /// Any value. Takes what the representations say, and returns what they say.
    Value { route: Route, ty: Ty, from: End, to: End },
    /// A list: pointer and length in the sender's memory → pointer in the receiver's.
    List { route: Route, ty: Ty },
    /// A string: pointer and length in the sender's memory → the same in the receiver's.
    String { route: Route },
    /// A string or list: the sender's two words → the receiver's.
    Dynamic { route: Route, ty: Ty },
    /// The same where one side or both have an array: `None` has the two words.
    Array { route: Route, ty: Ty, from: Option<u32>, to: Option<u32> },
}

/// The representation on one side, and its core type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct End {
    form: Form,
    node: Option<u32>,
}

impl End {
    pub(crate) fn of<P: Place>(place: &P) -> End {
        End { form: P::FORM, node: place.node().map(|node| node.id) }
    }

    /// The core type, which is a reference that is not null.
    fn reference(self, module: &Module<'_>) -> ValType {
        array_type(module, self.node.expect("a reference has one"))
    }

    /// What a function is given for a value that it reads.
    fn params(self, module: &Module<'_>, ty: Ty) -> Vec<ValType> {
        let types = &module.types;
        match self.form {
            Form::Flat => val_types(&<Flat as Lift>::params(types, ty)),
            Form::Linear => val_types(&<Linear as Lift>::params(types, ty)),
            Form::Gc => vec![self.reference(module)],
            Form::Nowhere => unreachable!("nothing is read nowhere"),
        }
    }

    /// What a function is given for a value that it writes, and what it returns.
    fn params_and_results(self, module: &Module<'_>, ty: Ty) -> (Vec<ValType>, Vec<ValType>) {
        let types = &module.types;
        let (params, results) = match self.form {
            Form::Flat => Flat::params_and_results(types, ty),
            Form::Linear => Linear::params_and_results(types, ty),
            Form::Nowhere => Nowhere::params_and_results(types, ty),
            Form::Gc => return (Vec::new(), vec![self.reference(module)]),
        };
        (val_types(&params), val_types(&results))
    }

    fn name(self) -> &'static str {
        match self.form {
            Form::Flat => "values",
            Form::Linear => "memory",
            Form::Gc => "reference",
            Form::Nowhere => "nothing",
        }
    }
}

/// A reference to what a node is about.
fn array_type(module: &Module<'_>, node: u32) -> ValType {
    reference(module.node(node).object().expect("it is a reference"), false)
}

impl Helper {
    /// The function, which will be defined.
    pub(crate) fn declare(self, module: &mut Module<'_>) -> Target {
        if let Some(target) = module.helpers.get(&self) {
            return *target;
        }
        let (params, results) = self.signature(module);
        let name = self.name(module);
        let target = module.assembly.declare(name, &params, &results);
        module.helpers.insert(self, target);
        module.queue.push_back((self, target));
        target
    }

    /// Defines it.
    pub(crate) fn define(self, module: &mut Module<'_>, target: Target) {
        let (params, _) = self.signature(module);
        let mut generator = Generator::new(module, self.route(), params);
        match self {
            Helper::Value { ty, from, to, .. } => generator.value_helper(ty, from, to),
            Helper::List { ty, .. } => generator.list_helper(ty),
            Helper::String { .. } => generator.string_helper(),
            Helper::Dynamic { ty, .. } => generator.dynamic_helper(ty),
            Helper::Array { ty, from, to, .. } => generator.array_helper(ty, from, to),
        }
        generator.body.code().end();
        let body = generator.body;
        module.assembly.define(target, body);
    }

    fn route(self) -> Route {
        match self {
            Helper::Value { route, .. }
            | Helper::List { route, .. }
            | Helper::String { route }
            | Helper::Dynamic { route, .. }
            | Helper::Array { route, .. } => route,
        }
    }

    fn signature(self, module: &Module<'_>) -> (Vec<ValType>, Vec<ValType>) {
        let words = vec![ValType::I32; 2];
        match self {
            Helper::Value { ty, from, to, .. } => {
                let (destination, results) = to.params_and_results(module, ty);
                (from.params(module, ty).into_iter().chain(destination).collect(), results)
            }
            Helper::List { .. } => (words, vec![ValType::I32]),
            Helper::String { .. } => (words.clone(), words),
            Helper::Dynamic { route, .. } => (words, vec![ValType::I32; route.words().len()]),
            Helper::Array { route, from, to, .. } => {
                let params = from.map_or(words, |node| vec![array_type(module, node)]);
                (params, to.map_or(route.words(), |node| vec![array_type(module, node)]))
            }
        }
    }

    fn name(self, module: &Module<'_>) -> String {
        let receiver = self.route().name();
        match self {
            Helper::Value { ty, from: End { form: Form::Linear, .. }, to: End { form: Form::Linear, .. }, .. }
            | Helper::List { ty, .. }
            | Helper::Dynamic { ty, .. }
            | Helper::Array { ty, .. } => {
                format!("copy {} {receiver}", module.types[ty].name)
            }
            Helper::Value { ty, from, to, .. } => {
                let name = &module.types[ty].name;
                format!("copy {name} {receiver} ({} to {})", from.name(), to.name())
            }
            Helper::String { .. } => format!("copy string {receiver}"),
        }
    }
}

/// Whether a value of this type is translated by a function of its own.
pub(crate) fn deserves_function(module: &mut Module<'_>, ty: Ty) -> bool {
    weight(module, ty) > INLINE
}

/// How much code a value of this type takes: about the number of its parts. Those that have a function count once.
fn weight(module: &mut Module<'_>, ty: Ty) -> u32 {
    if let Some(weight) = module.weights.get(&ty) {
        return *weight;
    }
    let weight = match module.types[ty].shape.clone() {
        // In memory a long list is a loop; flat it has at most as many elements as there are core values.
        Shape::FixedList(element, length) => part(module, element).saturating_mul(length.min(UNROLL)).saturating_add(4),
        Shape::Record(fields) => sum(module, fields.iter().map(|field| field.ty)),
        Shape::Variant { cases, .. } => sum(module, cases.iter().copied().flatten()).saturating_add(2),
        _ => 1,
    };
    module.weights.insert(ty, weight);
    weight
}

fn sum(module: &mut Module<'_>, parts: impl Iterator<Item = Ty>) -> u32 {
    parts.fold(0, |sum, ty| sum.saturating_add(part(module, ty)))
}

fn part(module: &mut Module<'_>, ty: Ty) -> u32 {
    match weight(module, ty) {
        weight if weight > INLINE => 1,
        weight => weight,
    }
}

impl Generator<'_, '_> {
    /// The whole of a [`Helper::Value`].
    fn value_helper(&mut self, ty: Ty, from: End, to: End) {
        let (module, sender) = (&*self.module, self.route.sender);
        let first = from.params(module, ty).len() as u32;
        match (from.form, from.node) {
            (Form::Flat, _) => {
                let from = <Flat as Lift>::of_params(&module.types, sender, ty, 0);
                self.value_from(ty, &from, to, first);
            }
            (Form::Linear, _) => {
                let from = <Linear as Lift>::of_params(&module.types, sender, ty, 0);
                self.value_from(ty, &from, to, first);
            }
            (Form::Gc, Some(node)) => self.value_from(ty, &GcLift::object(&module.node(node), 0), to, first),
            (Form::Gc, None) | (Form::Nowhere, _) => unreachable!("{from:?} to {to:?}"),
        }
    }

    fn value_from<S: Lift>(&mut self, ty: Ty, from: &S, to: End, first: u32) {
        let receiver = self.route.receiver();
        match (to.form, to.node) {
            (Form::Flat, _) => {
                let to = <Flat as Lower>::of_params(&self.module.types, &mut self.body, receiver, ty, first);
                self.value_to(ty, from, &to);
            }
            (Form::Linear, _) => {
                let to = <Linear as Lower>::of_params(&self.module.types, &mut self.body, receiver, ty, first);
                self.value_to(ty, from, &to);
            }
            (Form::Gc, Some(node)) => {
                let to = GcLower::value(&mut self.body, &self.module.node(node));
                self.value_to(ty, from, &to);
            }
            (Form::Nowhere, _) => self.value_to(ty, from, &Nowhere),
            (Form::Gc, None) => unreachable!("a reference has a core type"),
        }
    }

    fn value_to<S: Lift, D: Lower>(&mut self, ty: Ty, from: &S, to: &D) {
        self.translate_here(ty, from, to);
        to.push_results(&mut self.body);
    }
}
