//! Resources.

use onramp_python_table::ResourceId;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;

use super::Lower;
use super::failure::{Failure, Lowered};
use crate::place::Place;
use crate::resource::{Resource, finalizer_of};

impl<'py> Lower<'_, 'py> {
    /// Gives a handle away. The object keeps it until the call is made.
    pub(super) fn own(&mut self, id: ResourceId, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let resource = &self.world.resources[id.0 as usize];
        let handle = match resource.is_exported() {
            true => {
                let handle = self.new_handle(resource, value)?;
                self.kept.made.push((id, handle));
                handle
            }
            false => {
                let finalizer = finalizer_of(value, &self.world.names).filter(|held| held.get().resource() == id);
                let finalizer = finalizer.ok_or_else(|| Failure::expected(&resource.name, value))?;
                let handle = finalizer.get().take().ok_or_else(|| gone(resource))?;
                self.kept.leaving.push((value.clone().unbind(), finalizer.unbind(), handle));
                handle
            }
        };
        place.write(handle.into(), 4);
        Ok(())
    }

    /// Lends a handle.
    pub(super) fn borrow(&mut self, id: ResourceId, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let resource = &self.world.resources[id.0 as usize];
        let handle = match resource.is_exported() {
            true => {
                let handle = self.new_handle(resource, value)?;
                self.kept.lent.push((id, handle));
                handle
            }
            false => {
                let finalizer = finalizer_of(value, &self.world.names).filter(|held| held.get().resource() == id);
                let finalizer = finalizer.ok_or_else(|| Failure::expected(&resource.name, value))?;
                self.keep(value);
                finalizer.get().handle().ok_or_else(|| gone(resource))?
            }
        };
        place.write(handle.into(), 4);
        Ok(())
    }

    fn new_handle(&self, resource: &Resource, value: &Bound<'py, PyAny>) -> Lowered<u32> {
        if !self.can_be(resource, value) {
            return Err(Failure::expected(&resource.name, value));
        }
        resource.new_handle(value).ok_or_else(|| Failure::expected(&resource.name, value))
    }

    /// Whether a value can be an object of an exported resource. Its class need not be the one that the world's constructor makes, but
    /// it is one of the app's, and none of another resource.
    fn can_be(&self, resource: &Resource, value: &Bound<'py, PyAny>) -> bool {
        if resource.class.is_instance(value) {
            return true;
        }
        let is_of_another = |other: &Resource| other.is_exported() && other.class.is_instance(value);
        // SAFETY: flags of a class are always there.
        let is_of_app = unsafe { ffi::PyType_HasFeature(ffi::Py_TYPE(value.as_ptr()), ffi::Py_TPFLAGS_HEAPTYPE) } != 0;
        is_of_app && !value.is_instance_of::<PyType>() && !self.world.resources.iter().any(is_of_another)
    }
}

fn gone(resource: &Resource) -> Failure {
    Failure::because(format!("the `{}` was given away or closed", resource.name))
}
