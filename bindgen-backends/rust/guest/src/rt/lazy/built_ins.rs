//! The built-in functions of the lazy ABI.

#[cfg(target_arch = "wasm32")]
#[link(wasm_import_module = "[lazy]")]
unsafe extern "C" {
    /// Copies elements `start..start + count` to `destination`, in the layout of the ABI, with handles for dynamic values.
    pub fn lower(handle: u32, start: usize, count: usize, destination: *mut u8);
    /// How many bytes `lower_all` needs.
    pub fn size(handle: u32) -> usize;
    /// Copies the whole value, what it contains behind it.
    #[link_name = "lower-all"]
    pub fn lower_all(handle: u32, destination: *mut u8);
    /// Gives the handle back.
    #[link_name = "drop"]
    pub fn release(handle: u32);
}

#[cfg(all(not(target_arch = "wasm32"), not(test)))]
mod native {
    //! On other targets there is nobody to call; generated code compiles all the same.
    #![allow(missing_docs, clippy::missing_safety_doc)]

    pub unsafe extern "C" fn lower(_: u32, _: usize, _: usize, _: *mut u8) {
        unreachable!()
    }
    pub unsafe extern "C" fn size(_: u32) -> usize {
        unreachable!()
    }
    pub unsafe extern "C" fn lower_all(_: u32, _: *mut u8) {
        unreachable!()
    }
    pub unsafe extern "C" fn release(_: u32) {
        unreachable!()
    }
}

#[cfg(all(not(target_arch = "wasm32"), not(test)))]
pub use native::*;

#[cfg(test)]
pub use super::fake::{lower, lower_all, release, size};
