//! The class `Lazy`: a string, list or map that is read when somebody asks.

use std::sync::{Mutex, MutexGuard};

use onramp_python_table::TypeId;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::alike::alike;
use super::{FORWARDED, Origin};
use crate::lift::{Dynamic, Lift};
use crate::lower::{Lower, Purpose};
use crate::place::Place;
use crate::world::World;
use crate::world::kind::{Kind, Type};

/// A string, list or map that is still where it came from. A part is read when it is asked for, all of it when an operation
/// needs all of it, and nothing when it is passed on.
#[pyclass(module = "onramp_runtime", frozen)]
pub struct Lazy {
    ty: TypeId,
    length: u32,
    state: Mutex<State>,
}

enum State {
    Unread(u32, Origin),
    Read(Py<PyAny>),
    /// Somebody is reading it, or failed to.
    Gone,
}

/// What there is of a value.
pub enum Source<'py> {
    /// A handle.
    Handle(u32),
    /// All of it.
    Whole(Bound<'py, PyAny>),
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

    /// How many elements it has; of a string, how many bytes.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Its type.
    pub fn ty(&self, world: &'static World) -> &'static Type {
        world.ty(self.ty)
    }

    /// Whether only a string's bytes can be told apart unread.
    pub fn is_text(&self, world: &'static World) -> bool {
        matches!(self.ty(world).kind, Kind::String)
    }

    /// What to send in place of the value, if it can be passed on: it was not read, the receiver's type is the same, and its
    /// handle lives long enough (docs/abi/lazy.md, "Forwarding").
    pub fn forward(&self, lower: &Lower<'_, '_>, ty: TypeId) -> Option<(u32, u32)> {
        let is_whole = !lower.world.ty(ty).has_resources && alike(lower.world, self.ty, ty);
        match *self.state() {
            State::Unread(handle, origin) if is_whole && origin.is_alive() => {
                let lives = lower.purpose == Purpose::Argument || origin == Origin::Result;
                lives.then_some((handle, FORWARDED))
            }
            _ => None,
        }
    }

    /// What there is of the value.
    ///
    /// # Errors
    /// When the call that it belongs to has ended.
    pub fn source<'py>(&self, py: Python<'py>) -> PyResult<Source<'py>> {
        match &*self.state() {
            State::Read(value) => Ok(Source::Whole(value.bind(py).clone())),
            State::Unread(handle, origin) if origin.is_alive() => Ok(Source::Handle(*handle)),
            State::Unread(..) => Err(PyRuntimeError::new_err(
                "the call that this lazy value was a parameter of has ended: read it before, with `materialize()`",
            )),
            State::Gone => Err(PyRuntimeError::new_err("this lazy value could not be read")),
        }
    }

    /// The value, read now if it was not.
    ///
    /// # Errors
    /// When the call that it belongs to has ended, or a class of the world raises something.
    pub fn materialize<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let handle = match self.source(py)? {
            Source::Whole(value) => return Ok(value),
            Source::Handle(handle) => handle,
        };
        // Reading ends the handle.
        *self.state() = State::Gone;
        let mut words = [u64::from(handle), u64::from(self.length)];
        let lift = Lift { py, world: world()?, dynamic: Dynamic::Handles(Origin::Result), scope: None };
        let value = lift.lift(self.ty, Place::slots(&mut words))?;
        *self.state() = State::Read(value.clone().unbind());
        Ok(value)
    }

    /// Whether nothing of it was read, or parts only.
    pub fn is_unread(&self) -> bool {
        matches!(*self.state(), State::Unread(..))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing here panics")
    }
}

/// The world that values are of.
///
/// # Errors
/// When there is none yet.
pub fn world() -> PyResult<&'static World> {
    World::get().ok_or_else(|| PyRuntimeError::new_err("there is no world yet"))
}

impl Drop for Lazy {
    fn drop(&mut self) {
        if let State::Unread(handle, origin) = *self.state()
            && origin.is_alive()
        {
            super::end(handle);
        }
    }
}
