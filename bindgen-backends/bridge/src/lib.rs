//! What stands between a profile's core functions and eager bindings.
