//! The built-ins for tests on other targets: handles of values that a test has put there.

#![allow(missing_docs, clippy::missing_safety_doc, reason = "they are in the place of the built-ins")]

extern crate std;

use alloc::vec::Vec;
use std::cell::RefCell;

/// A value: its elements as `lower` and `lower-all` write them.
#[derive(Clone, Default)]
pub struct Value {
    /// The size of an element.
    pub element: usize,
    /// The elements, and what they contain behind them.
    pub bytes: Vec<u8>,
    /// Where in the bytes there are pointers into them, as offsets: in `lower-all`.
    pub pointers: Vec<usize>,
}

std::thread_local! {
    static VALUES: RefCell<Vec<Option<Value>>> = const { RefCell::new(Vec::new()) };
}

/// A new handle of a value.
pub fn put(value: Value) -> u32 {
    VALUES.with_borrow_mut(|values| {
        values.push(Some(value));
        values.len() as u32
    })
}

/// A new handle of elements that contain nothing.
pub fn plain(element: usize, bytes: &[u8]) -> u32 {
    put(Value { element, bytes: bytes.to_vec(), pointers: Vec::new() })
}

/// How many handles have not been dropped.
pub fn live() -> usize {
    VALUES.with_borrow(|values| values.iter().flatten().count())
}

fn value(handle: u32) -> Value {
    VALUES.with_borrow(|values| values[handle as usize - 1].clone().expect("the handle is dropped"))
}

pub unsafe fn lower(handle: u32, start: usize, count: usize, destination: *mut u8) {
    let value = value(handle);
    let bytes = &value.bytes[start * value.element..(start + count) * value.element];
    unsafe { destination.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
}

pub unsafe fn size(handle: u32) -> usize {
    value(handle).bytes.len()
}

pub unsafe fn lower_all(handle: u32, destination: *mut u8) {
    let value = value(handle);
    unsafe { destination.copy_from_nonoverlapping(value.bytes.as_ptr(), value.bytes.len()) };
    for at in value.pointers {
        let word = unsafe { destination.add(at).cast::<*mut u8>() };
        unsafe { word.write(destination.add(word.cast::<usize>().read())) };
    }
}

pub unsafe fn release(handle: u32) {
    let value = VALUES.with_borrow_mut(|values| values[handle as usize - 1].take());
    assert!(value.is_some(), "the handle is dropped twice");
}
