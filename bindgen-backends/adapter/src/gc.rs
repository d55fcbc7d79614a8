//! Values that are references to objects of the garbage collector (`docs/abi/gc.md`).
//!
//! `add` is the interface; `lift` and `lower` are the representation; `sum`, `array`, `text` and `handle` are what is made otherwise than elsewhere; `pass`
//! is what is passed as it is.

mod add;
mod array;
mod function;
mod handle;
mod lift;
mod lower;
mod pass;
mod sum;
mod text;

use std::{collections::HashMap, rc::Rc};

pub use add::{GcSides, Passage};
pub(crate) use function::Given;
pub(crate) use lift::GcLift;
pub(crate) use lower::GcLower;
use onramp_abi::{
    Shape, Ty,
    gc::{self, CoreTypes, Unit},
};
use wasm_encoder::{HeapType, RefType, StorageType, ValType};

use crate::module::Module;

/// A type as one side has it, with the types of the adapter's module.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its place among [`Nodes`].
    pub(crate) id: u32,
    pub(crate) ty: Ty,
    pub(crate) storage: StorageType,
    pub(crate) kind: Kind,
    /// Whether objects have no fields that the type does not show.
    pub(crate) is_closed: bool,
    /// Whether there is anything that may be wrong in a value.
    pub(crate) is_checked: bool,
    /// Whether what it refers to can be written to.
    pub(crate) is_mutable: bool,
}

/// What a value is made of.
#[derive(Debug)]
pub(crate) enum Kind {
    Scalar,
    Handle,
    String { array: u32, unit: Unit },
    List { array: u32, element: Rc<Node> },
    Record { object: u32, fields: Vec<Rc<Node>> },
    Sum { base: u32, cases: Vec<Case> },
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) object: u32,
    pub(crate) payload: Option<Rc<Node>>,
}

/// The types of a module that are references, each once.
#[derive(Default)]
pub(crate) struct Nodes {
    all: Vec<Rc<Node>>,
    known: HashMap<(Ty, StorageType), Rc<Node>>,
}

/// The core signature of one side.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// The function's type.
    pub(crate) ty: u32,
    pub(crate) params: Vec<Rc<Node>>,
    pub(crate) result: Option<Rc<Node>>,
}

impl Signature {
    pub(crate) fn core_params(&self) -> Vec<ValType> {
        self.params.iter().map(|node| node.val_type()).collect()
    }

    pub(crate) fn core_results(&self) -> Vec<ValType> {
        self.result.iter().map(|node| node.val_type()).collect()
    }
}

impl Node {
    /// The type of a core value that holds it.
    pub(crate) fn val_type(&self) -> ValType {
        self.storage.unpack()
    }

    /// The same for a local, which may not be set yet.
    pub(crate) fn local_type(&self) -> ValType {
        match self.val_type() {
            ValType::Ref(reference) => ValType::Ref(reference.nullable(true)),
            number => number,
        }
    }

    /// What it refers to; `None`: it is a number or a handle.
    pub(crate) fn object(&self) -> Option<u32> {
        match &self.kind {
            Kind::Scalar | Kind::Handle => None,
            Kind::String { array, .. } | Kind::List { array, .. } => Some(*array),
            Kind::Record { object, .. } => Some(*object),
            Kind::Sum { base, .. } => Some(*base),
        }
    }

    pub(crate) fn is_nullable(&self) -> bool {
        matches!(self.storage, StorageType::Val(ValType::Ref(RefType { nullable: true, .. })))
    }
}

/// A reference to a type of the module.
pub(crate) fn reference(ty: u32, nullable: bool) -> ValType {
    ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(ty) })
}

/// What is needed to bring a side's types into the module.
struct Importer<'i, 'm, 'a> {
    module: &'m mut Module<'a>,
    core: &'i CoreTypes,
    groups: HashMap<u32, u32>,
}

impl<'a> Module<'a> {
    /// The core signature of one side, with the module's types.
    pub(crate) fn gc_signature(
        &mut self,
        core: &CoreTypes,
        function: &gc::Function,
        func: &wit_parser::Function,
    ) -> Result<Signature, onramp_abi::Error> {
        let params = func.params.iter().map(|param| self.types.add(&param.ty)).collect::<Result<Vec<_>, _>>()?;
        let result = func.result.as_ref().map(|result| self.types.add(result)).transpose()?;
        let mut importer = Importer { module: self, core, groups: HashMap::new() };
        let params = function.params.iter().zip(params).map(|(value, ty)| importer.node(value, ty)).collect();
        let result = function.result.as_ref().zip(result).map(|(value, ty)| importer.node(value, ty));
        Ok(Signature { ty: importer.index(function.ty), params, result })
    }

