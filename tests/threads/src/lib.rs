//! Tests of threaded programs.
//!
//! A [`program`] is real: its sources come from Debian. A [`case`] is a C or C++ file with its expected output beside it. The [`build`]er makes components of source files with the
//! compiler driver, and keeps them in the cache; [`run`] runs one under a seed and tells its output in one text. A [`suite`] is
//! somebody else's tests.

pub mod build;
pub mod case;
pub mod program;
pub mod run;
pub mod rust;
pub mod suite;
