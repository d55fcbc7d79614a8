//! Blocks that others allocate here: what eager values arrive in.

use std::sync::Mutex;

use crate::arena::Arena;

/// The blocks that were allocated and not released yet. When none is left, their memory is used anew.
static RECEIVED: Mutex<Option<Received>> = Mutex::new(None);

#[derive(Default)]
struct Received {
    arena: Arena,
    blocks: usize,
}

fn with<R>(action: impl FnOnce(&mut Received) -> R) -> R {
    action(RECEIVED.lock().expect("nothing here panics").get_or_insert_default())
}

/// The canonical ABI's `realloc`.
///
/// # Safety
/// As the canonical ABI has it: the old block, if there is one, came from here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cabi_realloc(old: *mut u8, old_size: usize, align: usize, size: usize) -> *mut u8 {
    with(|received| match (old_size, size) {
        (0, 0) => std::ptr::without_provenance_mut(align),
        (0, _) => {
            received.blocks += 1;
            received.arena.allocate(size, align)
        }
        (_, 0) => {
            received.release();
            std::ptr::without_provenance_mut(align)
        }
        _ if received.arena.resize(old, old_size, size) || size <= old_size => old,
        _ => {
            let new = received.arena.allocate(size, align);
            unsafe { std::ptr::copy_nonoverlapping(old, new, old_size) };
            new
        }
    })
}

/// Says that a block that is not empty was read, and is not needed any more.
pub fn release() {
    with(Received::release);
}

impl Received {
    fn release(&mut self) {
        self.blocks = self.blocks.saturating_sub(1);
        if self.blocks == 0 {
            self.arena.clear();
        }
    }
}
