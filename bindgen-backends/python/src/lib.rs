//! Python bindings in every profile.
//!
//! [`generate`] makes of a world a typed package, with componentize-py's names and layout, and the table by which the runtime lifts
//! and lowers: its module documentation in `onramp-python-table` says how both work together.

mod options;
mod python;

pub use options::Options;
pub use python::{CoreExport, CoreImport, Python};
