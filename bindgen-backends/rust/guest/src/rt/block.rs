//! Blocks of memory as generated code expects them: from the global allocator, with a pointer that is aligned and not null also when
//! there is nothing in them.

use alloc::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};

/// A block of so many bytes.
#[derive(Clone, Copy)]
pub struct Block {
    pub pointer: *mut u8,
    layout: Layout,
}

impl Block {
    /// A new block for `count` elements.
    pub fn new(count: usize, size: usize, align: usize) -> Block {
        let bytes = count.checked_mul(size).expect("a list is larger than the memory");
        let layout = Layout::from_size_align(bytes, align).expect("a list is larger than the memory");
        if bytes == 0 {
            return Block { pointer: core::ptr::without_provenance_mut(align), layout };
        }
        let pointer = unsafe { alloc(layout) };
        if pointer.is_null() {
            handle_alloc_error(layout);
        }
        Block { pointer, layout }
    }

    /// The block that such a pointer is to.
    ///
    /// # Safety
    /// There must be one, of so many elements of this size and alignment.
    pub unsafe fn from_raw(pointer: *mut u8, count: usize, size: usize, align: usize) -> Block {
        Block { pointer, layout: unsafe { Layout::from_size_align_unchecked(count * size, align) } }
    }

    /// A new block with the bytes that are at `from`.
    ///
    /// # Safety
    /// There must be so many.
    pub unsafe fn copy(from: *const u8, count: usize, size: usize, align: usize) -> Block {
        let block = Block::new(count, size, align);
        unsafe { block.pointer.copy_from_nonoverlapping(from, block.layout.size()) };
        block
    }

    /// A block of its own with the first elements of this one, which is gone then.
    pub fn cut(self, count: usize, size: usize, align: usize) -> Block {
        let bytes = count * size;
        if align != self.layout.align() || bytes == 0 {
            let block = unsafe { Block::copy(self.pointer, count, size, align) };
            self.free();
            return block;
        }
        let pointer = unsafe { realloc(self.pointer, self.layout, bytes) };
        let layout = unsafe { Layout::from_size_align_unchecked(bytes, align) };
        if pointer.is_null() {
            handle_alloc_error(layout);
        }
        Block { pointer, layout }
    }

    /// Frees the block.
    pub fn free(self) {
        if self.layout.size() > 0 {
            unsafe { dealloc(self.pointer, self.layout) };
        }
    }
}
