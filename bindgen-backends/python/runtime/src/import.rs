//! Calls of what the world imports.

use onramp_python_table::{Function, Import, Passing, TypeId};
use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;

use crate::kept::Kept;
use crate::lazy::Origin;
use crate::lift::{Dynamic, Lift};
use crate::lower::{Lower, Purpose};
use crate::place::{Place, Slots};
use crate::restore;
use crate::world::World;

#[link(wasm_import_module = "onramp:python")]
unsafe extern "C" {
    #[link_name = "call"]
    fn python_call_import(index: u32, slots: *mut u64);
}

/// Calls a built-in of a resource.
pub fn call_built_in(index: u32, argument: u32) -> u32 {
    let mut slots = [u64::from(argument)];
    unsafe { python_call_import(index, slots.as_mut_ptr()) };
    slots[0] as u32
}

/// The function of an index.
///
/// # Errors
/// When there is none, or the app is being imported for a snapshot.
pub fn function(index: u32) -> PyResult<(&'static World, &'static Function)> {
    let world = World::get().filter(|_| restore::is_restored()).ok_or_else(|| {
        PyRuntimeError::new_err(
            "a component is made of this app just now, so nothing is there that it imports: call it in a function",
        )
    })?;
    match world.imports.get(index as usize) {
        Some(Import::Function(function)) => Ok((world, function)),
        _ => Err(PyIndexError::new_err(format!("the world has no function {index}"))),
    }
}

/// Calls a function with these arguments, and has its result read, if it has one.
///
/// # Errors
/// When an argument is not of its type, and nothing was called then; when the result cannot be read.
pub fn call<'py, R>(
    py: Python<'py>,
    index: u32,
    arguments: &[Bound<'py, PyAny>],
    read: impl FnOnce(Lift<'_, 'py>, Option<(TypeId, Place)>) -> PyResult<R>,
) -> PyResult<R> {
    let (world, function) = function(index)?;
    let (mut slots, mut kept): (Slots, _) = ([0; _], Kept::default());
    let lowered = lower(py, world, function, arguments, &mut slots, &mut kept);
    let result = lowered.inspect_err(|_| kept.take_back(world))?;
    kept.leave(py, &world.names);
    unsafe { python_call_import(index, slots.as_mut_ptr()) };
    kept.end_lent(world);
    let dynamic = match world.is_lazy {
        true => Dynamic::Handles(Origin::Result),
        false => Dynamic::Blocks,
    };
    let place = result.unwrap_or_else(|| Place::slots(&mut slots));
    read(Lift { py, world, dynamic, scope: None }, function.result.map(|ty| (ty, place)))
}

/// Writes the arguments, and gives the result's place if it is in memory.
fn lower<'py>(
    py: Python<'py>,
    world: &'static World,
    function: &Function,
    arguments: &[Bound<'py, PyAny>],
    slots: &mut Slots,
    kept: &mut Kept,
) -> PyResult<Option<Place>> {
    if arguments.len() != function.params.len() {
        let (expected, found) = (function.params.len(), arguments.len());
        return Err(PyTypeError::new_err(format!("{}: expected {expected} arguments, found {found}", function.name)));
    }
    let (place, used) = parameters(world, function, slots, kept);
    let mut lower = Lower { py, world, kept, purpose: Purpose::Argument };
    for (parameter, argument) in function.params.iter().zip(arguments) {
        lower
            .lower(parameter.ty, argument, place.part(parameter.offset, parameter.slot))
            .map_err(|failure| failure.into_error(&function.name, Some(&parameter.name)))?;
    }
    Ok(match (function.result, function.result_passing) {
        (Some(ty), Passing::Memory) => {
            let ty = world.ty(ty);
            let block = lower.kept.arena.allocate(ty.size as usize, ty.align as usize);
            slots[used] = block.addr() as u64;
            Some(Place::memory(block))
        }
        _ => None,
    })
}

/// Where the parameters go, and how many slots they take.
fn parameters(world: &World, function: &Function, slots: &mut Slots, kept: &mut Kept) -> (Place, usize) {
    if function.param_passing == Passing::Flat {
        let used = function.params.last().map_or(0, |last| last.slot + world.ty(last.ty).slots);
        return (Place::slots(slots), used as usize);
    }
    let block = kept.arena.allocate(function.params_size as usize, function.params_align as usize);
    slots[0] = block.addr() as u64;
    (Place::memory(block), 1)
}
