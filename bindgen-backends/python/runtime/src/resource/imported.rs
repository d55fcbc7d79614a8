//! Imported resources: objects that hold handles.

use onramp_python_table::ResourceId;
use pyo3::ffi;
use pyo3::prelude::*;

use super::{Finalizer, Resource};
use crate::world::Names;

/// Makes a handle an object's.
///
/// # Errors
/// When there is no memory.
pub fn attach<'py>(
    object: &Bound<'py, PyAny>,
    names: &Names,
    resource: ResourceId,
    handle: u32,
) -> PyResult<Bound<'py, Finalizer>> {
    let py = object.py();
    let finalizer = Bound::new(py, Finalizer::new(resource, handle))?;
    let number = handle.into_pyobject(py)?;
    for (name, value) in [(&names.handle, number.as_any()), (&names.finalizer, finalizer.as_any())] {
        if unsafe { ffi::PyObject_GenericSetAttr(object.as_ptr(), name.as_ptr(), value.as_ptr()) } != 0 {
            return Err(PyErr::fetch(py));
        }
    }
    Ok(finalizer)
}

/// What holds an object's handle.
pub fn finalizer_of<'py>(object: &Bound<'py, PyAny>, names: &Names) -> Option<Bound<'py, Finalizer>> {
    object.getattr(names.finalizer.bind(object.py())).ok()?.cast_into().ok()
}

impl Resource {
    /// An object for a handle.
    ///
    /// # Errors
    /// When the class raises something.
    pub fn object<'py>(
        &self,
        py: Python<'py>,
        names: &Names,
        resource: ResourceId,
        handle: u32,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, Finalizer>)> {
        let object = self.class.empty(py)?;
        let finalizer = attach(&object, names, resource, handle)?;
        Ok((object, finalizer))
    }
}
