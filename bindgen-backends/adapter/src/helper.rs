//! Functions that translate values of one type, shared by all that contain the type.

use onramp_abi::{CoreType, Shape, Ty};

use crate::{
    assembly::Target,
    flat::Flat,
    linear::Linear,
    module::{Module, val_types},
    nowhere::Nowhere,
    place::{Form, Lift, Lower},
    route::Route,
    translate::{Generator, UNROLL},
};

/// A type with more parts than this gets a function of its own; with fewer, its code is repeated wherever it occurs.
const INLINE: u32 = 24;

/// A function that translates values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Helper {
    /// Any value. Takes what the representations say, and returns what they say.
    Value { route: Route, ty: Ty, from: Form, to: Form },
    /// A list: pointer and length in the sender's memory → pointer in the receiver's.
    List { route: Route, ty: Ty },
    /// A string: pointer and length in the sender's memory → the same in the receiver's.
    String { route: Route },
    /// A string or list: the sender's two words → the receiver's.
    Dynamic { route: Route, ty: Ty },
}

impl Helper {
    /// The function, which will be defined.
    pub(crate) fn declare(self, module: &mut Module<'_>) -> Target {
        if let Some(target) = module.helpers.get(&self) {
            return *target;
        }
        let (params, results) = self.signature(module);
        let name = self.name(module);
        let target = module.assembly.declare(name, &val_types(&params), &val_types(&results));
        module.helpers.insert(self, target);
        module.queue.push_back((self, target));
        target
    }

    /// Defines it.
    pub(crate) fn define(self, module: &mut Module<'_>, target: Target) {
        let (params, _) = self.signature(module);
        let mut generator = Generator::new(module, self.route(), val_types(&params));
        match self {
            Helper::Value { ty, from, to, .. } => match (from, to) {
                (Form::Flat, Form::Flat) => generator.value_helper::<Flat, Flat>(ty),
                (Form::Flat, Form::Linear) => generator.value_helper::<Flat, Linear>(ty),
                (Form::Linear, Form::Flat) => generator.value_helper::<Linear, Flat>(ty),
                (Form::Linear, Form::Linear) => generator.value_helper::<Linear, Linear>(ty),
                (Form::Linear, Form::Nowhere) => generator.value_helper::<Linear, Nowhere>(ty),
                (Form::Flat, Form::Nowhere) | (Form::Nowhere, _) => unreachable!("{from:?} to {to:?}"),
            },
            Helper::List { ty, .. } => generator.list_helper(ty),
            Helper::String { .. } => generator.string_helper(),
            Helper::Dynamic { ty, .. } => generator.dynamic_helper(ty),
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
            | Helper::Dynamic { route, .. } => route,
        }
    }

    fn signature(self, module: &Module<'_>) -> (Vec<CoreType>, Vec<CoreType>) {
        let types = &module.types;
        match self {
            Helper::Value { ty, from, to, .. } => {
                let mut params = match from {
                    Form::Flat => <Flat as Lift>::params(types, ty),
                    Form::Linear => <Linear as Lift>::params(types, ty),
                    Form::Nowhere => unreachable!("nothing is read nowhere"),
                };
                let (destination, results) = match to {
                    Form::Flat => Flat::params_and_results(types, ty),
                    Form::Linear => Linear::params_and_results(types, ty),
                    Form::Nowhere => Nowhere::params_and_results(types, ty),
                };
                params.extend(destination);
                (params, results)
            }
            Helper::List { .. } => (vec![CoreType::I32; 2], vec![CoreType::I32]),
            Helper::String { .. } => (vec![CoreType::I32; 2], vec![CoreType::I32; 2]),
            Helper::Dynamic { route, .. } => (vec![CoreType::I32; 2], vec![CoreType::I32; route.words().len()]),
        }
    }

    fn name(self, module: &Module<'_>) -> String {
        let receiver = self.route().name();
        match self {
            Helper::Value { ty, from: Form::Linear, to: Form::Linear, .. }
            | Helper::List { ty, .. }
            | Helper::Dynamic { ty, .. } => {
                format!("copy {} {receiver}", module.types[ty].name)
            }
            Helper::Value { ty, from, to, .. } => {
                let form = |form| match form {
                    Form::Flat => "values",
                    Form::Linear => "memory",
                    Form::Nowhere => "nothing",
                };
                let name = &module.types[ty].name;
                format!("copy {name} {receiver} ({} to {})", form(from), form(to))
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
    fn value_helper<S: Lift, D: Lower>(&mut self, ty: Ty) {
        let (sender, receiver) = (self.route.sender, self.route.receiver());
        let types = &self.module.types;
        let from = S::of_params(types, sender, ty, 0);
        let first = S::params(types, ty).len() as u32;
        let to = D::of_params(types, &mut self.body, receiver, ty, first);
        self.translate_here(ty, &from, &to);
        to.push_results(&mut self.body);
    }
}
