//! The files that a component carries: modules' sources and packages' data, read-only below [`ROOT`].
//!
//! They are served below wasi-libc, not in Python: wasm-ld's `--wrap` has [`wasi`] stand in front of libc's calls of WASI, so
//! whatever opens files in CPython finds them. The content lies where whoever made the component wrote it: nothing is copied, and nothing
//! happens when an instance begins.

mod calls;
mod descriptors;
mod tree;
mod wasi;

use std::ffi::CStr;
use std::sync::{Mutex, MutexGuard};

use descriptors::Descriptors;
use tree::Tree;

/// Where the files are, for a program: a path that no host's folder has.
pub const ROOT: &str = "/component.wasm";

/// The same as wasi-libc has prefixes: without the first slash.
const PREFIX: &CStr = c"component.wasm";

/// An error code of WASI 0.1, which are those of wasi-libc's `errno` too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno(u16);

impl Errno {
    const BADF: Errno = Errno(8);
    const EXIST: Errno = Errno(20);
    const INVAL: Errno = Errno(28);
    const ISDIR: Errno = Errno(31);
    const NOENT: Errno = Errno(44);
    const NOTDIR: Errno = Errno(54);
    const ROFS: Errno = Errno(69);
    const NOTCAPABLE: Errno = Errno(76);
}

/// The files, and which are open.
struct Files {
    tree: Tree,
    open: Descriptors,
}

static FILES: Mutex<Files> = Mutex::new(Files { tree: Tree::new(), open: Descriptors::new() });

/// The files. Nobody who holds them calls Python or waits, so no other thread asks meanwhile.
fn files() -> MutexGuard<'static, Files> {
    FILES.lock().expect("nobody panics while holding the files")
}

/// Adds a file, by its path below [`ROOT`]; its full path. One that is there already stays.
pub fn add(path: &str, content: Box<[u8]>) -> String {
    files().tree.add(path, Box::leak(content));
    format!("{ROOT}/{path}")
}
