//! C bindings in every profile.
//!
//! Upstream's generator makes the eager bindings; here they are changed where the profile differs, for each function that
//! `onramp-bridge` says it covers. The rest of the text stays byte for byte: types, functions, helpers and their names.
//!
//! - An import's declaration becomes a static function of the same signature, which calls the import of the profile.
//! - An export's definition becomes static; the export of the profile calls it.
//! - Results in core values use clang's own support when `ONRAMP_MULTIVALUE` is defined, else the linker's ([`Results`]).
//!
//! [`Results`]: onramp_bridge::Results

mod export;

mod gaps;
mod generate;
mod helpers;
mod import;
mod lazy;
mod object;
mod profile;
mod slot;
mod steps;
mod text;
mod upstream;

pub use generate::generate;
