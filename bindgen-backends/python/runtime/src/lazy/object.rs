//! The class `Lazy`: a string, list or map that is read when somebody asks.

use std::sync::Mutex;

use onramp_python_table::TypeId;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::{FORWARDED, Origin};
use crate::lift::{Dynamic, Lift};
use crate::lower::{Lower, Purpose};
use crate::place::Place;
use crate::world::World;

/// A value that is read when somebody asks, and passed on unread where nobody does.
#[pyclass(module = "onramp_runtime", frozen, sequence)]
pub struct Lazy {
    ty: TypeId,
    length: u32,
    state: Mutex<State>,
}

enum State {
    Unread(u32, Origin),
    Read(Py<PyAny>),
    /// The call that it was a parameter of has ended.
    Ended,
}

impl Lazy {
    /// A value behind a handle.
    pub fn unread(ty: TypeId, handle: u32, length: u32, origin: Origin) -> Self {
        Lazy { ty, length, state: Mutex::new(State::Unread(handle, origin)) }
    }

    /// A value that is there.
    pub fn read(ty: TypeId, length: u32, value: Py<PyAny>) -> Self {
        Lazy { ty, length, state: Mutex::new(State::Read(value)) }
    }

    /// What to send in place of the value, if it can be passed on: it was not read, the receiver's type is the same, and its
    /// handle lives long enough (docs/abi/lazy.md, "Forwarding").
    pub fn forward(&self, lower: &Lower<'_, '_>, ty: TypeId) -> Option<(u32, u32)> {
        let is_whole = self.ty == ty && !lower.world.ty(ty).has_resources;
        match *self.state() {
            State::Unread(handle, origin) if is_whole => {
                let lives = lower.purpose == Purpose::Argument || origin == Origin::Result;
                lives.then_some((handle, FORWARDED))
            }
            _ => None,
        }
    }

    /// The value, read now if it was not.
    ///
    /// # Errors
    /// When the call that it belongs to has ended, or a class of the world raises something.
    pub fn materialize<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (handle, origin) = match &*self.state() {
            State::Read(value) => return Ok(value.bind(py).clone()),
            State::Unread(handle, origin) => (*handle, *origin),
            State::Ended => return Err(ended()),
        };
        // Reading ends a result's handle.
        *self.state() = State::Ended;
        let mut words = [u64::from(handle), u64::from(self.length)];
        let lift = Lift { py, world: world()?, dynamic: Dynamic::Handles(origin), scope: None };
        let value = lift.lift(self.ty, Place::slots(&mut words))?;
        *self.state() = State::Read(value.clone().unbind());
        Ok(value)
    }

    /// Says that the call has ended that the value was a parameter of.
    pub fn end(&self) {
        let mut state = self.state();
        if let State::Unread(_, Origin::Parameter) = *state {
            *state = State::Ended;
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("nothing here panics")
    }
}

fn world() -> PyResult<&'static World> {
    World::get().ok_or_else(|| PyRuntimeError::new_err("there is no world yet"))
}

fn ended() -> PyErr {
    PyRuntimeError::new_err(
        "the call that this lazy value was a parameter of has ended: read it before, with `materialize()`",
    )
}

#[pymethods]
impl Lazy {
    #[pyo3(name = "materialize")]
    fn py_materialize<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(py)
    }
}

impl Drop for Lazy {
    fn drop(&mut self) {
        if let State::Unread(handle, Origin::Result) = *self.state() {
            super::end(handle);
        }
    }
}
