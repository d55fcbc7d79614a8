//! Mutual exclusion.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, TryLockError, TryLockResult};

use super::poison;
use crate::sys::{self, Deadline};

/// A lock: waiting for it lets its holder run. Unlocking gives it to the thread that waits longest.
pub struct Mutex<T: ?Sized> {
    owner: Cell<u32>,
    poison: poison::Flag,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached by one thread at a time; the cells are not used across a switch.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// The lock, held; dropping it unlocks.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized> {
    pub(super) mutex: &'a Mutex<T>,
    panicking: bool,
    not_send: PhantomData<*const ()>,
}

// SAFETY: gives `&T`.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// An unlocked mutex.
    pub const fn new(value: T) -> Self {
        Mutex { owner: Cell::new(0), poison: poison::Flag::new(), value: UnsafeCell::new(value) }
    }

    /// The value.
    ///
    /// # Errors
    /// The value, when a holder panicked.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.poison.get();
        let value = self.value.into_inner();
        if poisoned { Err(std::sync::PoisonError::new(value)) } else { Ok(value) }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits for the lock. Locking it twice is a deadlock, which is reported.
    ///
    /// # Errors
    /// The guard, when a holder panicked.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.acquire();
        self.poison.wrap(self.guard())
    }

    /// Takes the lock if it is free.
    ///
    /// # Errors
    /// That it is not free; or the guard, when a holder panicked.
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        if self.owner.get() != 0 {
            sys::refused();
            return Err(TryLockError::WouldBlock);
        }
        self.owner.set(sys::self_id());
        Ok(self.poison.wrap(self.guard())?)
    }

    /// Whether a holder panicked.
    pub fn is_poisoned(&self) -> bool {
        self.poison.get()
    }

    /// Forgets that a holder panicked.
    pub fn clear_poison(&self) {
        self.poison.clear();
    }

    /// The value: `&mut` proves that nobody holds the lock.
    ///
    /// # Errors
    /// The value, when a holder panicked.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.poison.get();
        let value = self.value.get_mut();
        if poisoned { Err(std::sync::PoisonError::new(value)) } else { Ok(value) }
    }

    pub(super) fn acquire(&self) {
        if self.owner.get() == 0 {
            self.owner.set(sys::self_id());
        } else {
            sys::wait(&self.owner, c"mutex", Some(&self.owner), Deadline::NEVER); // woken: it is ours
        }
    }

    pub(super) fn release(&self) {
        self.owner.set(sys::wake_one(&self.owner));
    }

    fn guard(&self) -> MutexGuard<'_, T> {
        MutexGuard { mutex: self, panicking: std::thread::panicking(), not_send: PhantomData }
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    pub(super) fn poisoned_or(self) -> LockResult<Self> {
        let mutex = self.mutex;
        mutex.poison.wrap(self)
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.poison.done(self.panicking);
        self.mutex.release();
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the lock is held.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the lock is held.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}

impl<T: ?Sized> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").field("locked", &(self.owner.get() != 0)).finish_non_exhaustive()
    }
}
