//! In front of wasi-libc's calls of WASI (wasm-ld's `--wrap`): those for our descriptors end here, all others go on.
//!
//! What is not here goes to the host, which knows no such descriptor: writing to one, for example. The types are those of wasi-libc's
//! `wasi/api.h`.

use std::ffi::{CStr, c_char, c_int};
use std::slice;

use super::calls::{FileStatus, Status};
use super::descriptors::FIRST;
use super::{Errno, PREFIX, files};

/// Whether a descriptor is ours. Negative numbers, which are no descriptors, are not.
fn is_ours(descriptor: u32) -> bool {
    (FIRST..1 << 31).contains(&descriptor)
}

/// A part of memory to be filled, as WASI describes it.
#[repr(C)]
struct Part {
    start: *mut u8,
    length: usize,
}

/// Text from libc.
unsafe fn path<'a>(text: *const c_char) -> &'a [u8] {
    unsafe { CStr::from_ptr(text) }.to_bytes()
}

unsafe fn parts<'a>(start: *const Part, count: usize) -> Vec<&'a mut [u8]> {
    let parts = unsafe { slice::from_raw_parts(start, count) };
    parts.iter().map(|part| unsafe { buffer(part.start, part.length) }).collect()
}

/// An empty part may have no place.
unsafe fn buffer<'a>(start: *mut u8, length: usize) -> &'a mut [u8] {
    match length {
        0 => &mut [],
        _ => unsafe { slice::from_raw_parts_mut(start, length) },
    }
}

/// Puts a result where the caller wants it; what the caller gets.
unsafe fn put<T>(result: Result<T, Errno>, place: *mut T) -> u16 {
    match result {
        Ok(value) => {
            unsafe { place.write_unaligned(value) };
            0
        }
        Err(error) => error.0,
    }
}

/// Functions in front of others: the condition under which one acts, and what it does then.
macro_rules! in_front {
    ($($wrap:ident, $real:ident($($name:ident: $ty:ty),*) if $condition:expr => $action:expr;)*) => {
        unsafe extern "C" {
            $(fn $real($($name: $ty),*) -> u16;)*
        }
        $(
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $wrap($($name: $ty),*) -> u16 {
                match $condition {
                    true => $action,
                    false => unsafe { $real($($name),*) },
                }
            }
        )*
    };
}

in_front! {
    __wrap___wasi_fd_close, __real___wasi_fd_close(fd: u32) if is_ours(fd) =>
        files().open.close(fd).map_or_else(|error| error.0, |()| 0);
    __wrap___wasi_fd_fdstat_get, __real___wasi_fd_fdstat_get(fd: u32, to: *mut Status) if is_ours(fd) =>
        unsafe { put(files().status(fd), to) };
    __wrap___wasi_fd_filestat_get, __real___wasi_fd_filestat_get(fd: u32, to: *mut FileStatus) if is_ours(fd) =>
        unsafe { put(files().file_status(fd), to) };
    __wrap___wasi_fd_read, __real___wasi_fd_read(fd: u32, start: *const Part, count: usize, to: *mut u32) if is_ours(fd) =>
        unsafe { put(files().read(fd, None, &mut parts(start, count)), to) };
    __wrap___wasi_fd_pread, __real___wasi_fd_pread(
        fd: u32, start: *const Part, count: usize, offset: u64, to: *mut u32
    ) if is_ours(fd) =>
        unsafe { put(files().read(fd, Some(offset), &mut parts(start, count)), to) };
    __wrap___wasi_fd_seek, __real___wasi_fd_seek(fd: u32, by: i64, from: u8, to: *mut u64) if is_ours(fd) =>
        unsafe { put(files().seek(fd, by, from), to) };
    __wrap___wasi_fd_tell, __real___wasi_fd_tell(fd: u32, to: *mut u64) if is_ours(fd) =>
        unsafe { put(files().seek(fd, 0, 1), to) };
    __wrap___wasi_fd_readdir, __real___wasi_fd_readdir(
        fd: u32, start: *mut u8, length: usize, from: u64, to: *mut u32
    ) if is_ours(fd) =>
        unsafe { put(files().list(fd, buffer(start, length), from), to) };
    __wrap___wasi_path_open, __real___wasi_path_open(
        fd: u32, lookup: u32, name: *const c_char, flags: u16, rights: u64, inherited: u64, status: u16, to: *mut u32
    ) if is_ours(fd) =>
        unsafe { put(files().open(fd, path(name), flags, rights), to) };
    __wrap___wasi_path_filestat_get, __real___wasi_path_filestat_get(
        fd: u32, lookup: u32, name: *const c_char, to: *mut FileStatus
    ) if is_ours(fd) =>
        unsafe { put(files().file_status_at(fd, path(name)), to) };
    __wrap___wasi_path_readlink, __real___wasi_path_readlink(
        fd: u32, name: *const c_char, start: *mut u8, length: usize, to: *mut u32
    ) if is_ours(fd) =>
        match files().refuse(fd, unsafe { path(name) }) {
            // There are no links.
            Errno::ROFS => Errno::INVAL.0,
            other => other.0,
        };
    __wrap___wasi_path_filestat_set_times, __real___wasi_path_filestat_set_times(
        fd: u32, lookup: u32, name: *const c_char, accessed: u64, modified: u64, which: u16
    ) if is_ours(fd) =>
        files().refuse(fd, unsafe { path(name) }).0;
    __wrap___wasi_path_unlink_file, __real___wasi_path_unlink_file(fd: u32, name: *const c_char) if is_ours(fd) =>
        files().refuse(fd, unsafe { path(name) }).0;
    __wrap___wasi_path_remove_directory, __real___wasi_path_remove_directory(fd: u32, name: *const c_char) if is_ours(fd) =>
        files().refuse(fd, unsafe { path(name) }).0;
    __wrap___wasi_path_create_directory, __real___wasi_path_create_directory(fd: u32, name: *const c_char) if is_ours(fd) =>
        files().refuse_new(fd, unsafe { path(name) }).0;
    __wrap___wasi_path_symlink, __real___wasi_path_symlink(old: *const c_char, fd: u32, name: *const c_char) if is_ours(fd) =>
        files().refuse_new(fd, unsafe { path(name) }).0;
    __wrap___wasi_path_link, __real___wasi_path_link(
        fd: u32, lookup: u32, name: *const c_char, new: u32, new_name: *const c_char
    ) if is_ours(fd) || is_ours(new) => Errno::ROFS.0;
    __wrap___wasi_path_rename, __real___wasi_path_rename(
        fd: u32, name: *const c_char, new: u32, new_name: *const c_char
    ) if is_ours(fd) || is_ours(new) => Errno::ROFS.0;
}

