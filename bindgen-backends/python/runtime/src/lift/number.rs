//! Numbers.

use pyo3::ffi;
use pyo3::prelude::*;

use crate::place::Place;
use crate::world::kind::Number;

/// The object for a number.
///
/// # Errors
/// When there is no memory.
pub fn object(py: Python<'_>, number: Number, place: Place) -> PyResult<Bound<'_, PyAny>> {
    unsafe { Bound::from_owned_ptr_or_err(py, raw(number, place)) }
}

/// `True` or `False`.
///
/// # Errors
/// None.
pub fn boolean(py: Python<'_>, place: Place) -> PyResult<Bound<'_, PyAny>> {
    unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyBool_FromLong((place.read::<u8>() != 0).into())) }
}

/// A new reference to the object for a number, or null.
pub fn raw(number: Number, place: Place) -> *mut ffi::PyObject {
    unsafe {
        match number {
            Number::U8 => ffi::PyLong_FromLong(place.read::<u8>().into()),
            Number::S8 => ffi::PyLong_FromLong(place.read::<i8>().into()),
            Number::U16 => ffi::PyLong_FromLong(place.read::<u16>().into()),
            Number::S16 => ffi::PyLong_FromLong(place.read::<i16>().into()),
            Number::U32 => ffi::PyLong_FromLongLong(place.read::<u32>().into()),
            Number::S32 => ffi::PyLong_FromLongLong(place.read::<i32>().into()),
            Number::U64 => ffi::PyLong_FromUnsignedLongLong(place.read()),
            Number::S64 => ffi::PyLong_FromLongLong(place.read()),
            Number::F32 => ffi::PyFloat_FromDouble(place.read::<f32>().into()),
            Number::F64 => ffi::PyFloat_FromDouble(place.read()),
        }
    }
}

/// A list of the numbers at an address.
///
/// # Errors
/// When there is no memory.
pub fn list(py: Python<'_>, number: Number, address: *mut u8, length: u32) -> PyResult<Bound<'_, PyAny>> {
    match number {
        Number::U8 => fill::<u8>(py, number, address, length),
        Number::S8 => fill::<i8>(py, number, address, length),
        Number::U16 => fill::<u16>(py, number, address, length),
        Number::S16 => fill::<i16>(py, number, address, length),
        Number::U32 => fill::<u32>(py, number, address, length),
        Number::S32 => fill::<i32>(py, number, address, length),
        Number::U64 => fill::<u64>(py, number, address, length),
        Number::S64 => fill::<i64>(py, number, address, length),
        Number::F32 => fill::<f32>(py, number, address, length),
        Number::F64 => fill::<f64>(py, number, address, length),
    }
}

/// One loop for each size, with the number's kind known in it.
#[inline(always)]
fn fill<T>(py: Python<'_>, number: Number, address: *mut u8, length: u32) -> PyResult<Bound<'_, PyAny>> {
    unsafe {
        let list = Bound::from_owned_ptr_or_err(py, ffi::PyList_New(length as ffi::Py_ssize_t))?;
        for index in 0..length as usize {
            let object = raw(number, Place::memory(address.wrapping_add(index * size_of::<T>())));
            if object.is_null() {
                return Err(PyErr::fetch(py));
            }
            ffi::PyList_SET_ITEM(list.as_ptr(), index as ffi::Py_ssize_t, object);
        }
        Ok(list)
    }
}
