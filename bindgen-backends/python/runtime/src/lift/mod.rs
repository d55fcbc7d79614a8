//! From values to Python objects.

mod compound;
mod list;
mod number;
mod text;

use std::cell::RefCell;

use onramp_python_table::TypeId;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::lazy::{self, Lazy, Origin};
use crate::place::Place;
use crate::received;
use crate::resource::{Finalizer, attach};
use crate::world::World;
use crate::world::kind::{Kind, Type};

/// How dynamic values are passed.
#[derive(Clone, Copy)]
pub enum Dynamic {
    /// As pointers to blocks that were received, each for itself.
    Blocks,
    /// As pointers into one block, which is somebody else's.
    Within,
    /// As lazy handles.
    Handles(Origin),
}

/// What ends with an export's call.
#[derive(Default)]
pub struct Scope {
    borrowed: RefCell<Vec<Py<Finalizer>>>,
    unread: RefCell<Vec<Py<Lazy>>>,
}

/// Lifts values of one call.
#[derive(Clone, Copy)]
pub struct Lift<'a, 'py> {
    /// Python.
    pub py: Python<'py>,
    /// The world.
    pub world: &'a World,
    /// How dynamic values are passed.
    pub dynamic: Dynamic,
    /// The call of an export that the values are parameters of.
    pub scope: Option<&'a Scope>,
}

impl<'a, 'py> Lift<'a, 'py> {
    /// The object for a value.
    ///
    /// # Errors
    /// When a class of the world raises something, or there is no memory.
    pub fn lift(self, ty: TypeId, place: Place) -> PyResult<Bound<'py, PyAny>> {
        self.value(self.world.ty(ty), place)
    }

    /// Makes the handle of a new resource an object's.
    ///
    /// # Errors
    /// When the type is none of a new resource, or there is no memory.
    pub fn adopt(self, ty: TypeId, place: Place, object: &Bound<'py, PyAny>) -> PyResult<()> {
        match self.world.ty(ty).kind {
            Kind::Own(resource) => attach(object, &self.world.names, resource, place.read()).map(drop),
            _ => Err(PyRuntimeError::new_err(format!("`{}` is no resource", self.world.ty(ty).name))),
        }
    }

    fn value(self, ty: &Type, place: Place) -> PyResult<Bound<'py, PyAny>> {
        match &ty.kind {
            Kind::Number(number) => number::object(self.py, *number, place),
            Kind::String => self.string(place),
            Kind::Bool => number::boolean(self.py, place),
            Kind::Char => text::character(self.py, place),
            Kind::List(element, elements) => self.list(*element, *elements, place),
            Kind::FixedList(element, length, elements) => self.fixed_list(*element, *length, *elements, place),
            Kind::Map(map) => self.map(map, place),
            Kind::Record(class, fields) => self.record(class, fields, place),
            Kind::Tuple(fields) => self.tuple(fields, place),
            Kind::Variant(variant) => self.variant(variant, place),
            Kind::Option(option) => self.option(option, place),
            Kind::Result(result) => self.result(result, place),
            Kind::Enum(_, tag, members) => self.member(members, place.read_tag(*tag)),
            Kind::Flags(flags) => self.flags(flags, place.read_tag(flags.tag)),
            Kind::Own(resource) => self.own(*resource, place.read()),
            Kind::Borrow(resource) => self.borrow(*resource, place.read()),
            Kind::Lazy(ty) => self.lazy(*ty, place),
        }
    }

    /// Has what a pointer or a handle stands for read, and gives it back.
    ///
    /// `unit` is the size and the alignment of an element, `is_dynamic` whether there are dynamic values in it. `read` gets the
    /// elements' address.
    fn contents<R>(
        self,
        (first, length): (u32, u32),
        unit: (u32, u32),
        is_dynamic: bool,
        read: impl FnOnce(Self, *mut u8) -> PyResult<R>,
    ) -> PyResult<R> {
        let address = first as usize as *mut u8;
        match self.dynamic {
            Dynamic::Within => read(self, address),
            Dynamic::Blocks => {
                let result = read(self, address);
                if length != 0 {
                    received::release();
                }
                result
            }
            Dynamic::Handles(origin) => {
                let block = lazy::read_all((first, length), unit, is_dynamic, origin);
                read(Lift { dynamic: Dynamic::Within, ..self }, block.address())
            }
        }
    }

    fn lazy(self, ty: TypeId, place: Place) -> PyResult<Bound<'py, PyAny>> {
        let (handle, length) = place.read_pair();
        let lazy = match self.dynamic {
            Dynamic::Handles(origin) if length != 0 => Lazy::unread(ty, handle, length, origin),
            _ => Lazy::read(ty, length, self.lift(ty, place)?.unbind()),
        };
        let lazy = Bound::new(self.py, lazy)?;
        if let Some(scope) = self.scope {
            scope.unread.borrow_mut().push(lazy.clone().unbind());
        }
        Ok(lazy.into_any())
    }

    fn own(self, resource: onramp_python_table::ResourceId, handle: u32) -> PyResult<Bound<'py, PyAny>> {
        let known = &self.world.resources[resource.0 as usize];
        if known.is_exported() {
            return known.take_back(self.py, handle).ok_or_else(|| gone(&known.name));
        }
        Ok(known.object(self.py, &self.world.names, resource, handle)?.0)
    }

    fn borrow(self, resource: onramp_python_table::ResourceId, handle: u32) -> PyResult<Bound<'py, PyAny>> {
        let known = &self.world.resources[resource.0 as usize];
        if known.is_exported() {
            return crate::resource::find(self.py, handle).ok_or_else(|| gone(&known.name));
        }
        let (object, finalizer) = known.object(self.py, &self.world.names, resource, handle)?;
        if let Some(scope) = self.scope {
            scope.borrowed.borrow_mut().push(finalizer.unbind());
        }
        Ok(object)
    }
}

fn gone(resource: &str) -> PyErr {
    PyRuntimeError::new_err(format!("a handle of the resource `{resource}` has no object"))
}

impl Scope {
    /// Ends what was lent for the call.
    pub fn end(self) {
        // Only what is the call's last part may run Python code, so nothing is added meanwhile.
        for borrowed in self.borrowed.take() {
            borrowed.get().end();
        }
        for unread in self.unread.take() {
            unread.get().end();
        }
    }
}
