//! Gates: a call between a guest and the host in which the guest's handles are translated where they are.
//!
//! The value stays in the guest's memory; only the words that are handles change. What the guest gives is translated before the call
//! and, in its memory, put back after it. Then it is walked once more as the host will read it: see `runtime/log.wat`.

use onramp_abi::{Error, Passing, Profile, Role, Signature, Ty};
use wasm_encoder::ValType;
use wit_parser::{Function, Resolve, TypeId};

use crate::{
    Adapter, Direction, Import, Side,
    flat::Flat,
    linear::Linear,
    list::Size,
    module::{Module, val_types},
    place::{Lift, Lower},
    route::{Delivery, Memory, Route},
    translate::Generator,
    visit::{Handles, Pass, Visitor},
};

/// The guest's memory. The other one is that of the log.
pub(crate) const GUEST: Memory = Memory::Guest(Role::Caller);

/// The way that values do not go: they stay where they are.
pub(crate) const IN_PLACE: Route = Route { direction: Direction::Call, sender: GUEST, delivery: Delivery::Realloc };

/// Which way calls go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// The guest calls the host.
    Import,
    /// The host calls the guest.
    Export,
}

/// The gate of a function: a module that exports it under `name`, with the signature that it imports it with. It translates handles
/// of the resources that `translated` takes; `None` when the function passes none.
///
/// # Errors
/// When a gate cannot pass the function's types, such as streams and futures, or an async function passes handles.
pub fn gate(
    resolve: &Resolve,
    name: &str,
    func: &Function,
    boundary: Boundary,
    translated: &dyn Fn(TypeId) -> bool,
) -> Result<Option<Adapter>, Error> {
    let memories = [Import::Memory(Role::Caller), Import::Log];
    let mut module = Module::with_memories(resolve, Side::default(), Side::default(), memories)?;
    let mut handles = Handles::new(translated);
    match define(&mut module, &mut handles, name, func, boundary).map_err(|error| error.context(name))? {
        true => Ok(Some(module.finish())),
        false => Ok(None),
    }
}

/// A function and what its gate has to know.
struct Call {
    name: String,
    boundary: Boundary,
    signature: Signature,
    params: Ty,
    result: Option<Ty>,
}

fn define(
    module: &mut Module<'_>,
    handles: &mut Handles<'_>,
    name: &str,
    func: &Function,
    boundary: Boundary,
) -> Result<bool, Error> {
    let params = module.types.add_tuple(func.params.iter().map(|param| param.ty))?;
    let result = func.result.as_ref().map(|result| module.types.add(result)).transpose()?;
    if !handles.are_in(&module.types, params) && !result.is_some_and(|ty| handles.are_in(&module.types, ty)) {
        return Ok(false);
    }
    if func.kind.is_async() {
        return Err(Error::new("async functions are not supported here"));
    }
    let role = match boundary {
        Boundary::Import => Role::Caller,
        Boundary::Export => Role::Callee,
    };
    let signature = Signature::new(module.types.resolve(), Profile::Eager, role, func);
    let (outside, results) = (val_types(&signature.params), val_types(&signature.results));
    let target = module.assembly.declare(format!("gate {name}"), &outside, &results);
    module.assembly.export(name, target);
    let mut visitor = Visitor { generator: Generator::new(module, IN_PLACE, outside), handles };
    visitor.gate(&Call { name: name.to_owned(), boundary, signature, params, result });
    let body = visitor.generator.body;
    module.assembly.define(target, body);
    while let Some((walk, target)) = handles.queue.pop_front() {
        walk.define(module, handles, target);
    }
    Ok(true)
}

impl Visitor<'_, '_, '_, '_> {
    fn gate(&mut self, call: &Call) {
        let returned = match call.boundary {
            Boundary::Import => {
                let log = self.give(call.params, call.signature.param_passing, 0, "parameters");
                let returned = self.call(call);
                if let Some(base) = log {
                    self.restore(call, base);
                    self.end_log(base);
                }
                if let Some(ty) = call.result {
                    let pointer = (call.signature.params.len() as u32).saturating_sub(1);
                    self.take(ty, call.signature.result_passing, result_local(call, &returned, pointer));
                }
                returned
            }
            Boundary::Export => {
                self.take(call.params, call.signature.param_passing, 0);
                let returned = self.call(call);
                if let Some(ty) = call.result {
                    let pointer = returned.first().copied().unwrap_or_default();
                    let first = result_local(call, &returned, pointer);
                    if let Some(base) = self.give(ty, call.signature.result_passing, first, "results") {
                        self.end_log(base);
                    }
                }
                returned
            }
        };
        for local in returned {
            self.generator.body.code().local_get(local);
        }
        self.generator.body.code().end();
    }

