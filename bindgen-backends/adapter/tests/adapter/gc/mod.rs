//! Guests whose values are objects of the garbage collector (`docs/abi/gc.md`), against all others.

mod cases;
mod compiled;
mod engine;
mod guest;
mod isolation;
mod linear;
mod object;
mod pair;
mod pressure;
mod property;
