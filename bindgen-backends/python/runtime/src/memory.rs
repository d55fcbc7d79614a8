//! Memory that the host fills.

/// Memory of this many bytes, for an argument of another function. Either it stays for good, because
/// frozen code is used as it lies, or it is [`taken`].
#[unsafe(no_mangle)]
pub extern "C" fn onramp_python_allocate(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// The bytes of an argument that stays.
///
/// # Safety
/// They came from [`onramp_python_allocate`], which nobody else uses any more.
pub unsafe fn bytes(start: *const u8, length: usize) -> &'static [u8] {
    unsafe { std::slice::from_raw_parts(start, length) }
}

/// The bytes of an argument that is used up.
///
/// # Safety
/// As for [`bytes`].
pub unsafe fn taken(start: *mut u8, length: usize) -> Box<[u8]> {
    unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) }
}

/// The text of an argument.
pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the host passes UTF-8")
}
