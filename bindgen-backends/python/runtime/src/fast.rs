//! `onramp_runtime.call`, which every call of an import goes through: without a tuple for its arguments.

use std::ffi::c_int;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::import;

/// The function `call(index, *arguments)`.
///
/// # Errors
/// When there is no memory.
pub fn call(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let definition = ffi::PyMethodDef {
        ml_name: c"call".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionFast: called },
        ml_flags: ffi::METH_FASTCALL as c_int,
        ml_doc: c"Calls an import of the world.".as_ptr(),
    };
    // Python keeps a pointer to it.
    let definition = Box::leak(Box::new(definition));
    unsafe {
        let none = std::ptr::null_mut();
        Bound::from_owned_ptr_or_err(py, ffi::PyCFunction_NewEx(definition, none, none))
    }
}

unsafe extern "C" fn called(
    _: *mut ffi::PyObject,
    arguments: *mut *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    Python::attach(|py| {
        // SAFETY: a bound object is a pointer to it, and the caller's array stays for the call.
        let arguments: &[Bound<'_, PyAny>] = match count {
            0 => &[],
            _ => unsafe { std::slice::from_raw_parts(arguments.cast_const().cast(), count as usize) },
        };
        let result = result(py, arguments);
        result.map_or_else(
            |error| {
                error.restore(py);
                std::ptr::null_mut()
            },
            Bound::into_ptr,
        )
    })
}

fn result<'py>(py: Python<'py>, arguments: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
    let Some((index, arguments)) = arguments.split_first() else {
        return Err(PyTypeError::new_err("call() takes the index of a function"));
    };
    import::call(py, index.extract()?, arguments, |lift, result| match result {
        Some((ty, place)) => lift.lift(ty, place),
        None => Ok(py.None().into_bound(py)),
    })
}
