//! Exported resources: the app's objects, and their representations.

use std::sync::Mutex;

use pyo3::prelude::*;

use super::Resource;
use crate::import;

/// The objects that handles exist of; a representation is a place here and one more.
static OBJECTS: Mutex<Objects> = Mutex::new(Objects { places: Vec::new(), free: Vec::new() });

struct Objects {
    places: Vec<Option<Py<PyAny>>>,
    free: Vec<u32>,
}

fn with<R>(action: impl FnOnce(&mut Objects) -> R) -> R {
    action(&mut OBJECTS.lock().expect("nothing here panics"))
}

/// The object of a representation, if a handle of it exists.
pub fn find<'py>(py: Python<'py>, representation: u32) -> Option<Bound<'py, PyAny>> {
    with(|objects| {
        let place = (representation as usize).checked_sub(1)?;
        objects.places.get(place)?.as_ref().map(|object| object.bind(py).clone())
    })
}

/// What a destructor does: the object is the app's only.
pub fn destroy(representation: u32) {
    let object = with(|objects| {
        let place = representation.checked_sub(1)?;
        let object = objects.places.get_mut(place as usize)?.take();
        objects.free.extend(object.is_some().then_some(place));
        object
    });
    // Here and not above: the last reference may run anything.
    drop(object);
}

fn insert(object: Py<PyAny>) -> u32 {
    with(|objects| {
        let place = objects.free.pop().unwrap_or(objects.places.len() as u32);
        match objects.places.get_mut(place as usize) {
            Some(free) => *free = Some(object),
            None => objects.places.push(Some(object)),
        }
        place + 1
    })
}

impl Resource {
    /// A new handle of an object of the app's.
    pub fn new_handle(&self, object: &Bound<'_, PyAny>) -> Option<u32> {
        let own = self.own?;
        let representation = insert(object.clone().unbind());
        Some(import::call_built_in(own.new, representation))
    }

    /// The object of a handle that came back, which ends with that.
    pub fn take_back<'py>(&self, py: Python<'py>, handle: u32) -> Option<Bound<'py, PyAny>> {
        let object = find(py, import::call_built_in(self.own?.rep, handle));
        self.drop_handle(handle);
        object
    }
}
