//! References that are made.

use std::rc::Rc;

use onramp_abi::{CoreType, Ty, Types};
use wasm_encoder::{StorageType, ValType};

use super::{Kind, Node, lift::Index};
use crate::{
    body::Body,
    place::{Form, Lower, Place},
    route::Memory,
    scalar::Scalar,
    translate::Generator,
};

/// Where a core value goes.
#[derive(Clone, Debug)]
pub(crate) struct GcLower {
    at: Destination,
}

#[derive(Clone, Debug)]
enum Destination {
    /// To a local, which holds null or 0 before.
    Value(Rc<Node>, u32),
    /// To an element of the array in a local.
    Element { node: Rc<Node>, array: u32, ty: u32, index: Index },
    /// To the fields of an object that is not made yet, or to parameters.
    Parts(Rc<[GcLower]>),
}

impl GcLower {
    /// A new local.
    pub(crate) fn value(body: &mut Body, node: &Rc<Node>) -> GcLower {
        let local = body.local(node.local_type());
        GcLower { at: Destination::Value(node.clone(), local) }
    }

    /// New locals for each of them.
    pub(crate) fn parts<'n>(body: &mut Body, nodes: impl IntoIterator<Item = &'n Rc<Node>>) -> GcLower {
        let parts: Vec<GcLower> = nodes.into_iter().map(|node| GcLower::value(body, node)).collect();
        GcLower { at: Destination::Parts(parts.into()) }
    }

    /// An element of the array of this type that is in this local.
    pub(crate) fn element_at(node: &Rc<Node>, array: u32, ty: u32, index: Index) -> GcLower {
        GcLower { at: Destination::Element { node: node.clone(), array, ty, index } }
    }

    /// Pushes what has been put into locals.
    pub(crate) fn push(&self, body: &mut Body) {
        match &self.at {
            Destination::Value(node, local) => {
                body.code().local_get(*local);
                if matches!(node.storage, StorageType::Val(ValType::Ref(_))) && !node.is_nullable() {
                    body.code().ref_as_non_null();
                }
            }
            Destination::Parts(parts) => parts.iter().for_each(|part| part.push(body)),
            Destination::Element { .. } => unreachable!("an element is in no local"),
        }
    }

    /// Writes the reference on top of the stack.
    pub(crate) fn take(&self, body: &mut Body) {
        match &self.at {
            Destination::Value(_, local) => {
                body.code().local_set(*local);
            }
            Destination::Element { node, array, ty, index } => {
                let value = body.temp(node.val_type());
                body.code().local_set(value.index()).local_get(*array);
                index.push(body);
                body.code().local_get(value.index()).array_set(*ty);
                body.free(value);
            }
            Destination::Parts(_) => unreachable!("parts are no value"),
        }
    }

    fn known_node(&self) -> &Rc<Node> {
        self.node().expect("parts are no value")
    }
}

impl Place for GcLower {
    const FORM: Form = Form::Gc;

    fn node(&self) -> Option<&Rc<Node>> {
        match &self.at {
            Destination::Value(node, _) | Destination::Element { node, .. } => Some(node),
            Destination::Parts(_) => None,
        }
    }

    fn field(&self, types: &Types<'_>, record: Ty, index: usize) -> GcLower {
        match &self.at {
            Destination::Parts(parts) => parts[index].clone(),
            _ => unreachable!("{} is not open", types[record].name),
        }
    }

    fn element(&self, types: &Types<'_>, element: Ty, index: u32) -> GcLower {
        match &self.at {
            Destination::Parts(parts) => parts[index as usize].clone(),
            _ => unreachable!("the list of {} is not open", types[element].name),
        }
    }

    fn payload(&self, types: &Types<'_>, variant: Ty, _payload: Ty) -> GcLower {
        unreachable!("each case of {} has an object of its own", types[variant].name)
    }

    fn word(&self, _index: u32) -> GcLower {
        unreachable!("an array has no words")
    }
}

impl Lower for GcLower {
    fn prepare(&self, body: &mut Body) {
        if let Destination::Element { array, index, .. } = &self.at {
            body.code().local_get(*array);
            index.push(body);
        }
    }

    fn store(&self, body: &mut Body, _scalar: Scalar) {
        match &self.at {
            Destination::Value(_, local) => body.code().local_set(*local),
            Destination::Element { ty, .. } => body.code().array_set(*ty),
            Destination::Parts(_) => unreachable!("parts are no value"),
        };
    }

    fn params_and_results(_types: &Types<'_>, _ty: Ty) -> (Vec<CoreType>, Vec<CoreType>) {
        unreachable!("helpers ask the node")
    }

    fn of_params(_types: &Types<'_>, _body: &mut Body, _memory: Memory, _ty: Ty, _first: u32) -> GcLower {
        unreachable!("helpers ask the node")
    }

    fn push_results(&self, body: &mut Body) {
        self.push(body);
        if self.known_node().is_nullable() {
            body.code().ref_as_non_null();
        }
    }

    fn push_arguments(&self, _body: &mut Body) {}

    fn take_results(&self, _types: &Types<'_>, body: &mut Body, _ty: Ty) {
        self.take(body);
    }

    /// Locals for the fields of a record, or the elements of a short list.
    fn open(&self, generator: &mut Generator<'_, '_>, parts: u32) -> Option<GcLower> {
        match &self.node()?.kind {
            Kind::Record { fields, .. } => Some(GcLower::parts(&mut generator.body, fields)),
            Kind::List { element, .. } => {
                let elements = std::iter::repeat_n(element, parts as usize);
                Some(GcLower::parts(&mut generator.body, elements))
            }
            kind => unreachable!("{kind:?} has no parts"),
        }
    }

    fn close(&self, generator: &mut Generator<'_, '_>, whole: &GcLower) {
        let Destination::Parts(parts) = &self.at else { unreachable!("what is closed was opened") };
        self.push(&mut generator.body);
        match &whole.known_node().kind {
            Kind::Record { object, .. } => generator.body.code().struct_new(*object),
            Kind::List { array, .. } => generator.body.code().array_new_fixed(*array, parts.len() as u32),
            kind => unreachable!("{kind:?} has no parts"),
        };
        whole.take(&mut generator.body);
    }

    fn open_case(&self, generator: &mut Generator<'_, '_>, case: usize) -> GcLower {
        let Kind::Sum { cases, .. } = &self.known_node().kind else { unreachable!("it has cases") };
        let payload = cases[case].payload.as_ref().expect("it has a payload");
        GcLower::value(&mut generator.body, payload)
    }

    fn close_case(&self, generator: &mut Generator<'_, '_>, case: usize, payload: Option<&GcLower>) {
        let Kind::Sum { cases, .. } = &self.known_node().kind else { unreachable!("it has cases") };
        match payload {
            Some(payload) => {
                payload.push(&mut generator.body);
                generator.body.code().struct_new(cases[case].object);
            }
            // All are alike: there is nothing in one that could be written.
            None => {
                let constant = generator.module.assembly.constant(cases[case].object);
                generator.body.code().global_get(constant);
            }
        }
        self.take(&mut generator.body);
    }
}
