//! Type checkers on generated Python packages, and on apps that use them.
//!
//! [`write()`] writes the package of every world in a folder of WIT, [`write_apps`] those of the apps in `apps`, with the app beside
//! each. [`mypy`] and [`pyright`] check them, both strict: there must be no finding. [`Guest`] is an app that mypy checks beside our
//! package and beside componentize-py's: ours may bring no finding that theirs does not.

mod check;
mod guests;
mod packages;

pub use check::{Finding, mypy, pyright};
pub use guests::{Guest, Seen};
pub use packages::{Package, Refused, Written, write, write_apps};
