//! Text.

use pyo3::ffi;
use pyo3::prelude::*;

use super::{Dynamic, Lift};
use crate::lazy;
use crate::place::Place;
use crate::received;

/// A `str` of these bytes of UTF-8.
///
/// # Errors
/// When they are none, which nobody sends.
pub fn text(py: Python<'_>, address: *const u8, length: u32) -> PyResult<Bound<'_, PyAny>> {
    unsafe {
        let text = ffi::PyUnicode_DecodeUTF8(address.cast(), length as ffi::Py_ssize_t, std::ptr::null());
        Bound::from_owned_ptr_or_err(py, text)
    }
}

/// A `str` of one character.
///
/// # Errors
/// When it is no scalar value, which nobody sends.
pub fn character(py: Python<'_>, place: Place) -> PyResult<Bound<'_, PyAny>> {
    let mut buffer = [0; 4];
    let encoded = char::from_u32(place.read()).unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut buffer);
    text(py, encoded.as_ptr(), encoded.len() as u32)
}

impl<'py> Lift<'_, 'py> {
    pub(super) fn string(self, place: Place) -> PyResult<Bound<'py, PyAny>> {
        let (first, length) = place.read_pair();
        match self.dynamic {
            _ if length == 0 => text(self.py, [].as_ptr(), 0),
            Dynamic::Handles(_) => unread(self.py, first, length),
            Dynamic::Within => text(self.py, first as usize as *const u8, length),
            Dynamic::Blocks => {
                let result = text(self.py, first as usize as *const u8, length);
                received::release();
                result
            }
        }
    }
}

/// Reads a string behind a handle to where Python wants it, which is right when it is ASCII.
fn unread(py: Python<'_>, handle: u32, length: u32) -> PyResult<Bound<'_, PyAny>> {
    const ASCII: ffi::Py_UCS4 = 127;
    unsafe {
        let object = ffi::PyUnicode_New(length as ffi::Py_ssize_t, ASCII);
        let object = Bound::from_owned_ptr_or_err(py, object)?;
        let bytes = ffi::PyUnicode_1BYTE_DATA(object.as_ptr());
        lazy::read(handle, 0, length, bytes.cast());
        // A single character's object may be one that everybody has.
        match length > 1 && std::slice::from_raw_parts(bytes, length as usize).is_ascii() {
            true => Ok(object),
            false => text(py, bytes, length),
        }
    }
}
