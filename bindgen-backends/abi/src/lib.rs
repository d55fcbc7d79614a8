//! The rules of the ABIs, and nothing else: no I/O, no code generation.
//!
//! - [`Profile`]: the ABIs there are.
//! - [`Signature`]: the core signature of each side of a WIT function.
//! - [`Types`]: WIT types as the ABI sees them: the specification's grammar after `despecialize`, with size, alignment,
//!   offsets, discriminants and flat types.
//! - [`gc`]: core types where values are references.
//! - [`kept`]: values that stay objects of the garbage collector in a guest with linear memory.
//! - [`names`]: what core imports and exports are called.
//!
//! What wit-parser computes (sizes, alignments, flattening, joins, signatures, discriminant sizes, all-bits-valid) is taken
//! from it. References such as `lift_flat_variant` are functions of the component model's
//! `design/mvp/canonical-abi/definitions.py`.
//!
//! Not here: memory64; the async ABIs.

mod core_type;
mod error;
pub mod gc;
pub mod kept;
pub mod names;
mod profile;
mod signature;
mod types;
pub mod wit;

pub use core_type::CoreType;
pub use error::Error;
pub use profile::{Data, Lowering, Profile, Results};
pub use signature::{Passing, Role, Signature};
pub use types::{Field, Node, Ownership, Shape, Tag, Ty, Types};

/// How many core values parameters may flatten to; with more, they are passed in memory.
pub const MAX_FLAT_PARAMS: usize = wit_parser::Resolve::MAX_FLAT_PARAMS;

/// How many core values the results of a profile with several may flatten to; with more, they are returned in memory.
pub const MAX_FLAT_RESULTS: usize = 16;

/// What stands for the length of a value that is a lazy handle of the sender's: a length that no value in a 32-bit memory has.
pub const FORWARDED: u32 = u32::MAX;

/// How many bytes a string or a list may have in memory.
///
/// This is Wasmtime's limit, and what the specification said until it lowered `MAX_STRING_BYTE_LENGTH` and
/// `MAX_LIST_BYTE_LENGTH` to 2²⁸ − 1: what runs in a stock composition runs in ours.
pub const MAX_BYTE_LENGTH: u32 = (1 << 31) - 1;

/// In latin1+utf16, the bit of a string's length that says that it is UTF-16 (`utf16_tag`).
pub const UTF16_TAG: u32 = 1 << 31;
