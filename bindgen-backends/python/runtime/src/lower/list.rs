//! Lists and maps.

use onramp_python_table::{Elements, TypeId};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyMapping, PySequence, PyString, PyTuple};

use super::failure::{Failure, Lowered, Step, Within};
use super::{Lower, number};
use crate::bulk::Lent;
use crate::place::Place;
use crate::world::kind::{Kind, Map, Number, Type};

impl<'py> Lower<'_, 'py> {
    pub(super) fn list(
        &mut self,
        id: TypeId,
        ty: &Type,
        (element, elements): (TypeId, Elements),
        value: &Bound<'py, PyAny>,
        place: Place,
    ) -> Lowered {
        let world = self.world;
        let element_ty = world.ty(element);
        if let Kind::Number(number) = &element_ty.kind
            && let Some((start, length)) = self.bulk(*number, value)
        {
            place.write_pair(start, length);
            return Ok(());
        }
        if let Some(passed_on) = self.pass_on(id, value, place) {
            return passed_on;
        }
        let items = items(ty, elements, value)?;
        let (size, length) = (element_ty.size as usize, items.length());
        let start = self.block(ty, value, size, length, element_ty.align)?;
        place.write_pair(start.addr() as u32, length as u32);
        self.elements(element, element_ty, &items, |index| Place::memory(start.wrapping_add(index * size)))
    }

    /// The memory of an object that has numbers of this kind in one piece: where it is, and how many they are.
    fn bulk(&mut self, number: Number, value: &Bound<'py, PyAny>) -> Option<(u32, u32)> {
        if let (Number::U8 | Number::S8, Ok(bytes)) = (number, value.cast::<PyBytes>()) {
            self.keep(value);
            let bytes = bytes.as_bytes();
            return Some((bytes.as_ptr().addr() as u32, bytes.len() as u32));
        }
        if value.is_instance_of::<PyList>() {
            return None;
        }
        let lent = Lent::of(value, number)?;
        let length = (lent.size() / number.size() as usize) as u32;
        let mut address = lent.address();
        if address.addr() % number.size() as usize != 0 {
            let copy = self.kept.arena.allocate(lent.size(), number.size() as usize);
            unsafe { std::ptr::copy_nonoverlapping(address, copy, lent.size()) };
            address = copy;
        }
        self.kept.buffers.push(lent);
        Some((address.addr() as u32, length))
    }

    /// A block for elements.
    fn block(
        &mut self,
        ty: &Type,
        value: &Bound<'py, PyAny>,
        size: usize,
        length: usize,
        align: u32,
    ) -> Lowered<*mut u8> {
        // The canonical ABI, `MAX_LIST_BYTE_LENGTH`, as Wasmtime has it.
        const MOST: usize = (1 << 31) - 1;
        match size.checked_mul(length) {
            Some(bytes) if bytes <= MOST => Ok(self.kept.arena.allocate(bytes, align as usize)),
            _ => Err(Failure::expected(&ty.name, value)),
        }
    }

    pub(super) fn fixed_list(
        &mut self,
        ty: &Type,
        (element, length, elements): (TypeId, u32, Elements),
        value: &Bound<'py, PyAny>,
        place: Place,
    ) -> Lowered {
        let world = self.world;
        let element_ty = world.ty(element);
        let at = |index: usize| place.part(index as u32 * element_ty.size, index as u32 * element_ty.slots);
        if let Kind::Number(number) = &element_ty.kind
            && let Some((start, found)) = self.bulk(*number, value)
        {
            check_length(ty, length, found as usize)?;
            let from = |index: usize| Place::memory((start as usize + index * element_ty.size as usize) as *mut u8);
            (0..length as usize).for_each(|index| at(index).write(from(index).read_bits(*number), element_ty.size));
            return Ok(());
        }
        let items = items(ty, elements, value)?;
        check_length(ty, length, items.length())?;
        self.elements(element, element_ty, &items, at)
    }

    fn elements(&mut self, id: TypeId, ty: &Type, items: &Items<'py>, at: impl Fn(usize) -> Place) -> Lowered {
        for index in 0..items.length() {
            // A list may have become shorter: elements may run code.
            let item = items.get(index)?;
            match &ty.kind {
                Kind::Number(number) => number::lower(*number, &ty.name, &item, at(index)),
                _ => self.value(id, ty, &item, at(index)),
            }
            .within(|| Step::Index(index))?;
        }
        Ok(())
    }

    pub(super) fn map(&mut self, id: TypeId, ty: &Type, map: &Map, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        if let Some(passed_on) = self.pass_on(id, value, place) {
            return passed_on;
        }
        // A copy: what is lowered may run code that changes a dictionary.
        let dict = match (value.cast::<PyDict>(), value.cast::<PyMapping>()) {
            (Ok(dict), _) => dict.copy()?,
            (_, Ok(mapping)) => {
                let dict = PyDict::new(self.py);
                dict.update(mapping)?;
                dict
            }
            _ => return Err(Failure::expected(&ty.name, value)),
        };
        let size = map.size as usize;
        let start = self.block(ty, value, size, dict.len(), map.align)?;
        place.write_pair(start.addr() as u32, dict.len() as u32);
        for (index, (key, item)) in dict.iter().enumerate() {
            let entry = Place::memory(start.wrapping_add(index * size));
            self.lower(map.key, &key, entry).within(|| Step::Key(told(&key)))?;
            self.lower(map.value, &item, entry.part(map.value_offset, 0)).within(|| Step::Value(told(&key)))?;
        }
        Ok(())
    }
}

fn check_length(ty: &Type, expected: u32, found: usize) -> Lowered {
    match found == expected as usize {
        true => Ok(()),
        false => Err(Failure::because(format!("expected `{}`, found {found} elements", ty.name))),
    }
}

fn told(key: &Bound<'_, PyAny>) -> String {
    key.repr().map(|text| text.to_string()).unwrap_or_default()
}

/// The elements of a sequence.
enum Items<'py> {
    List(Bound<'py, PyList>),
    Tuple(Bound<'py, PyTuple>),
}

fn items<'py>(ty: &Type, elements: Elements, value: &Bound<'py, PyAny>) -> Lowered<Items<'py>> {
    if let Ok(list) = value.cast::<PyList>() {
        return Ok(Items::List(list.clone()));
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return Ok(Items::Tuple(tuple.clone()));
    }
    // A text is a sequence of texts, which is never what was meant; neither are bytes, but for numbers.
    let is_text = value.is_instance_of::<PyString>();
    let is_bytes = unsafe { ffi::PyObject_CheckBuffer(value.as_ptr()) != 0 } && elements == Elements::Bytes;
    if is_text || is_bytes || value.cast::<PySequence>().is_err() {
        return Err(Failure::expected(&ty.name, value));
    }
    let tuple = unsafe { Bound::from_owned_ptr_or_err(value.py(), ffi::PySequence_Tuple(value.as_ptr()))? };
    Ok(Items::Tuple(tuple.cast_into().map_err(PyErr::from)?))
}

impl<'py> Items<'py> {
    fn length(&self) -> usize {
        match self {
            Items::List(list) => list.len(),
            Items::Tuple(tuple) => tuple.len(),
        }
    }

    fn get(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Items::List(list) => list.get_item(index),
            Items::Tuple(tuple) => tuple.get_item(index),
        }
    }
}
