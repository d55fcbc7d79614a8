//! The runtime of Python guests: CPython for wasm32-wasip1, built from source once and kept in the cache.
//!
//! [`Runtime::ensure`] gives the two files that a component is made from, a core module and an archive of the frozen standard
//! library. [`snapshot`] runs the module's first life (`bindgen-backends/python/runtime` has the two lives) and
//! takes its memory; `onramp-componentize` makes components of that.

pub mod app;
pub mod archive;
mod cpython;
pub mod exchange;
mod hash_seed;
mod host;
mod link;
mod lint;
mod native;
mod runtime;
pub mod snapshot;
mod sources;
mod steps;

pub use hash_seed::HashSeed;
pub use lint::lint;
pub use runtime::Runtime;
pub use steps::{STEPS, Step};
