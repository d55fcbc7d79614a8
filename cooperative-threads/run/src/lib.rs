//! Runs a command component under Wasmtime with the features that cooperative threads need, which its own command line has
//! off by default: threads, the async ABI with its built-ins, and exceptions.
//!
//! A [`Runner`] is an engine; it compiles a component to a [`Program`], which runs as often as wanted, each time in a fresh
//! instance, with what an [`Invocation`] gives it.

mod file;
mod invocation;
mod program;
mod runner;

pub use invocation::{Directory, Invocation, Streams};
pub use program::{Ended, Output, Program};
pub use runner::{Runner, Settings};
