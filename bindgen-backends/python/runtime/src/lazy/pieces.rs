//! Reading a lazy value piece by piece.

use std::sync::Mutex;

use pyo3::prelude::*;

use super::Lazy;
use super::object::{Source, world};
use super::part::slice;

/// An iterator of pieces of a string or list, each as the whole would be.
#[pyclass(module = "onramp_runtime", frozen)]
pub struct Pieces {
    lazy: Py<Lazy>,
    /// How many elements or bytes a piece has at most.
    count: u32,
    place: Mutex<Progress>,
}

#[derive(Clone, Copy, Default)]
struct Progress {
    /// In elements; in a string, in bytes.
    unread: u32,
    /// In a string, in characters: where to go on when somebody has read it all.
    characters: u32,
}

impl Pieces {
    /// The pieces of a value.
    pub fn new(lazy: &Bound<'_, Lazy>, count: u32) -> Self {
        Pieces { lazy: lazy.clone().unbind(), count, place: Mutex::default() }
    }

    fn text<'py>(&self, py: Python<'py>, lazy: &Lazy, place: &mut Progress) -> PyResult<Bound<'py, PyAny>> {
        let handle = match lazy.source(py)? {
            Source::Handle(handle) => handle,
            Source::Whole(value) => {
                place.unread = lazy.length();
                return slice(&value, place.characters, None);
            }
        };
        let (text, bytes) = lazy.text_from(py, handle, place.unread, self.count)?;
        place.unread += bytes;
        place.characters += text.len()? as u32;
        Ok(text)
    }
}

#[pymethods]
impl Pieces {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let lazy = self.lazy.get();
        let mut place = *self.place.lock().expect("nothing here panics");
        if place.unread == lazy.length() {
            return Ok(None);
        }
        let piece = match lazy.is_text(world()?) {
            true => self.text(py, lazy, &mut place)?,
            false => {
                let count = self.count.min(lazy.length() - place.unread);
                place.unread += count;
                lazy.elements(py, place.unread - count, count)?
            }
        };
        *self.place.lock().expect("nothing here panics") = place;
        Ok(Some(piece))
    }
}
