//! The modules of an app, imported from memory: `bundle.py` finds and loads them.

use pyo3::prelude::*;
use pyo3::types::PyModule;

use crate::{memory, own, told};

/// Makes the bundle one of Python's finders, and has asyncio changed where this target asks for it.
///
/// # Errors
/// When a source does not run.
pub fn install(py: Python<'_>) -> PyResult<()> {
    for (name, source) in [("bundle", include_str!("bundle.py")), ("loop", include_str!("loop.py"))] {
        own::add(py, name, source)?.getattr("install")?.call0()?;
    }
    Ok(())
}

/// Adds a module: its full name, the name of its file, its source (UTF-8), and 1 for a package. Fails when it does not
/// compile.
///
/// # Safety
/// The texts came from [`memory::onramp_python_allocate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_add_module(
    name: *const u8,
    name_length: usize,
    file: *const u8,
    file_length: usize,
    source: *const u8,
    source_length: usize,
    is_package: i32,
) -> i32 {
    let name = unsafe { memory::text(name, name_length) };
    let file = unsafe { memory::text(file, file_length) };
    let source = unsafe { memory::bytes(source, source_length) };
    Python::attach(|py| {
        let added = own::call(py, "bundle", "add", (name, file, source, is_package != 0));
        // A mistake's place is in the app, not in `bundle.py`.
        told(py, added.map(drop).inspect_err(|error| error.set_traceback(py, None)))
    })
}

/// Imports a module, so that the snapshot has it.
///
/// # Safety
/// The name came from [`memory::onramp_python_allocate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_import(name: *const u8, length: usize) -> i32 {
    let name = unsafe { memory::text(name, length) };
    Python::attach(|py| told(py, PyModule::import(py, name).map(drop)))
}
