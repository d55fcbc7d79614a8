//! Reader-writer locks.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use super::poison;
use crate::sys::{self, Deadline};

/// A lock for several readers or one writer. Freed by a writer it goes to waiting readers, freed by readers to a writer.
pub struct RwLock<T: ?Sized> {
    writer: Cell<u32>,
    readers: Cell<u32>,
    poison: poison::Flag,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached by several readers or one writer; the cells are not used across a switch.
unsafe impl<T: ?Sized + Send> Send for RwLock<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

/// The lock, held for reading.
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    not_send: PhantomData<*const ()>,
}

/// The lock, held for writing.
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    panicking: bool,
    not_send: PhantomData<*const ()>,
}

// SAFETY: gives `&T`.
unsafe impl<T: ?Sized + Sync> Sync for RwLockReadGuard<'_, T> {}
// SAFETY: gives `&T`.
unsafe impl<T: ?Sized + Sync> Sync for RwLockWriteGuard<'_, T> {}

impl<T> RwLock<T> {
    /// An unlocked lock.
    pub const fn new(value: T) -> Self {
        let poison = poison::Flag::new();
        RwLock { writer: Cell::new(0), readers: Cell::new(0), poison, value: UnsafeCell::new(value) }
    }

    /// The value.
    ///
    /// # Errors
    /// The value, when a writer panicked.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.poison.get();
        let value = self.value.into_inner();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until no writer has the lock.
    ///
    /// # Errors
    /// The guard, when a writer panicked.
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        if self.writer.get() == 0 {
            self.readers.set(self.readers.get() + 1);
        } else {
            sys::wait(&self.readers, c"rwlock (read)", Some(&self.writer), Deadline::NEVER); // woken: we are counted
        }
        self.poison.wrap(RwLockReadGuard { lock: self, not_send: PhantomData })
    }

    /// Waits until nobody has the lock.
    ///
    /// # Errors
    /// The guard, when a writer panicked.
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        if self.is_free() {
            self.writer.set(sys::self_id());
        } else {
            sys::wait(&self.writer, c"rwlock (write)", Some(&self.writer), Deadline::NEVER); // woken: it is ours
        }
        self.poison.wrap(self.write_guard())
    }

    /// Reads if no writer has the lock.
    ///
    /// # Errors
    /// That one has it; or the guard, when a writer panicked.
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        if self.writer.get() != 0 {
            sys::refused();
            return Err(TryLockError::WouldBlock);
        }
        self.readers.set(self.readers.get() + 1);
        Ok(self.poison.wrap(RwLockReadGuard { lock: self, not_send: PhantomData })?)
    }

    /// Writes if nobody has the lock.
    ///
    /// # Errors
    /// That somebody has it; or the guard, when a writer panicked.
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        if !self.is_free() {
            sys::refused();
            return Err(TryLockError::WouldBlock);
        }
        self.writer.set(sys::self_id());
        Ok(self.poison.wrap(self.write_guard())?)
    }

    /// Whether a writer panicked.
    pub fn is_poisoned(&self) -> bool {
        self.poison.get()
    }

    fn is_free(&self) -> bool {
        self.writer.get() == 0 && self.readers.get() == 0
    }

    fn write_guard(&self) -> RwLockWriteGuard<'_, T> {
        RwLockWriteGuard { lock: self, panicking: std::thread::panicking(), not_send: PhantomData }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        let left = self.lock.readers.get() - 1;
        self.lock.readers.set(left);
        if left == 0 {
            self.lock.writer.set(sys::wake_one(&self.lock.writer));
        }
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.poison.done(self.panicking);
        self.lock.writer.set(0);
        self.lock.readers.set(sys::wake_all(&self.lock.readers));
        if self.lock.readers.get() == 0 {
            self.lock.writer.set(sys::wake_one(&self.lock.writer));
        }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: held for reading.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: held for writing.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: held for writing.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T: ?Sized> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").field("readers", &self.readers.get()).finish_non_exhaustive()
    }
}
