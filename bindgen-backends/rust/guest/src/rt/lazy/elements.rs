//! How elements of a lazy list become Rust's.

use alloc::collections::TryReserveError;
use alloc::vec::Vec;

use super::built_ins;

/// Types whose values are in Rust as the ABI has them in memory.
///
/// # Safety
/// They must be.
pub unsafe trait Plain: Copy + 'static {}

macro_rules! plain {
    ($($type:ident)*) => { $(unsafe impl Plain for $type {})* };
}

plain!(u8 i8 u16 i16 u32 i32 u64 i64 f32 f64 bool char);

/// Reads elements. Generated code has one for each type of elements that is not [`Plain`].
///
/// # Safety
/// `lift` must give as many elements as it is asked for.
pub unsafe trait Lift<T> {
    /// Elements `start..start + count`.
    ///
    /// # Safety
    /// The handle must be one of a list of such elements.
    unsafe fn lift(handle: u32, start: usize, count: usize) -> Vec<T>;

    /// All elements, when there is memory for them.
    ///
    /// # Errors
    /// When there is not: for the elements and what they own, taken together.
    ///
    /// # Safety
    /// As in `lift`.
    unsafe fn try_lift(handle: u32, count: usize) -> Result<Vec<T>, TryReserveError> {
        // Elements own allocations, which are made one by one: room for all of them is asked for before.
        let (mut owned, mut elements) = (Vec::<u8>::new(), Vec::<T>::new());
        owned.try_reserve_exact(unsafe { built_ins::size(handle) })?;
        elements.try_reserve_exact(count)?;
        drop((owned, elements));
        Ok(unsafe { Self::lift(handle, 0, count) })
    }
}

/// Reads elements that are [`Plain`], to where they stay.
pub struct Flat;

unsafe impl<T: Plain> Lift<T> for Flat {
    unsafe fn lift(handle: u32, start: usize, count: usize) -> Vec<T> {
        let mut elements = Vec::with_capacity(count);
        unsafe { fill(handle, start, count, &mut elements) };
        elements
    }

    unsafe fn try_lift(handle: u32, count: usize) -> Result<Vec<T>, TryReserveError> {
        let mut elements = Vec::new();
        elements.try_reserve_exact(count)?;
        unsafe { fill(handle, 0, count, &mut elements) };
        Ok(elements)
    }
}

/// Lowers to the room that a vector has.
unsafe fn fill<T: Plain>(handle: u32, start: usize, count: usize, elements: &mut Vec<T>) {
    if count > 0 {
        unsafe {
            built_ins::lower(handle, start, count, elements.as_mut_ptr().cast());
            elements.set_len(count);
        }
    }
}
