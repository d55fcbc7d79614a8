//! The parts of this runtime that are written in Python: modules whose names begin with `_onramp_`.

use std::ffi::CString;

use pyo3::prelude::*;
use pyo3::types::PyModule;

/// Adds one of our modules to Python's and runs it.
///
/// # Errors
/// When it does not run.
pub fn add<'py>(py: Python<'py>, name: &str, source: &str) -> PyResult<Bound<'py, PyModule>> {
    let [source, file, name] = [source.to_owned(), format!("<onramp>/{name}.py"), format!("_onramp_{name}")]
        .map(|text| CString::new(text).expect("our texts have no zeros"));
    PyModule::from_code(py, &source, &file, &name)
}

/// Calls a function of one of our modules.
///
/// # Errors
/// What the function raises.
pub fn call<'py>(
    py: Python<'py>,
    name: &str,
    function: &str,
    arguments: impl pyo3::call::PyCallArgs<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    PyModule::import(py, format!("_onramp_{name}"))?.getattr(function)?.call1(arguments)
}
