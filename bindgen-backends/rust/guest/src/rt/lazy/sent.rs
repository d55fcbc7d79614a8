//! What guests send where a value may also be passed on unread.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::built_ins;
use super::elements::Plain;
use super::value::Lazy;
use super::word::Word;
use crate::rt::block::Block;

/// Stands for the length of a value that is a handle.
const FORWARDED: usize = u32::MAX as usize;

/// In front of a copy of a list that is in one block: its size.
const HEADER: usize = 8;

/// What can be sent: `str`, slices of plain elements, and whatever arrived.
pub trait Content {
    /// Copies what arrived, for when its handle cannot be returned: it dies with the call. Gives the pointer.
    #[doc(hidden)]
    fn copy(handle: u32, length: usize) -> *mut u8;

    /// Frees what the guest sent.
    ///
    /// # Safety
    /// It must be what became of a [`Given`] of this type.
    #[doc(hidden)]
    unsafe fn free(pointer: *mut u8, length: usize);
}

impl Content for str {
    fn copy(handle: u32, length: usize) -> *mut u8 {
        <[u8]>::copy(handle, length)
    }

    unsafe fn free(pointer: *mut u8, length: usize) {
        unsafe { <[u8]>::free(pointer, length) }
    }
}

impl<T: Plain> Content for [T] {
    fn copy(handle: u32, length: usize) -> *mut u8 {
        let block = Block::new(length, size_of::<T>(), align_of::<T>());
        if length > 0 {
            unsafe { built_ins::lower(handle, 0, length, block.pointer) };
        }
        block.pointer
    }

    unsafe fn free(pointer: *mut u8, length: usize) {
        unsafe { Block::from_raw(pointer, length, size_of::<T>(), align_of::<T>()) }.free();
    }
}

/// A list whose elements are not in Rust as the ABI has them: only one that arrived can be passed on.
pub enum Forwarded {}

impl Content for Forwarded {
    fn copy(handle: u32, length: usize) -> *mut u8 {
        if length == 0 {
            return core::ptr::without_provenance_mut(HEADER);
        }
        unsafe {
            let size = HEADER + built_ins::size(handle);
            let block = Block::new(1, size, HEADER);
            block.pointer.cast::<usize>().write(size);
            built_ins::lower_all(handle, block.pointer.add(HEADER));
            block.pointer.add(HEADER)
        }
    }

    unsafe fn free(pointer: *mut u8, length: usize) {
        if length > 0 {
            unsafe {
                let start = pointer.sub(HEADER);
                Block::from_raw(start, 1, start.cast::<usize>().read(), HEADER).free();
            }
        }
    }
}

/// A parameter of an import: the guest's own data, or a value that it passes on unread.
#[derive(Debug)]
pub struct Sent<'a, T: ?Sized> {
    first: usize,
    length: usize,
    marker: PhantomData<&'a T>,
}

impl<T: ?Sized> Clone for Sent<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Sent<'_, T> {}

impl<T: ?Sized> Sent<'_, T> {
    /// The words of the ABI.
    #[doc(hidden)]
    pub fn into_words(self) -> (u32, u32) {
        (self.first as u32, self.length as u32)
    }

    fn slice<E>(slice: &[E]) -> Self {
        Sent { first: slice.as_ptr() as usize, length: slice.len(), marker: PhantomData }
    }

    fn forward<L, U: ?Sized>(lazy: &Lazy<'_, U, L>) -> Self {
        let length = if lazy.is_empty() { 0 } else { FORWARDED };
        Sent { first: lazy.handle as usize, length, marker: PhantomData }
    }
}

impl<'a> From<&'a str> for Sent<'a, str> {
    fn from(text: &'a str) -> Self {
        Sent::slice(text.as_bytes())
    }
}

impl<'a> From<&'a String> for Sent<'a, str> {
    fn from(text: &'a String) -> Self {
        Sent::slice(text.as_bytes())
    }
}

impl<'a, T: Plain> From<&'a [T]> for Sent<'a, [T]> {
    fn from(list: &'a [T]) -> Self {
        Sent::slice(list)
    }
}

