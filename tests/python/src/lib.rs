//! Tests of the Python runtime: each file of `cases` is run by the component that is `python`, and must write what the file beside
//! it says; [`suite`] runs CPython's own tests; [`echo`] sends random values through an app.

pub mod command;
pub mod echo;
pub mod examples;
pub mod measure;
pub mod program;
pub mod suite;
