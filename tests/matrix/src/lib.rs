//! The cross-language interop matrix.
pub mod compose;
pub mod host;
pub mod run;
