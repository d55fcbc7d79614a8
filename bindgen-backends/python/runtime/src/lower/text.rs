//! Text.

use onramp_python_table::TypeId;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::Lower;
use super::failure::{Failure, Lowered};
use crate::place::Place;

/// Why a `str` may be no text.
const SURROGATE: &str = "a surrogate is no character";

/// Writes a character.
///
/// # Errors
/// When it is no `str` of one character.
pub fn character(ty: &str, value: &Bound<'_, PyAny>, place: Place) -> Lowered {
    let text = value.cast::<PyString>().map_err(|_| Failure::expected(ty, value))?;
    if text.len()? != 1 {
        return Err(Failure::value(ty, value, "not one character"));
    }
    let found = unsafe { ffi::PyUnicode_ReadChar(text.as_ptr(), 0) };
    match char::from_u32(found) {
        Some(found) => place.write(u32::from(found).into(), 4),
        None => return Err(Failure::value(ty, value, SURROGATE)),
    }
    Ok(())
}

impl<'py> Lower<'_, 'py> {
    /// Sends the UTF-8 that the object has, or gets by this.
    pub(super) fn string(&mut self, id: TypeId, ty: &str, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        if !value.is_instance_of::<PyString>() {
            return self.pass_on(id, value, place).unwrap_or_else(|| Err(Failure::expected(ty, value)));
        }
        let mut length: ffi::Py_ssize_t = 0;
        let start = unsafe { ffi::PyUnicode_AsUTF8AndSize(value.as_ptr(), &mut length) };
        if start.is_null() {
            let error = PyErr::fetch(self.py);
            return Err(match error.is_instance_of::<pyo3::exceptions::PyUnicodeEncodeError>(self.py) {
                true => Failure::value(ty, value, SURROGATE),
                false => error.into(),
            });
        }
        place.write_pair(start.addr() as u32, length as u32);
        self.keep(value);
        Ok(())
    }
}
