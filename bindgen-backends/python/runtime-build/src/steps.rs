//! Building the runtime part by part, for whoever shows that there is progress.

use anyhow::Result;
use onramp_driver::{Sysroot, Target};
use onramp_toolchain::Cache;

use crate::Runtime;
use crate::cpython::CPython;
use crate::native;

/// A part of the runtime that is built for itself.
pub struct Step {
    /// What it is called.
    pub name: &'static str,
    /// Builds it if it is not in the cache.
    pub ensure: fn(&Cache) -> Result<()>,
}

/// The parts in the order in which they are built.
pub const STEPS: [Step; 3] = [
    Step { name: "a Python 3.13 for this machine", ensure: native_python },
    Step { name: "CPython for wasm", ensure: |cache| CPython::ensure(cache, &sysroot(cache)?).map(drop) },
    Step { name: "the Python runtime", ensure: |cache| Runtime::ensure(cache).map(drop) },
];

/// Only CPython's build needs it.
fn native_python(cache: &Cache) -> Result<()> {
    match cache.get("cpython", &CPython::key(&sysroot(cache)?)) {
        Some(_) => Ok(()),
        None => native::ensure(cache).map(drop),
    }
}

fn sysroot(cache: &Cache) -> Result<Sysroot> {
    Sysroot::open(cache, Target::Wasip1)
}
