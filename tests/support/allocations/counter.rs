//! Counts the blocks of memory that this guest holds. It is linked with `--wrap` for each function of the C library here: the
//! guest's own code, the standard library and the engine's `cabi_realloc` all allocate by them.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

static LIVE: AtomicU32 = AtomicU32::new(0);

/// How many blocks the guest holds.
pub fn live() -> u32 {
    LIVE.load(Relaxed)
}

unsafe extern "C" {
    fn __real_malloc(size: usize) -> *mut u8;
    fn __real_calloc(count: usize, size: usize) -> *mut u8;
    fn __real_realloc(old: *mut u8, size: usize) -> *mut u8;
    fn __real_aligned_alloc(align: usize, size: usize) -> *mut u8;
    fn __real_posix_memalign(block: *mut *mut u8, align: usize, size: usize) -> i32;
    fn __real_free(block: *mut u8);
}

fn gained(block: *mut u8) -> *mut u8 {
    LIVE.fetch_add(u32::from(!block.is_null()), Relaxed);
    block
}

#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_malloc(size: usize) -> *mut u8 {
    gained(unsafe { __real_malloc(size) })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_calloc(count: usize, size: usize) -> *mut u8 {
    gained(unsafe { __real_calloc(count, size) })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_aligned_alloc(align: usize, size: usize) -> *mut u8 {
    gained(unsafe { __real_aligned_alloc(align, size) })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_posix_memalign(block: *mut *mut u8, align: usize, size: usize) -> i32 {
    let error = unsafe { __real_posix_memalign(block, align, size) };
    LIVE.fetch_add(u32::from(error == 0), Relaxed);
    error
}

/// A block that cannot grow stays the caller's.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_realloc(old: *mut u8, size: usize) -> *mut u8 {
    let block = unsafe { __real_realloc(old, size) };
    if !old.is_null() && (!block.is_null() || size == 0) {
        LIVE.fetch_sub(1, Relaxed);
    }
    gained(block)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_free(block: *mut u8) {
    LIVE.fetch_sub(u32::from(!block.is_null()), Relaxed);
    unsafe { __real_free(block) }
}
