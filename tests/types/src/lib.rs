//! Type checkers on generated Python packages, and on apps that use them.
//!
//! [`packages`] writes the package of every world in some folders, each into a folder of its own, [`write_apps`] those
//! of the apps in `apps`, with the app beside it. [`mypy`] and [`pyright`] check
//! them, both strict: there must be no finding. [`Guest`] runs mypy on apps beside a package, once with ours and once with
//! componentize-py's: ours may bring no finding that theirs does not.

mod check;
mod guests;
mod packages;

pub use check::{Finding, mypy, pyright};
pub use guests::{Guest, Seen};
pub use packages::{Package, Refused, Written, write, write_apps};
