//! What TeaVM's modules import of the JavaScript around them, without JavaScript.
//!
//! `host.wat` has what can be done without it. All else traps when it is called.

use anyhow::Result;
use wasm_encoder::Function;

/// Whether a module was made by TeaVM: what one of its imports' modules is called.
pub(super) fn is_teavm(import: &str) -> bool {
    import == "teavm" || import.starts_with("teavm") && import[5..].starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether an import is JavaScript's to give, in a module that TeaVM made.
pub(super) fn is_javascript(module: &str) -> bool {
    module == STRINGS || is_teavm(module)
}

/// The memory and the globals of TeaVM's runtime.
pub(super) const MEMORY: (&str, &str) = ("env", "memory");

/// The first address that is free for TeaVM's heap of buffers, and where it ends.
pub(super) const HEAP_OFFSET: (&str, &str) = ("teavmMemory", "heapOffset");
/// How large the memory may get.
pub(super) const MAX_SIZE: (&str, &str) = ("teavmMemory", "maxSize");

/// JavaScript's builtin functions of strings.
const STRINGS: &str = "wasm:js-string";

/// What an exception is told to when it is made.
const DECORATE: (&str, &str) = ("teavm", "decorateException");

/// The functions that can be had without JavaScript.
const HOST: &str = include_str!("host.wat");

/// A module with the functions that can be had without JavaScript, exported as `module field`.
///
/// # Errors
/// When it cannot be assembled.
pub(super) fn module() -> Result<Vec<u8>> {
    Ok(wat::parse_str(HOST)?)
}

/// A function in the place of one that there is not in the module: it does nothing where nothing is expected of it, and else traps.
pub(super) fn missing(name: (&str, &str)) -> Function {
    let mut function = Function::new([]);
    if name != DECORATE {
        function.instructions().unreachable();
    }
    function.instructions().end();
    function
}
