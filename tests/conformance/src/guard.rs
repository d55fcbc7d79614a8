//! Running what must neither panic nor hang.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// The stack that there is: as much as a program's main thread has.
const STACK: usize = 8 << 20;

thread_local! {
    /// What the panic of a guarded thread said; `None` in any other thread.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does some work in a thread of its own, under a name that a stack overflow is reported with.
///
/// # Errors
/// The message and place of a panic, or that it took too long; then the thread is left alone.
pub fn guarded<T: Send + 'static>(
    name: String,
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    remember_panics();
    let (sender, receiver) = mpsc::channel();
    let guarded = move || {
        PANIC.set(Some(String::new()));
        let result = panic::catch_unwind(AssertUnwindSafe(work));
        // Nobody may be waiting any more.
        let _ = sender.send(result.map_err(|_| PANIC.take().unwrap_or_default()));
    };
    thread::Builder::new().name(name).stack_size(STACK).spawn(guarded).map_err(|error| error.to_string())?;
    match receiver.recv_timeout(limit) {
        Ok(result) => result.map_err(|panic| format!("it panicked: {panic}")),
        Err(RecvTimeoutError::Timeout) => Err(format!("it took longer than {} s", limit.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err("its thread ended without a result".to_owned()),
    }
}

/// Guarded threads keep their panics to themselves; all others report them as ever.
fn remember_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let mine = PANIC.with_borrow_mut(|panic| panic.as_mut().map(|panic| *panic = info.to_string()).is_some());
            if !mine {
                others(info);
            }
        }));
    });
}

/// The most memory that this process ever used, in bytes, where the system tells.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}
