//! Core values, one after the other.

use crate::layout::CoreType;
use crate::memory::{Result, trap};

/// A core value: its type and its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flat {
    /// Its type.
    pub ty: CoreType,
    /// Its bits; those that the type does not have are 0.
    pub bits: u64,
}

impl Flat {
    /// A value of a type, of so many of the bits as it has.
    pub fn new(ty: CoreType, bits: u64) -> Self {
        let bits = match ty {
            CoreType::I32 | CoreType::F32 => bits & 0xffff_ffff,
            CoreType::I64 | CoreType::F64 => bits,
        };
        Flat { ty, bits }
    }
}

/// The specification's `CoreValueIter`.
pub struct Flats<'f>(pub &'f [Flat]);

impl<'f> Flats<'f> {
    /// The next value, which has a type.
    pub fn next(&mut self, ty: CoreType) -> Result<u64> {
        match self.0.split_first() {
            Some((first, rest)) if first.ty == ty => {
                self.0 = rest;
                Ok(first.bits)
            }
            _ => trap("the core values do not have the types of the signature"),
        }
    }

    /// The next values.
    pub fn take(&mut self, count: usize) -> Result<&'f [Flat]> {
        match self.0.split_at_checked(count) {
            Some((taken, rest)) => {
                self.0 = rest;
                Ok(taken)
            }
            None => trap("there are too few core values"),
        }
    }
}
