//! A seed of hashes of its own for each instance: the part that is written in C (`hashes/`) knows CPython from within.

use std::ffi::c_int;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use pyo3::{create_exception, ffi};

use crate::own;

unsafe extern "C" {
    // hashes/hashes.c.
    fn onramp_hashes_begin();
    fn onramp_hashes_watch() -> c_int;
    fn onramp_hashes_remembered() -> *mut ffi::PyObject;
    fn onramp_hashes_write() -> c_int;
    fn onramp_hashes_renew() -> c_int;
}

create_exception!(onramp_runtime, NotFresh, PyRuntimeError);

/// Whether instances get seeds of their own.
static FRESH: AtomicBool = AtomicBool::new(false);

/// Begins the account of CPython's objects, before it is initialized.
pub fn begin() {
    FRESH.store(true, Relaxed);
    unsafe { onramp_hashes_begin() };
}

/// Notes from now on what `hash` returns.
///
/// # Errors
/// When `hash` is not CPython's.
pub fn watch(py: Python<'_>) -> PyResult<()> {
    match FRESH.load(Relaxed) {
        true => done(py, unsafe { onramp_hashes_watch() }),
        false => Ok(()),
    }
}

/// Writes down what an instance has to change. No Python code may run after that.
///
/// # Errors
/// When not everything can be changed. [`is_because_of_them`] knows this error.
pub fn write(py: Python<'_>) -> PyResult<()> {
    if !FRESH.load(Relaxed) {
        return Ok(());
    }
    if let Some(why) = remembered(py)? {
        return Err(NotFresh::new_err(why));
    }
    done(py, unsafe { onramp_hashes_write() }).map_err(|error| NotFresh::new_err(error.to_string()))
}

/// Why hashes may be remembered by Python code, if they may.
fn remembered(py: Python<'_>) -> PyResult<Option<String>> {
    let both = unsafe { Bound::from_owned_ptr_or_err(py, onramp_hashes_remembered())? };
    let (numbers, callers): (Bound<'_, PyList>, Bound<'_, PyList>) = both.extract()?;
    if numbers.is_empty() && callers.is_empty() {
        return Ok(None);
    }
    own::add(py, "hashes", include_str!("hashes.py"))?;
    own::call(py, "hashes", "explained", (numbers, callers))?.extract().map(Some)
}

/// Whether an error says that the seed of the hashes cannot be changed.
pub fn is_because_of_them(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<NotFresh>(py)
}

/// Gives this instance hashes of its own.
pub fn renew(py: Python<'_>) {
    if let Err(error) = done(py, unsafe { onramp_hashes_renew() }) {
        error.print(py);
        process::abort();
    }
}

fn done(py: Python<'_>, result: c_int) -> PyResult<()> {
    match result {
        0 => Ok(()),
        _ => Err(PyErr::fetch(py)),
    }
}
