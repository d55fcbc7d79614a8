//! Memory that the host fills.

/// Memory of this many bytes, for an argument of another function. It is never given back: frozen code is used as it lies.
#[unsafe(no_mangle)]
pub extern "C" fn onramp_python_allocate(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// The bytes of an argument.
///
/// # Safety
/// They came from [`onramp_python_allocate`], which nobody else uses any more.
pub unsafe fn bytes(start: *const u8, length: usize) -> &'static [u8] {
    unsafe { std::slice::from_raw_parts(start, length) }
}

/// The text of an argument.
///
/// # Safety
/// As for [`bytes`].
pub unsafe fn text(start: *const u8, length: usize) -> &'static str {
    std::str::from_utf8(unsafe { bytes(start, length) }).expect("the host passes UTF-8")
}
