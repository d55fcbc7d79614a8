//! Result scopes: what happens when the last lazy handle of a result is dropped.

use onramp_abi::{CoreType, Lowering};
use wasm_encoder::{BlockType, MemArg, ValType};

use crate::{
    Direction, FuncOptions, Import, Lazy, Outside,
    adapter::Call,
    assembly::SCOPE,
    gc::Given,
    lifetime::Arguments,
    module::{Module, val_types},
    route::{Delivery, Memory, Route},
    scalar::Scalar,
    translate::Generator,
};

/// Where a scope has the arena of its copies, and behind it the core results of the callee, 8 bytes each.
const ARENA: u32 = 16;
const RETURNED: u32 = 24;

/// What has to be done for a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finish {
    /// Values were copied to scratch memory.
    arena: bool,
    /// The callee keeps its results until its post-return function is called.
    pub(crate) post_return: bool,
    /// The number of the function that does it; 0: there is nothing to do.
    number: u32,
}

impl Finish {
    /// What has to be done when the caller gets lazy handles; `None`: it gets none.
    pub(crate) fn of(module: &Module<'_>, call: &Call, options: FuncOptions) -> Option<Finish> {
        let result = &module.types[call.result?];
        if module.caller.profile.lowering() == Lowering::Eager || !result.has_dynamic {
            return None;
        }
        let keeps = module.callee.profile.lowering() == Lowering::Lazy;
        Some(Finish { arena: !keeps || result.has_handles, post_return: keeps && options.post_return, number: 0 })
    }

    /// Defines the function `(scope) -> ()` that does it.
    pub(crate) fn define(self, module: &mut Module<'_>, name: &str, call: &Call) -> Finish {
        if !self.arena && !self.post_return {
            return self;
        }
        let number = module.kinds().finisher();
        let target = module.assembly.declare(format!("end the results of {name}"), &[ValType::I32], &[]);
        let route = Route::between(Direction::Return, Delivery::Handle);
        let mut generator = Generator::new(module, route, [ValType::I32]);
        if self.post_return {
            for (index, ty) in call.callee.results.iter().enumerate() {
                let scalar = scalar(*ty);
                let at = generator.scope_word(index, scalar);
                generator.body.code().local_get(0);
                scalar.load(&mut generator.body.code(), at);
            }
            let results = val_types(&call.callee.results);
            generator.call_import(Import::PostReturn(name.to_owned()), &results, &[]);
        }
        if self.arena {
            let at = generator.body.memarg(Memory::Scopes, ARENA, 2);
            generator.body.code().local_get(0).i32_load(at);
            let free = generator.module.outside(Outside::FreeArena);
            generator.body.call(free);
        }
        generator.body.code().end();
        let body = generator.body;
        module.assembly.define(target, body);
        module.assembly.element(Import::Lazy(Lazy::Finish), number, target);
        Finish { number, ..self }
    }
}

fn scalar(ty: CoreType) -> Scalar {
    match ty {
        CoreType::I32 => Scalar::I32,
        CoreType::I64 => Scalar::I64,
        CoreType::F32 => Scalar::F32,
        CoreType::F64 => Scalar::F64,
    }
}

impl Generator<'_, '_> {
    /// Where a scope has a core result.
    fn scope_word(&mut self, index: usize, scalar: Scalar) -> MemArg {
        self.body.memarg(Memory::Scopes, RETURNED + 8 * index as u32, scalar.align_log2())
    }

    /// Brings the results over, with lazy handles for what is dynamic. Ends their scope at once if there is none.
    pub(crate) fn lazy_results(
        &mut self,
        name: &str,
        call: &Call,
        returned: &[u32],
        finish: Finish,
        arguments: &Arguments,
    ) -> Option<Given> {
        self.module.kinds().add_scope();
        let [scope, arena, before] = [(); 3].map(|()| self.body.local(ValType::I32));
        let outside = self.module.callee.is_outside;
        if finish.arena && !outside {
            self.begin_arena(before);
        }
        self.body.code().i32_const((2 * finish.number + 1).cast_signed()).global_set(SCOPE);
        let result = call.result.and_then(|ty| self.results(call, ty, returned));
        if finish.arena && outside {
            // What the host has allocated since it was called: the values are in it.
            let take = self.module.outside(Outside::TakeArena);
            self.body.call(take);
            self.body.code().local_set(arena);
        } else if finish.arena {
            self.end_arena(arena, before);
        }
        self.leave(arguments);
        let mut code = self.body.code();
        code.global_get(SCOPE).local_set(scope).i32_const(0).global_set(SCOPE);
        code.local_get(scope).i32_const(1).i32_and().if_(BlockType::Empty);
        if finish.post_return {
            self.post_return(name, call, returned);
        }
        if finish.arena {
            let free = self.module.outside(Outside::FreeArena);
            self.body.code().local_get(arena);
            self.body.call(free);
        }
        self.body.code().else_();
        if finish.post_return {
            self.note_results(call, returned, scope);
        }
        if finish.arena {
            let at = self.body.memarg(Memory::Scopes, ARENA, 2);
            self.body.code().local_get(scope).local_get(arena).i32_store(at);
        }
        self.body.code().end();
        result
    }

    fn note_results(&mut self, call: &Call, returned: &[u32], scope: u32) {
        for (index, (local, ty)) in returned.iter().zip(&call.callee.results).enumerate() {
            let scalar = scalar(*ty);
            let at = self.scope_word(index, scalar);
            self.body.code().local_get(scope).local_get(*local);
            scalar.store(&mut self.body.code(), at);
        }
    }
}
