//! A guest's memory: what is where in it, and how the interpreter sees it.
//!
//! The test lays out values in the arena; the guest's own `realloc` gives out the heap behind it.

/// Flat values: what the caller calls with, or what the callee got, 8 bytes each.
pub const FLATS: u32 = 0x40;
/// The flat result: what the caller got, or what the callee returns.
pub const RESULT: u32 = 0x100;
/// How often the callee's post-return was called.
pub const POST_RETURNS: u32 = 0x108;
/// What the callee's post-return was last given.
pub const POST_RETURNED: u32 = 0x110;
/// How often the callee was called.
pub const CALLS: u32 = 0x118;
/// How much of the heap is given out.
pub const HEAP_USED: u32 = 0x120;
/// How many blocks were given out.
pub const BLOCKS: u32 = 0x124;
/// Where `peek` returns its list.
pub const PEEKED: u32 = 0x128;
/// The blocks that were given out: pointer and length.
pub const BLOCK_LIST: u32 = 0x1000;
/// Blocks behind this many are not written down.
pub const MOST_BLOCKS: u32 = (ARENA - BLOCK_LIST) / 8;
/// Where the test lays out values.
pub const ARENA: u32 = 0x2_0000;
/// The end of it.
pub const ARENA_END: u32 = HEAP;
/// Where the guest's `realloc` begins.
pub const HEAP: u32 = 0x8_0000;
/// The size of the memory.
pub const SIZE: u32 = 0x20_0000;
/// What lies between two blocks of the heap, and stays 0.
pub const GAP: u32 = 16;
/// What fills fresh blocks of the heap.
pub const FRESH: u8 = 0xa5;
/// What fills the arena of a callee after its post-return.
pub const FREED: u8 = 0xee;
/// What fills the arena between values.
const PADDING: u8 = 0xc3;

/// Why the interpreter stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The specification says that this traps.
    Trap(String),
    /// What was read is not known here, or it is too much: nothing can be expected of such a case.
    Unclear,
}

/// What the interpreter does ends in a value or it stops.
pub type Result<T> = std::result::Result<T, Stop>;

/// A trap with a message.
pub fn trap<T>(message: impl Into<String>) -> Result<T> {
    Err(Stop::Trap(message.into()))
}

/// A part of a guest's memory; the rest is there, but its bytes are not known.
#[derive(Clone, Debug)]
pub struct Memory {
    begin: u32,
    /// The bytes of the part.
    pub bytes: Vec<u8>,
}

impl Memory {
    /// An arena in which nothing is laid out yet.
    pub fn arena() -> Self {
        Memory { begin: ARENA, bytes: Vec::new() }
    }

    /// The memory of a guest, from its beginning.
    pub fn of_guest(bytes: Vec<u8>) -> Self {
        Memory { begin: 0, bytes }
    }

    /// Allocates at the end of the arena.
    ///
    /// # Errors
    /// When the arena is full.
    pub fn allocate(&mut self, alignment: u32, size: u32, gap: u32) -> Result<u32> {
        let end = self.begin + self.bytes.len() as u32;
        let pointer = (end + gap).next_multiple_of(alignment);
        if pointer.checked_add(size).is_none_or(|end| end > ARENA_END) {
            return Err(Stop::Unclear);
        }
        self.bytes.resize((pointer + size - self.begin) as usize, PADDING);
        Ok(pointer)
    }

    /// Checks that a pointer is aligned and a block is in the guest's memory.
    ///
    /// # Errors
    /// A trap when it is not.
    pub fn check(pointer: u32, alignment: u32, size: u64) -> Result<()> {
        if !pointer.is_multiple_of(alignment) {
            return trap(format!("pointer {pointer:#x} is not aligned to {alignment}"));
        }
        if u64::from(pointer) + size > u64::from(SIZE) {
            return trap(format!("{size} bytes at {pointer:#x} are out of bounds"));
        }
        Ok(())
    }

    /// Bytes within the guest's memory.
    ///
    /// # Errors
    /// When they are not known.
    pub fn read(&self, pointer: u32, size: u32) -> Result<&[u8]> {
        if size == 0 {
            return Ok(&[]);
        }
        let begin = pointer.checked_sub(self.begin).ok_or(Stop::Unclear)? as usize;
        self.bytes.get(begin..begin + size as usize).ok_or(Stop::Unclear)
    }

    /// An integer: `load_int`.
    ///
    /// # Errors
    /// When its bytes are not known.
    pub fn read_int(&self, pointer: u32, size: u32) -> Result<u64> {
        Ok(self.read(pointer, size)?.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    }

    /// Writes bytes to what was allocated.
    pub fn write(&mut self, pointer: u32, bytes: &[u8]) {
        let begin = (pointer - self.begin) as usize;
        self.bytes[begin..begin + bytes.len()].copy_from_slice(bytes);
    }
}
