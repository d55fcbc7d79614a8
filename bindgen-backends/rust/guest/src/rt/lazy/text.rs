//! Lazy strings.

use alloc::collections::TryReserveError;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeBounds;

use super::elements::{Flat, Lift};
use super::value::Lazy;

impl<'a> Lazy<'a, str> {
    /// Some of the bytes, in UTF-8. A range may begin and end within a character.
    ///
    /// # Panics
    /// When the range ends behind the string.
    pub fn read(&self, range: impl RangeBounds<usize>) -> Vec<u8> {
        let (start, count) = self.bounds(range);
        unsafe { Flat::lift(self.handle, start, count) }
    }

    /// Reads as many bytes as there is room for, from `start` on, to where they shall be.
    ///
    /// # Panics
    /// When the string has not so many.
    pub fn read_into(&self, start: usize, bytes: &mut [u8]) {
        let (start, count) = self.bounds(start..start.saturating_add(bytes.len()));
        unsafe { self.lower(start, count, bytes.as_mut_ptr()) };
    }

    /// The string in pieces of at most so many bytes, of whole characters.
    ///
    /// # Panics
    /// When there might be no room for a character: less than 4 bytes.
    pub fn chunks(&self, bytes: usize) -> TextChunks<'_, 'a> {
        assert!(bytes >= 4, "chunks of a lazy string have no room for a character");
        TextChunks { text: self, start: 0, bytes }
    }

    /// The string.
    #[allow(clippy::wrong_self_convention, reason = "as with `str`")]
    pub fn to_owned(&self) -> String {
        unsafe { String::from_utf8_unchecked(self.read(..)) }
    }

    /// The string, when there is memory for it.
    ///
    /// # Errors
    /// When there is not.
    pub fn try_to_owned(&self) -> Result<String, TryReserveError> {
        unsafe { Ok(String::from_utf8_unchecked(Flat::try_lift(self.handle, self.len())?)) }
    }
}

/// The pieces of a lazy string.
pub struct TextChunks<'l, 'a> {
    text: &'l Lazy<'a, str>,
    start: usize,
    bytes: usize,
}

impl Iterator for TextChunks<'_, '_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let end = self.text.len().min(self.start.saturating_add(self.bytes));
        let mut bytes = self.text.read(self.start..end);
        // What is cut off comes again with the next piece.
        let whole = match core::str::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            Err(error) => error.valid_up_to(),
        };
        bytes.truncate(whole);
        self.start += whole;
        (whole > 0).then(|| unsafe { String::from_utf8_unchecked(bytes) })
    }
}
