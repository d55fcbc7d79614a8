//! Core values that hold a handle, a length or a pointer.

use core::mem::MaybeUninit;

/// A type of a core value in generated code.
pub trait Word: Copy {
    /// The handle or the length that the value is, in its lowest bits.
    ///
    /// # Safety
    /// The value must be one that a caller passed.
    unsafe fn bits(self) -> usize;

    /// A pointer in its place.
    fn pointer(pointer: *mut u8) -> Self;
}

impl Word for *mut u8 {
    #[inline(always)]
    unsafe fn bits(self) -> usize {
        self as usize
    }

    #[inline(always)]
    fn pointer(pointer: *mut u8) -> *mut u8 {
        pointer
    }
}

#[allow(clippy::not_unsafe_ptr_arg_deref, reason = "the pointer is stored, not followed")]
impl Word for MaybeUninit<u64> {
    #[inline(always)]
    unsafe fn bits(self) -> usize {
        unsafe { self.assume_init() as usize }
    }

    #[inline(always)]
    fn pointer(pointer: *mut u8) -> MaybeUninit<u64> {
        let mut word = MaybeUninit::new(0);
        unsafe { word.as_mut_ptr().cast::<*mut u8>().write(pointer) };
        word
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {
        $(
            impl Word for $integer {
                #[inline(always)]
                unsafe fn bits(self) -> usize {
                    self as usize
                }

                #[inline(always)]
                fn pointer(pointer: *mut u8) -> $integer {
                    pointer as $integer
                }
            }
        )*
    };
}

integers!(i32 i64 usize);
