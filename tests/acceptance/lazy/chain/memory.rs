//! Counts the blocks of memory that a guest holds.

use std::alloc::{alloc, dealloc, GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

static HELD: AtomicU32 = AtomicU32::new(0);

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = unsafe { System.alloc(layout) };
        HELD.fetch_add(u32::from(!block.is_null()), Relaxed);
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(1, Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

/// How many blocks the guest holds.
pub fn held() -> u32 {
    HELD.load(Relaxed)
}

/// More than a block that is free while there is no memory.
#[allow(dead_code)]
pub const MUCH: usize = 3 * PIECE;

const PIECE: usize = 1 << 20;

/// Does something while the guest has no memory left, but for blocks smaller than a mebibyte.
#[allow(dead_code)]
pub fn without<T>(then: impl FnOnce() -> T) -> T {
    let layout = Layout::from_size_align(PIECE, 8).unwrap();
    let mut pieces = Vec::with_capacity(1 << 12);
    while pieces.len() < pieces.capacity() {
        match unsafe { alloc(layout) } {
            piece if piece.is_null() => break,
            piece => pieces.push(piece),
        }
    }
    let done = then();
    pieces.into_iter().for_each(|piece| unsafe { dealloc(piece, layout) });
    done
}
