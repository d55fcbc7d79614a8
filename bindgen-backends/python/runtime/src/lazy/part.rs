//! Reading parts of lazy values.

use onramp_python_table::Elements;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PySlice, PySliceMethods};

use super::object::{Source, world};
use super::{Block, Lazy, Origin, peek};
use crate::lift::{self, Dynamic, Lift};
use crate::world::kind::Kind;

impl Lazy {
    /// A list's elements from `start` on, as what the whole list would be.
    ///
    /// # Errors
    /// As for [`Lazy::materialize`].
    pub fn elements<'py>(&self, py: Python<'py>, start: u32, count: u32) -> PyResult<Bound<'py, PyAny>> {
        let world = world()?;
        let (element, elements) = match (self.source(py)?, &self.ty(world).kind) {
            (Source::Whole(value), _) => return slice(&value, start, Some(start + count)),
            // Owners change once: such a value is read once, and whole.
            (Source::Handle(_), _) if self.ty(world).has_resources => {
                return slice(&self.materialize(py)?, start, Some(start + count));
            }
            (Source::Handle(handle), Kind::List(element, elements)) => {
                let ty = world.ty(*element);
                let block = Block::new(count as usize * ty.size as usize);
                peek(handle, start, count, block.address());
                (block, (ty, *elements))
            }
            _ => return slice(&self.materialize(py)?, start, Some(start + count)),
        };
        // What is in the elements is read at once, and nobody else has its handles.
        let lift = Lift { py, world, dynamic: Dynamic::Handles(Origin::Result), scope: None };
        let (ty, elements): (_, Elements) = elements;
        lift.elements(ty, elements, element.address(), count)
    }

    /// One element, or those of a slice. Of a string, characters: it is read up to there.
    ///
    /// # Errors
    /// When the index is none; as for [`Lazy::materialize`].
    pub fn item<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let world = world()?;
        match &self.ty(world).kind {
            Kind::String => match end_of(index) {
                Some(end) => self.head(py, end)?.get_item(index),
                None => self.materialize(py)?.get_item(index),
            },
            Kind::List(..) => match index.cast::<PySlice>() {
                Ok(slice) => self.slice(py, slice),
                Err(_) => {
                    let place = position(index.extract()?, self.length())?;
                    self.elements(py, place, 1)?.get_item(0)
                }
            },
            _ => self.materialize(py)?.get_item(index),
        }
    }

    fn slice<'py>(&self, py: Python<'py>, slice: &Bound<'py, PySlice>) -> PyResult<Bound<'py, PyAny>> {
        let indices = slice.indices(self.length() as isize)?;
        let count = indices.slicelength as u32;
        match indices.step {
            1 => self.elements(py, indices.start as u32, count),
            _ if count == 0 => self.elements(py, 0, 0),
            step => {
                // The range that has them all, and those of it.
                let last = indices.start + step * (indices.slicelength as isize - 1);
                let (low, high) = (indices.start.min(last), indices.start.max(last));
                let range = self.elements(py, low as u32, (high - low + 1) as u32)?;
                range.get_item(py.get_type::<PySlice>().call1((py.None(), py.None(), step))?)
            }
        }
    }

    /// The first characters of a string, so many or all.
    ///
    /// # Errors
    /// As for [`Lazy::materialize`].
    pub fn head<'py>(&self, py: Python<'py>, characters: usize) -> PyResult<Bound<'py, PyAny>> {
        let handle = match self.source(py)? {
            Source::Whole(value) => return slice(&value, 0, Some(characters.min(u32::MAX as usize) as u32)),
            Source::Handle(handle) => handle,
        };
        let mut bytes = Vec::new();
        let mut missing = characters;
        // A character begins where no byte continues one; one more has to begin, or the string to end, for all to be whole.
        while (bytes.len() as u32) < self.length() {
            let start = bytes.len();
            let count = (missing.max(LEAST)).min(self.length() as usize - start);
            bytes.resize(start + count, 0);
            peek(handle, start as u32, count as u32, bytes[start..].as_mut_ptr());
            match nth_beginning(&bytes[start..], missing) {
                Ok(end) => {
                    bytes.truncate(start + end);
                    break;
                }
                Err(found) => missing -= found,
            }
        }
        lift::text(py, bytes.as_ptr(), bytes.len() as u32)
    }

    /// The bytes of a string from `start` on that make whole characters: the text, and how many bytes they are.
    ///
    /// # Errors
    /// As for [`lift::text`].
    pub fn text_from<'py>(
        &self,
        py: Python<'py>,
        handle: u32,
        start: u32,
        count: u32,
    ) -> PyResult<(Bound<'py, PyAny>, u32)> {
        let count = count.max(4).min(self.length() - start);
        let mut bytes = vec![0; count as usize];
        peek(handle, start, count, bytes.as_mut_ptr());
        let is_end = start + count == self.length();
        let whole = if is_end { bytes.len() } else { whole(&bytes) };
        Ok((lift::text(py, bytes.as_ptr(), whole as u32)?, whole as u32))
    }
}

/// How many bytes of a string are read at least.
const LEAST: usize = 256;

/// Where the character begins that so many others are before, or how many characters begin.
fn nth_beginning(bytes: &[u8], characters: usize) -> Result<usize, usize> {
    let mut found = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if !is_continuation(*byte) {
            if found == characters {
                return Ok(place);
            }
            found += 1;
        }
    }
    Err(found)
}

/// How many bytes are in whole characters, with some of the last one missing at most.
fn whole(bytes: &[u8]) -> usize {
    let last = bytes.iter().rposition(|byte| !is_continuation(*byte)).unwrap_or(0);
    let length = match bytes.get(last) {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        _ => 1,
    };
    if last + length <= bytes.len() { last + length } else { last }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The characters that an index or slice of a string needs, if they are counted from its beginning.
fn end_of(index: &Bound<'_, PyAny>) -> Option<usize> {
    let number = |part: Bound<'_, PyAny>| part.extract::<isize>().ok().and_then(|part| usize::try_from(part).ok());
    let Ok(slice) = index.cast::<PySlice>() else { return number(index.clone())?.checked_add(1) };
    let part = |name: &str| slice.getattr(name).ok();
    let is_forward = |part: Bound<'_, PyAny>| part.is_none() || number(part).is_some_and(|number| number > 0);
    let is_counted = part("start").is_some_and(|start| start.is_none() || number(start).is_some());
    (is_counted && part("step").is_some_and(is_forward)).then(|| part("stop").and_then(number)).flatten()
}

fn position(index: isize, length: u32) -> PyResult<u32> {
    let place = if index < 0 { index + length as isize } else { index };
    match u32::try_from(place) {
        Ok(place) if place < length => Ok(place),
        _ => Err(PyIndexError::new_err("index out of range")),
    }
}

/// A part of a value that is there.
pub fn slice<'py>(value: &Bound<'py, PyAny>, start: u32, end: Option<u32>) -> PyResult<Bound<'py, PyAny>> {
    value.get_item(value.py().get_type::<PySlice>().call1((start, end))?)
}
