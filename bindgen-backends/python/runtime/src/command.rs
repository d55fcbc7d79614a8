//! `python`, as far as a component that is a command has it.

use std::env;

use pyo3::ffi;
use pyo3::prelude::*;

use crate::{own, told};

/// Runs what this instance's arguments say, to its end and that of its threads: 0 when it ended well, as `wasi:cli/run` has it.
#[unsafe(no_mangle)]
pub extern "C" fn onramp_python_run() -> i32 {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let mut code = 1;
    Python::attach(|py| told(py, run(py, arguments).map(|ended| code = ended)));
    unsafe {
        // Waits for threads, calls what `atexit` was given, and flushes; nobody comes back to this interpreter.
        ffi::PyGILState_Ensure();
        if ffi::Py_FinalizeEx() != 0 {
            code = 1;
        }
    }
    i32::from(code != 0)
}

fn run(py: Python<'_>, arguments: Vec<String>) -> PyResult<u8> {
    own::add(py, "command", include_str!("command.py"))?;
    own::call(py, "command", "run", (arguments,))?.extract()
}
