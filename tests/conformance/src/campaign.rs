//! Trying many cases, several at once.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many cases are tried at once, unless somebody says otherwise: one per core.
pub fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Tries the cases of a range, `jobs` at once, and passes on each case's index and result, in the order in which they end,
/// until that breaks.
pub fn run<T: Send>(
    cases: Range<u64>,
    jobs: usize,
    try_case: impl Fn(u64) -> T + Sync,
    mut ended: impl FnMut(u64, T) -> ControlFlow<()>,
) {
    let next = AtomicU64::new(cases.start);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..jobs {
            let (sender, next, try_case) = (sender.clone(), &next, &try_case);
            scope.spawn(move || {
                let mut index = next.fetch_add(1, Ordering::Relaxed);
                while index < cases.end && sender.send((index, try_case(index))).is_ok() {
                    index = next.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        drop(sender);
        for (index, result) in receiver {
            if ended(index, result).is_break() {
                break;
            }
        }
    });
}
