//! The world that the app was built for: its table, with everything looked up that is Python's.

pub mod class;
mod export;
pub mod kind;
mod names;
mod resolve;

use std::sync::OnceLock;

pub use export::{Export, Exported, Receiver};
use onramp_python_table::{Import, Table, TypeId};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

pub use self::names::Names;
use crate::resource::Resource;
use crate::{memory, told};
use kind::Type;

static WORLD: OnceLock<World> = OnceLock::new();

/// The app's world.
pub struct World {
    /// Whether dynamic values arrive as lazy handles.
    pub is_lazy: bool,
    /// The types, by their indices.
    pub types: Vec<Type>,
    /// The resources, by their indices.
    pub resources: Vec<Resource>,
    /// What can be called, by the index.
    pub imports: Vec<Import>,
    /// What others call, by the index.
    pub exports: Vec<Export>,
    /// Attributes.
    pub names: Names,
}

impl World {
    /// The world, once [`onramp_python_add_table`] has read it.
    pub fn get() -> Option<&'static World> {
        WORLD.get()
    }

    /// A type.
    pub fn ty(&self, ty: TypeId) -> &Type {
        &self.types[ty.0 as usize]
    }

    fn new(py: Python<'_>, table: Table) -> PyResult<World> {
        // First what the app may lack: it is told with the function that asks for it.
        let exports = export::find(py, &table)?;
        let types = resolve::types(py, &table)?;
        let resources = table.resources.iter().map(|resource| Resource::new(py, resource, &table.app));
        let resources = resources.collect::<PyResult<_>>()?;
        let names = Names::new(py);
        Ok(World { is_lazy: table.lazy, types, resources, imports: table.imports, exports, names })
    }
}

/// Reads the table of the app's world ([`Table::to_bytes`]), imports the app's module, and looks up the classes of both.
///
/// # Safety
/// The table came from [`memory::onramp_python_allocate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_add_table(start: *mut u8, length: usize) -> i32 {
    let bytes = unsafe { memory::taken(start, length) };
    Python::attach(|py| told(py, add(py, &bytes)))
}

fn add(py: Python<'_>, bytes: &[u8]) -> PyResult<()> {
    let table = Table::from_bytes(bytes).map_err(|error| {
        PyRuntimeError::new_err(format!("the table of the world is none that this runtime reads: {error}"))
    })?;
    let world = World::new(py, table)?;
    WORLD.set(world).map_err(|_| PyRuntimeError::new_err("a component has one world"))
}
