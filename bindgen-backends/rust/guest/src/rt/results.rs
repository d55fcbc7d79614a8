//! Results of exports; and several core results, in a language whose functions have one: the linker weaves calls of these functions
//! into the call that they belong to (`docs/abi/multivalue.md`, languages with one result).

use core::mem::MaybeUninit;
use core::ptr::with_exposed_provenance_mut;

use super::block::Block;
use super::lazy::Word;

/// A return area on the stack, which LLVM takes apart.
#[repr(C, align(8))]
pub struct Area<const SIZE: usize>([MaybeUninit<u8>; SIZE]);

impl<const SIZE: usize> Area<SIZE> {
    /// One with nothing in it.
    #[inline(always)]
    #[allow(clippy::new_without_default, reason = "generated code calls it, nobody else")]
    pub fn new() -> Area<SIZE> {
        Area([MaybeUninit::uninit(); SIZE])
    }

    /// Where it is.
    #[inline(always)]
    pub fn pointer(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

/// A block for the results of one call, until post-return.
pub fn allocate(size: usize, align: usize) -> *mut u8 {
    Block::new(1, size, align).pointer
}

/// Frees what [`allocate`] gave.
///
/// # Safety
/// It must have, for the same size and alignment.
pub unsafe fn deallocate(block: *mut u8, size: usize, align: usize) {
    unsafe { Block::from_raw(block, 1, size, align) }.free();
}

/// Frees a list of which these are the pointer and the length, as core values.
///
/// # Safety
/// They must be, of elements of this size and alignment, which own nothing.
pub unsafe fn free_words(pointer: impl Word, length: impl Word, size: usize, align: usize) {
    unsafe { list(pointer, length, size, align).free() }
}

/// As [`free_words`], after `each` has freed what an element owns. `_deep` is for generated code, which says it of each such list.
///
/// # Safety
/// As there, but for what elements own.
#[inline]
pub unsafe fn free_words_all(
    pointer: impl Word,
    length: impl Word,
    size: usize,
    align: usize,
    _deep: usize,
    each: impl Fn(*mut u8),
) {
    unsafe {
        let list = list(pointer, length, size, align);
        (0..length.bits()).for_each(|index| each(list.pointer.add(index * size)));
        list.free();
    }
}

/// As [`free_words`], of a pointer and a length at `at`.
///
/// # Safety
/// As there.
pub unsafe fn free(at: *mut u8, size: usize, align: usize) {
    unsafe { free_words(*at.cast::<*mut u8>(), *at.cast::<usize>().add(1), size, align) }
}

/// As [`free_words_all`], of a pointer and a length at `at`.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn free_all(at: *mut u8, size: usize, align: usize, deep: usize, each: impl Fn(*mut u8)) {
    unsafe { free_words_all(*at.cast::<*mut u8>(), *at.cast::<usize>().add(1), size, align, deep, each) }
}

unsafe fn list(pointer: impl Word, length: impl Word, size: usize, align: usize) -> Block {
    unsafe { Block::from_raw(with_exposed_provenance_mut(pointer.bits()), length.bits(), size, align) }
}

macro_rules! words {
    ($($type:ident $get:ident $get_name:literal $set:ident $set_name:literal;)*) => {
        #[cfg(target_arch = "wasm32")]
        #[link(wasm_import_module = "[results]")]
        unsafe extern "C" {
            $(
                #[doc = concat!("`[results]` `", $get_name, "`")]
                #[link_name = $get_name]
                pub fn $get() -> $type;
                #[doc = concat!("`[results]` `", $set_name, "`")]
                #[link_name = $set_name]
                pub fn $set(value: $type);
            )*
        }
        $(
            #[cfg(not(target_arch = "wasm32"))]
            #[doc = concat!("`[results]` `", $get_name, "`")]
            ///
            /// # Safety
            /// There is none on other targets.
            pub unsafe extern "C" fn $get() -> $type {
                unreachable!()
            }

            #[cfg(not(target_arch = "wasm32"))]
            #[doc = concat!("`[results]` `", $set_name, "`")]
            ///
            /// # Safety
            /// There is none on other targets.
            pub unsafe extern "C" fn $set(_: $type) {
                unreachable!()
            }
        )*
    };
}

words! {
    i32 get_i32_1 "get-i32-1" set_i32_1 "set-i32-1";
    i32 get_i32_2 "get-i32-2" set_i32_2 "set-i32-2";
    i32 get_i32_3 "get-i32-3" set_i32_3 "set-i32-3";
    i32 get_i32_4 "get-i32-4" set_i32_4 "set-i32-4";
    i32 get_i32_5 "get-i32-5" set_i32_5 "set-i32-5";
    i32 get_i32_6 "get-i32-6" set_i32_6 "set-i32-6";
    i32 get_i32_7 "get-i32-7" set_i32_7 "set-i32-7";
    i32 get_i32_8 "get-i32-8" set_i32_8 "set-i32-8";
    i32 get_i32_9 "get-i32-9" set_i32_9 "set-i32-9";
    i32 get_i32_10 "get-i32-10" set_i32_10 "set-i32-10";
    i32 get_i32_11 "get-i32-11" set_i32_11 "set-i32-11";
    i32 get_i32_12 "get-i32-12" set_i32_12 "set-i32-12";
    i32 get_i32_13 "get-i32-13" set_i32_13 "set-i32-13";
    i32 get_i32_14 "get-i32-14" set_i32_14 "set-i32-14";
    i32 get_i32_15 "get-i32-15" set_i32_15 "set-i32-15";
    i64 get_i64_1 "get-i64-1" set_i64_1 "set-i64-1";
    i64 get_i64_2 "get-i64-2" set_i64_2 "set-i64-2";
    i64 get_i64_3 "get-i64-3" set_i64_3 "set-i64-3";
    i64 get_i64_4 "get-i64-4" set_i64_4 "set-i64-4";
    i64 get_i64_5 "get-i64-5" set_i64_5 "set-i64-5";
    i64 get_i64_6 "get-i64-6" set_i64_6 "set-i64-6";
    i64 get_i64_7 "get-i64-7" set_i64_7 "set-i64-7";
    i64 get_i64_8 "get-i64-8" set_i64_8 "set-i64-8";
    i64 get_i64_9 "get-i64-9" set_i64_9 "set-i64-9";
    i64 get_i64_10 "get-i64-10" set_i64_10 "set-i64-10";
    i64 get_i64_11 "get-i64-11" set_i64_11 "set-i64-11";
    i64 get_i64_12 "get-i64-12" set_i64_12 "set-i64-12";
    i64 get_i64_13 "get-i64-13" set_i64_13 "set-i64-13";
    i64 get_i64_14 "get-i64-14" set_i64_14 "set-i64-14";
    i64 get_i64_15 "get-i64-15" set_i64_15 "set-i64-15";
    f32 get_f32_1 "get-f32-1" set_f32_1 "set-f32-1";
    f32 get_f32_2 "get-f32-2" set_f32_2 "set-f32-2";
    f32 get_f32_3 "get-f32-3" set_f32_3 "set-f32-3";
    f32 get_f32_4 "get-f32-4" set_f32_4 "set-f32-4";
    f32 get_f32_5 "get-f32-5" set_f32_5 "set-f32-5";
    f32 get_f32_6 "get-f32-6" set_f32_6 "set-f32-6";
    f32 get_f32_7 "get-f32-7" set_f32_7 "set-f32-7";
    f32 get_f32_8 "get-f32-8" set_f32_8 "set-f32-8";
    f32 get_f32_9 "get-f32-9" set_f32_9 "set-f32-9";
    f32 get_f32_10 "get-f32-10" set_f32_10 "set-f32-10";
    f32 get_f32_11 "get-f32-11" set_f32_11 "set-f32-11";
    f32 get_f32_12 "get-f32-12" set_f32_12 "set-f32-12";
    f32 get_f32_13 "get-f32-13" set_f32_13 "set-f32-13";
    f32 get_f32_14 "get-f32-14" set_f32_14 "set-f32-14";
    f32 get_f32_15 "get-f32-15" set_f32_15 "set-f32-15";
    f64 get_f64_1 "get-f64-1" set_f64_1 "set-f64-1";
    f64 get_f64_2 "get-f64-2" set_f64_2 "set-f64-2";
    f64 get_f64_3 "get-f64-3" set_f64_3 "set-f64-3";
    f64 get_f64_4 "get-f64-4" set_f64_4 "set-f64-4";
    f64 get_f64_5 "get-f64-5" set_f64_5 "set-f64-5";
    f64 get_f64_6 "get-f64-6" set_f64_6 "set-f64-6";
    f64 get_f64_7 "get-f64-7" set_f64_7 "set-f64-7";
    f64 get_f64_8 "get-f64-8" set_f64_8 "set-f64-8";
    f64 get_f64_9 "get-f64-9" set_f64_9 "set-f64-9";
    f64 get_f64_10 "get-f64-10" set_f64_10 "set-f64-10";
    f64 get_f64_11 "get-f64-11" set_f64_11 "set-f64-11";
    f64 get_f64_12 "get-f64-12" set_f64_12 "set-f64-12";
    f64 get_f64_13 "get-f64-13" set_f64_13 "set-f64-13";
    f64 get_f64_14 "get-f64-14" set_f64_14 "set-f64-14";
    f64 get_f64_15 "get-f64-15" set_f64_15 "set-f64-15";
}
