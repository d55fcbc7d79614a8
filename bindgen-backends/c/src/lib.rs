//! C bindings in every profile.