impl<'a, T: Plain> From<&'a Vec<T>> for Sent<'a, [T]> {
    fn from(list: &'a Vec<T>) -> Self {
        Sent::slice(list)
    }
}

impl<'a, T: Plain, const N: usize> From<&'a [T; N]> for Sent<'a, [T]> {
    fn from(list: &'a [T; N]) -> Self {
        Sent::slice(list)
    }
}

impl<'a, T: ?Sized> From<&'a Lazy<'_, T>> for Sent<'a, T> {
    fn from(lazy: &'a Lazy<'_, T>) -> Self {
        Sent::forward(lazy)
    }
}

impl<'a, T, L> From<&'a Lazy<'_, [T], L>> for Sent<'a, Forwarded> {
    fn from(lazy: &'a Lazy<'_, [T], L>) -> Self {
        Sent::forward(lazy)
    }
}

/// The result of an export: the guest's own data, freed after the call, or a value that it passes on unread.
#[derive(Debug)]
#[must_use]
pub struct Given<T: ?Sized + Content> {
    first: usize,
    length: usize,
    marker: PhantomData<fn(&T)>,
}

impl<T: ?Sized + Content> Given<T> {
    /// The words of the ABI.
    #[doc(hidden)]
    pub fn into_words(self) -> (u32, u32) {
        let given = core::mem::ManuallyDrop::new(self);
        (given.first as u32, given.length as u32)
    }

    fn forward<L, U: ?Sized>(lazy: Lazy<'_, U, L>) -> Self {
        let (length, copied) = (lazy.len(), !lazy.owned || lazy.is_empty());
        let lazy = core::mem::ManuallyDrop::new(lazy);
        match copied {
            true => Given { first: T::copy(lazy.handle, length) as usize, length, marker: PhantomData },
            false => Given { first: lazy.handle as usize, length: FORWARDED, marker: PhantomData },
        }
    }
}

impl<T: ?Sized + Content> Drop for Given<T> {
    fn drop(&mut self) {
        unsafe { done::<T>(self.first, self.length) }
    }
}

impl From<String> for Given<str> {
    fn from(text: String) -> Self {
        let length = text.len();
        Given { first: Box::into_raw(text.into_boxed_str()).cast::<u8>() as usize, length, marker: PhantomData }
    }
}

impl From<&str> for Given<str> {
    fn from(text: &str) -> Self {
        String::from(text).into()
    }
}

impl<T: Plain> From<Vec<T>> for Given<[T]> {
    fn from(list: Vec<T>) -> Self {
        let length = list.len();
        Given { first: Box::into_raw(list.into_boxed_slice()).cast::<u8>() as usize, length, marker: PhantomData }
    }
}

impl<T: ?Sized + Content> From<Lazy<'_, T>> for Given<T> {
    fn from(lazy: Lazy<'_, T>) -> Self {
        Given::forward(lazy)
    }
}

impl<T, L> From<Lazy<'_, [T], L>> for Given<Forwarded> {
    fn from(lazy: Lazy<'_, [T], L>) -> Self {
        Given::forward(lazy)
    }
}

/// Post-return: what was sent, whose words are at `at`, is done with.
///
/// # Safety
/// They must be those of a [`Given`] of this type.
pub unsafe fn reclaim<T: ?Sized + Content>(at: *mut u8) {
    unsafe { done::<T>(*at.cast::<usize>(), *at.add(size_of::<usize>()).cast::<usize>()) }
}

/// As [`reclaim`], of words that are core values.
///
/// # Safety
/// As there.
pub unsafe fn reclaim_words<T: ?Sized + Content>(first: impl Word, length: impl Word) {
    unsafe { done::<T>(first.bits(), length.bits()) }
}

unsafe fn done<T: ?Sized + Content>(first: usize, length: usize) {
    match length {
        FORWARDED => unsafe { built_ins::release(first as u32) },
        length => unsafe { T::free(core::ptr::with_exposed_provenance_mut(first), length) },
    }
}
