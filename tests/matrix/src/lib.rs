//! The cross-language interop matrix: scenarios, guests, cells, runner, reports.
//!
//! A *scenario* is a WIT package with a caller and a callee in each language ([`scenario`]). A *guest* is one language's
//! component for one role ([`guest`], built by a [`language`]). A *cell* is a scenario with a caller's and a callee's language
//! and ABI ([`cell`]): its two guests are composed (by a [`linker`]), or put side by side ([`apart`]), and run ([`mod@run`]) in one
//! [`host`]. The [`matrix`] is all cells;
//! [`report`] shows what became of them.

pub mod allocations;
pub mod apart;
pub mod cell;
pub mod compiled;
pub mod composition;
pub mod gap;
pub mod guest;
pub mod host;
pub mod language;
pub mod linker;
pub mod matrix;
pub mod progress;
pub mod report;
pub mod run;
pub mod scenario;
pub mod selection;
pub mod time_limit;