    pub(crate) fn node(&self, id: u32) -> Rc<Node> {
        self.nodes.all[id as usize].clone()
    }
}

impl Importer<'_, '_, '_> {
    fn index(&mut self, ty: u32) -> u32 {
        self.module.assembly.types.import_known(self.core, ty, &mut self.groups)
    }

    fn storage(&mut self, storage: StorageType) -> StorageType {
        match storage {
            StorageType::Val(ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(ty) })) => {
                StorageType::Val(reference(self.index(ty), nullable))
            }
            other => other,
        }
    }

    fn node(&mut self, value: &gc::Value, ty: Ty) -> Rc<Node> {
        let storage = self.storage(value.storage);
        if let Some(node) = self.module.nodes.known.get(&(ty, storage)) {
            return node.clone();
        }
        let kind = self.kind(&value.kind, ty);
        let id = self.module.nodes.all.len() as u32;
        let mut node = Node { id, ty, storage, kind, is_closed: false, is_checked: false, is_mutable: false };
        node.is_closed = self.is_closed(&node);
        node.is_checked = self.is_checked(&node);
        node.is_mutable = self.is_mutable(&node);
        let node = Rc::new(node);
        self.module.nodes.all.push(node.clone());
        self.module.nodes.known.insert((ty, storage), node.clone());
        node
    }

    fn kind(&mut self, kind: &gc::Kind, ty: Ty) -> Kind {
        match (kind, self.module.types[ty].shape.clone()) {
            (gc::Kind::Scalar, _) => Kind::Scalar,
            (gc::Kind::Handle, _) => Kind::Handle,
            (gc::Kind::String { array, unit }, _) => Kind::String { array: self.index(*array), unit: *unit },
            (gc::Kind::List { array, element }, Shape::List(ty) | Shape::FixedList(ty, _)) => {
                Kind::List { element: self.node(element, ty), array: self.index(*array) }
            }
            (gc::Kind::Record { object, fields }, Shape::Record(shape)) => {
                let fields = fields.iter().zip(shape).map(|(value, field)| self.node(value, field.ty)).collect();
                Kind::Record { object: self.index(*object), fields }
            }
            (gc::Kind::Sum { base, cases }, Shape::Variant { cases: shape, .. }) => {
                let case = |(case, ty): (&gc::Case, Option<Ty>)| Case {
                    payload: case.payload.as_ref().zip(ty).map(|(value, ty)| self.node(value, ty)),
                    object: self.index(case.object),
                };
                let cases = cases.iter().zip(shape).map(case).collect();
                Kind::Sum { base: self.index(*base), cases }
            }
            (kind, shape) => unreachable!("{shape:?} is no {kind:?}"),
        }
    }

    fn is_closed(&self, node: &Node) -> bool {
        let is_final = |ty: u32| self.module.assembly.types.get(ty).is_some_and(|ty| ty.is_final);
        match &node.kind {
            Kind::Scalar | Kind::Handle => true,
            Kind::String { array, .. } => is_final(*array),
            Kind::List { array, element } => is_final(*array) && element.is_closed,
            Kind::Record { object, fields } => is_final(*object) && fields.iter().all(|field| field.is_closed),
            Kind::Sum { cases, .. } => cases
                .iter()
                .all(|case| is_final(case.object) && case.payload.as_ref().is_none_or(|payload| payload.is_closed)),
        }
    }

    fn is_checked(&self, node: &Node) -> bool {
        let shape = &self.module.types[node.ty].shape;
        node.is_nullable()
            || match &node.kind {
                Kind::Scalar => matches!(shape, Shape::Char | Shape::Variant { .. }),
                Kind::Handle | Kind::String { .. } | Kind::Sum { .. } => true,
                Kind::List { element, .. } => element.is_checked || matches!(shape, Shape::FixedList(..)),
                Kind::Record { fields, .. } => fields.iter().any(|field| field.is_checked),
            }
    }

    fn is_mutable(&self, node: &Node) -> bool {
        let types = &self.module.assembly.types;
        let fields = |ty: u32| types.fields(ty).is_some_and(|fields| fields.iter().any(|field| field.mutable));
        let elements = |ty: u32| types.element(ty).is_some_and(|element| element.mutable);
        match &node.kind {
            Kind::Scalar | Kind::Handle => false,
            Kind::String { array, .. } => elements(*array),
            Kind::List { array, element } => elements(*array) || element.is_mutable,
            Kind::Record { object, fields: parts } => fields(*object) || parts.iter().any(|part| part.is_mutable),
            Kind::Sum { cases, .. } => cases
                .iter()
                .any(|case| fields(case.object) || case.payload.as_ref().is_some_and(|part| part.is_mutable)),
        }
    }
}
