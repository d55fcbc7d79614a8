//! Variables that each thread has its own of.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::ffi::c_void;
use std::fmt;
use std::ptr;

use crate::sys;

/// Declares thread-local variables, as [`std::thread_local!`] does. (Not run as a test here, since the crate is for wasm only:
/// `examples/tour.rs` uses it.)
///
/// ```ignore
/// coop_threads::thread_local! {
///     static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
/// }
/// COUNT.with(|count| count.set(1));
/// ```
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $type:ty = const $start:block $(; $($rest:tt)*)?) => {
        $(#[$attribute])* $visibility static $name: $crate::thread::LocalKey<$type> = $crate::thread::LocalKey::new(|| $start);
        $($crate::thread_local! { $($rest)* })?
    };
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $type:ty = $start:expr $(; $($rest:tt)*)?) => {
        $(#[$attribute])* $visibility static $name: $crate::thread::LocalKey<$type> = $crate::thread::LocalKey::new(|| $start);
        $($crate::thread_local! { $($rest)* })?
    };
}

/// A thread-local variable. Each thread's value is made at its first use and dropped when the thread ends; the first
/// thread's are not dropped.
pub struct LocalKey<T: 'static> {
    start: fn() -> T,
}

/// The variable was used while the thread's values were dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the thread-local variable is already destroyed")
    }
}

impl Error for AccessError {}

/// One thread's values, in the order in which they were made.
#[derive(Default)]
struct Values {
    entries: RefCell<Vec<Entry>>,
    ending: Cell<bool>,
}

struct Entry {
    key: *const c_void,
    value: *mut c_void,
    drop: unsafe fn(*mut c_void),
}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(start: fn() -> T) -> Self {
        LocalKey { start }
    }

    /// Calls `function` with the calling thread's value.
    ///
    /// # Panics
    /// While the thread's values are dropped.
    pub fn with<F, R>(&'static self, function: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.try_with(function).expect("a thread-local variable is used before it is destroyed")
    }

    /// Calls `function` with the calling thread's value.
    ///
    /// # Errors
    /// When the value was dropped already.
    pub fn try_with<F, R>(&'static self, function: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        let values = values();
        let value = match find(values, self.key()) {
            Some(value) => value,
            None if values.ending.get() => return Err(AccessError),
            None => self.insert(values, (self.start)()),
        };
        // SAFETY: inserted under this key, so of this type; dropped at the thread's end only.
        Ok(function(unsafe { &*value.cast::<T>() }))
    }

    /// Gives the calling thread's value before its first use.
    pub(crate) fn set_first(&'static self, value: T) {
        self.insert(values(), value);
    }

    fn insert(&'static self, values: &Values, value: T) -> *mut c_void {
        let value = Box::into_raw(Box::new(value)).cast();
        values.entries.borrow_mut().push(Entry { key: self.key(), value, drop: drop_box::<T> });
        value
    }

    fn key(&'static self) -> *const c_void {
        ptr::from_ref(self).cast()
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// A copy of the value.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Takes the value and leaves the default.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Replaces the value.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Calls `function` with the value borrowed.
    pub fn with_borrow<F, R>(&'static self, function: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| function(&cell.borrow()))
    }

    /// Calls `function` with the value borrowed mutably.
    pub fn with_borrow_mut<F, R>(&'static self, function: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| function(&mut cell.borrow_mut()))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

unsafe fn drop_box<T>(value: *mut c_void) {
    // SAFETY: `insert` made it of this type.
    drop(unsafe { Box::from_raw(value.cast::<T>()) });
}

fn values() -> &'static Values {
    let place = sys::self_value();
    // SAFETY: the place belongs to this thread and to this function.
    unsafe {
        if (*place).is_null() {
            sys::on_exit(drop_values);
            *place = Box::into_raw(Box::<Values>::default()).cast();
        }
        &*(*place).cast::<Values>()
    }
}

fn find(values: &Values, key: *const c_void) -> Option<*mut c_void> {
    values.entries.borrow().iter().find(|entry| entry.key == key).map(|entry| entry.value)
}

/// At a thread's end: the last made is dropped first. A variable whose value was dropped cannot be used any more.
extern "C" fn drop_values() {
    let place = sys::self_value();
    // SAFETY: as in `values`.
    let Some(values) = (unsafe { (*place).cast::<Values>().as_ref() }) else { return };
    values.ending.set(true);
    while let Some(entry) = { values.entries.borrow_mut().pop() } {
        // SAFETY: the entry's own function, once.
        unsafe { (entry.drop)(entry.value) };
    }
    // SAFETY: nothing refers to the values any more.
    unsafe {
        drop(Box::from_raw((*place).cast::<Values>()));
        *place = ptr::null_mut();
    }
}
