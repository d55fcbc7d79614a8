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
        let bytes = count.wrapping_mul(size);
        if size != 0 && count > (isize::MAX as usize - align) / size {
            no_memory(Layout::new::<usize>());
        }
        let layout = unsafe { Layout::from_size_align_unchecked(bytes, align) };
        if bytes == 0 {
            return Block { pointer: core::ptr::without_provenance_mut(align), layout };
        }
        let pointer = unsafe { alloc(layout) };
        if pointer.is_null() {
            no_memory(layout);
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
        unsafe { copy(from, block.pointer, block.layout.size()) };
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
            no_memory(layout);
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

/// Allocation failed. Without debug assertions this is a trap, as in upstream's runtime: a message would need formatting, which is
/// more code than all that this crate adds.
#[cold]
fn no_memory(layout: Layout) -> ! {
    if cfg!(debug_assertions) {
        handle_alloc_error(layout)
    }
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_arch = "wasm32"))]
    handle_alloc_error(layout)
}

/// Copies bytes; up to 16 of them without `memory.copy`, which an engine calls a function for.
#[inline]
unsafe fn copy(from: *const u8, to: *mut u8, bytes: usize) {
    unsafe {
        match bytes {
            0 => {}
            1..4 => {
                let (first, middle, last) = (*from, *from.add(bytes / 2), *from.add(bytes - 1));
                *to = first;
                *to.add(bytes / 2) = middle;
                *to.add(bytes - 1) = last;
            }
            4..8 => ends::<u32>(from, to, bytes),
            8..=16 => ends::<u64>(from, to, bytes),
            _ => to.copy_from_nonoverlapping(from, bytes),
        }
    }
}

/// Copies the first and the last `T`, which overlap or touch.
#[inline]
unsafe fn ends<T: Copy>(from: *const u8, to: *mut u8, bytes: usize) {
    unsafe {
        let end = bytes - size_of::<T>();
        let (first, last) = (from.cast::<T>().read_unaligned(), from.add(end).cast::<T>().read_unaligned());
        to.cast::<T>().write_unaligned(first);
        to.add(end).cast::<T>().write_unaligned(last);
    }
}
