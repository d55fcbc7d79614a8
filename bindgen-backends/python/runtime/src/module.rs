//! The built-in module `onramp_runtime`: what the generated package is made of.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyModule, PyTuple};

use crate::lazy::{Lazy, Pieces};
use crate::resource::{self, Finalizer};
use crate::{fast, import};

/// Adds the module to Python's.
///
/// # Errors
/// When there is no memory.
pub fn install(py: Python<'_>) -> PyResult<()> {
    let module = PyModule::new(py, "onramp_runtime")?;
    module.add("call", fast::call(py)?)?;
    module.add_function(wrap_pyfunction!(memory_size, &module)?)?;
    module.add_function(wrap_pyfunction!(construct, &module)?)?;
    module.add_function(wrap_pyfunction!(drop_handle, &module)?)?;
    module.add_class::<Lazy>()?;
    module.add_class::<Finalizer>()?;
    module.add_class::<Pieces>()?;
    PyModule::import(py, "sys")?.getattr("modules")?.set_item("onramp_runtime", module)
}

/// How many bytes of memory the instance has.
#[pyfunction]
fn memory_size() -> usize {
    core::arch::wasm32::memory_size::<0>() << 16
}

/// Calls an imported resource's constructor, whose handle becomes the object's.
#[pyfunction]
#[pyo3(signature = (object, index, *arguments))]
fn construct<'py>(
    py: Python<'py>,
    object: &Bound<'py, PyAny>,
    index: u32,
    arguments: &Bound<'py, PyTuple>,
) -> PyResult<()> {
    import::call(py, index, &all(arguments), |lift, result| match result {
        Some((ty, place)) => lift.adopt(ty, place, object),
        None => Err(PyTypeError::new_err(format!("the world's function {index} is no constructor"))),
    })
}

fn all<'py>(arguments: &Bound<'py, PyTuple>) -> Vec<Bound<'py, PyAny>> {
    arguments.iter().collect()
}

/// Drops a handle of a resource.
#[pyfunction]
#[pyo3(name = "drop")]
fn drop_handle(resource: u32, handle: u32) {
    resource::drop_handle(onramp_python_table::ResourceId(resource), handle);
}
