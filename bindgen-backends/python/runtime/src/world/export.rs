//! What others call in the app.

use onramp_python_table::{Function, ResourceId, Table, Target};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

use super::class::{in_module, of_app};

/// What is called by an index.
pub enum Export {
    /// A function.
    Function(Exported),
    /// The destructor of an exported resource.
    Destructor(ResourceId),
}

/// An exported function.
pub struct Exported {
    /// Its types.
    pub function: Function,
    /// What it is in the app.
    pub receiver: Receiver,
}

/// What is called, with the function's parameters.
pub enum Receiver {
    /// A method of this object, or of this class.
    Object(Py<PyAny>, Py<PyString>),
    /// A method of the first parameter.
    First(Py<PyString>),
    /// A class.
    Class(Py<PyType>),
}

/// Looks up all exports of a table.
///
/// # Errors
/// When the app's module cannot be imported, or lacks a class or a method: with the function that asks for it.
pub fn find(py: Python<'_>, table: &Table) -> PyResult<Vec<Export>> {
    let mut app = App { py, table, module: PyModule::import(py, &*table.app)?, objects: Vec::new() };
    let functions = table.exports.iter().filter_map(|export| match export {
        onramp_python_table::Export::Function(function, target) => Some((function, target)),
        onramp_python_table::Export::Destructor(_) => None,
    });
    // Before a class makes an object: Python says less of what is missing.
    for (function, target) in functions {
        app.check(function, target)?;
    }
    let export = |export| match export {
        &onramp_python_table::Export::Destructor(resource) => Ok(Export::Destructor(resource)),
        onramp_python_table::Export::Function(function, target) => {
            Ok(Export::Function(Exported { function: function.clone(), receiver: app.receiver(function, target)? }))
        }
    };
    table.exports.iter().map(export).collect()
}

struct App<'a, 'py> {
    py: Python<'py>,
    table: &'a Table,
    module: Bound<'py, PyModule>,
    /// One for each class whose methods are called.
    objects: Vec<(&'a str, Py<PyAny>)>,
}

impl<'a, 'py> App<'a, 'py> {
    fn check(&self, function: &Function, target: &Target) -> PyResult<()> {
        match target {
            Target::Function { class, method } => has(&self.own_class(class, function)?, method, function),
            Target::Constructor(class) => self.class(class, function).map(drop),
            Target::Static(class, method) => has(&self.class(class, function)?, method, function),
            Target::Method(method) => match first_class(self.table, function) {
                Some(class) => has(&self.class(class, function)?, method, function),
                None => Ok(()),
            },
        }
    }

    fn receiver(&mut self, function: &Function, target: &'a Target) -> PyResult<Receiver> {
        let py = self.py;
        let intern = |name: &str| PyString::intern(py, name).unbind();
        Ok(match target {
            Target::Function { class, method } => Receiver::Object(self.object(class, function)?, intern(method)),
            Target::Constructor(class) => Receiver::Class(self.class(class, function)?.unbind()),
            Target::Static(class, method) => {
                Receiver::Object(self.class(class, function)?.into_any().unbind(), intern(method))
            }
            Target::Method(method) => Receiver::First(intern(method)),
        })
    }

    /// A class of the app's module.
    fn own_class(&self, name: &str, function: &Function) -> PyResult<Bound<'py, PyType>> {
        found(in_module(&self.module, name), &self.table.app, name, function)
    }

    /// A resource's class.
    fn class(&self, named: &onramp_python_table::Class, function: &Function) -> PyResult<Bound<'py, PyType>> {
        found(of_app(self.py, named, &self.table.app)?, &self.table.app, &named.name, function)
    }

    /// The object whose methods are called: the class's only one.
    fn object(&mut self, name: &'a str, function: &Function) -> PyResult<Py<PyAny>> {
        if let Some((_, object)) = self.objects.iter().find(|(known, _)| *known == name) {
            return Ok(object.clone_ref(self.py));
        }
        let object = self.own_class(name, function)?.call0()?.unbind();
        self.objects.push((name, object.clone_ref(self.py)));
        Ok(object)
    }
}

fn found<'py>(
    class: Option<Bound<'py, PyType>>,
    app: &str,
    name: &str,
    function: &Function,
) -> PyResult<Bound<'py, PyType>> {
    class.ok_or_else(|| {
        PyTypeError::new_err(format!(
            "the module `{app}` has no class `{name}`, which the world asks for: it exports `{}`",
            function.name
        ))
    })
}

/// The class of a method's first parameter.
fn first_class<'a>(table: &'a Table, function: &Function) -> Option<&'a onramp_python_table::Class> {
    let first = function.params.first()?;
    match table.ty(first.ty).shape {
        onramp_python_table::Shape::Borrow(resource) => Some(&table.resources[resource.0 as usize].class),
        _ => None,
    }
}

/// Checks that a class has a method of its own, and not only the generated package's declaration of it.
fn has(class: &Bound<'_, PyType>, method: &str, function: &Function) -> PyResult<()> {
    let found = class.getattr(method).ok();
    let is_declared = |found: &Bound<'_, PyAny>| {
        found.getattr("__isabstractmethod__").and_then(|flag| flag.is_truthy()).unwrap_or(false)
    };
    match found {
        Some(found) if found.is_callable() && !is_declared(&found) => Ok(()),
        _ => Err(PyTypeError::new_err(format!(
            "the class `{}` has no method `{method}`, which the world asks for: it exports `{}`",
            class.name()?,
            function.name
        ))),
    }
}
