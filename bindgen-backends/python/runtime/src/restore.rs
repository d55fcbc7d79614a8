//! The end of the first life and the beginning of the second.

use std::borrow::Cow;
use std::collections::HashMap;
use std::env;
use std::ffi::{OsString, c_void};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use pyo3::prelude::*;

use crate::{hashes, own, tidy, told};

unsafe extern "C" {
    // wasi-libc, wasi/libc-environ.h and wasi/libc.h.
    fn __wasilibc_deinitialize_environ();
    fn __wasilibc_initialize_environ();
    fn __wasilibc_reset_preopens();
    // cooperative-threads: the first thread reads the seed when it is first seen, which is in the first life.
    fn coop_self() -> *mut c_void;
    fn coop_seed_from_environment();
}

/// Whether this is the second life.
static RESTORED: AtomicBool = AtomicBool::new(false);

/// Whether this is an instance of a snapshot: what the world imports is there.
pub fn is_restored() -> bool {
    RESTORED.load(Relaxed)
}

/// What [`onramp_python_close`] returns when there has to be another first life, with a seed of hashes that stays.
pub const NOT_FRESH: i32 = 2;

/// Makes ready for the snapshot: what was learnt of the environment is forgotten.
#[unsafe(no_mangle)]
pub extern "C" fn onramp_python_close() -> i32 {
    let result = Python::attach(|py| match close(py) {
        Err(error) if hashes::is_because_of_them(py, &error) => {
            eprintln!("{}", error.value(py));
            NOT_FRESH
        }
        result => told(py, result),
    });
    unsafe {
        coop_self();
        __wasilibc_deinitialize_environ();
        __wasilibc_reset_preopens();
    }
    result
}

fn close(py: Python<'_>) -> PyResult<()> {
    own::add(py, "restore", include_str!("restore.py"))?;
    let unread = tidy::find(py)?;
    // From here on no Python code may run.
    hashes::write(py)?;
    tidy::clear(&unread);
    Ok(())
}

/// The first thing that happens in an instance of a snapshot.
#[unsafe(no_mangle)]
pub extern "C" fn onramp_python_restored() {
    RESTORED.store(true, Relaxed);
    // No dictionary may be asked before.
    Python::attach(hashes::renew);
    unsafe {
        __wasilibc_initialize_environ();
        coop_seed_from_environment();
    }
    let bytes = |text: OsString| Cow::Owned(text.into_encoded_bytes());
    let environment: HashMap<Cow<[u8]>, Cow<[u8]>> =
        env::vars_os().map(|(name, value)| (bytes(name), bytes(value))).collect();
    let arguments: Vec<OsString> = env::args_os().collect();
    Python::attach(|py| told(py, own::call(py, "restore", "restored", (arguments, environment)).map(drop)));
}
