//! Native guests for tests: the core types that stand for WIT types, and modules that pass values on.
//!
//! All of it follows from the table in `docs/abi/gc.md` alone, so that what links and adapts such guests can be tested with it.

mod layout;
mod relay;

pub use layout::{Choices, Layout, Shape};
pub use relay::{Interface, relay};
