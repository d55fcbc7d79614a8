//! What kind of file it is that somebody wants to run.

use anyhow::{Result, bail};
use wasmparser::Parser;

/// Accepts a component.
///
/// # Errors
/// When the bytes are a core module or no WebAssembly at all: with what to do about it.
pub fn expect_component(name: &str, bytes: &[u8]) -> Result<()> {
    if Parser::is_component(bytes) {
        return Ok(());
    }
    if Parser::is_core_wasm(bytes) {
        bail!(
            "`{name}` is a core module, not a component: link it with `onramp cc`, or make a component of it with \
             `wasm-tools component new`"
        );
    }
    bail!("`{name}` is not a WebAssembly component")
}
