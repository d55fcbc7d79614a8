//! One adapter function: the caller's signature on its outside, a call to the callee within.

use onramp_abi::{Data, Error, Lowering, Passing, Role, Signature, Ty};
use wasm_encoder::ValType;
use wit_parser::Function;

use crate::{
    Direction, FuncOptions, Import, Side,
    finish::Finish,
    flat::Flat,
    gc::{self, GcLift, GcLower, Given},
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
    /// The caller's and the callee's references, if they have such.
    references: [Option<gc::Signature>; 2],
}

impl Call {
    /// The core signature of a side that has references.
    pub(crate) fn references(&self, role: Role) -> Option<&gc::Signature> {
        match role {
            Role::Caller => self.references[0].as_ref(),
            Role::Callee => self.references[1].as_ref(),
        }
    }

    /// Whether a side has its parameters as a lazy handle.
    pub(crate) fn passes_handle(&self, role: Role) -> bool {
        let signature = match role {
            Role::Caller => &self.caller,
            Role::Callee => &self.callee,
        };
        self.references(role).is_none() && signature.param_passing == Passing::Handle
    }

    /// The core parameters and results of the caller.
    fn outside(&self) -> (Vec<ValType>, Vec<ValType>) {
        match self.references(Role::Caller) {
            Some(signature) => (signature.core_params(), signature.core_results()),
            None => (val_types(&self.caller.params), val_types(&self.caller.results)),
        }
    }

    /// The core results of the callee.
    fn callee_results(&self) -> Vec<ValType> {
        match self.references(Role::Callee) {
            Some(signature) => signature.core_results(),
            None => val_types(&self.callee.results),
        }
    }
}

/// Defines the adapter of a function, and exports it.
pub(crate) fn define(
    module: &mut Module<'_>,
    name: &str,
    func: &Function,
    options: FuncOptions,
    references: [Option<gc::Signature>; 2],
) -> Result<(), Error> {
    for (side, references) in [module.caller, module.callee].into_iter().zip(&references) {
        if (side.profile.data() == Data::Gc) != references.is_some() {
            return Err(Error::new("a side of the profile gc has core types, and no other"));
        }
    }
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

    let call = Call { caller, callee, params, result, references };
    let outside = call.outside();
    let shown = format!("call {name}");
    let target = match call.references(Role::Caller) {
        Some(signature) => module.assembly.declare_of(shown, signature.ty),
        None => module.assembly.declare(shown, &outside.0, &outside.1),
    };
    module.assembly.export(name, target);
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
    match (side.profile.data(), side.profile.lowering()) {
        (Data::Gc, _) => Delivery::Gc,
        (Data::Linear, Lowering::Eager) => Delivery::Realloc,
        (Data::Linear, Lowering::Lazy) => Delivery::Handle,
    }
}

impl Generator<'_, '_> {
    fn adapter(&mut self, name: &str, options: FuncOptions, call: &Call, finish: Option<Finish>) {
        let lends = self.module.types[call.params].has_borrows && !self.module.is_one_guest;
        if lends {
            self.call_import(Import::EnterCall, &[], &[]);
        }
        let scope = self.enter(call);
        self.arguments(call);
        self.leave_arena(&scope);
        let results = call.callee_results();
        let function = Import::Function(name.to_owned());
        match call.references(Role::Callee) {
            Some(signature) => {
                let function = self.module.assembly.import_of(function, signature.ty);
                self.body.call(function);
            }
            None => self.call_import(function, &val_types(&call.callee.params), &results),
        }
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
        if options.post_return
            && call.references(Role::Callee).is_none()
            && finish.is_none_or(|finish| !finish.post_return)
        {
            self.post_return(name, call, &returned);
        }
        if let Some(result) = result {
            result.push(self);
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
        if call.references(Role::Caller).is_some() {
            return self.arguments_of_references(call);
        }
        match call.caller.param_passing {
            Passing::Flat => {
                let from = <Flat as Lift>::of_params(&self.module.types, Memory::Guest(Role::Caller), call.params, 0);
                self.arguments_from(call, &from);
            }
            Passing::Memory | Passing::Handle if call.passes_handle(Role::Callee) => self.tuple_handle(call),
            Passing::Memory | Passing::Handle => {
                self.check_value(Role::Caller, 0, call.params, "parameters");
                self.arguments_from(call, &Linear::at(Memory::Guest(Role::Caller), 0));
            }
        }
    }

    pub(crate) fn arguments_from<S: Lift>(&mut self, call: &Call, from: &S) {
        if let Some(signature) = call.references(Role::Callee) {
            let to = GcLower::parts(&mut self.body, &signature.params);
            self.translate_here(call.params, from, &to);
            return to.push(&mut self.body);
        }
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
    pub(crate) fn results(&mut self, call: &Call, ty: Ty, returned: &[u32]) -> Option<Given> {
        let first = returned.first().copied().unwrap_or_default();
        if let Some(node) = call.references(Role::Callee).and_then(|signature| signature.result.as_ref()) {
            return self.results_from(call, ty, &GcLift::value(node, first));
        }
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

    fn results_from<S: Lift>(&mut self, call: &Call, ty: Ty, from: &S) -> Option<Given> {
        if let Some(node) = call.references(Role::Caller).and_then(|signature| signature.result.as_ref()) {
            let to = GcLower::value(&mut self.body, node);
            self.translate(ty, from, &to);
            return Some(Given::Reference(to));
        }
        match call.caller.result_passing {
            Passing::Flat => {
                let to = Flat::new(&self.module.types, &mut self.body, ty);
                self.translate(ty, from, &to);
                Some(Given::Flat(to))
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
