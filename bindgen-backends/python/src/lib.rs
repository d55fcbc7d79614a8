//! Python bindings in every profile.
//!
//! [`generate()`] makes of a world a typed package, with componentize-py's names and layout, and the table by which the runtime lifts
//! and lowers: `onramp-python-table` says how both work together. What an app sees is componentize-py's, so that its apps run
//! unchanged; where componentize-py has nothing, or what cannot work, `docs/python.md` says what is here.

mod core;
mod definition;
mod form;
mod function;
mod generate;
mod hint;
mod modules;
mod names;
mod options;
mod package;
mod part;
mod python;
mod resource;
mod scope;
mod table;
mod text;
mod types;
mod world;

pub use generate::generate;
pub use options::{Options, Part};
pub use python::{CoreExport, CoreImport, Module, Python};
