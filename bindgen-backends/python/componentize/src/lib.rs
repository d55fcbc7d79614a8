//! Makes components of Python apps.

pub mod glue;
mod weave;
