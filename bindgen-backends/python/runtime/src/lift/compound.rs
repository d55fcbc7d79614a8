//! Records, tuples, variants and what is made of them.

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Lift;
use crate::place::Place;
use crate::world::class::Class;
use crate::world::kind::{Field, Flags, Optional, Outcome, Variant};

/// How many different sets of one type of flags are kept.
const KEPT: usize = 256;

impl<'py> Lift<'_, 'py> {
    pub(super) fn record(self, class: &Class, fields: &[Field], place: Place) -> PyResult<Bound<'py, PyAny>> {
        let values = fields.iter().map(|field| self.lift(field.ty, place.part(field.offset, field.slot)));
        let values = values.collect::<PyResult<Vec<_>>>()?;
        class.instance(self.py, fields.iter().map(|field| &field.name), &values)
    }

    pub(super) fn tuple(self, fields: &[Field], place: Place) -> PyResult<Bound<'py, PyAny>> {
        unsafe {
            let tuple = Bound::from_owned_ptr_or_err(self.py, ffi::PyTuple_New(fields.len() as ffi::Py_ssize_t))?;
            for (index, field) in fields.iter().enumerate() {
                let value = self.lift(field.ty, place.part(field.offset, field.slot))?;
                ffi::PyTuple_SET_ITEM(tuple.as_ptr(), index as ffi::Py_ssize_t, value.into_ptr());
            }
            Ok(tuple)
        }
    }

    pub(super) fn variant(self, variant: &Variant, place: Place) -> PyResult<Bound<'py, PyAny>> {
        let tag = place.read_tag(variant.tag);
        let case = variant.cases.get(tag as usize).ok_or_else(|| no_case(tag))?;
        match case.payload {
            None => case.class.instance(self.py, [].into_iter(), &[]),
            Some(ty) => self.holder(&case.class, self.lift(ty, place.payload(variant.payload))?),
        }
    }

    pub(super) fn option(self, option: &Optional, place: Place) -> PyResult<Bound<'py, PyAny>> {
        if place.read::<u8>() == 0 {
            return Ok(self.py.None().into_bound(self.py));
        }
        let value = self.lift(option.some, place.payload(option.payload))?;
        match &option.class {
            None => Ok(value),
            Some(class) => self.holder(class, value),
        }
    }

    pub(super) fn result(self, result: &Outcome, place: Place) -> PyResult<Bound<'py, PyAny>> {
        let (class, ty) = match place.read::<u8>() {
            0 => (&result.ok_class, result.ok),
            _ => (&result.err_class, result.err),
        };
        let value = match ty {
            None => self.py.None().into_bound(self.py),
            Some(ty) => self.lift(ty, place.payload(result.payload))?,
        };
        self.holder(class, value)
    }

    /// An instance whose one field is `value`.
    fn holder(self, class: &Class, value: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        class.instance(self.py, [&self.world.names.value].into_iter(), &[value])
    }

    pub(super) fn member(self, members: &[Py<PyAny>], tag: u32) -> PyResult<Bound<'py, PyAny>> {
        Ok(members.get(tag as usize).ok_or_else(|| no_case(tag))?.bind(self.py).clone())
    }

    pub(super) fn flags(self, flags: &Flags, bits: u32) -> PyResult<Bound<'py, PyAny>> {
        let made: &Bound<'py, PyDict> = flags.made.bind(self.py);
        // Bits without a name are ignored: the canonical ABI, `unpack_flags_from_int`.
        let bits = bits & flags.mask;
        if let Some(known) = made.get_item(bits)? {
            return Ok(known);
        }
        let value = flags.class.ty.bind(self.py).call1((bits,))?;
        if made.len() < KEPT {
            made.set_item(bits, &value)?;
        }
        Ok(value)
    }
}

fn no_case(tag: u32) -> PyErr {
    PyValueError::new_err(format!("a value arrived whose type has no case {tag}"))
}
