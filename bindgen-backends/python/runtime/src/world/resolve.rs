//! From a table to a world's types: their classes are looked up.

use std::collections::HashMap;

use onramp_python_table::{Shape, Table, TypeId};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::class::Class;
use super::kind::{Case, Field, Flags, Kind, Map, Number, Optional, Outcome, Type, Variant};

/// Resolves all types of a table.
///
/// # Errors
/// When a class is missing.
pub fn types(py: Python<'_>, table: &Table) -> PyResult<Vec<Type>> {
    let mut contents = Contents { table, known: HashMap::new() };
    let resolve = |(index, ty): (usize, &onramp_python_table::Type)| {
        let (is_dynamic, has_resources) = contents.of(TypeId(index as u32));
        let kind = kind(py, &ty.shape)?;
        let (name, size, align, slots) = (ty.name.clone(), ty.size, ty.align, ty.slots);
        Ok(Type { name, size, align, slots, is_dynamic, has_resources, kind })
    };
    table.types.iter().enumerate().map(resolve).collect()
}

fn kind(py: Python<'_>, shape: &Shape) -> PyResult<Kind> {
    Ok(match shape {
        Shape::Bool => Kind::Bool,
        Shape::U8 => Kind::Number(Number::U8),
        Shape::S8 => Kind::Number(Number::S8),
        Shape::U16 => Kind::Number(Number::U16),
        Shape::S16 => Kind::Number(Number::S16),
        Shape::U32 => Kind::Number(Number::U32),
        Shape::S32 => Kind::Number(Number::S32),
        Shape::U64 => Kind::Number(Number::U64),
        Shape::S64 => Kind::Number(Number::S64),
        Shape::F32 => Kind::Number(Number::F32),
        Shape::F64 => Kind::Number(Number::F64),
        Shape::Char => Kind::Char,
        Shape::String => Kind::String,
        Shape::List(element, elements) => Kind::List(*element, *elements),
        Shape::FixedList(element, length, elements) => Kind::FixedList(*element, *length, *elements),
        Shape::Own(resource) => Kind::Own(*resource),
        Shape::Borrow(resource) => Kind::Borrow(*resource),
        Shape::Lazy(ty) => Kind::Lazy(*ty),
        compound => compound_kind(py, compound)?,
    })
}

fn compound_kind(py: Python<'_>, shape: &Shape) -> PyResult<Kind> {
    Ok(match shape {
        Shape::Map { key, value, value_offset, entry_size, entry_align } => Kind::Map(Map {
            key: *key,
            value: *value,
            value_offset: *value_offset,
            size: *entry_size,
            align: *entry_align,
        }),
        Shape::Record(class, parts) => Kind::Record(Class::find(py, class)?, fields(py, parts)),
        Shape::Tuple(parts) => Kind::Tuple(fields(py, parts)),
        Shape::Variant { tag, payload, cases } => {
            let cases =
                cases.iter().map(|case| Ok(Case { class: Class::find(py, &case.class)?, payload: case.payload }));
            Kind::Variant(Variant { tag: *tag, payload: *payload, cases: cases.collect::<PyResult<_>>()? })
        }
        Shape::Option { some, payload, class } => {
            let class = class.as_ref().map(|class| Class::find(py, class)).transpose()?;
            Kind::Option(Optional { some: *some, payload: *payload, class })
        }
        Shape::Result { ok, err, payload, ok_class, err_class } => Kind::Result(Outcome {
            ok: *ok,
            err: *err,
            payload: *payload,
            ok_class: Class::find(py, ok_class)?,
            err_class: Class::find(py, err_class)?,
        }),
        Shape::Enum { class, tag, cases } => {
            let class = Class::find(py, class)?;
            let member = |number| Ok(class.ty.bind(py).call1((number,))?.unbind());
            let members = (0..*cases).map(member).collect::<PyResult<_>>()?;
            Kind::Enum(class, *tag, members)
        }
        Shape::Flags { class, tag, labels } => {
            let mask = 1u32.checked_shl(*labels).map_or(u32::MAX, |bit| bit - 1);
            Kind::Flags(Flags { class: Class::find(py, class)?, tag: *tag, mask, made: PyDict::new(py).unbind() })
        }
        _ => unreachable!("`kind` has the others"),
    })
}

fn fields(py: Python<'_>, fields: &[onramp_python_table::Field]) -> Vec<Field> {
    let field = |field: &onramp_python_table::Field| Field {
        name: PyString::intern(py, &field.name).unbind(),
        ty: field.ty,
        offset: field.offset,
        slot: field.slot,
    };
    fields.iter().map(field).collect()
}

/// What is in types: dynamic values, handles of resources.
struct Contents<'a> {
    table: &'a Table,
    known: HashMap<u32, (bool, bool)>,
}

impl Contents<'_> {
    fn of(&mut self, ty: TypeId) -> (bool, bool) {
        if let Some(known) = self.known.get(&ty.0) {
            return *known;
        }
        let shape = &self.table.ty(ty).shape;
        let is_dynamic = matches!(shape, Shape::String | Shape::List(..) | Shape::Map { .. } | Shape::Lazy(_));
        let is_handle = matches!(shape, Shape::Own(_) | Shape::Borrow(_));
        let of_parts = parts(shape).into_iter().map(|part| self.of(part));
        let found = of_parts.fold((is_dynamic, is_handle), |one, other| (one.0 || other.0, one.1 || other.1));
        self.known.insert(ty.0, found);
        found
    }
}

fn parts(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::List(ty, _) | Shape::FixedList(ty, ..) | Shape::Lazy(ty) | Shape::Option { some: ty, .. } => vec![*ty],
        Shape::Map { key, value, .. } => vec![*key, *value],
        Shape::Record(_, fields) | Shape::Tuple(fields) => fields.iter().map(|field| field.ty).collect(),
        Shape::Variant { cases, .. } => cases.iter().filter_map(|case| case.payload).collect(),
        Shape::Result { ok, err, .. } => ok.iter().chain(err).copied().collect(),
        _ => Vec::new(),
    }
}
