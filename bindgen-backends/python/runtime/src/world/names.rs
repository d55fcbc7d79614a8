//! Attributes that are read and written often.

use pyo3::prelude::*;
use pyo3::types::PyString;

/// Names, interned.
pub struct Names {
    /// A payload.
    pub value: Py<PyString>,
    /// The value of an enum's or a flag's member, where Python keeps it.
    pub member_value: Py<PyString>,
    /// The handle of an imported resource's object.
    pub handle: Py<PyString>,
    /// What drops that handle.
    pub finalizer: Py<PyString>,
}

impl Names {
    pub(super) fn new(py: Python<'_>) -> Self {
        let [value, member_value, handle, finalizer] =
            ["value", "_value_", "handle", "finalizer"].map(|name| PyString::intern(py, name).unbind());
        Names { value, member_value, handle, finalizer }
    }
}
