//! The compiler driver for threaded programs, `onramp cc` and `onramp c++`: the toolchain's clang, with a [`Sysroot`] that has
//! the headers and libraries of POSIX threads in front of those of an unmodified wasi-libc.
//!
//! The sysroot is made once, in the cache, from the C sources that this crate carries. [`Driver::command`] turns a compiler's
//! command line into clang's; what clang understands is clang's matter, and only what wasm has no answer to is decided here.

pub mod archive;
pub mod command;
pub mod component;
pub mod cpp;
pub mod files;
pub mod line;
pub mod metadata;
pub mod sysroot;
pub mod target;
pub mod tools;

pub use command::{Driver, Language};
pub use sysroot::Sysroot;
pub use target::Target;
