//! A value that has arrived and is not read yet.

use alloc::collections::TryReserveError;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::{Bound, RangeBounds};

use super::built_ins;
use super::elements::{Flat, Lift, Plain};

/// A string (`Lazy<str>`) or a list (`Lazy<[T]>`) that stays with its sender until it is read.
///
/// A parameter of an export lives as long as the call: `'a`. The result of an import lives until it is dropped. It can be read
/// again and again, except when there are resource handles in it: then once, in ascending order. Passed on to an import, or
/// returned, it is forwarded unread. `L` is how generated code reads elements.
pub struct Lazy<'a, T: ?Sized, L = Flat> {
    pub(super) handle: u32,
    length: usize,
    /// Whether it has to be dropped: it is a result.
    pub(super) owned: bool,
    value: PhantomData<&'a T>,
    elements: PhantomData<L>,
}

impl<T: ?Sized, L> Lazy<'_, T, L> {
    /// A parameter of an export.
    ///
    /// # Safety
    /// Handle and length must be what was passed, and `T` the type.
    #[doc(hidden)]
    pub unsafe fn argument(handle: u32, length: u32) -> Self {
        Lazy { handle, length: length as usize, owned: false, value: PhantomData, elements: PhantomData }
    }

    /// The result of an import.
    ///
    /// # Safety
    /// As in `argument`; and nobody else may drop the handle.
    #[doc(hidden)]
    pub unsafe fn returned(handle: u32, length: u32) -> Self {
        Lazy { handle, length: length as usize, owned: true, value: PhantomData, elements: PhantomData }
    }

    /// How many elements there are; of a string, how many bytes in UTF-8.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Start and count of a range.
    pub(super) fn bounds(&self, range: impl RangeBounds<usize>) -> (usize, usize) {
        let start = match range.start_bound() {
            Bound::Included(start) => Some(*start),
            Bound::Excluded(before) => before.checked_add(1),
            Bound::Unbounded => Some(0),
        };
        let end = match range.end_bound() {
            Bound::Included(last) => last.checked_add(1),
            Bound::Excluded(end) => Some(*end),
            Bound::Unbounded => Some(self.length),
        };
        match (start, end) {
            (Some(start), Some(end)) if start <= end && end <= self.length => (start, end - start),
            _ => panic!("the range ends behind a lazy value of length {}", self.length),
        }
    }

    /// Lowers elements that need nothing else done.
    ///
    /// # Safety
    /// There must be room for them, and they must be plain.
    pub(super) unsafe fn lower(&self, start: usize, count: usize, destination: *mut u8) {
        if count > 0 {
            unsafe { built_ins::lower(self.handle, start, count, destination) };
        }
    }
}

impl<'a, T, L: Lift<T>> Lazy<'a, [T], L> {
    /// Some of the elements.
    ///
    /// # Panics
    /// When the range ends behind the list.
    pub fn read(&self, range: impl RangeBounds<usize>) -> Vec<T> {
        let (start, count) = self.bounds(range);
        match count {
            0 => Vec::new(),
            count => unsafe { L::lift(self.handle, start, count) },
        }
    }

    /// The elements, so many at a time.
    ///
    /// # Panics
    /// When that is 0.
    pub fn chunks(&self, size: usize) -> Chunks<'_, 'a, T, L> {
        assert!(size > 0, "chunks of a lazy list have no elements");
        Chunks { list: self, start: 0, size }
    }

    /// All elements.
    #[allow(clippy::wrong_self_convention, reason = "as with slices")]
    pub fn to_owned(&self) -> Vec<T> {
        self.read(..)
    }

    /// All elements, when there is memory for them.
    ///
    /// # Errors
    /// When there is not. Where elements own memory themselves, room for all of it is asked for before; should it be in too small
    /// pieces, allocation fails as it does elsewhere.
    pub fn try_to_owned(&self) -> Result<Vec<T>, TryReserveError> {
        match self.length {
            0 => Ok(Vec::new()),
            length => unsafe { L::try_lift(self.handle, length) },
        }
    }
}

impl<T: Plain> Lazy<'_, [T]> {
    /// Reads as many elements as there is room for, from `start` on, to where they shall be.
    ///
    /// # Panics
    /// When the list has not so many.
    pub fn read_into(&self, start: usize, elements: &mut [T]) {
        let (start, count) = self.bounds(start..start.saturating_add(elements.len()));
        unsafe { self.lower(start, count, elements.as_mut_ptr().cast()) };
    }
}

impl<T: ?Sized, L> Drop for Lazy<'_, T, L> {
    fn drop(&mut self) {
        if self.owned && self.handle != 0 {
            unsafe { built_ins::release(self.handle) };
        }
    }
}

impl<T: ?Sized, L> fmt::Debug for Lazy<'_, T, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lazy").field("len", &self.length).finish_non_exhaustive()
    }
}

/// The elements of a lazy list, some at a time.
pub struct Chunks<'l, 'a, T, L: Lift<T>> {
    list: &'l Lazy<'a, [T], L>,
    start: usize,
    size: usize,
}

impl<T, L: Lift<T>> Iterator for Chunks<'_, '_, T, L> {
    type Item = Vec<T>;

    fn next(&mut self) -> Option<Vec<T>> {
        let start = self.start;
        self.start = self.list.len().min(start + self.size);
        (start < self.start).then(|| self.list.read(start..self.start))
    }
}
