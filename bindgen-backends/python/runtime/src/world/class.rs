//! Classes of the generated package, and how instances are made.

use pyo3::exceptions::{PyImportError, PyModuleNotFoundError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};

/// A class.
pub struct Class {
    /// The class.
    pub ty: Py<PyType>,
    /// Whether an instance is what `__new__` makes, with its fields as attributes.
    is_plain: bool,
}

impl Class {
    /// Looks a class of the generated package up.
    ///
    /// # Errors
    /// When the module cannot be imported or has no such class.
    pub fn find(py: Python<'_>, class: &onramp_python_table::Class) -> PyResult<Self> {
        let module = PyModule::import(py, &*class.module)?;
        let ty = in_module(&module, &class.name).ok_or_else(|| {
            PyImportError::new_err(format!("the module `{}` has no class `{}`", class.module, class.name))
        })?;
        Class::new(ty)
    }

    /// Looks the class of an exported resource up: [`of_app`].
    ///
    /// # Errors
    /// When there is none.
    pub fn find_of_app(py: Python<'_>, class: &onramp_python_table::Class, app: &str) -> PyResult<Self> {
        let found = of_app(py, class, app)?;
        Class::new(found.ok_or_else(|| {
            PyImportError::new_err(format!("the module `{app}` has no class `{}`, a resource of the world", class.name))
        })?)
    }

    fn new(ty: Bound<'_, PyType>) -> PyResult<Self> {
        let is_plain = is_plain(&ty)?;
        Ok(Class { ty: ty.unbind(), is_plain })
    }

    /// An instance with these fields, in the order in which the class takes them.
    ///
    /// # Errors
    /// When the class raises something.
    pub fn instance<'py, 'a>(
        &self,
        py: Python<'py>,
        names: impl Iterator<Item = &'a Py<PyString>>,
        values: &[Bound<'py, PyAny>],
    ) -> PyResult<Bound<'py, PyAny>> {
        if !self.is_plain {
            return self.ty.bind(py).call1(PyTuple::new(py, values)?);
        }
        let instance = self.empty(py)?;
        for (name, value) in names.zip(values) {
            // Goes past the `__setattr__` of a frozen class, as its own `__init__` does.
            let set = unsafe { ffi::PyObject_GenericSetAttr(instance.as_ptr(), name.as_ptr(), value.as_ptr()) };
            if set != 0 {
                return Err(PyErr::fetch(py));
            }
        }
        Ok(instance)
    }

    /// An instance that was not initialized.
    ///
    /// # Errors
    /// When `__new__` raises something.
    pub fn empty<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let ty = self.ty.as_ptr().cast::<ffi::PyTypeObject>();
        let arguments = PyTuple::empty(py);
        unsafe {
            let new = (*ty).tp_new.expect("every class that was made by a statement has one");
            Bound::from_owned_ptr_or_err(py, new(ty, arguments.as_ptr(), std::ptr::null_mut()))
        }
    }

    /// Whether a value is an instance.
    pub fn is_instance(&self, value: &Bound<'_, PyAny>) -> bool {
        let found = value.get_type_ptr();
        found == self.ty.as_ptr().cast() || unsafe { ffi::PyType_IsSubtype(found, self.ty.as_ptr().cast()) } != 0
    }
}

/// The app's class for an exported resource: in the module that is named after the interface, as componentize-py has it, else in
/// the app's own.
///
/// # Errors
/// When a module raises something while it is imported.
pub fn of_app<'py>(
    py: Python<'py>,
    class: &onramp_python_table::Class,
    app: &str,
) -> PyResult<Option<Bound<'py, PyType>>> {
    for name in [&class.module, app] {
        let module = match PyModule::import(py, name) {
            Ok(module) => module,
            Err(error) if error.is_instance_of::<PyModuleNotFoundError>(py) => continue,
            Err(error) => return Err(error),
        };
        if let Some(found) = in_module(&module, &class.name).filter(|found| !is_protocol(found)) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A class of a module.
pub fn in_module<'py>(module: &Bound<'py, PyModule>, name: &str) -> Option<Bound<'py, PyType>> {
    module.getattr(name).ok()?.cast_into().ok()
}

/// Whether a class only says what others have, as the generated package's do.
fn is_protocol(class: &Bound<'_, PyType>) -> bool {
    class.getattr("_is_protocol").and_then(|flag| flag.is_truthy()).unwrap_or(false)
}

/// Whether a class is a dataclass whose initialization sets fields and does nothing else.
fn is_plain(ty: &Bound<'_, PyType>) -> PyResult<bool> {
    let raw = ty.as_type_ptr();
    let makes_objects =
        unsafe { (*raw).tp_new.map(|new| new as usize) == ffi::PyBaseObject_Type.tp_new.map(|new| new as usize) };
    Ok(makes_objects && ty.hasattr("__dataclass_fields__")? && !ty.hasattr("__post_init__")?)
}
