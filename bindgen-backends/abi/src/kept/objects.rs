//! The resources that stand for objects, and the functions that read them.

use std::collections::HashMap;

use wit_parser::{
    Docs, Function, FunctionKind, Handle, InterfaceId, Param, Resolve, Span, Stability, Type, TypeDefKind, TypeId,
    TypeOwner,
};

use super::home::Home;
use super::{Kept, can_stay, resolved};
use crate::Error;
use crate::wit::{anonymous, definition};

/// The method that copies the whole value into the guest's memory.
const READ: &str = "read";

/// A type whose values stay objects.
#[derive(Clone, Debug)]
pub struct Object {
    /// The resource's name, such as `gc-point`.
    pub name: String,
    /// The resource.
    pub resource: TypeId,
    /// The type.
    pub ty: Type,
}

/// A function of a resource.
#[derive(Clone, Debug)]
pub struct Accessor {
    /// Its name.
    pub name: String,
    /// The index of the object's type.
    pub object: usize,
    /// What it does.
    pub access: Access,
    /// Whether what it returns stays an object too.
    pub keeps: bool,
}

/// What a function does with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Makes one of a value.
    Make,
    /// Gives the whole of it.
    Whole,
    /// Gives this field of a record or tuple.
    Field(usize),
    /// Gives the number of elements, or of a text's code units.
    Length,
    /// Gives the element of this index.
    Element,
    /// Gives the number of the case.
    Case,
    /// Gives the payload of this case; traps if it is another.
    Payload(usize),
}

/// The types so far.
pub(super) struct Objects {
    interface: InterfaceId,
    home: Home,
    objects: Vec<Object>,
    known: HashMap<Type, usize>,
    /// What they have: filled as they are met.
    accessors: Vec<(Accessor, Vec<Param>, Option<Type>)>,
}

impl Objects {
    pub(super) fn new(interface: InterfaceId) -> Self {
        Objects {
            interface,
            home: Home::new(interface),
            objects: Vec::new(),
            known: HashMap::new(),
            accessors: Vec::new(),
        }
    }

    pub(super) fn resource(&self, object: usize) -> TypeId {
        self.objects[object].resource
    }

    /// The index of the object type for a value type.
    pub(super) fn object(&mut self, resolve: &mut Resolve, ty: &Type) -> Result<usize, Error> {
        let ty = resolved(resolve, ty);
        let ty = self.home.homed(resolve, ty);
        let label = format!("gc-{}", label(resolve, &ty));
        let alike = |object: &Object| same(resolve, &object.ty, &ty);
        if let Some(known) = self.known.get(&ty).copied().or_else(|| self.objects.iter().position(alike)) {
            return Ok(known);
        }
        let mut name = label.clone();
        let mut number = 2;
        while resolve.interfaces[self.interface].types.contains_key(&name) {
            name = format!("{label}{number}");
            number += 1;
        }
        let owner = TypeOwner::Interface(self.interface);
        let resource = resolve.types.alloc(definition(Some(name.clone()), TypeDefKind::Resource, owner));
        resolve.interfaces[self.interface].types.insert(name.clone(), resource);
        let object = self.objects.len();
        self.objects.push(Object { name, resource, ty });
        self.known.insert(ty, object);
        self.accessors_of(resolve, object)?;
        Ok(object)
    }

