//! The built-ins for tests on other targets: handles of values that a test has put there.

use alloc::vec::Vec;
use std::cell::RefCell;

extern crate std;

/// A value: its elements, and the whole as `lower-all` writes it.
#[derive(Clone)]
pub struct Value {
    pub element: usize,
    pub bytes: Vec<u8>,
}

std::thread_local! {
    static VALUES: RefCell<Vec<Option<Value>>> = const { RefCell::new(Vec::new()) };
}

/// A new handle.
pub fn handle(element: usize, bytes: &[u8]) -> u32 {
    VALUES.with_borrow_mut(|values| {
        values.push(Some(Value { element, bytes: bytes.to_vec() }));
        values.len() as u32
    })
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
}

pub unsafe fn release(handle: u32) {
    let value = VALUES.with_borrow_mut(|values| values[handle as usize - 1].take());
    assert!(value.is_some(), "the handle is dropped twice");
}
