//! Rust bindings in every profile.
