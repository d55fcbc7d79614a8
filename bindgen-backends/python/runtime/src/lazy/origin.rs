//! How long handles live.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Where a handle came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// From the parameters of this call of an export: it dies with the call.
    Parameter(Call),
    /// From an import's results: it lives until it is dropped.
    Result,
}

/// A call of an export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Call(u64);

static CALLS: AtomicU64 = AtomicU64::new(0);

/// The calls that have not ended.
static RUNNING: Mutex<Vec<Call>> = Mutex::new(Vec::new());

impl Call {
    /// A call begins.
    pub fn begin() -> Self {
        let call = Call(CALLS.fetch_add(1, Relaxed));
        running(|calls| calls.push(call));
        call
    }

    /// The call ends, and with it the handles in its parameters.
    pub fn end(self) {
        running(|calls| calls.retain(|call| *call != self));
    }
}

impl Origin {
    /// Whether handles from there are still alive.
    pub fn is_alive(self) -> bool {
        match self {
            Origin::Parameter(call) => running(|calls| calls.contains(&call)),
            Origin::Result => true,
        }
    }
}

fn running<R>(action: impl FnOnce(&mut Vec<Call>) -> R) -> R {
    action(&mut RUNNING.lock().expect("nothing here panics"))
}
