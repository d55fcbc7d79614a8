//! The upstream generator's own tests, with guests of every profile.
//!
//! A *folder* of upstream's `tests/runtime` ([`folder`]) has a WIT package and sources of guests, unmodified. A guest's bindings are
//! generated in a profile ([`bindings`]), it is compiled and linked ([`guest`]), and every *cast* of guests is composed by
//! `onramp compose` and run ([`runtime`]). The worlds of `tests/codegen` are generated and compiled ([`codegen`]). [`report`] shows
//! what became of them.

pub mod bindings;
mod c;
pub mod codegen;
mod concurrent;
pub mod folder;
pub mod guest;
pub mod header;
pub mod language;
pub mod report;
pub mod runtime;
mod rust;
