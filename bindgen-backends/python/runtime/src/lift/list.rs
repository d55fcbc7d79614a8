//! Lists and maps.

use onramp_python_table::{Elements, TypeId};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::{Dynamic, Lift, number};
use crate::bulk;
use crate::lazy;
use crate::place::Place;
use crate::world::kind::{Kind, Map, Type};

impl<'py> Lift<'_, 'py> {
    pub(super) fn list(self, element: TypeId, elements: Elements, place: Place) -> PyResult<Bound<'py, PyAny>> {
        let (first, length) = place.read_pair();
        let ty = self.world.ty(element);
        if let (Dynamic::Handles(_), Elements::Bytes, false) = (self.dynamic, elements, length == 0) {
            return Ok(PyBytes::new_with(self.py, length as usize, |bytes| {
                lazy::read(first, 0, length, bytes.as_mut_ptr());
                Ok(())
            })?
            .into_any());
        }
        self.contents((first, length), ty.size, ty.is_dynamic, |lift, address| {
            lift.elements(ty, elements, address, length)
        })
    }

    /// The object for elements that lie behind each other in memory.
    ///
    /// # Errors
    /// As for [`Lift::lift`].
    pub fn elements(self, ty: &Type, elements: Elements, address: *mut u8, length: u32) -> PyResult<Bound<'py, PyAny>> {
        match (elements, &ty.kind) {
            (Elements::Bytes, _) => Ok(PyBytes::new(self.py, unsafe { bytes(address, length) }).into_any()),
            (Elements::Array, Kind::Number(number)) => {
                bulk::array(self.py, *number, unsafe { bytes(address, length * ty.size) })
            }
            (_, Kind::Number(number)) => number::list(self.py, *number, address, length),
            _ => self.objects(ty, length, |index| Place::memory(address.wrapping_add((index * ty.size) as usize))),
        }
    }

    pub(super) fn fixed_list(
        self,
        element: TypeId,
        length: u32,
        elements: Elements,
        place: Place,
    ) -> PyResult<Bound<'py, PyAny>> {
        let ty = self.world.ty(element);
        let at = |index| place.part(index * ty.size, index * ty.slots);
        match (elements, &ty.kind) {
            (Elements::List, _) => self.objects(ty, length, at),
            (_, Kind::Number(number)) => {
                let mut packed = vec![0u64; (length * ty.size).div_ceil(8) as usize];
                let address = packed.as_mut_ptr().cast::<u8>();
                for index in 0..length {
                    let to = Place::memory(address.wrapping_add((index * ty.size) as usize));
                    to.write(at(index).read_bits(*number), ty.size);
                }
                self.elements(ty, elements, address, length)
            }
            _ => self.objects(ty, length, at),
        }
    }

    fn objects(self, ty: &Type, length: u32, at: impl Fn(u32) -> Place) -> PyResult<Bound<'py, PyAny>> {
        unsafe {
            let list = ffi::PyList_New(length as ffi::Py_ssize_t);
            let list = Bound::from_owned_ptr_or_err(self.py, list)?;
            for index in 0..length {
                let object = self.value(ty, at(index))?;
                ffi::PyList_SET_ITEM(list.as_ptr(), index as ffi::Py_ssize_t, object.into_ptr());
            }
            Ok(list)
        }
    }

    pub(super) fn map(self, map: &Map, place: Place) -> PyResult<Bound<'py, PyAny>> {
        let pair = place.read_pair();
        let is_dynamic = self.world.ty(map.key).is_dynamic || self.world.ty(map.value).is_dynamic;
        self.contents(pair, map.size, is_dynamic, |lift, address| lift.entries(map, address, pair.1))
    }

    /// The `dict` for a map's entries.
    ///
    /// # Errors
    /// As for [`Lift::lift`].
    pub fn entries(self, map: &Map, address: *mut u8, length: u32) -> PyResult<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py);
        for index in 0..length {
            let entry = Place::memory(address.wrapping_add((index * map.size) as usize));
            let key = self.lift(map.key, entry)?;
            dict.set_item(key, self.lift(map.value, entry.part(map.value_offset, 0))?)?;
        }
        Ok(dict.into_any())
    }
}

/// # Safety
/// So many bytes are there, or none are asked for.
unsafe fn bytes<'a>(address: *const u8, length: u32) -> &'a [u8] {
    match length {
        0 => &[],
        _ => unsafe { std::slice::from_raw_parts(address, length as usize) },
    }
}
