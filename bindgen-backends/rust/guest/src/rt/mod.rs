//! What generated code calls: upstream's runtime, and what profiles need beside it.

pub use upstream::rt::*;

mod block;
pub mod lazy;
pub mod results;
