//! Numbers in bulk: `array.array`, and the buffers that Python objects lend.

use std::ffi::CStr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use crate::world::kind::Number;

static ARRAY: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// An `array.array` of the numbers in these bytes.
///
/// # Errors
/// When there is no memory.
pub fn array<'py>(py: Python<'py>, number: Number, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let array = ARRAY.import(py, "array", "array")?.call1((number.code(),))?;
    if !bytes.is_empty() {
        let start = bytes.as_ptr().cast_mut().cast();
        let view = unsafe { ffi::PyMemoryView_FromMemory(start, bytes.len() as ffi::Py_ssize_t, ffi::PyBUF_READ) };
        let view = unsafe { Bound::from_owned_ptr_or_err(py, view)? };
        array.call_method1(pyo3::intern!(py, "frombytes"), (view,))?;
    }
    Ok(array)
}

/// The numbers that an object lends, as they lie in its memory.
pub struct Lent(Box<ffi::Py_buffer>);

// There is one thread at a time.
unsafe impl Send for Lent {}

impl Lent {
    /// What the object lends, if it has numbers of this kind in one piece.
    pub fn of(object: &Bound<'_, PyAny>, number: Number) -> Option<Self> {
        if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
            return None;
        }
        let mut view = Box::new(ffi::Py_buffer::new());
        let flags = ffi::PyBUF_FORMAT | ffi::PyBUF_C_CONTIGUOUS;
        if unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), &mut *view, flags) } != 0 {
            drop(PyErr::fetch(object.py()));
            return None;
        }
        let lent = Lent(view);
        lent.holds(number).then_some(lent)
    }

    fn holds(&self, number: Number) -> bool {
        let format = match self.0.format.is_null() {
            true => "B",
            false => unsafe { CStr::from_ptr(self.0.format) }.to_str().unwrap_or_default(),
        };
        let code = format.trim_start_matches(['@', '=', '<']);
        self.0.itemsize == number.size() as ffi::Py_ssize_t
            && self.0.ndim <= 1
            && (code == number.code() || code == number.other_code())
    }

    /// Where the numbers are.
    pub fn address(&self) -> *const u8 {
        self.0.buf.cast()
    }

    /// How many bytes they are.
    pub fn size(&self) -> usize {
        self.0.len as usize
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        unsafe { ffi::PyBuffer_Release(&mut *self.0) }
    }
}
