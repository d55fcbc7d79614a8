//! C bindings in every profile.
//!
//! Upstream's generator makes the eager bindings; here they are changed where the profile differs, for each function that
//! `onramp-bridge` says it covers. The rest of the text stays byte for byte: types, functions, helpers and their names.
//!
//! - An import's declaration and its one call: the name; handles in the return area are received after the call.
//! - An export's definition: the name; handles in the parameters are received first; the return area is another one.
//! - Results in core values use clang's own support when `ONRAMP_MULTIVALUE` is defined, else the linker's ([`Results`]). Types and
//!   functions for them are shared.
//!
//! What does not depend on the world is in `onramp-guest.h`, which is written beside the bindings: it is what `onramp-guest` is for
//! Rust.
//!
//! [`Results`]: onramp_bridge::Results

mod export;
mod gaps;
mod generate;
mod import;
mod kept;
mod lazy;
mod lists;
mod object;
mod profile;
mod shapes;
mod slot;
mod steps;
mod text;

pub use generate::generate;
