//! The lazy ABI (docs/abi/lazy.md), as the receiver of values.

mod alike;
mod methods;
mod object;
mod origin;
mod part;
mod pieces;

pub use object::Lazy;
pub use origin::{Call, Origin};
pub use pieces::Pieces;

#[link(wasm_import_module = "[lazy]")]
unsafe extern "C" {
    #[link_name = "lower"]
    fn lazy_lower(handle: u32, start: u32, count: u32, destination: *mut u8);
    #[link_name = "size"]
    fn lazy_size(handle: u32) -> u32;
    #[link_name = "lower-all"]
    fn lazy_lower_all(handle: u32, destination: *mut u8);
    #[link_name = "drop"]
    fn lazy_drop(handle: u32);
}

/// What stands for a length where a handle is passed on.
pub const FORWARDED: u32 = u32::MAX;

/// A block that a value is read to, aligned for every type.
pub struct Block(Vec<u64>);

impl Block {
    /// A block of this many bytes, without contents.
    pub fn new(size: usize) -> Self {
        Block(Vec::with_capacity(size.div_ceil(size_of::<u64>())))
    }

    /// Where it is.
    pub fn address(&self) -> *mut u8 {
        self.0.as_ptr().cast_mut().cast()
    }
}

/// Reads elements to an address, and gives the handle back.
pub fn read(handle: u32, start: u32, count: u32, destination: *mut u8) {
    peek(handle, start, count, destination);
    end(handle);
}

/// Reads elements to an address.
pub fn peek(handle: u32, start: u32, count: u32, destination: *mut u8) {
    // Bounds are checked there, against this memory as it is.
    unsafe { lazy_lower(handle, start, count, destination) }
}

/// Gives a handle back.
pub fn end(handle: u32) {
    unsafe { lazy_drop(handle) }
}

/// Reads everything behind a handle, and gives it back. `size` is an element's; `is_dynamic` says whether there are dynamic
/// values in it.
pub fn read_all((handle, length): (u32, u32), size: u32, is_dynamic: bool) -> Block {
    match (length, is_dynamic) {
        (0, _) => Block::new(0),
        (_, false) => {
            let block = Block::new(length as usize * size as usize);
            read(handle, 0, length, block.address());
            block
        }
        (_, true) => {
            let block = Block::new(unsafe { lazy_size(handle) } as usize);
            unsafe { lazy_lower_all(handle, block.address()) };
            end(handle);
            block
        }
    }
}
