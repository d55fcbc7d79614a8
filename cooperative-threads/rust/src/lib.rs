//! Threads for Rust programs on `wasm32-wasip1` and `wasm32-wasip2`, in the shape of [`std::thread`] and [`std::sync`].
//!
//! One thread runs at a time, until it waits, yields or ends; see `coop.h`, whose scheduler this is. The standard
//! library of these targets has no threads: its `Mutex` panics where it would have to wait, its `thread_local!` is one
//! variable for all. So use this crate's: replace `std::thread` by [`thread`], `std::sync` by [`sync`] and
//! `std::thread_local!` by [`thread_local!`].
//!
//! The program is linked with `-Clink-arg=--export-table` (`thread.new-indirect` finds its start function there).
//!
//! # Panics of threads
//! [`thread::JoinHandle::join`] gives a panic to who joins where panics unwind. The prebuilt standard library of these
//! targets aborts instead: then a panic ends the whole program, as `panic = "abort"` does everywhere.

#[doc(hidden)]
pub mod local;
pub mod sync;
mod sys;
pub mod thread;
