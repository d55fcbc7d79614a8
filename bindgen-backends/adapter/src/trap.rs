//! Traps that say what was violated.
//!
//! Core wasm has no trap messages, but a backtrace has the names of functions: each violation is `unreachable` in a function
//! of its own.

use wasm_encoder::{BlockType, ValType};

use crate::{
    assembly::{Assembly, Target},
    body::Body,
};

/// Declares and defines the function that traps for this reason. It takes an i32, which callers set to 0.
///
/// An engine that inlines would inline a function as small as this, and its name would be lost. So it calls itself once: the
/// call that remains in whatever it was inlined into is a real one.
pub(crate) fn define(assembly: &mut Assembly, reason: &str) -> Target {
    let target = assembly.declare(reason.to_owned(), &[ValType::I32], &[]);
    let mut body = Body::new([ValType::I32]);
    body.code().local_get(0).i32_eqz().if_(BlockType::Empty).i32_const(1);
    body.call(target);
    body.code().end().unreachable().end();
    assembly.define(target, body);
    target
}
