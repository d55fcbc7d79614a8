//! Poison: a lock whose holder panicked says so.

use std::cell::Cell;
use std::sync::{LockResult, PoisonError};

/// Whether a lock is poisoned.
#[derive(Default)]
pub struct Flag(Cell<bool>);

impl Flag {
    /// Not poisoned.
    pub const fn new() -> Self {
        Flag(Cell::new(false))
    }

    /// Whether it is.
    pub fn get(&self) -> bool {
        self.0.get()
    }

    /// Not any more.
    pub fn clear(&self) {
        self.0.set(false);
    }

    /// Poisons when a panic began since `was_panicking` was noted.
    pub fn done(&self, was_panicking: bool) {
        if !was_panicking && std::thread::panicking() {
            self.0.set(true);
        }
    }

    /// The value, as an error if poisoned.
    pub fn wrap<T>(&self, value: T) -> LockResult<T> {
        if self.get() { Err(PoisonError::new(value)) } else { Ok(value) }
    }
}
