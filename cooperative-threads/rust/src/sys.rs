//! `coop.h` in Rust, and a safe face for waiting on addresses.

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::io;
use std::ptr;
use std::time::{Duration, Instant};

/// A `coop_thread`.
#[repr(C)]
pub struct Raw {
    _opaque: [u8; 0],
}

#[repr(C)]
struct Options {
    stack_size: usize,
    guard_size: usize,
    no_guard: c_int,
    stack: *mut c_void,
    name: *const c_char,
}

/// A thread's start function.
pub type Entry = extern "C" fn(*mut c_void) -> *mut c_void;

const FOREVER: i64 = i64::MAX;
const TIMED_OUT: c_int = 1;

unsafe extern "C" {
    fn coop_create(made: *mut *mut Raw, options: *const Options, entry: Entry, arg: *mut c_void) -> c_int;
    fn coop_join(thread: *mut Raw, result: *mut *mut c_void, deadline: i64) -> c_int;
    fn coop_detach(thread: *mut Raw);
    fn coop_has_ended(thread: *const Raw) -> c_int;
    fn coop_self() -> *mut Raw;
    fn coop_id_of(thread: *const Raw) -> u32;
    fn coop_name(thread: *const Raw) -> *const c_char;
    fn coop_value(thread: *mut Raw) -> *mut *mut c_void;
    fn coop_add_exit_hook(hook: extern "C" fn());
    fn coop_yield();
    fn coop_preempt(weight: c_uint);
    fn coop_now() -> i64;
    fn coop_sleep_until(deadline: i64) -> c_int;
    fn coop_wait(address: *const c_void, what: *const c_char, owner: *const u32, deadline: i64) -> c_int;
    fn coop_wake_one(address: *const c_void) -> *mut Raw;
    fn coop_wake_all(address: *const c_void) -> c_uint;
}

/// A point in time on the scheduler's clock, or never.
#[derive(Clone, Copy)]
pub struct Deadline(i64);

impl Deadline {
    /// No limit.
    pub const NEVER: Deadline = Deadline(FOREVER);

    /// So long from now.
    pub fn after(duration: Duration) -> Self {
        let nanoseconds = i64::try_from(duration.as_nanos()).unwrap_or(FOREVER);
        // SAFETY: reads a clock.
        Deadline(unsafe { coop_now() }.saturating_add(nanoseconds))
    }

    /// At an instant of the standard library's clock.
    pub fn at(instant: Instant) -> Self {
        Deadline::after(instant.saturating_duration_since(Instant::now()))
    }
}

/// Waits until `address` is woken or the deadline passes; false: it passed. `what` names it in a deadlock report, `owner`
/// is where the id of the thread that has it is found.
pub fn wait<T>(address: &T, what: &'static CStr, owner: Option<&std::cell::Cell<u32>>, deadline: Deadline) -> bool {
    let owner = owner.map_or(ptr::null(), |owner| owner.as_ptr().cast_const());
    // SAFETY: the address is only compared; `what` and `owner` outlive the wait.
    unsafe { coop_wait(ptr::from_ref(address).cast(), what.as_ptr(), owner, deadline.0) != TIMED_OUT }
}

/// Wakes the thread that waits longest on `address`; its id, or 0.
pub fn wake_one<T>(address: &T) -> u32 {
    // SAFETY: the address is only compared; a thread that was woken has not run yet.
    unsafe {
        let woken = coop_wake_one(ptr::from_ref(address).cast());
        if woken.is_null() { 0 } else { coop_id_of(woken) }
    }
}

/// Wakes all that wait on `address`; how many.
pub fn wake_all<T>(address: &T) -> u32 {
    // SAFETY: the address is only compared.
    unsafe { coop_wake_all(ptr::from_ref(address).cast()) }
}

/// Starts a thread.
pub fn create(entry: Entry, arg: *mut c_void, stack_size: usize, name: Option<&CString>) -> io::Result<*mut Raw> {
    let options = Options {
        stack_size,
        guard_size: 0,
        no_guard: 0,
        stack: ptr::null_mut(),
        name: name.map_or(ptr::null(), |name| name.as_ptr()),
    };
    let mut made = ptr::null_mut();
    // SAFETY: the options are read before it returns; the name is copied.
    match unsafe { coop_create(&mut made, &options, entry, arg) } {
        0 => Ok(made),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

/// Waits for a thread's end and frees it.
///
/// # Safety
/// The thread was neither joined nor detached.
pub unsafe fn join(thread: *mut Raw) {
    // SAFETY: the caller's promise.
    unsafe { coop_join(thread, ptr::null_mut(), FOREVER) };
}

/// Lets a thread free itself.
///
/// # Safety
/// As for [`join`].
pub unsafe fn detach(thread: *mut Raw) {
    // SAFETY: the caller's promise.
    unsafe { coop_detach(thread) }
}

/// Whether a thread has ended.
///
/// # Safety
/// As for [`join`].
pub unsafe fn has_ended(thread: *const Raw) -> bool {
    // SAFETY: the caller's promise.
    unsafe { coop_has_ended(thread) != 0 }
}

/// The calling thread's id.
pub fn self_id() -> u32 {
    // SAFETY: the calling thread is alive.
    unsafe { coop_id_of(coop_self()) }
}

/// The calling thread's name, when it has one.
pub fn self_name() -> Option<String> {
    // SAFETY: the name lives in the thread and ends with 0.
    let name = unsafe { CStr::from_ptr(coop_name(coop_self())) };
    (!name.is_empty()).then(|| name.to_string_lossy().into_owned())
}

/// The pointer that the calling thread keeps for this crate.
pub fn self_value() -> *mut *mut c_void {
    // SAFETY: the calling thread is alive.
    unsafe { coop_value(coop_self()) }
}

/// Adds what every thread does at its end.
pub fn on_exit(hook: extern "C" fn()) {
    // SAFETY: a function pointer is kept.
    unsafe { coop_add_exit_hook(hook) }
}

/// Lets every thread that is ready run first.
pub fn yield_now() {
    // SAFETY: switches threads; Rust sees a call.
    unsafe { coop_yield() }
}

/// Yields now and then: for calls that a program may repeat until another thread acts.
pub fn refused() {
    // SAFETY: as `yield_now`.
    unsafe { coop_preempt(32) }
}

/// Sleeps.
pub fn sleep_until(deadline: Deadline) {
    // SAFETY: as `yield_now`.
    unsafe { coop_sleep_until(deadline.0) };
}
