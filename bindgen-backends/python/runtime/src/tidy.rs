//! Making the snapshot small. Zeros cost nothing in it, so what nobody reads any more becomes zeros: memory that is free, the part
//! of the stack that is not in use, and the frozen code of modules that were imported.

use std::collections::BTreeSet;
use std::ffi::{CStr, c_void};
use std::ptr;
use std::sync::OnceLock;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

unsafe extern "C" {
    // wasi-libc.
    fn malloc(size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
    // CPython, Include/internal/pycore_import.h: the modules that can be imported.
    static mut PyImport_FrozenModules: *mut ffi::_frozen;
    // wasm-ld: the stack's lower end.
    static __stack_low: u8;
}

/// How much of the stack below this function is left alone: compiled code may use a little without saying so.
const MARGIN: usize = 4096;

/// What CPython itself imports when it starts.
static KEPT: OnceLock<BTreeSet<String>> = OnceLock::new();

/// Has the code of all modules that are imported now stay: an interpreter that an app starts imports them again.
///
/// # Errors
/// When a name is no text.
pub fn keep(py: Python<'_>) -> PyResult<()> {
    KEPT.set(imported(py)?).expect("CPython is initialized once");
    Ok(())
}

/// What is not read any more.
pub struct Unread {
    imported: BTreeSet<String>,
}

/// Frees what can be freed, and finds what is not read any more.
///
/// # Errors
/// When a module's name is no text.
pub fn find(py: Python<'_>) -> PyResult<Unread> {
    py.import("gc")?.call_method0("collect")?;
    Ok(Unread { imported: imported(py)? })
}

/// Clears what is not read any more. No Python code runs.
pub fn clear(unread: &Unread) {
    let is_kept = |name: &str| KEPT.get().is_some_and(|kept| kept.contains(name));
    // SAFETY: no other thread runs in the first life, and nothing that is cleared is in use.
    unsafe {
        forget_code(|name| unread.imported.contains(name) && !is_kept(name));
        clear_heap();
        clear_stack();
    }
}

fn imported(py: Python<'_>) -> PyResult<BTreeSet<String>> {
    let modules = py.import("sys")?.getattr("modules")?;
    modules.cast::<PyDict>()?.keys().iter().map(|name| name.extract()).collect()
}

/// Excludes frozen modules, and clears their code: importing one again says that it is excluded.
unsafe fn forget_code(is_done: impl Fn(&str) -> bool) {
    unsafe {
        let mut entry = PyImport_FrozenModules;
        while !(*entry).name.is_null() {
            let name = CStr::from_ptr((*entry).name);
            if name.to_str().is_ok_and(&is_done) && !(*entry).code.is_null() {
                ptr::write_bytes((*entry).code.cast_mut(), 0, (*entry).size as usize);
                (*entry).code = ptr::null();
            }
            entry = entry.add(1);
        }
    }
}

/// Blocks that are taken, one behind the other, so that they can be given back.
struct Taken(*mut *mut c_void);

impl Taken {
    /// Clears a block and keeps it.
    unsafe fn add(&mut self, block: *mut c_void, size: usize) {
        unsafe {
            ptr::write_bytes(block.cast::<u8>(), 0, size);
            *block.cast() = self.0.cast::<c_void>();
        }
        self.0 = block.cast();
    }

    /// Gives all blocks back.
    unsafe fn give_back(self) {
        let mut block = self.0;
        while !block.is_null() {
            unsafe {
                let next = *block;
                *block = ptr::null_mut();
                free(block.cast());
                block = next.cast();
            }
        }
    }
}

/// Clears what is free in the heap: takes it all, the largest blocks first, and gives it back. CPython has no allocator of its
/// own on this target (`configure` turns it off).
unsafe fn clear_heap() {
    let end = core::arch::wasm32::memory_size(0) << 16;
    let mut taken = Taken(ptr::null_mut());
    for size in (4..=20).rev().map(|bits| 1 << bits) {
        loop {
            let block = unsafe { malloc(size) };
            if block.is_null() {
                break;
            }
            unsafe { taken.add(block, size) };
            // Behind the end are zeros anyway.
            if block as usize + size > end {
                break;
            }
        }
    }
    unsafe { taken.give_back() };
}

/// Clears the stack below this function.
#[inline(never)]
unsafe fn clear_stack() {
    let here = 0_u8;
    let low = &raw const __stack_low;
    let length = (&raw const here as usize).saturating_sub(MARGIN).saturating_sub(low as usize);
    unsafe { ptr::write_bytes(low.cast_mut(), 0, length) };
}
