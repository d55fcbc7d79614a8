//! [`std::thread`]'s functions and types.

use std::any::Any;
use std::cell::{Cell, UnsafeCell};
use std::ffi::{CString, c_void};
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::sys::{self, Deadline, Raw};

pub use crate::local::{AccessError, LocalKey};

mod scope;
pub use scope::{Scope, ScopedJoinHandle, scope};

/// What joining gives: the thread's value, or what it panicked with.
pub type Result<T> = std::result::Result<T, Box<dyn Any + Send + 'static>>;

/// A thread's id, unique in the program until 65535 others have had its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(u32);

/// A handle to a thread: its id, its name, and its token for [`park`].
#[derive(Clone)]
pub struct Thread {
    inner: Arc<Inner>,
}

struct Inner {
    id: Cell<u32>,
    name: Option<String>,
    token: Cell<bool>,
}

// SAFETY: one thread runs at a time, and none of the methods switches threads while it uses a cell.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

crate::thread_local! {
    static CURRENT: Thread = Thread::new(sys::self_name());
}

impl Thread {
    fn new(name: Option<String>) -> Self {
        Thread { inner: Arc::new(Inner { id: Cell::new(sys::self_id()), name, token: Cell::new(false) }) }
    }

    /// The thread's id.
    pub fn id(&self) -> ThreadId {
        ThreadId(self.inner.id.get())
    }

    /// The thread's name, if it was given one.
    pub fn name(&self) -> Option<&str> {
        self.inner.name.as_deref()
    }

    /// Makes the thread's token available: a [`park`] that waits, or the next one, returns.
    pub fn unpark(&self) {
        self.inner.token.set(true);
        sys::wake_one(&self.inner.token);
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}

/// The calling thread's handle.
pub fn current() -> Thread {
    CURRENT.with(Thread::clone)
}

/// Waits until somebody calls [`Thread::unpark`] for the calling thread.
pub fn park() {
    park_until(Deadline::NEVER);
}

/// [`park`], for so long at most.
pub fn park_timeout(duration: Duration) {
    park_until(Deadline::after(duration));
}

fn park_until(deadline: Deadline) {
    let thread = current();
    while !thread.inner.token.get() {
        if !sys::wait(&thread.inner.token, c"unpark", None, deadline) {
            break;
        }
    }
    thread.inner.token.set(false);
}

/// Lets every thread that is ready run first.
pub fn yield_now() {
    sys::yield_now();
}

/// Sleeps; others run.
pub fn sleep(duration: Duration) {
    sys::sleep_until(Deadline::after(duration));
}

/// Sleeps until a point in time.
pub fn sleep_until(deadline: Instant) {
    sys::sleep_until(Deadline::at(deadline));
}

/// Whether the calling thread unwinds.
pub fn panicking() -> bool {
    std::thread::panicking()
}

/// One: threads take turns.
pub fn available_parallelism() -> io::Result<std::num::NonZero<usize>> {
    Ok(std::num::NonZero::<usize>::MIN)
}

/// What a new thread is like.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
    stack_size: usize,
}

impl Builder {
    /// An unnamed thread with a stack of 128 KiB.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Names the thread; deadlock reports show the first 31 bytes.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets the size of its stack in bytes.
    pub fn stack_size(mut self, size: usize) -> Self {
        self.stack_size = size;
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// When there is no memory, when 65535 threads are alive, or when the stack is below 2048 bytes.
    ///
    /// # Panics
    /// When the name has a 0 byte in it.
    pub fn spawn<F, T>(self, function: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // SAFETY: all that the thread uses lives as long as it may.
        unsafe { self.spawn_unchecked(function) }.map(JoinHandle)
    }

    /// Starts a scoped thread.
    ///
    /// # Errors
    /// As [`Builder::spawn`].
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        function: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        scope.spawn_with(self, function)
    }