    fn end_log(&mut self, base: u32) {
        self.generator.body.code().local_get(base);
        self.routine("end log");
    }

    /// Translates what the guest gives, which is in the locals from `first` on, or where that one points to. Returns the local with
    /// the base of the log, if memory was changed.
    fn give(&mut self, ty: Ty, passing: Passing, first: u32, name: &str) -> Option<u32> {
        if !self.handles.are_in(&self.generator.module.types, ty) {
            return None;
        }
        match passing {
            Passing::Flat => {
                let at = self.flat(ty, first);
                self.give_at(ty, &at)
            }
            Passing::Memory | Passing::Handle => {
                let node = &self.generator.module.types[ty];
                let (size, align) = (node.size, node.align);
                self.generator.check_block_of(GUEST, first, align, Size::Const(size), name);
                self.give_at(ty, &Linear::at(GUEST, first))
            }
        }
    }

    fn give_at<P: Lift + Lower>(&mut self, ty: Ty, at: &P) -> Option<u32> {
        if !self.handles.are_in_memory(&self.generator.module.types, ty, P::FORM) {
            self.value(Pass::ToHost, ty, at);
            return None;
        }
        let base = self.generator.body.local(ValType::I32);
        self.routine("begin log");
        self.generator.body.code().local_set(base);
        self.value(Pass::ToHost, ty, at);
        self.generator.body.code().local_get(base);
        self.routine("write handles");
        self.value(Pass::Check, ty, at);
        self.routine("end check");
        Some(base)
    }

    /// Translates what the host gives: the engine has written it, and has checked where.
    fn take(&mut self, ty: Ty, passing: Passing, first: u32) {
        match passing {
            Passing::Flat => {
                let at = self.flat(ty, first);
                self.value(Pass::FromHost, ty, &at);
            }
            Passing::Memory | Passing::Handle => self.value(Pass::FromHost, ty, &Linear::at(GUEST, first)),
        }
    }

    fn flat(&self, ty: Ty, first: u32) -> Flat {
        <Flat as Lift>::of_params(&self.generator.module.types, GUEST, ty, first)
    }

    /// Calls what the gate is for, and gives the locals with its results.
    fn call(&mut self, call: &Call) -> Vec<u32> {
        let (params, results) = (val_types(&call.signature.params), val_types(&call.signature.results));
        for local in 0..params.len() {
            self.generator.body.code().local_get(local as u32);
        }
        let import = Import::Function(call.name.clone());
        let target = self.generator.module.assembly.import(import, &params, &results);
        self.generator.body.call(target);
        let returned: Vec<u32> = results.iter().map(|ty: &ValType| self.generator.body.local(*ty)).collect();
        for local in returned.iter().rev() {
            self.generator.body.code().local_set(*local);
        }
        returned
    }

    /// Puts the guest's indices back where they were. Results may have been written to the same place: bindings reuse it.
    fn restore(&mut self, call: &Call, base: u32) {
        self.generator.body.code().local_get(base);
        match (call.result, call.signature.result_passing) {
            (Some(ty), Passing::Memory) => {
                let size = self.generator.module.types[ty].size;
                let pointer = call.signature.params.len() as u32 - 1;
                self.generator.body.code().local_get(pointer).i32_const(size.cast_signed());
            }
            _ => {
                self.generator.body.code().i32_const(0).i32_const(0);
            }
        }
        self.routine("restore handles");
    }
}

/// The local that the result is in, or that points to it.
fn result_local(call: &Call, returned: &[u32], pointer: u32) -> u32 {
    match call.signature.result_passing {
        Passing::Flat => returned.first().copied().unwrap_or_default(),
        Passing::Memory | Passing::Handle => pointer,
    }
}
