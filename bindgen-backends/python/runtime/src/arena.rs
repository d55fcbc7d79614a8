//! Memory that is given back all at once.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};

/// What most calls get along with.
const FIRST: usize = 1 << 10;

/// The size of further chunks. What takes a large part of one gets a chunk of its own.
const CHUNK: usize = 32 << 10;

/// What every chunk's address is a multiple of: the largest alignment there is.
const ALIGN: usize = 8;

/// Blocks of memory that end together.
#[derive(Default)]
pub struct Arena {
    chunks: Vec<Chunk>,
    /// The unused part of the last chunk of the usual size.
    next: usize,
    end: usize,
}

struct Chunk {
    start: *mut u8,
    size: usize,
}

// There is one thread at a time, and chunks belong to one arena.
unsafe impl Send for Arena {}

impl Arena {
    /// A block of this size and alignment (at most 8). Without memory, the instance ends.
    pub fn allocate(&mut self, size: usize, align: usize) -> *mut u8 {
        let start = self.next.next_multiple_of(align);
        if size <= self.end.wrapping_sub(start) && start <= self.end && self.end != 0 {
            self.next = start + size;
            return start as *mut u8;
        }
        let chunk = if self.chunks.is_empty() { FIRST } else { CHUNK };
        if size > chunk / 4 {
            return self.add(size);
        }
        let start = self.add(chunk);
        self.next = start as usize + size;
        self.end = start as usize + chunk;
        start
    }

    /// Whether nothing was allocated.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Makes the block that was allocated last larger or smaller where it is, if it is this one and there is room.
    pub fn resize(&mut self, start: *mut u8, old: usize, new: usize) -> bool {
        let is_last = start as usize + old == self.next;
        let fits = self.end.checked_sub(start as usize).is_some_and(|room| new <= room);
        if is_last && fits {
            self.next = start as usize + new;
        }
        is_last && fits
    }

    /// Ends all blocks, and keeps one chunk for the next ones.
    pub fn clear(&mut self) {
        let usual = self.chunks.iter().position(|chunk| chunk.size == CHUNK || chunk.size == FIRST);
        let kept = usual.map(|place| self.chunks.swap_remove(place));
        self.chunks.drain(..).for_each(Chunk::free);
        (self.next, self.end) =
            kept.as_ref().map_or((0, 0), |chunk| (chunk.start as usize, chunk.start as usize + chunk.size));
        self.chunks.extend(kept);
    }

    fn add(&mut self, size: usize) -> *mut u8 {
        let layout = layout(size);
        let start = unsafe { alloc(layout) };
        if start.is_null() {
            handle_alloc_error(layout);
        }
        self.chunks.push(Chunk { start, size });
        start
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        self.chunks.drain(..).for_each(Chunk::free);
    }
}

impl Chunk {
    fn free(self) {
        unsafe { dealloc(self.start, layout(self.size)) }
    }
}

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size.max(1), ALIGN).expect("no block is larger than the memory")
}