unsafe extern "C" {
    // wasi-libc, wasi/libc-find-relpath.h and wasi/libc-nocwd.h.
    fn __real___wasilibc_find_abspath(
        path: *const c_char,
        prefix: *mut *const c_char,
        relative: *mut *const c_char,
    ) -> c_int;
    fn __real___wasilibc_nocwd_faccessat(fd: u32, path: *const c_char, mode: c_int, flag: c_int) -> c_int;
    // wasi-libc's is a plain variable, of which the scheduler keeps one per thread (`libc-shims/include/errno.h`).
    static mut errno: c_int;
}

/// Finds the folder of ours or of the host's that an absolute path begins with: its descriptor, its path, and the rest of the path.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap___wasilibc_find_abspath(
    path: *const c_char,
    prefix: *mut *const c_char,
    relative: *mut *const c_char,
) -> c_int {
    let whole = unsafe { CStr::from_ptr(path) };
    match inside(whole) {
        Some(rest) if !files().tree.is_empty() => unsafe {
            *prefix = PREFIX.as_ptr();
            *relative = rest.as_ptr();
            FIRST as c_int
        },
        _ => unsafe { __real___wasilibc_find_abspath(path, prefix, relative) },
    }
}

/// The part of a path that is below our root.
fn inside(path: &CStr) -> Option<&CStr> {
    let bytes = path.to_bytes_with_nul();
    let rest = stripped(bytes).strip_prefix(PREFIX.to_bytes())?;
    match rest.first() {
        Some(0) => Some(c"."),
        Some(b'/') => {
            CStr::from_bytes_with_nul(stripped(rest)).ok().map(|rest| if rest.is_empty() { c"." } else { rest })
        }
        _ => None,
    }
}

fn stripped(path: &[u8]) -> &[u8] {
    &path[path.iter().take_while(|byte| **byte == b'/').count()..]
}

/// What a file can be used for: nobody writes ours. libc would believe the folder's rights.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap___wasilibc_nocwd_faccessat(
    fd: u32,
    name: *const c_char,
    mode: c_int,
    flag: c_int,
) -> c_int {
    /// `W_OK`, unistd.h.
    const TO_WRITE: c_int = 2;
    if is_ours(fd) && mode & TO_WRITE != 0 {
        let error = files().refuse(fd, unsafe { path(name) });
        unsafe { errno = error.0.into() };
        return -1;
    }
    unsafe { __real___wasilibc_nocwd_faccessat(fd, name, mode, flag) }
}
