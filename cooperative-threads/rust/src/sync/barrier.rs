//! Barriers.

use std::cell::Cell;

use crate::sys::{self, Deadline};

/// Lets threads through when enough have come.
#[derive(Debug)]
pub struct Barrier {
    limit: usize,
    arrived: Cell<usize>,
}

// SAFETY: one thread runs at a time; the cell is not used across a switch.
unsafe impl Send for Barrier {}
// SAFETY: as above.
unsafe impl Sync for Barrier {}

/// Whether a thread was the last to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Whether this thread is the one that does what is to be done once.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier for so many threads; 0 counts as 1.
    pub const fn new(limit: usize) -> Self {
        Barrier { limit, arrived: Cell::new(0) }
    }

    /// Waits for the others.
    pub fn wait(&self) -> BarrierWaitResult {
        self.arrived.set(self.arrived.get() + 1);
        if self.arrived.get() < self.limit {
            sys::wait(&self.arrived, c"barrier", None, Deadline::NEVER);
            return BarrierWaitResult(false);
        }
        self.arrived.set(0);
        sys::wake_all(&self.arrived);
        BarrierWaitResult(true)
    }
}
