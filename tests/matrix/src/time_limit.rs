//! How long a guest may run.

use std::time::Duration;

use wasmtime::{Engine, Trap};

/// The length of one epoch: how exactly a time limit is kept.
const EPOCH: Duration = Duration::from_millis(100);

/// Advances the engine's epoch for as long as the engine lives.
pub fn tick(engine: &Engine) {
    let engine = engine.weak();
    std::thread::spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(EPOCH);
        }
    });
}

/// A time limit in epochs, as a store's deadline is said.
pub fn epochs(time_limit: Duration) -> u64 {
    (time_limit.as_millis() / EPOCH.as_millis()) as u64
}

/// An error chain as text; a trap with its wasm backtrace.
pub fn describe(error: &wasmtime::Error, time_limit: Duration) -> String {
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => format!("stopped after {} s without a result", time_limit.as_secs()),
        _ => error.chain().map(|cause| cause.to_string()).collect::<Vec<_>>().join("\n"),
    }
}
