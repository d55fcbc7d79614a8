//! `wit-bindgen`, and beside it what guests of every profile need at run time.
//!
//! A crate that depends on `wit-bindgen` moves here by one line of its manifest:
//!
//! ```toml
//! wit-bindgen = { package = "onramp-guest", path = "…/onramp/bindgen-backends/rust/guest" }
//! ```
//!
//! All of upstream's crate is here under its own names. Generated code calls [`rt`].

#![no_std]

extern crate alloc;

#[cfg(feature = "macros")]
pub use onramp_guest_macro::generate;
pub use upstream::*;

pub mod rt;