    fn accessors_of(&mut self, resolve: &mut Resolve, object: usize) -> Result<(), Error> {
        let ty = self.objects[object].ty;
        let value = param("value", ty);
        self.accessors.push((self.accessor(object, "", Access::Make, true), vec![value], None));
        self.add(object, READ, Access::Whole, Vec::new(), Some(ty));
        let index = || vec![param("index", Type::U32)];
        let Type::Id(id) = ty else {
            self.add(object, "length", Access::Length, Vec::new(), Some(Type::U32));
            return Ok(());
        };
        match resolve.types[id].kind.clone() {
            TypeDefKind::Record(record) => {
                for (number, field) in record.fields.iter().enumerate() {
                    self.part(resolve, object, &field.name, Access::Field(number), (Vec::new(), field.ty))?;
                }
            }
            TypeDefKind::Tuple(tuple) => {
                for (number, field) in tuple.types.iter().enumerate() {
                    let name = format!("item{number}");
                    self.part(resolve, object, &name, Access::Field(number), (Vec::new(), *field))?;
                }
            }
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => {
                self.add(object, "length", Access::Length, Vec::new(), Some(Type::U32));
                self.part(resolve, object, "at", Access::Element, (index(), element))?;
            }
            TypeDefKind::Map(key, value) => {
                let entry = wit_parser::Tuple { types: vec![key, value] };
                let entry = anonymous(resolve, TypeDefKind::Tuple(entry));
                self.add(object, "length", Access::Length, Vec::new(), Some(Type::U32));
                self.part(resolve, object, "at", Access::Element, (index(), entry))?;
            }
            kind => {
                self.add(object, "case", Access::Case, Vec::new(), Some(Type::U32));
                for (number, (name, payload)) in cases(&kind).into_iter().enumerate() {
                    if let Some(payload) = payload {
                        self.part(resolve, object, &name, Access::Payload(number), (Vec::new(), payload))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads a part of an object, and keeps it as one if it can be kept.
    fn part(
        &mut self,
        resolve: &mut Resolve,
        object: usize,
        name: &str,
        access: Access,
        (params, ty): (Vec<Param>, Type),
    ) -> Result<(), Error> {
        let is_taken =
            [READ, "length", "case"].contains(&name) || ["keep-", "its-"].iter().any(|it| name.starts_with(it));
        let name = if is_taken { format!("its-{name}") } else { name.to_owned() };
        self.add(object, &name, access, params.clone(), Some(ty));
        if can_stay(resolve, &ty) {
            let part = self.object(resolve, &ty)?;
            let own = anonymous(resolve, TypeDefKind::Handle(Handle::Own(self.resource(part))));
            let accessor = self.accessor(object, &format!("keep-{name}"), access, true);
            self.accessors.push((accessor, params, Some(own)));
        }
        Ok(())
    }

    fn add(&mut self, object: usize, name: &str, access: Access, params: Vec<Param>, result: Option<Type>) {
        self.accessors.push((self.accessor(object, name, access, false), params, result));
    }

    fn accessor(&self, object: usize, name: &str, access: Access, keeps: bool) -> Accessor {
        let resource = &self.objects[object].name;
        let name = match access {
            Access::Make => format!("[constructor]{resource}"),
            _ => format!("[method]{resource}.{name}"),
        };
        Accessor { name, object, access, keeps }
    }

    /// Adds the functions to the interface.
    pub(super) fn define(self, resolve: &mut Resolve) -> Result<Kept, Error> {
        let mut accessors = Vec::new();
        for (accessor, mut params, mut result) in self.accessors {
            let resource = self.objects[accessor.object].resource;
            let kind = match accessor.access {
                Access::Make => {
                    result = Some(anonymous(resolve, TypeDefKind::Handle(Handle::Own(resource))));
                    FunctionKind::Constructor(resource)
                }
                _ => {
                    let this = anonymous(resolve, TypeDefKind::Handle(Handle::Borrow(resource)));
                    params.insert(0, param("self", this));
                    FunctionKind::Method(resource)
                }
            };
            let function = Function {
                name: accessor.name.clone(),
                kind,
                params,
                result,
                docs: Docs::default(),
                stability: Stability::Unknown,
                span: Span::default(),
                external_id: None,
            };
            resolve.interfaces[self.interface].functions.insert(accessor.name.clone(), function);
            accessors.push(accessor);
        }
        Ok(Kept { objects: self.objects, accessors })
    }
}

/// The cases of a variant, an option or a result.
fn cases(kind: &TypeDefKind) -> Vec<(String, Option<Type>)> {
    match kind {
        TypeDefKind::Variant(variant) => variant.cases.iter().map(|case| (case.name.clone(), case.ty)).collect(),
        TypeDefKind::Option(some) => vec![("none".to_owned(), None), ("some".to_owned(), Some(*some))],
        TypeDefKind::Result(result) => vec![("ok".to_owned(), result.ok), ("err".to_owned(), result.err)],
        _ => Vec::new(),
    }
}

fn param(name: &str, ty: Type) -> Param {
    Param { name: name.to_owned(), ty, span: Span::default() }
}

/// Whether two types are one: lists, options and what else is made of parts may be several in WIT, with names and without.
fn same(resolve: &Resolve, a: &Type, b: &Type) -> bool {
    let (a, b) = (resolved(resolve, a), resolved(resolve, b));
    let (Type::Id(x), Type::Id(y)) = (a, b) else { return a == b };
    if x == y {
        return true;
    }
    let (x, y) = (&resolve.types[x], &resolve.types[y]);
    let both = |x: &Option<Type>, y: &Option<Type>| match (x, y) {
        (Some(x), Some(y)) => same(resolve, x, y),
        (x, y) => x.is_none() && y.is_none(),
    };
    match (&x.kind, &y.kind) {
        (TypeDefKind::List(x), TypeDefKind::List(y)) | (TypeDefKind::Option(x), TypeDefKind::Option(y)) => {
            same(resolve, x, y)
        }
        (TypeDefKind::FixedLengthList(x, n), TypeDefKind::FixedLengthList(y, m)) => n == m && same(resolve, x, y),
        (TypeDefKind::Map(k, x), TypeDefKind::Map(l, y)) => same(resolve, k, l) && same(resolve, x, y),
        (TypeDefKind::Result(x), TypeDefKind::Result(y)) => both(&x.ok, &y.ok) && both(&x.err, &y.err),
        (TypeDefKind::Tuple(x), TypeDefKind::Tuple(y)) => {
            x.types.len() == y.types.len() && x.types.iter().zip(&y.types).all(|(x, y)| same(resolve, x, y))
        }
        _ => false,
    }
}

/// What a type is called in the name of a resource: after its parts, whether WIT has a name for it or not.
fn label(resolve: &Resolve, ty: &Type) -> String {
    let Type::Id(id) = ty else { return format!("{ty:?}").to_lowercase() };
    let definition = &resolve.types[*id];
    let part = |ty: &Type| label(resolve, ty);
    let maybe = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "nothing".to_owned(), part);
    match &definition.kind {
        TypeDefKind::Type(inner) => part(inner),
        TypeDefKind::Tuple(tuple) => {
            let parts: Vec<String> = tuple.types.iter().map(part).collect();
            format!("tuple-{}", parts.join("-"))
        }
        TypeDefKind::List(element) => format!("list-{}", part(element)),
        TypeDefKind::FixedLengthList(element, length) => format!("list{length}-{}", part(element)),
        TypeDefKind::Map(key, value) => format!("map-{}-{}", part(key), part(value)),
        TypeDefKind::Option(some) => format!("option-{}", part(some)),
        TypeDefKind::Result(result) => format!("result-{}-{}", maybe(&result.ok), maybe(&result.err)),
        kind => definition.name.clone().unwrap_or_else(|| kind.as_str().to_owned()),
    }
}
