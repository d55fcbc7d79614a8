//! What a call's sender keeps until the receiver needs it no more.

use std::sync::Mutex;

use pyo3::prelude::*;

use crate::arena::Arena;
use crate::bulk::Lent;
use crate::place::Slots;
use crate::resource::Finalizer;
use crate::world::{Names, World};

/// Memory and objects that values were sent from.
#[derive(Default)]
pub struct Kept {
    /// What was written for the call.
    pub arena: Arena,
    /// Objects whose memory is read as it is.
    pub objects: Vec<Py<PyAny>>,
    /// Buffers whose memory is read as it is.
    pub buffers: Vec<Lent>,
    /// Handles that leave with the call, with the objects that had them.
    pub leaving: Vec<(Py<PyAny>, Py<Finalizer>, u32)>,
    /// Handles that were made for the call, of exported resources.
    pub made: Vec<(onramp_python_table::ResourceId, u32)>,
    /// Handles that were made to be lent.
    pub lent: Vec<(onramp_python_table::ResourceId, u32)>,
}

impl Kept {
    /// Takes back what was to be given away: the call is not made.
    pub fn take_back(&mut self, world: &World) {
        for (_, finalizer, handle) in self.leaving.drain(..) {
            finalizer.get().restore(handle);
        }
        for (resource, handle) in self.made.drain(..) {
            world.resources[resource.0 as usize].drop_handle(handle);
        }
        self.end_lent(world);
    }

    /// Has the objects forget the handles that leave.
    pub fn leave(&mut self, py: Python<'_>, names: &Names) {
        for (object, ..) in self.leaving.drain(..) {
            // An object without the attribute is as good.
            let _ = object.bind(py).delattr(names.handle.bind(py));
        }
    }

    /// Ends the handles that were made to be lent.
    pub fn end_lent(&mut self, world: &World) {
        for (resource, handle) in self.lent.drain(..) {
            world.resources[resource.0 as usize].drop_handle(handle);
        }
    }

    /// Whether anything has to stay.
    pub fn is_empty(&self) -> bool {
        self.arena.is_empty() && self.objects.is_empty() && self.buffers.is_empty()
    }
}

/// The results of exports whose post-return function was not called yet.
static PENDING: Mutex<Vec<Pending>> = Mutex::new(Vec::new());

struct Pending {
    function: u32,
    results: Slots,
    /// Ends when this does.
    _kept: Kept,
}

/// Keeps the results of an export's call until its post-return function is called.
pub fn keep(function: u32, results: Slots, kept: Kept) {
    PENDING.lock().expect("nothing here panics").push(Pending { function, results, _kept: kept });
}

/// Gives up what was kept for a call of this function with these results. Of two such calls either may go first: they keep
/// the same.
pub fn give_up(function: u32, results: &Slots) {
    let mut pending = PENDING.lock().expect("nothing here panics");
    let place = pending.iter().position(|pending| pending.function == function && pending.results == *results);
    let found = place.map(|place| pending.swap_remove(place));
    // What is dropped may run anything.
    drop(pending);
    drop(found);
}
