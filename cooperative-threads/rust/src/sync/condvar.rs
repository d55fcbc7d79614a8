//! Condition variables.

use std::cell::Cell;
use std::sync::LockResult;
use std::time::Duration;

use super::mutex::MutexGuard;
use crate::sys::{self, Deadline};

/// A condition variable.
#[derive(Debug, Default)]
pub struct Condvar {
    // Its address is what threads wait on, so it must have one of its own.
    place: Cell<u8>,
}

// SAFETY: the cell is never used.
unsafe impl Send for Condvar {}
// SAFETY: as above.
unsafe impl Sync for Condvar {}

/// Whether a wait timed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the time passed before a notification came.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A condition variable that nobody waits on.
    pub const fn new() -> Self {
        Condvar { place: Cell::new(0) }
    }

    /// Unlocks, waits for a notification, locks.
    ///
    /// # Errors
    /// The guard, when a holder of the mutex panicked.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.wait_until(&guard, Deadline::NEVER);
        guard.poisoned_or()
    }

    /// Waits as long as the condition holds.
    ///
    /// # Errors
    /// As [`Condvar::wait`].
    pub fn wait_while<'a, T, F>(&self, guard: MutexGuard<'a, T>, mut condition: F) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        let mut guard = guard.poisoned_or()?;
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// [`Condvar::wait`], for so long at most.
    ///
    /// # Errors
    /// As [`Condvar::wait`].
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let woken = self.wait_until(&guard, Deadline::after(duration));
        with_result(guard, WaitTimeoutResult(!woken))
    }

    /// [`Condvar::wait_while`], for so long at most.
    ///
    /// # Errors
    /// As [`Condvar::wait`].
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        duration: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let deadline = Deadline::after(duration);
        loop {
            if !condition(&mut guard) {
                return with_result(guard, WaitTimeoutResult(false));
            }
            if !self.wait_until(&guard, deadline) {
                let timed_out = condition(&mut guard);
                return with_result(guard, WaitTimeoutResult(timed_out));
            }
        }
    }

    /// Wakes one thread that waits.
    pub fn notify_one(&self) {
        sys::wake_one(&self.place);
    }

    /// Wakes every thread that waits.
    pub fn notify_all(&self) {
        sys::wake_all(&self.place);
    }

    fn wait_until<T>(&self, guard: &MutexGuard<'_, T>, deadline: Deadline) -> bool {
        guard.mutex.release();
        let woken = sys::wait(&self.place, c"condition variable", None, deadline);
        guard.mutex.acquire();
        woken
    }
}

fn with_result<T>(
    guard: MutexGuard<'_, T>,
    result: WaitTimeoutResult,
) -> LockResult<(MutexGuard<'_, T>, WaitTimeoutResult)> {
    match guard.poisoned_or() {
        Ok(guard) => Ok((guard, result)),
        Err(poisoned) => Err(std::sync::PoisonError::new((poisoned.into_inner(), result))),
    }
}
