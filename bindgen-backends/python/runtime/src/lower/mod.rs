//! From Python objects to values.

mod compound;
mod failure;
mod handle;
mod list;
mod number;
mod text;

use onramp_python_table::TypeId;
use pyo3::prelude::*;

pub use failure::{Failure, Lowered};

use crate::kept::Kept;
use crate::lazy::Lazy;
use crate::place::Place;
use crate::world::World;
use crate::world::kind::{Kind, Type};

/// What values are sent as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Arguments of an import.
    Argument,
    /// The result of an export.
    Result,
}

/// Lowers values of one call.
pub struct Lower<'a, 'py> {
    /// Python.
    pub py: Python<'py>,
    /// The world.
    pub world: &'a World,
    /// What stays until the receiver needs it no more.
    pub kept: &'a mut Kept,
    /// What values are sent as.
    pub purpose: Purpose,
}

impl<'py> Lower<'_, 'py> {
    /// Writes a value to its place.
    ///
    /// # Errors
    /// When it is not of its type.
    pub fn lower(&mut self, ty: TypeId, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let world = self.world;
        self.value(ty, world.ty(ty), value, place)
    }

    fn value(&mut self, id: TypeId, ty: &Type, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        match &ty.kind {
            Kind::Number(number) => number::lower(*number, &ty.name, value, place),
            Kind::String => self.string(id, &ty.name, value, place),
            Kind::Bool => number::boolean(&ty.name, value, place),
            Kind::Char => text::character(&ty.name, value, place),
            Kind::List(element, elements) => self.list(id, ty, (*element, *elements), value, place),
            Kind::FixedList(element, length, elements) => {
                self.fixed_list(ty, (*element, *length, *elements), value, place)
            }
            Kind::Map(map) => self.map(id, ty, map, value, place),
            Kind::Record(class, fields) => self.record(ty, class, fields, value, place),
            Kind::Tuple(fields) => self.tuple(ty, fields, value, place),
            Kind::Variant(variant) => self.variant(ty, variant, value, place),
            Kind::Option(option) => self.option(ty, option, value, place),
            Kind::Result(result) => self.result(ty, result, value, place),
            Kind::Enum(class, tag, _) => self.member(ty, class, *tag, value, place),
            Kind::Flags(flags) => self.flags(ty, flags, value, place),
            Kind::Own(resource) => self.own(*resource, value, place),
            Kind::Borrow(resource) => self.borrow(*resource, value, place),
            Kind::Lazy(ty) => self.lower(*ty, value, place),
        }
    }

    /// Sends an object of class `Lazy`, if it is one: passed on unread where that is allowed, else as what it stands for.
    fn pass_on(&mut self, ty: TypeId, value: &Bound<'py, PyAny>, place: Place) -> Option<Lowered> {
        let lazy = value.cast::<Lazy>().ok()?;
        Some(match lazy.get().forward(self, ty) {
            Some((handle, length)) => {
                place.write_pair(handle, length);
                self.kept.objects.push(value.clone().unbind());
                Ok(())
            }
            None => {
                lazy.get().materialize(self.py).map_err(Failure::from).and_then(|read| self.lower(ty, &read, place))
            }
        })
    }

    /// Has an object stay as long as its memory is needed.
    fn keep(&mut self, value: &Bound<'py, PyAny>) {
        self.kept.objects.push(value.clone().unbind());
    }
}
