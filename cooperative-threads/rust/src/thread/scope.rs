//! Threads that end before what they borrow does.

use std::cell::Cell;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::{self, AssertUnwindSafe};

use super::{Builder, Native, Result, Thread};
use crate::sys::{self, Deadline};

/// Where scoped threads are spawned.
pub struct Scope<'scope, 'env: 'scope> {
    running: Cell<usize>,
    /// How many threads panicked and were not joined.
    panicked: Cell<usize>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

// SAFETY: one thread runs at a time; the cells are not used across a switch.
unsafe impl Sync for Scope<'_, '_> {}

/// Calls `function` with a scope, and returns when all threads of the scope have ended.
///
/// # Panics
/// When a thread of the scope panicked and was not joined, where panics unwind.
pub fn scope<'env, F, T>(function: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let scope = Scope { running: Cell::new(0), panicked: Cell::new(0), scope: PhantomData, env: PhantomData };
    let result = panic::catch_unwind(AssertUnwindSafe(|| function(&scope)));
    while scope.running.get() > 0 {
        sys::wait(&scope.running, c"threads of a scope", None, Deadline::NEVER);
    }
    match result {
        Err(panic) => panic::resume_unwind(panic),
        Ok(_) if scope.panicked.get() > 0 => panic!("a scoped thread panicked"),
        Ok(value) => value,
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// Starts a thread in the scope.
    ///
    /// # Panics
    /// When it cannot be started: see [`Builder::spawn`].
    pub fn spawn<F, T>(&'scope self, function: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.spawn_with(Builder::new(), function).expect("failed to spawn thread")
    }

    pub(super) fn spawn_with<F, T>(
        &'scope self,
        builder: Builder,
        function: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let counted = move || {
            let result = panic::catch_unwind(AssertUnwindSafe(function));
            self.ended(result.is_err());
            result.unwrap_or_else(|panic| panic::resume_unwind(panic))
        };
        self.running.set(self.running.get() + 1);
        // SAFETY: `scope` waits for the count to be 0 before anything borrowed is gone.
        let started = unsafe { builder.spawn_unchecked(counted) };
        if started.is_err() {
            self.running.set(self.running.get() - 1);
        }
        started.map(|native| ScopedJoinHandle { native, scope: self })
    }

    fn ended(&self, panicked: bool) {
        self.panicked.set(self.panicked.get() + usize::from(panicked));
        self.running.set(self.running.get() - 1);
        sys::wake_all(&self.running);
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("running", &self.running.get()).finish_non_exhaustive()
    }
}

/// A scoped thread's handle.
pub struct ScopedJoinHandle<'scope, T> {
    native: Native<'scope, T>,
    scope: &'scope dyn Forgive,
}

/// A panic that was taken by `join` is the scope's business no more.
trait Forgive {
    fn forgive(&self);
}

impl Forgive for Scope<'_, '_> {
    fn forgive(&self) {
        self.panicked.set(self.panicked.get() - 1);
    }
}

// SAFETY: as for `JoinHandle`.
unsafe impl<T> Send for ScopedJoinHandle<'_, T> {}
// SAFETY: as for `JoinHandle`.
unsafe impl<T> Sync for ScopedJoinHandle<'_, T> {}

impl<T> ScopedJoinHandle<'_, T> {
    /// The thread's handle.
    pub fn thread(&self) -> &Thread {
        &self.native.thread
    }

    /// Waits for the thread's end and takes its result.
    ///
    /// # Errors
    /// What the thread panicked with, where panics unwind.
    pub fn join(self) -> Result<T> {
        let result = self.native.join();
        if result.is_err() {
            self.scope.forgive();
        }
        result
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
