//! From values to Python objects.

mod compound;
mod list;
mod number;
mod text;

use std::cell::RefCell;

use onramp_python_table::TypeId;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::lazy::{self, Call, Lazy, Origin};
use crate::place::Place;
use crate::received;
use crate::resource::{Finalizer, attach};
use crate::world::World;
use crate::world::kind::{Kind, Type};

pub use text::text;

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
pub struct Scope {
    call: Call,
    borrowed: RefCell<Vec<Py<Finalizer>>>,
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
    /// The constructor's `Err`; when the type is none of a new resource, or there is no memory.
    pub fn adopt(self, ty: TypeId, place: Place, object: &Bound<'py, PyAny>) -> PyResult<()> {
        match &self.world.ty(ty).kind {
            Kind::Own(resource) => attach(object, &self.world.names, *resource, place.read()).map(drop),
            Kind::Result(result) if let (0, Some(ok)) = (place.read::<u8>(), result.ok) => {
                self.adopt(ok, place.payload(result.payload), object)
            }
            Kind::Result(result) => Err(PyErr::from_value(self.result(result, place)?)),
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
    /// `size` is an element's, `is_dynamic` says whether there are dynamic values in it. `read` gets the elements' address.
    fn contents<R>(
        self,
        (first, length): (u32, u32),
        size: u32,
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
            Dynamic::Handles(_) => {
                let block = lazy::read_all((first, length), size, is_dynamic);
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
        Ok(Bound::new(self.py, lazy)?.into_any())
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
    /// A call begins.
    pub fn begin() -> Self {
        Scope { call: Call::begin(), borrowed: RefCell::default() }
    }

    /// The call.
    pub fn call(&self) -> Call {
        self.call
    }

    /// Ends what was lent for the call.
    pub fn end(self) {
        for borrowed in self.borrowed.take() {
            borrowed.get().end();
        }
        self.call.end();
    }
}
