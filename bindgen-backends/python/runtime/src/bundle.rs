//! The modules of an app, imported from memory: `bundle.py` finds and loads them.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyModule};

use crate::{files, memory, own, told};

/// Makes the bundle one of Python's finders, keeps imports from starting threads, and has asyncio changed where this target asks for it.
///
/// # Errors
/// When a source does not run.
pub fn install(py: Python<'_>) -> PyResult<()> {
    let parts =
        [("bundle", include_str!("bundle.py")), ("early", include_str!("early.py")), ("loop", include_str!("loop.py"))];
    for (name, source) in parts {
        own::add(py, name, source)?.getattr("install")?.call0()?;
    }
    own::call(py, "bundle", "look_in", (files::ROOT,)).map(drop)
}

/// Adds a module: its full name, its file (a path below [`files::ROOT`], or a name that begins with `<`, which is no file), its source,
/// and 1 for a package.
///
/// # Safety
/// The texts came from [`memory::onramp_python_allocate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_add_module(
    name: *mut u8,
    name_length: usize,
    file: *mut u8,
    file_length: usize,
    source: *mut u8,
    source_length: usize,
    is_package: i32,
) -> i32 {
    let name = unsafe { memory::taken(name, name_length) };
    let file = unsafe { memory::taken(file, file_length) };
    let source = unsafe { memory::taken(source, source_length) };
    Python::attach(|py| {
        let bytes = PyBytes::new(py, &source);
        let file = match memory::text(&file) {
            invented if invented.starts_with('<') => invented.to_owned(),
            path => files::add(path, source),
        };
        let arguments = (memory::text(&name), file, bytes, is_package != 0);
        told(py, own::call(py, "bundle", "add", arguments).map(drop))
    })
}

/// Adds a file of a package that is no module: its path below [`files::ROOT`], its content.
///
/// # Safety
/// As for [`onramp_python_add_module`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_add_file(
    path: *mut u8,
    path_length: usize,
    content: *mut u8,
    content_length: usize,
) -> i32 {
    let path = unsafe { memory::taken(path, path_length) };
    let content = unsafe { memory::taken(content, content_length) };
    files::add(memory::text(&path), content);
    0
}

/// Adds the name of a native module, and that of its file.
///
/// # Safety
/// As for [`onramp_python_add_module`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_add_native(
    name: *mut u8,
    name_length: usize,
    file: *mut u8,
    file_length: usize,
) -> i32 {
    let name = unsafe { memory::taken(name, name_length) };
    let file = unsafe { memory::taken(file, file_length) };
    Python::attach(|py| {
        told(py, own::call(py, "bundle", "add_native", (memory::text(&name), memory::text(&file))).map(drop))
    })
}

/// Imports a module, so that the snapshot has it.
///
/// # Safety
/// As for [`onramp_python_add_module`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_import(name: *mut u8, length: usize) -> i32 {
    let name = unsafe { memory::taken(name, length) };
    Python::attach(|py| {
        let imported = PyModule::import(py, memory::text(&name)).map(drop);
        told(py, imported.map_err(|error| explained(py, error)))
    })
}

/// An error of an import, for whoever makes a component.
fn explained(py: Python<'_>, error: PyErr) -> PyErr {
    match own::call(py, "bundle", "explained", (error.value(py),)) {
        Ok(explained) => PyErr::from_value(explained),
        Err(other) => other,
    }
}
