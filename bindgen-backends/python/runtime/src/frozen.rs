//! The frozen standard library: the table behind `PyImport_FrozenModules`.

use std::ffi::{CString, c_int};

use pyo3::ffi;

/// Has CPython import from an archive, which must come before its initialization.
///
/// An archive is a sequence of modules: the name's length, the name, 1 for a package, the code's length, the marshalled
/// code; numbers have four bytes, the lowest first.
pub fn install(archive: &'static [u8]) {
    let mut table = Vec::new();
    let mut rest = archive;
    while !rest.is_empty() {
        let name = sized(&mut rest);
        let is_package = number(&mut rest);
        let code = sized(&mut rest);
        table.push(entry(name, code, is_package as c_int));
    }
    table.push(ffi::_frozen { name: std::ptr::null(), code: std::ptr::null(), size: 0, is_package: 0 });
    // SAFETY: CPython does not run yet, and the table stays.
    unsafe { ffi::PyImport_FrozenModules = table.leak().as_ptr() };
}

fn entry(name: &[u8], code: &'static [u8], is_package: c_int) -> ffi::_frozen {
    let name = CString::new(name).expect("a module's name has no zero");
    ffi::_frozen { name: name.into_raw(), code: code.as_ptr(), size: code.len() as c_int, is_package }
}

fn number(rest: &mut &[u8]) -> u32 {
    let (bytes, behind) = rest.split_first_chunk().expect("the archive is whole");
    *rest = behind;
    u32::from_le_bytes(*bytes)
}

fn sized<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let length = number(rest) as usize;
    let (bytes, behind) = rest.split_at(length);
    *rest = behind;
    bytes
}
