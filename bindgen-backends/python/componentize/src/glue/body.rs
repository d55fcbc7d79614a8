//! The glue's functions.

use onramp_abi::CoreType;
use onramp_bindgen_python::{CoreExport, CoreImport};
use onramp_python_table::SLOTS;
use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, ValType};

/// Calls an import with what is in the slots, and puts there what it returns: `(slots: i32)`.
pub fn import(import: &CoreImport, callee: u32) -> Function {
    let mut function = Function::new_with_locals_types(import.results.iter().copied().map(ValType::from));
    let mut code = function.instructions();
    for (slot, ty) in import.params.iter().enumerate() {
        code.local_get(0);
        load(&mut code, *ty, slot);
    }
    code.call(callee);
    // What was returned last is on top of the stack.
    for local in (1..=import.results.len() as u32).rev() {
        code.local_set(local);
    }
    for (slot, ty) in import.results.iter().enumerate() {
        code.local_get(0).local_get(slot as u32 + 1);
        widen(&mut code, *ty);
        code.i64_store(in_slot(slot));
    }
    code.end();
    function
}

/// Calls one of several functions: `(index: i32, slots: i32)`.
pub fn choose(functions: impl ExactSizeIterator<Item = u32>) -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    let count = functions.len() as u32;
    for _ in 0..=count {
        code.block(BlockType::Empty);
    }
    code.local_get(0).br_table(0..count, count).end();
    for callee in functions {
        code.local_get(1).call(callee).return_().end();
    }
    code.unreachable().end();
    function
}

/// An export: hands its parameters to the runtime, and returns what this left in slots.
pub fn export(index: usize, export: &CoreExport, callee: u32) -> Function {
    let slots = export.params.len() as u32;
    let mut function = Function::new([(1, wasm_encoder::ValType::I32)]);
    let mut code = function.instructions();
    arguments(&mut code, index, &export.params);
    code.call(callee).local_set(slots);
    for (slot, ty) in export.results.iter().enumerate() {
        code.local_get(slots);
        load(&mut code, *ty, slot);
    }
    code.end();
    function
}

/// A post-return function: hands the results that are no longer needed to the runtime.
pub fn post_return(index: usize, results: &[CoreType], callee: u32) -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    arguments(&mut code, index, results);
    code.call(callee).end();
    function
}

/// A function that nobody calls.
pub fn absent() -> Function {
    let mut function = Function::new([]);
    function.instructions().unreachable().end();
    function
}

/// The index, and the parameters as slots; those that are left over are 0.
fn arguments(code: &mut InstructionSink<'_>, index: usize, params: &[CoreType]) {
    code.i32_const(index as i32);
    for (local, ty) in params.iter().enumerate() {
        code.local_get(local as u32);
        widen(code, *ty);
    }
    for _ in params.len()..SLOTS {
        code.i64_const(0);
    }
}

/// A core value as a slot: its bytes come first, zeros behind them.
fn widen(code: &mut InstructionSink<'_>, ty: CoreType) {
    match ty {
        CoreType::I32 => code.i64_extend_i32_u(),
        CoreType::I64 => code,
        CoreType::F32 => code.i32_reinterpret_f32().i64_extend_i32_u(),
        CoreType::F64 => code.i64_reinterpret_f64(),
    };
}

/// Reads a slot as a core value.
fn load(code: &mut InstructionSink<'_>, ty: CoreType, slot: usize) {
    match ty {
        CoreType::I32 => code.i32_load(in_slot(slot)),
        CoreType::I64 => code.i64_load(in_slot(slot)),
        CoreType::F32 => code.f32_load(in_slot(slot)),
        CoreType::F64 => code.f64_load(in_slot(slot)),
    };
}

fn in_slot(slot: usize) -> MemArg {
    // Alignment is a hint; whether slots are aligned is the runtime's business.
    MemArg { offset: 8 * slot as u64, align: 2, memory_index: 0 }
}
