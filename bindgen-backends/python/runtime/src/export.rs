//! Calls of what the world exports.

use std::cell::UnsafeCell;

use onramp_python_table::{Function, Passing};
use pyo3::ffi;
use pyo3::prelude::*;

use crate::kept::{self, Kept};
use crate::lazy::{self, Origin};
use crate::lift::{Dynamic, Lift, Scope};
use crate::lower::{Failure, Lower, Purpose};
use crate::place::{Place, Slots};
use crate::world::kind::{Kind, Outcome};
use crate::world::{Export, Exported, Receiver, World};
use crate::{received, resource};

/// Where the glue loads core results from, right after a call.
static RESULTS: Results = Results(UnsafeCell::new([0; _]));

struct Results(UnsafeCell<Slots>);

// There is one thread at a time, and nothing runs between writing and loading.
unsafe impl Sync for Results {}

/// Calls an export of the world ([`onramp_python_table`] has the contract).
#[unsafe(no_mangle)]
#[rustfmt::skip]
pub extern "C" fn onramp_python_call(
    index: u32,
    s0: u64, s1: u64, s2: u64, s3: u64, s4: u64, s5: u64, s6: u64, s7: u64,
    s8: u64, s9: u64, s10: u64, s11: u64, s12: u64, s13: u64, s14: u64, s15: u64,
) -> *const u64 {
    let slots = [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, 0];
    let results = Python::attach(|py| call(py, index, slots));
    let place = RESULTS.0.get();
    unsafe { *place = results };
    place.cast()
}

/// Ends the results of a call, which the slots have.
#[unsafe(no_mangle)]
#[rustfmt::skip]
pub extern "C" fn onramp_python_post_return(
    index: u32,
    s0: u64, s1: u64, s2: u64, s3: u64, s4: u64, s5: u64, s6: u64, s7: u64,
    s8: u64, s9: u64, s10: u64, s11: u64, s12: u64, s13: u64, s14: u64, s15: u64,
) {
    let slots = [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, 0];
    Python::attach(|_| kept::give_up(index, &slots));
}

fn call(py: Python<'_>, index: u32, mut slots: Slots) -> Slots {
    let Some(world) = World::get() else { unreachable!("the glue belongs to the world of the snapshot") };
    match &world.exports[index as usize] {
        Export::Destructor(_) => {
            resource::destroy(slots[0] as u32);
            [0; _]
        }
        Export::Function(export) => {
            let scope = Scope::begin();
            let results = arguments(py, world, export, &mut slots, &scope)
                .and_then(|arguments| export.receiver.call(py, &arguments))
                .map_or_else(|error| raised(py, world, &export.function, error), |value| Ok((0, value)))
                .and_then(|(tag, value)| result(py, world, (index, export), tag, &value));
            scope.end();
            results.unwrap_or_else(|error| trap(py, &error))
        }
    }
}

/// The objects for the parameters, and before them the one whose method is called.
fn arguments<'py>(
    py: Python<'py>,
    world: &'static World,
    Exported { function, receiver }: &Exported,
    slots: &mut Slots,
    scope: &Scope,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let dynamic = match world.is_lazy {
        true => Dynamic::Handles(Origin::Parameter(scope.call())),
        false => Dynamic::Blocks,
    };
    let lift = Lift { py, world, dynamic, scope: Some(scope) };
    let lift_all = |place: Place| {
        let lift = |parameter: &onramp_python_table::Param| {
            lift.lift(parameter.ty, place.part(parameter.offset, parameter.slot))
        };
        let mut all = Vec::with_capacity(function.params.len() + 1);
        all.extend(receiver.object(py));
        for parameter in &function.params {
            all.push(lift(parameter)?);
        }
        Ok::<_, PyErr>(all)
    };
    match function.param_passing {
        Passing::Flat => lift_all(Place::slots(slots)),
        Passing::Memory => {
            let lifted = lift_all(Place::memory(slots[0] as usize as *mut u8));
            received::release();
            lifted
        }
        Passing::Handle => {
            let block = lazy::Block::new(function.params_size as usize);
            lazy::peek(slots[0] as u32, 0, 1, block.address());
            lift_all(Place::memory(block.address()))
        }
    }
}

impl Receiver {
    /// Calls what the arguments were made for.
    fn call<'py>(&self, py: Python<'py>, arguments: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
        // A bound object is a pointer to it.
        let (pointers, count) = (arguments.as_ptr().cast::<*mut ffi::PyObject>(), arguments.len());
        let none = std::ptr::null_mut();
        let result = unsafe {
            match self {
                Receiver::Class(class) => ffi::PyObject_Vectorcall(class.as_ptr(), pointers, count, none),
                Receiver::First(name) | Receiver::Object(_, name) => {
                    ffi::PyObject_VectorcallMethod(name.as_ptr(), pointers, count, none)
                }
            }
        };
        unsafe { Bound::from_owned_ptr_or_err(py, result) }
    }

    /// What comes before the parameters.
    fn object<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        match self {
            Receiver::Object(object, _) => Some(object.bind(py).clone()),
            Receiver::First(_) | Receiver::Class(_) => None,
        }
    }
}

/// What an exception is: the error of a function that has one, or the end.
fn raised<'py>(
    py: Python<'py>,
    world: &World,
    function: &Function,
    error: PyErr,
) -> PyResult<(u64, Bound<'py, PyAny>)> {
    match outcome(world, function) {
        Some(outcome) if outcome.err_class.is_instance(error.value(py)) => {
            Ok((1, error.value(py).getattr(world.names.value.bind(py))?))
        }
        _ => Err(error),
    }
}

/// The result type of a function that can fail.
fn outcome<'a>(world: &'a World, function: &Function) -> Option<&'a Outcome> {
    match &world.ty(function.result?).kind {
        Kind::Result(outcome) => Some(outcome),
        _ => None,
    }
}

/// The core results for what the app returned, or the error that it raised (`tag` is 1).
fn result(
    py: Python<'_>,
    world: &'static World,
    (index, export): (u32, &Exported),
    tag: u64,
    value: &Bound<'_, PyAny>,
) -> PyResult<Slots> {
    let (mut results, mut kept): (Slots, _) = ([0; _], Kept::default());
    let Some(ty) = export.function.result else { return Ok(results) };
    let place = match export.function.result_passing {
        Passing::Flat => Place::slots(&mut results),
        _ => {
            let (size, align) = (world.ty(ty).size as usize, world.ty(ty).align as usize);
            let block = kept.arena.allocate(size, align);
            results[0] = block.addr() as u64;
            Place::memory(block)
        }
    };
    let mut lower = Lower { py, world, kept: &mut kept, purpose: Purpose::Result };
    let lowered = match outcome(world, &export.function) {
        None => lower.lower(ty, value, place),
        Some(outcome) => {
            place.write(tag, 1);
            let payload = if tag == 0 { outcome.ok } else { outcome.err };
            payload.map_or(Ok(()), |ty| lower.lower(ty, value, place.payload(outcome.payload)))
        }
    };
    lowered.map_err(|failure: Failure| failure.into_error(&export.function.name, None))?;
    kept.leave(py, &world.names);
    if !kept.is_empty() {
        kept::keep(index, results, kept);
    }
    Ok(results)
}

/// Ends the instance: with the traceback on standard error, or as `SystemExit` asks.
fn trap(py: Python<'_>, error: &PyErr) -> ! {
    error.print(py);
    std::process::abort()
}
