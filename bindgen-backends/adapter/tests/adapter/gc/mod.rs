//! Guests whose values are objects of the garbage collector (`docs/abi/gc.md`), against all others.

mod engine;
mod guest;
mod layout;
mod object;
