//! CPython in a reactor module for wasm32-wasip1.
//!
//! The module is used in two lives. In the first, the host that makes a component calls, in this order,
//! [`onramp_python_allocate`](memory::onramp_python_allocate) for each of its arguments,
//! [`onramp_python_initialize`](interpreter::onramp_python_initialize),
//! [`onramp_python_add_module`](bundle::onramp_python_add_module), [`onramp_python_add_file`](bundle::onramp_python_add_file),
//! [`onramp_python_add_native`](bundle::onramp_python_add_native),
//! [`onramp_python_import`](bundle::onramp_python_import) and
//! [`onramp_python_close`](restore::onramp_python_close), and takes a snapshot. The second life begins with that snapshot:
//! [`onramp_python_restored`](restore::onramp_python_restored) stands in the place of `_initialize`.
//!
//! Functions return 0, or 1 when they failed; why is on standard error by then.
//! `onramp_python_close` also returns [2](restore::NOT_FRESH).
//!
//! # PyO3 and threads
//!
//! Rust has no thread-local variables on this target: PyO3's count of attachments is one number for all threads. It is true
//! as a sum: each thread adds what it takes away again, and whoever runs Rust code here runs inside an export, which is
//! attached. `Python::detach` would break that, because it sets the count to zero and back: it is not used here.

mod arena;
mod bulk;
mod bundle;
mod command;
mod export;
mod fast;
mod files;
mod frozen;
mod hashes;
mod import;
mod interpreter;
mod kept;
mod lazy;
mod lift;
mod lower;
mod memory;
mod module;
mod own;
mod place;
mod received;
mod resource;
mod restore;
mod tidy;
mod world;

pub use bundle::{onramp_python_add_file, onramp_python_add_module, onramp_python_add_native, onramp_python_import};
pub use command::onramp_python_run;
pub use export::{onramp_python_call, onramp_python_post_return};
pub use interpreter::onramp_python_initialize;
pub use memory::onramp_python_allocate;
pub use received::cabi_realloc;
pub use restore::{onramp_python_close, onramp_python_restored};
pub use world::onramp_python_add_table;

use pyo3::prelude::*;

/// What an export returns: 0, or 1 with the traceback on standard error.
fn told(py: Python<'_>, result: PyResult<()>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(error) => {
            error.print(py);
            1
        }
    }
}
