//! Resources: objects for handles, handles for objects.

mod exported;
mod finalizer;
mod imported;

pub use exported::{destroy, find};
pub use finalizer::Finalizer;
pub use imported::{attach, finalizer_of};
use onramp_python_table::{Own, ResourceId};
use pyo3::prelude::*;

use crate::import;
use crate::world::World;
use crate::world::class::Class;

/// A resource of the world.
pub struct Resource {
    /// Its name in WIT: for messages.
    pub name: String,
    /// The class of its objects.
    pub class: Class,
    /// The import that drops a handle.
    drop: u32,
    /// For an exported resource: the imports between representations and handles.
    own: Option<Own>,
}

impl Resource {
    /// Looks a resource's class up.
    ///
    /// # Errors
    /// When it is missing.
    pub fn new(py: Python<'_>, resource: &onramp_python_table::Resource, app: &str) -> PyResult<Self> {
        let class = match resource.own {
            Some(_) => Class::find_of_app(py, &resource.class, app)?,
            None => Class::find(py, &resource.class)?,
        };
        Ok(Resource { name: resource.name.clone(), class, drop: resource.drop, own: resource.own })
    }

    /// Whether its objects are the app's own.
    pub fn is_exported(&self) -> bool {
        self.own.is_some()
    }

    /// Gives a handle back.
    pub fn drop_handle(&self, handle: u32) {
        import::call_built_in(self.drop, handle);
    }
}

/// Gives a handle of this resource back.
pub fn drop_handle(resource: ResourceId, handle: u32) {
    if let Some(world) = World::get() {
        world.resources[resource.0 as usize].drop_handle(handle);
    }
}
