//! Handles become what eager code expects: pointers to allocations of their own.
//!
//! `size` and `align` are an element's. Elements with dynamic values in them (`…_all`) come by one `lower-all` into a scratch block
//! with the alignment `deep`; `each` then gives what an element refers to allocations of its own.

use super::built_ins;
use super::word::Word;
use crate::rt::block::Block;

const WORD: usize = size_of::<usize>();

/// Handle and length in memory, at `at`, of a parameter.
///
/// # Safety
/// That must be what is there, of elements without dynamic values.
pub unsafe fn parameter(at: *mut u8, size: usize, align: usize) {
    unsafe { replace(at, |handle, length| copy(handle, length, size, align)) }
}

/// As [`parameter`], of elements with dynamic values.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn parameter_all(at: *mut u8, size: usize, align: usize, deep: usize, each: impl Fn(*mut u8)) {
    unsafe { replace(at, |handle, length| copy_all(handle, length, size, align, deep, each)) }
}

/// As [`parameter`], of a result: the handle is dropped.
///
/// # Safety
/// As there.
pub unsafe fn result(at: *mut u8, size: usize, align: usize) {
    unsafe {
        replace(at, |handle, length| {
            let pointer = copy(handle, length, size, align);
            release(handle);
            pointer
        })
    }
}

/// As [`result`], of elements with dynamic values.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn result_all(at: *mut u8, size: usize, align: usize, deep: usize, each: impl Fn(*mut u8)) {
    unsafe {
        replace(at, |handle, length| {
            let pointer = copy_all(handle, length, size, align, deep, each);
            release(handle);
            pointer
        })
    }
}

/// As [`parameter`], in core values.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn argument<W: Word>(handle: W, length: impl Word, size: usize, align: usize) -> W {
    unsafe { W::pointer(copy(handle.bits() as u32, length.bits(), size, align)) }
}

/// As [`argument`], of elements with dynamic values.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn argument_all<W: Word>(
    handle: W,
    length: impl Word,
    size: usize,
    align: usize,
    deep: usize,
    each: impl Fn(*mut u8),
) -> W {
    unsafe { W::pointer(copy_all(handle.bits() as u32, length.bits(), size, align, deep, each)) }
}

/// A pointer into a scratch block and a length, at `at`: the pointer becomes one to an allocation of its own.
///
/// # Safety
/// That must be what is there, of elements without dynamic values.
pub unsafe fn adopt(at: *mut u8, size: usize, align: usize) {
    unsafe {
        let pointer = at.cast::<*mut u8>();
        *pointer = Block::copy(*pointer, length(at), size, align).pointer;
    }
}

/// As [`adopt`], of elements with dynamic values.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn adopt_all(at: *mut u8, size: usize, align: usize, _deep: usize, each: impl Fn(*mut u8)) {
    unsafe {
        adopt(at, size, align);
        let pointer = *at.cast::<*mut u8>();
        (0..length(at)).for_each(|index| each(pointer.add(index * size)));
    }
}

/// The parameters behind a tuple handle, in a block.
///
/// # Safety
/// It must be one, of a tuple of this size and alignment.
pub unsafe fn tuple(handle: *mut u8, size: usize, align: usize) -> *mut u8 {
    let block = Block::new(1, size, align);
    unsafe { built_ins::lower(handle as u32, 0, 1, block.pointer) };
    block.pointer
}

/// Elements `start..start + count` of a handle, in a block of their own. `each` receives what is in them.
///
/// # Safety
/// The handle must be one of a list of such elements.
pub unsafe fn range(
    handle: u32,
    start: usize,
    count: usize,
    size: usize,
    align: usize,
    each: impl Fn(*mut u8),
) -> *mut u8 {
    let block = Block::new(count, size, align);
    if count > 0 {
        unsafe { built_ins::lower(handle, start, count, block.pointer) };
    }
    (0..count).for_each(|index| each(unsafe { block.pointer.add(index * size) }));
    block.pointer
}

unsafe fn length(at: *mut u8) -> usize {
    unsafe { *at.add(WORD).cast::<usize>() }
}

#[inline(always)]
unsafe fn replace(at: *mut u8, pointer: impl FnOnce(u32, usize) -> *mut u8) {
    unsafe { *at.cast::<*mut u8>() = pointer(*at.cast::<usize>() as u32, length(at)) }
}

unsafe fn copy(handle: u32, length: usize, size: usize, align: usize) -> *mut u8 {
    let block = Block::new(length, size, align);
    if length > 0 {
        unsafe { built_ins::lower(handle, 0, length, block.pointer) };
    }
    block.pointer
}

#[inline]
unsafe fn copy_all(
    handle: u32,
    length: usize,
    size: usize,
    align: usize,
    deep: usize,
    each: impl Fn(*mut u8),
) -> *mut u8 {
    if length == 0 {
        return Block::new(0, size, align).pointer;
    }
    let scratch = unsafe { lowered(handle, deep) };
    (0..length).for_each(|index| each(unsafe { scratch.pointer.add(index * size) }));
    scratch.cut(length, size, align).pointer
}

/// The whole value, in a block.
unsafe fn lowered(handle: u32, align: usize) -> Block {
    unsafe {
        let block = Block::new(1, built_ins::size(handle), align);
        built_ins::lower_all(handle, block.pointer);
        block
    }
}

/// Drops the handle; 0 is none.
unsafe fn release(handle: u32) {
    if handle != 0 {
        unsafe { built_ins::release(handle) };
    }
}