    /// # Safety
    /// The thread must have ended before what `function` borrows is gone.
    unsafe fn spawn_unchecked<'a, F, T>(self, function: F) -> io::Result<Native<'a, T>>
    where
        F: FnOnce() -> T + Send + 'a,
        T: Send + 'a,
    {
        let name = self.name.map(|name| CString::new(name).expect("a thread's name has no 0 byte in it"));
        let packet = Arc::new(Packet { result: UnsafeCell::new(None), borrow: PhantomData });
        let thread = Thread {
            inner: Arc::new(Inner {
                id: Cell::new(0),
                name: name.as_ref().map(|name| name.to_string_lossy().into_owned()),
                token: Cell::new(false),
            }),
        };
        let start = Box::new(Start { function, packet: packet.clone(), thread: thread.clone() });
        let arg = Box::into_raw(start);
        match sys::create(run::<F, T>, arg.cast(), self.stack_size, name.as_ref()) {
            Ok(raw) => Ok(Native { raw, thread, packet }),
            Err(error) => {
                // SAFETY: the thread that would have taken it does not exist.
                drop(unsafe { Box::from_raw(arg) });
                Err(error)
            }
        }
    }
}

/// What a new thread takes with it.
struct Start<'a, F, T> {
    function: F,
    packet: Arc<Packet<'a, T>>,
    thread: Thread,
}

/// Where its result comes.
struct Packet<'a, T> {
    result: UnsafeCell<Option<Result<T>>>,
    borrow: PhantomData<&'a ()>,
}

// SAFETY: written by the thread before it ends, read after that.
unsafe impl<T: Send> Sync for Packet<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Send> Send for Packet<'_, T> {}

extern "C" fn run<'a, F, T>(arg: *mut c_void) -> *mut c_void
where
    F: FnOnce() -> T + Send + 'a,
    T: Send + 'a,
{
    // SAFETY: made by `spawn_unchecked` for this thread alone.
    let Start { function, packet, thread } = *unsafe { Box::from_raw(arg.cast::<Start<'a, F, T>>()) };
    thread.inner.id.set(sys::self_id());
    CURRENT.set_first(thread);
    let result = panic::catch_unwind(AssertUnwindSafe(function));
    // SAFETY: nobody reads before this thread has ended.
    unsafe { *packet.result.get() = Some(result) };
    std::ptr::null_mut()
}

/// A thread that was started: joined once, or detached when dropped.
struct Native<'a, T> {
    raw: *mut Raw,
    thread: Thread,
    packet: Arc<Packet<'a, T>>,
}

impl<T> Native<'_, T> {
    fn join(self) -> Result<T> {
        let this = std::mem::ManuallyDrop::new(self);
        // SAFETY: the handle is consumed, so this happens once; its parts are moved out once.
        unsafe {
            sys::join(this.raw);
            drop(std::ptr::read(&this.thread));
            let packet = std::ptr::read(&this.packet);
            let result = (*packet.result.get()).take();
            result.expect("a thread that ended has left its result")
        }
    }
}

impl<T> Drop for Native<'_, T> {
    fn drop(&mut self) {
        // SAFETY: not joined: `join` does not drop.
        unsafe { sys::detach(self.raw) }
    }
}

/// A spawned thread's handle. Dropped, it lets the thread run on.
pub struct JoinHandle<T>(Native<'static, T>);

// SAFETY: as for the standard library's: the value crosses threads by joining only.
unsafe impl<T> Send for JoinHandle<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// The thread's handle.
    pub fn thread(&self) -> &Thread {
        &self.0.thread
    }

    /// Waits for the thread's end and takes its result.
    ///
    /// # Errors
    /// What the thread panicked with, where panics unwind.
    pub fn join(self) -> Result<T> {
        self.0.join()
    }

    /// Whether the thread has ended.
    pub fn is_finished(&self) -> bool {
        // SAFETY: neither joined nor detached while the handle is there.
        let ended = unsafe { sys::has_ended(self.0.raw) };
        if !ended {
            sys::refused();
        }
        ended
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

/// Starts a thread.
///
/// # Panics
/// When it cannot be started: see [`Builder::spawn`].
pub fn spawn<F, T>(function: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(function).expect("failed to spawn thread")
}
