//! One adapter function: the caller's signature on its outside, a call to the callee within.

use onramp_abi::{Error, Lowering, Passing, Role, Signature, Ty};
use wasm_encoder::ValType;
use wit_parser::Function;

use crate::{
    Direction, FuncOptions, Import, Side,
    finish::Finish,
    flat::Flat,
    linear::Linear,
    list::Size,
    module::{Module, val_types},
    place::Lift,
    route::{Delivery, Memory, Route},
    translate::Generator,
};

/// A function and what its adapter has to know.
pub(crate) struct Call {
    pub(crate) caller: Signature,
    pub(crate) callee: Signature,
    pub(crate) params: Ty,
    pub(crate) result: Option<Ty>,
}

/// Defines the adapter of a function, and exports it.
pub(crate) fn define(module: &mut Module<'_>, name: &str, func: &Function, options: FuncOptions) -> Result<(), Error> {
    for side in [module.caller, module.callee] {
        if side.profile.lowering() == Lowering::Lazy && module.kinds.is_none() {
            return Err(Error::new(format!("a guest of the profile {} needs a module with `Kinds`", side.profile)));
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
    let call = Call { caller, callee, params, result };
    let route = Route::between(Direction::Call, delivery_to(module.callee));
    let finish = Finish::of(module, &call, options).map(|finish| finish.define(module, name, &call));
    let mut generator = Generator::new(module, route, outside.0);
    generator.adapter(name, options, &call, finish);
    let body = generator.body;
    module.assembly.define(target, body);
    Ok(())
}

/// What becomes of strings and lists for a guest.
fn delivery_to(side: Side) -> Delivery {
    match side.profile.lowering() {
        Lowering::Eager => Delivery::Realloc,
        Lowering::Lazy => Delivery::Handle,
    }
}

impl Generator<'_, '_> {
    fn adapter(&mut self, name: &str, options: FuncOptions, call: &Call, finish: Option<Finish>) {
        let lends = self.module.types[call.params].has_borrows;
        if lends {
            self.call_import(Import::EnterCall, &[], &[]);
        }
        let scope = self.enter(call);
        self.arguments(call);
        self.leave_arena(&scope);
        let (params, results) = (val_types(&call.callee.params), val_types(&call.callee.results));
        self.call_import(Import::Function(name.to_owned()), &params, &results);
        let returned: Vec<u32> = results.iter().map(|ty| self.body.local(*ty)).collect();
        for local in returned.iter().rev() {
            self.body.code().local_set(*local);
        }
        self.discard_arguments(&scope);
        if lends {
            self.call_import(Import::LeaveCall, &[], &[]);
        }
        self.route = Route::between(Direction::Return, delivery_to(self.module.caller));
        let result = match finish {
            Some(finish) => self.lazy_results(name, call, &returned, finish, &scope),
            None => {
                let result = call.result.and_then(|ty| self.results(call, ty, &returned));
                self.leave(&scope);
                result
            }
        };
        if options.post_return && finish.is_none_or(|finish| !finish.post_return) {
            self.post_return(name, call, &returned);
        }
        if let Some(flat) = result {
            flat.push(&mut self.body);
        }
        self.body.code().end();
    }

    pub(crate) fn post_return(&mut self, name: &str, call: &Call, returned: &[u32]) {
        for local in returned {
            self.body.code().local_get(*local);
        }
        self.call_import(Import::PostReturn(name.to_owned()), &val_types(&call.callee.results), &[]);
    }

    pub(crate) fn call_import(&mut self, import: Import, params: &[ValType], results: &[ValType]) {
        let target = self.module.assembly.import(import, params, results);
        self.body.call(target);
    }

    /// Brings the arguments over and pushes the callee's (`lift_flat_values` of the caller, `lower_flat_values` of the callee).
    fn arguments(&mut self, call: &Call) {
        match call.caller.param_passing {
            Passing::Flat => {
                let from = <Flat as Lift>::of_params(&self.module.types, Memory::Guest(Role::Caller), call.params, 0);
                self.arguments_from(call, &from);
            }
            Passing::Memory | Passing::Handle if call.callee.param_passing == Passing::Handle => {
                self.tuple_handle(call)
            }
            Passing::Memory | Passing::Handle => {
                self.check_value(Role::Caller, 0, call.params, "parameters");
                self.arguments_from(call, &Linear::at(Memory::Guest(Role::Caller), 0));
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
    pub(crate) fn results(&mut self, call: &Call, ty: Ty, returned: &[u32]) -> Option<Flat> {
        let first = returned.first().copied().unwrap_or_default();
        match call.callee.result_passing {
            Passing::Flat => {
                let from = <Flat as Lift>::of_params(&self.module.types, Memory::Guest(Role::Callee), ty, first);
                self.results_from(call, ty, &from)
            }
            Passing::Memory | Passing::Handle => {
                self.check_value(Role::Callee, first, ty, "results");
                self.results_from(call, ty, &Linear::at(Memory::Guest(Role::Callee), first))
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
                self.translate(ty, from, &Linear::at(Memory::Guest(Role::Caller), pointer));
                None
            }
        }
    }

    /// Traps unless the pointer in this local is where a value of this type can be.
    fn check_value(&mut self, role: Role, pointer: u32, ty: Ty, name: &str) {
        let (size, align) = (self.module.types[ty].size, self.module.types[ty].align);
        self.check_block_of(Memory::Guest(role), pointer, align, Size::Const(size), name);
    }
}
