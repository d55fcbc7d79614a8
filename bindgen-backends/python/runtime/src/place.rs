//! Where a value is: in memory, or in slots.

use onramp_python_table::Width;

use crate::world::kind::Number;

/// The slots of a call: room for 16 parameters and a pointer to results.
pub type Slots = [u64; 17];

/// A value's place. What is read or written there is what its type says: whoever makes a place answers for it.
///
/// A slot has its core value at the lowest address, so numbers are read in the same way from both; only the places of parts differ.
#[derive(Clone, Copy)]
pub struct Place {
    address: *mut u8,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Memory,
    Slots,
}

/// A slot's size.
const SLOT: usize = size_of::<u64>();

impl Place {
    /// A place in memory.
    pub fn memory(address: *mut u8) -> Self {
        Place { address, form: Form::Memory }
    }

    /// The slots from this one on.
    pub fn slots(slots: &mut [u64]) -> Self {
        Place { address: slots.as_mut_ptr().cast(), form: Form::Slots }
    }

    /// The part that begins this many bytes, or this many slots, behind the beginning.
    pub fn part(self, offset: u32, slot: u32) -> Self {
        let distance = match self.form {
            Form::Memory => offset as usize,
            Form::Slots => slot as usize * SLOT,
        };
        Place { address: self.address.wrapping_add(distance), form: self.form }
    }

    /// A variant's payload, which is this many bytes behind its beginning.
    pub fn payload(self, offset: u32) -> Self {
        self.part(offset, 1)
    }

    /// Reads a number.
    pub fn read<T: Copy>(self) -> T {
        unsafe { self.address.cast::<T>().read_unaligned() }
    }

    /// Reads a number's bits, zero-extended from its core type.
    pub fn read_bits(self, number: Number) -> u64 {
        match number {
            Number::U8 => self.read::<u8>().into(),
            Number::S8 => u64::from(i32::from(self.read::<i8>()) as u32),
            Number::U16 => self.read::<u16>().into(),
            Number::S16 => u64::from(i32::from(self.read::<i16>()) as u32),
            Number::U32 | Number::S32 | Number::F32 => self.read::<u32>().into(),
            Number::U64 | Number::S64 | Number::F64 => self.read(),
        }
    }

    /// Reads the two words of a string, a list or a map.
    pub fn read_pair(self) -> (u32, u32) {
        (self.read(), self.part(4, 1).read())
    }

    /// Reads a discriminant or flags.
    pub fn read_tag(self, width: Width) -> u32 {
        match (self.form, width) {
            (Form::Memory, Width::U8) => self.read::<u8>().into(),
            (Form::Memory, Width::U16) => self.read::<u16>().into(),
            _ => self.read(),
        }
    }

    /// Writes a number: its bits, zero-extended from its core type, and how many bytes it has in memory.
    pub fn write(self, bits: u64, size: u32) {
        match (self.form, size) {
            (Form::Memory, 1) => self.store(bits as u8),
            (Form::Memory, 2) => self.store(bits as u16),
            (Form::Memory, 4) => self.store(bits as u32),
            _ => self.store(bits),
        }
    }

    /// Writes the two words of a string, a list or a map.
    pub fn write_pair(self, first: u32, second: u32) {
        self.write(first.into(), 4);
        self.part(4, 1).write(second.into(), 4);
    }

    /// Writes a discriminant or flags.
    pub fn write_tag(self, tag: u32, width: Width) {
        let size = match width {
            Width::U8 => 1,
            Width::U16 => 2,
            Width::U32 => 4,
        };
        self.write(tag.into(), size);
    }

    fn store<T>(self, value: T) {
        unsafe { self.address.cast::<T>().write_unaligned(value) }
    }
}
