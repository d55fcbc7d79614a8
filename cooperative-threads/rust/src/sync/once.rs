//! Things done once.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::ops::Deref;

use crate::sys::{self, Deadline};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Running,
    Done,
    Poisoned,
}

/// Calls a function once.
pub struct Once {
    state: Cell<State>,
    runner: Cell<u32>,
}

// SAFETY: one thread runs at a time; the cells are not used across a switch.
unsafe impl Send for Once {}
// SAFETY: as above.
unsafe impl Sync for Once {}

impl Once {
    /// Nothing was called yet.
    pub const fn new() -> Self {
        Once { state: Cell::new(State::New), runner: Cell::new(0) }
    }

    /// Calls the function unless one was called before; returns when that one has ended.
    ///
    /// # Panics
    /// When the function of an earlier call panicked.
    pub fn call_once<F: FnOnce()>(&self, function: F) {
        while self.state.get() == State::Running {
            sys::wait(&self.state, c"once", Some(&self.runner), Deadline::NEVER);
        }
        match self.state.get() {
            State::Done => return,
            State::Poisoned => panic!("the function of an earlier call panicked"),
            State::New | State::Running => {}
        }
        self.state.set(State::Running);
        self.runner.set(sys::self_id());
        let mut finish = Finish { once: self, state: State::Poisoned };
        function();
        finish.state = State::Done;
    }

    /// Whether a call has ended.
    pub fn is_completed(&self) -> bool {
        self.state.get() == State::Done
    }
}

/// Ends a call, however it ends.
struct Finish<'a> {
    once: &'a Once,
    state: State,
}

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.once.state.set(self.state);
        sys::wake_all(&self.once.state);
    }
}

impl Default for Once {
    fn default() -> Self {
        Once::new()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("completed", &self.is_completed()).finish()
    }
}

/// A value that is written once.
pub struct OnceLock<T> {
    once: Once,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: written once, before it is read.
unsafe impl<T: Send> Send for OnceLock<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// Not written yet.
    pub const fn new() -> Self {
        OnceLock { once: Once::new(), value: UnsafeCell::new(None) }
    }

    /// The value, if it was written.
    pub fn get(&self) -> Option<&T> {
        // SAFETY: not written again after completion.
        if self.once.is_completed() { unsafe { (*self.value.get()).as_ref() } } else { None }
    }

    /// Writes the value.
    ///
    /// # Errors
    /// The value, when there was one already.
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        // SAFETY: inside the one call.
        self.once.call_once(|| unsafe { *self.value.get() = value.take() });
        value.map_or(Ok(()), Err)
    }

    /// The value; `function` makes it if there is none.
    ///
    /// # Panics
    /// When `function` panicked before.
    pub fn get_or_init<F: FnOnce() -> T>(&self, function: F) -> &T {
        self.once.call_once(|| {
            let value = function();
            // SAFETY: inside the one call.
            unsafe { *self.value.get() = Some(value) };
        });
        self.get().expect("the call has written the value")
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        OnceLock::new()
    }
}

/// A value that is made at its first use.
pub struct LazyLock<T, F = fn() -> T> {
    value: OnceLock<T>,
    start: Cell<Option<F>>,
}

// SAFETY: the function is taken inside the one call.
unsafe impl<T: Send + Sync, F: Send> Sync for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// `start` makes the value.
    pub const fn new(start: F) -> Self {
        LazyLock { value: OnceLock::new(), start: Cell::new(Some(start)) }
    }

    /// The value.
    pub fn force(this: &Self) -> &T {
        this.value.get_or_init(|| (this.start.take().expect("taken once"))())
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}
