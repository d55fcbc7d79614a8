//! One adapter function: the caller's signature on its outside, a call to the callee within.

use onramp_abi::{Error, Lowering, Passing, Role, Signature, Ty};
use wasm_encoder::ValType;
use wit_parser::Function;

use crate::{
    Direction, FuncOptions, Import,
    body::memory_of,
    flat::Flat,
    linear::Linear,
    list::Size,
    module::{Module, val_types},
    place::Lift,
    translate::Generator,
};

/// A function and what its adapter has to know.
struct Call {
    caller: Signature,
    callee: Signature,
    params: Ty,
    result: Option<Ty>,
}

/// Defines the adapter of a function, and exports it.
pub(crate) fn define(module: &mut Module<'_>, name: &str, func: &Function, options: FuncOptions) -> Result<(), Error> {
    for side in [module.caller, module.callee] {
        if side.profile.lowering() == Lowering::Lazy {
            return Err(Error::new(format!("the profile {} is not supported here yet", side.profile)));
        }
    }
    if func.kind.is_async() {
        return Err(Error::new("async functions are not supported here"));
    }
    let params = module.types.add_tuple(func.params.iter().map(|param| param.ty))?;
    let result = func.result.as_ref().map(|result| module.types.add(result)).transpose()?;
    if result.is_some_and(|result| module.types[result].has_borrows) {
        return Err(Error::new("a result cannot be borrowed"));
    }
    let resolve = module.types.resolve();
    let caller = Signature::new(resolve, module.caller.profile, Role::Caller, func);
    let callee = Signature::new(resolve, module.callee.profile, Role::Callee, func);

    let outside = (val_types(&caller.params), val_types(&caller.results));
    let target = module.assembly.declare(format!("call {name}"), &outside.0, &outside.1);
    module.assembly.export(name, target);
    let mut generator = Generator::new(module, Direction::Call, outside.0);
    generator.adapter(name, options, &Call { caller, callee, params, result });
    let body = generator.body;
    module.assembly.define(target, body);
    Ok(())
}

impl Generator<'_, '_> {
    fn adapter(&mut self, name: &str, options: FuncOptions, call: &Call) {
        let lends = self.module.types[call.params].has_borrows;
        if lends {
            self.call_import(Import::EnterCall, &[], &[]);
        }
        self.arguments(call);
        let (params, results) = (val_types(&call.callee.params), val_types(&call.callee.results));
        self.call_import(Import::Function(name.to_owned()), &params, &results);
        let returned: Vec<u32> = results.iter().map(|ty| self.body.local(*ty)).collect();
        for local in returned.iter().rev() {
            self.body.code().local_set(*local);
        }
        if lends {
            self.call_import(Import::LeaveCall, &[], &[]);
        }
        self.direction = Direction::Return;
        let result = call.result.map(|ty| (ty, self.results(call, ty, &returned)));
        if options.post_return {
            for local in &returned {
                self.body.code().local_get(*local);
            }
            self.call_import(Import::PostReturn(name.to_owned()), &results, &[]);
        }
        if let Some((_, Some(flat))) = result {
            flat.push(&mut self.body);
        }
        self.body.code().end();
    }

    fn call_import(&mut self, import: Import, params: &[ValType], results: &[ValType]) {
        let target = self.module.assembly.import(import, params, results);
        self.body.call(target);
    }

    /// Brings the arguments over and pushes the callee's (`lift_flat_values` of the caller, `lower_flat_values` of the callee).
    fn arguments(&mut self, call: &Call) {
        match call.caller.param_passing {
            Passing::Flat => {
                let from = <Flat as Lift>::of_params(&self.module.types, Role::Caller, call.params, 0);
                self.arguments_from(call, &from);
            }
            Passing::Memory | Passing::Handle => {
                self.check_value(Role::Caller, 0, call.params, "parameters");
                self.arguments_from(call, &Linear::at(Role::Caller, 0));
            }
        }
    }

    fn arguments_from<S: Lift>(&mut self, call: &Call, from: &S) {
        match call.callee.param_passing {
            Passing::Flat => {
                let to = Flat::new(&self.module.types, &mut self.body, call.params);
                self.translate_here(call.params, from, &to);
                to.push(&mut self.body);
            }
            Passing::Memory | Passing::Handle => {
                let (size, align) = (self.module.types[call.params].size, self.module.types[call.params].align);
                let block = self.body.local(ValType::I32);
                self.allocate(block, align, Size::Const(size));
                let to = self.destination(block);
                self.translate_here(call.params, from, &to);
                to.push_address(&mut self.body);
            }
        }
    }

    /// Brings the results over, which are in these locals, and gives what the adapter will return of them.
    fn results(&mut self, call: &Call, ty: Ty, returned: &[u32]) -> Option<Flat> {
        let first = returned.first().copied().unwrap_or_default();
        match call.callee.result_passing {
            Passing::Flat => {
                let from = <Flat as Lift>::of_params(&self.module.types, Role::Callee, ty, first);
                self.results_from(call, ty, &from)
            }
            Passing::Memory | Passing::Handle => {
                self.check_value(Role::Callee, first, ty, "results");
                self.results_from(call, ty, &Linear::at(Role::Callee, first))
            }
        }
    }

    fn results_from<S: Lift>(&mut self, call: &Call, ty: Ty, from: &S) -> Option<Flat> {
        match call.caller.result_passing {
            Passing::Flat => {
                let to = Flat::new(&self.module.types, &mut self.body, ty);
                self.translate(ty, from, &to);
                Some(to)
            }
            Passing::Memory | Passing::Handle => {
                let pointer = call.caller.params.len() as u32 - 1;
                self.check_value(Role::Caller, pointer, ty, "return area");
                self.translate(ty, from, &Linear::at(Role::Caller, pointer));
                None
            }
        }
    }

    /// Traps unless the pointer in this local is where a value of this type can be.
    fn check_value(&mut self, role: Role, pointer: u32, ty: Ty, name: &str) {
        let (size, align) = (self.module.types[ty].size, self.module.types[ty].align);
        self.check_block_of(memory_of(role), pointer, align, Size::Const(size), name);
    }
}
