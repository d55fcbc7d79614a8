//! What is done to a linked program: stack checks for threads whose stacks lie in one linear memory, and the translation of
//! [exceptions](translate_exceptions).
//!
//! A stack there has no page below it that traps. The scheduler fills a guard area and looks at it when threads switch,
//! which finds an overflow late or, when the recursion never ends, not at all. So after linking, a check is added where a
//! function takes its frame: the new stack pointer is compared with the running thread's limit before it is set.

mod exceptions;
mod names;
mod rewrite;

use anyhow::{Context, Result};

pub use exceptions::translate_exceptions;

use names::Names;

/// Adds the checks to a core module.
///
/// In: a module that wasm-ld made, with the scheduler linked in (`cooperative-threads/src/entry.s` defines the limit and
/// what to call) and with its name section. Out: the module with checks, without DWARF (its offsets would be wrong);
/// `None` when there is nothing to guard: no scheduler, or no names.
///
/// # Errors
/// When the bytes are not a valid core module.
pub fn guard_stacks(module: &[u8]) -> Result<Option<Vec<u8>>> {
    let Some(names) = Names::read(module).context("cannot read the linked module's names")? else {
        return Ok(None);
    };
    let parameters = names::parameter_counts(module).context("cannot read the linked module's functions")?;
    rewrite::rewrite(module, names, parameters).map(Some)
}
