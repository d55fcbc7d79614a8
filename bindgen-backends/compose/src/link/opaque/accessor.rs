//! Accessors: what a guest to which references are opaque does with objects.

use std::collections::BTreeMap;

use anyhow::Result;
use wasm_encoder::{StorageType, ValType};
use wit_parser::Type;

use super::objects::{Form, Object, Objects, Value};

/// What an accessor does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Accessor {
    /// Makes a struct: its type, and its fields.
    New(u32, Vec<Value>),
    /// Reads a field of a struct.
    Get(u32, u32, Value),
    /// Which of the cases an object is of.
    Case(Vec<u32>),
    /// How many elements an array has.
    Length(u32),
    /// Makes an array of a length.
    NewArray(u32),
    /// Reads an element.
    At(u32, Value),
    /// Writes an element.
    Put(u32, Value),
    /// Copies elements from an object to an array of the guest's own.
    Read(u32, StorageType),
    /// Copies elements from an array of the guest's own to an object.
    Write(u32, StorageType),
}

/// A parameter or a result of an accessor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Passed {
    /// A core value.
    Core(ValType),
    /// A reference to an array of the guest's own with elements of this type, or to a struct with one field that is such a
    /// reference.
    Own(StorageType),
}

impl Accessor {
    /// Its parameters and its result.
    pub(super) fn signature(&self) -> (Vec<Passed>, Option<Passed>) {
        let object = Passed::Core(ValType::EXTERNREF);
        let number = Passed::Core(ValType::I32);
        let opaque = |value: &Value| Passed::Core(value.opaque());
        match self {
            Accessor::New(_, fields) => (fields.iter().map(opaque).collect(), Some(object)),
            Accessor::Get(_, _, field) => (vec![object], Some(opaque(field))),
            Accessor::Case(_) | Accessor::Length(_) => (vec![object], Some(number)),
            Accessor::NewArray(_) => (vec![number], Some(object)),
            Accessor::At(_, element) => (vec![object, number], Some(opaque(element))),
            Accessor::Put(_, element) => (vec![object, number, opaque(element)], None),
            Accessor::Read(_, storage) | Accessor::Write(_, storage) => {
                (vec![object, number, Passed::Own(*storage), number, number], None)
            }
        }
    }
}

/// The accessors of an interface, by the fields that they are imported as; `None`: two of its types are called the same.
pub(super) type Accessors = BTreeMap<String, Option<Accessor>>;

/// The accessors of all types that these are, or are made of.
///
/// # Errors
/// When a type has no place in this ABI.
pub(super) fn accessors<'w>(objects: &mut Objects, types: impl IntoIterator<Item = &'w Type>) -> Result<Accessors> {
    let mut accessors = Accessors::new();
    for ty in types {
        if let Ok(value) = objects.value(ty) {
            add(&mut accessors, &value);
        }
    }
    Ok(accessors)
}

fn add(accessors: &mut Accessors, value: &Value) {
    if let Value::Object(object) = value {
        for (field, accessor) in of(object) {
            let known = accessors.entry(field).or_insert_with(|| Some(accessor.clone()));
            if known.as_ref() != Some(&accessor) {
                *known = None;
            }
        }
        parts(object).into_iter().for_each(|part| add(accessors, part));
    }
}

/// What an object is made of.
fn parts(object: &Object) -> Vec<&Value> {
    match &object.form {
        Form::Array(element) => vec![element],
        Form::Struct(fields) => fields.iter().map(|(_, value)| value).collect(),
        Form::Sum(cases) => cases.iter().filter_map(|case| case.payload.as_ref()).collect(),
    }
}

fn of(object: &Object) -> Vec<(String, Accessor)> {
    let Object { name, index, form } = object;
    match form {
        Form::Array(element) => of_array(name, *index, element),
        Form::Struct(fields) => {
            let values = fields.iter().map(|(_, value)| value.clone()).collect();
            let mut all = vec![(format!("[new]{name}"), Accessor::New(*index, values))];
            all.extend((0..).zip(fields).map(|(number, (field, value))| {
                (format!("[get]{name}.{field}"), Accessor::Get(*index, number, value.clone()))
            }));
            all
        }
        Form::Sum(cases) => {
            let indices = cases.iter().map(|case| case.index).collect();
            let mut all = vec![(format!("[case]{name}"), Accessor::Case(indices))];
            for case in cases {
                let payload = case.payload.iter().cloned().collect();
                all.push((format!("[new]{name}.{}", case.name), Accessor::New(case.index, payload)));
                all.extend(case.payload.iter().map(|payload| {
                    (format!("[get]{name}.{}", case.name), Accessor::Get(case.index, 0, payload.clone()))
                }));
            }
            all
        }
    }
}

fn of_array(name: &str, index: u32, element: &Value) -> Vec<(String, Accessor)> {
    let mut all = vec![
        (format!("[new]{name}"), Accessor::NewArray(index)),
        (format!("[length]{name}"), Accessor::Length(index)),
        (format!("[at]{name}"), Accessor::At(index, element.clone())),
        (format!("[put]{name}"), Accessor::Put(index, element.clone())),
    ];
    if let Value::Number { storage, .. } = element {
        all.push((format!("[read]{name}"), Accessor::Read(index, *storage)));
        all.push((format!("[write]{name}"), Accessor::Write(index, *storage)));
    }
    all
}
