//! Compositions against the canonical ABI's specification, and `compose` against damaged files.
//!
//! - [`values`]: random function types and values go through two generated guests that `onramp-compose` has composed. The
//!   oracle is an interpreter ([`types`], [`layout`], [`lift`], [`lower`], [`text`]) written from the specification's
//!   `design/mvp/canonical-abi/definitions.py`, whose names are in its comments; stock Wasmtime composition is the second.
//! - [`files`]: damaged components ([`damage`]) are given to what reads and composes components.
//!
//! Everything is determined by a seed and an index, so that a failing case can be had again; it is made smaller before it is
//! shown. `cargo test` tries a few cases, `cargo xtask fuzz` as many as are asked for.

pub mod campaign;
pub mod case;
pub mod damage;
pub mod engine;
pub mod expect;
pub mod files;
pub mod flat;
pub mod generate;
pub mod guard;
pub mod guest;
pub mod layout;
pub mod lift;
pub mod lower;
pub mod memory;
pub mod random;
pub mod shrink;
pub mod text;
pub mod types;
pub mod value;
pub mod values;
