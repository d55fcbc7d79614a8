//! References that are read.

use std::rc::Rc;

use onramp_abi::{CoreType, Ty, Types};
use wasm_encoder::{BlockType, StorageType};

use super::{Kind, Node, reference};
use crate::{
    body::Body,
    place::{Form, Lift, Place},
    route::Memory,
    scalar::Scalar,
    translate::Generator,
};

/// A value that is a core value, a field or an element.
#[derive(Clone, Debug)]
pub(crate) struct GcLift {
    at: Source,
}

#[derive(Clone, Debug)]
enum Source {
    /// A core value in a local.
    Value(Rc<Node>, u32),
    /// A reference in a local that has been read once and is not null.
    Object(Rc<Node>, u32),
    /// A field of the struct in a local.
    Field { node: Rc<Node>, object: u32, ty: u32, index: u32 },
    /// An element of the array in a local.
    Element { node: Rc<Node>, array: u32, ty: u32, index: Index },
    /// The fields of a record that is no object: parameters.
    Parts(Rc<[GcLift]>),
}

/// Which element.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Index {
    Const(u32),
    Local(u32),
}

impl Index {
    pub(crate) fn push(self, body: &mut Body) {
        match self {
            Index::Const(index) => body.code().i32_const(index.cast_signed()),
            Index::Local(index) => body.code().local_get(index),
        };
    }
}

impl GcLift {
    /// The core value in this local.
    pub(crate) fn value(node: &Rc<Node>, local: u32) -> GcLift {
        GcLift { at: Source::Value(node.clone(), local) }
    }

    /// A reference in this local that is not null.
    pub(crate) fn object(node: &Rc<Node>, local: u32) -> GcLift {
        GcLift { at: Source::Object(node.clone(), local) }
    }

    /// Parameters, in the locals from `first` on.
    pub(crate) fn parameters(nodes: &[Rc<Node>], first: u32) -> GcLift {
        let parts: Vec<GcLift> = (first..).zip(nodes).map(|(local, node)| GcLift::value(node, local)).collect();
        GcLift { at: Source::Parts(parts.into()) }
    }

    /// The payload of a case that is in this local.
    pub(crate) fn payload_of(node: &Rc<Node>, object: u32, ty: u32) -> GcLift {
        GcLift { at: Source::Field { node: node.clone(), object, ty, index: 0 } }
    }

    /// An element of the array of this type that is in this local.
    pub(crate) fn element_at(node: &Rc<Node>, array: u32, ty: u32, index: Index) -> GcLift {
        GcLift { at: Source::Element { node: node.clone(), array, ty, index } }
    }

    /// The local of an object that has been [opened](Lift::open).
    pub(crate) fn local(&self) -> u32 {
        match &self.at {
            Source::Object(_, local) => *local,
            other => unreachable!("{other:?} is not open"),
        }
    }

    /// Pushes what is here, as a core value.
    pub(crate) fn push(&self, body: &mut Body, signed: bool) {
        match &self.at {
            Source::Value(_, local) | Source::Object(_, local) => {
                body.code().local_get(*local);
            }
            Source::Field { node, object, ty, index } => {
                body.code().local_get(*object);
                match (node.storage, signed) {
                    (StorageType::Val(_), _) => body.code().struct_get(*ty, *index),
                    (_, true) => body.code().struct_get_s(*ty, *index),
                    (_, false) => body.code().struct_get_u(*ty, *index),
                };
            }
            Source::Element { node, array, ty, index } => {
                body.code().local_get(*array);
                index.push(body);
                match (node.storage, signed) {
                    (StorageType::Val(_), _) => body.code().array_get(*ty),
                    (_, true) => body.code().array_get_s(*ty),
                    (_, false) => body.code().array_get_u(*ty),
                };
            }
            Source::Parts(_) => unreachable!("parameters are no value"),
        }
    }
}

impl Place for GcLift {
    const FORM: Form = Form::Gc;

    fn node(&self) -> Option<&Rc<Node>> {
        match &self.at {
            Source::Value(node, _)
            | Source::Object(node, _)
            | Source::Field { node, .. }
            | Source::Element { node, .. } => Some(node),
            Source::Parts(_) => None,
        }
    }

    fn field(&self, types: &Types<'_>, record: Ty, index: usize) -> GcLift {
        match &self.at {
            Source::Parts(parts) => parts[index].clone(),
            Source::Object(node, object) => {
                let Kind::Record { object: ty, fields } = &node.kind else {
                    unreachable!("{} has fields", types[record].name)
                };
                let at = Source::Field { node: fields[index].clone(), object: *object, ty: *ty, index: index as u32 };
                GcLift { at }
            }
            other => unreachable!("{other:?} is not open"),
        }
    }

    fn element(&self, types: &Types<'_>, element: Ty, index: u32) -> GcLift {
        let Some(Kind::List { array, element: node }) = self.node().map(|node| &node.kind) else {
            unreachable!("{} is no element", types[element].name)
        };
        GcLift::element_at(node, self.local(), *array, Index::Const(index))
    }

    fn payload(&self, types: &Types<'_>, variant: Ty, _payload: Ty) -> GcLift {
        unreachable!("each case of {} has an object of its own", types[variant].name)
    }

    fn word(&self, _index: u32) -> GcLift {
        unreachable!("an array has no words")
    }
}

impl Lift for GcLift {
    fn load(&self, body: &mut Body, scalar: Scalar) {
        self.push(body, matches!(scalar, Scalar::S8 | Scalar::S16));
        if let Source::Value(..) = self.at {
            scalar.reduce(&mut body.code());
        }
    }

    fn params(_types: &Types<'_>, _ty: Ty) -> Vec<CoreType> {
        unreachable!("helpers ask the node")
    }

    fn of_params(_types: &Types<'_>, _memory: Memory, _ty: Ty, _first: u32) -> GcLift {
        unreachable!("helpers ask the node")
    }

    fn push_arguments(&self, _types: &Types<'_>, body: &mut Body, _ty: Ty) {
        body.code().local_get(self.local());
    }

    /// The reference, read once; it is not null (G1).
    fn open(&self, generator: &mut Generator<'_, '_>) -> Option<GcLift> {
        let (node, object) = match (&self.at, self.node()?) {
            (Source::Object(..), _) => return None,
            (Source::Value(_, local), node) if !node.is_nullable() => return Some(GcLift::object(node, *local)),
            (_, node) => (node, node.object()?),
        };
        let local = generator.body.local(reference(object, false));
        if node.is_nullable() {
            let name = generator.module.types[node.ty].name.clone();
            let trap = generator.module.trap(&format!("null in {name}"));
            generator.body.code().block(BlockType::Result(reference(object, false)));
            self.push(&mut generator.body, false);
            generator.body.code().br_on_non_null(0).i32_const(0);
            generator.body.call(trap);
            generator.body.code().unreachable().end();
        } else {
            self.push(&mut generator.body, false);
        }
        generator.body.code().local_set(local);
        Some(GcLift::object(node, local))
    }
}
