//! Calling upstream libraries that panic on some components, though they are valid: one that exports an instance that it
//! imports, say (wit-parser and wac-types assert that they see each type once). Such a panic becomes an error here.

use std::panic::{self, AssertUnwindSafe};

use anyhow::{Result, anyhow};

/// Does some work of upstream libraries. What it changes must not be used again when this is an error.
pub fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    let said = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it does not say why".to_owned())
    };
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(anyhow!("a library that reads it gave up: {}", said(panic))))
}
