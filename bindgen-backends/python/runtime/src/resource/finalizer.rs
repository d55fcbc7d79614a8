//! What holds the handle of an imported resource's object.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use onramp_python_table::ResourceId;
use pyo3::prelude::*;

use super::drop_handle;

/// No handle: tables do not get that large.
const GONE: u32 = u32::MAX;

/// The handle of an object, which is dropped with it, when this is called, or not at all once it was given away.
///
/// The part of `weakref.finalize` that bindings use, without its registry.
#[pyclass(module = "onramp_runtime", frozen)]
pub struct Finalizer {
    resource: ResourceId,
    /// [`GONE`] when it is.
    handle: AtomicU32,
}

impl Finalizer {
    /// The holder of a handle.
    pub fn new(resource: ResourceId, handle: u32) -> Self {
        Finalizer { resource, handle: AtomicU32::new(handle) }
    }

    /// What the handle is of.
    pub fn resource(&self) -> ResourceId {
        self.resource
    }

    /// The handle, if it is still here.
    pub fn handle(&self) -> Option<u32> {
        Some(self.handle.load(Relaxed)).filter(|handle| *handle != GONE)
    }

    /// The handle, which is somebody else's from now on.
    pub fn take(&self) -> Option<u32> {
        Some(self.handle.swap(GONE, Relaxed)).filter(|handle| *handle != GONE)
    }

    /// Takes a handle back that was to be given away.
    pub fn restore(&self, handle: u32) {
        self.handle.store(handle, Relaxed);
    }

    /// Drops the handle, if it is still here.
    pub fn end(&self) {
        if let Some(handle) = self.take() {
            drop_handle(self.resource, handle);
        }
    }
}

#[pymethods]
impl Finalizer {
    fn __call__(&self) {
        self.end();
    }

    fn detach(&self) -> Option<u32> {
        self.take()
    }

    #[getter]
    fn alive(&self) -> bool {
        self.handle().is_some()
    }
}

impl Drop for Finalizer {
    fn drop(&mut self) {
        self.end();
    }
}
