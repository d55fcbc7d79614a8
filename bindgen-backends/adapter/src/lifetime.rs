//! Arguments that are lazy handles: they live until the callee returns.

use onramp_abi::{Passing, Role};
use wasm_encoder::ValType;

use crate::{
    Lazy, Outside,
    adapter::Call,
    assembly::FRAME,
    helper::Helper,
    route::{Delivery, Memory},
    translate::Generator,
};

/// What has to be ended when the callee has returned.
#[derive(Default)]
pub(crate) struct Arguments {
    /// There may be handles: the local with the first handle of the call around.
    frame: Option<u32>,
    /// Values with handles of resources were copied to scratch memory: locals with their arena, and with the one that was current.
    arena: Option<(u32, u32)>,
}

impl Generator<'_, '_> {
    /// Before the arguments are brought over.
    pub(crate) fn enter(&mut self, call: &Call) -> Arguments {
        let (has_dynamic, has_handles) =
            (self.module.types[call.params].has_dynamic, self.module.types[call.params].has_handles);
        let as_tuple = call.callee.param_passing == Passing::Handle;
        if self.route.delivery != Delivery::Handle || !(has_dynamic || as_tuple) {
            return Arguments::default();
        }
        let frame = self.body.local(ValType::I32);
        self.body.code().global_get(FRAME).local_set(frame).i32_const(0).global_set(FRAME);
        // References are always copied: no guest keeps their bytes.
        let is_copied = has_handles || call.references(Role::Caller).is_some();
        let arena = is_copied.then(|| {
            let (arena, before) = (self.body.local(ValType::I32), self.body.local(ValType::I32));
            self.begin_arena(before);
            (arena, before)
        });
        Arguments { frame: Some(frame), arena }
    }

    /// Makes the next block in scratch memory begin an arena; the local keeps the one that was current.
    pub(crate) fn begin_arena(&mut self, before: u32) {
        let take = self.module.outside(Outside::TakeArena);
        self.body.call(take);
        self.body.code().local_set(before);
    }

    /// Puts that arena into a local, and makes the one before current again.
    pub(crate) fn end_arena(&mut self, arena: u32, before: u32) {
        let (take, set) = (self.module.outside(Outside::TakeArena), self.module.outside(Outside::SetArena));
        self.body.call(take);
        self.body.code().local_set(arena).local_get(before);
        self.body.call(set);
    }

    /// When they have been: nothing more goes to their arena.
    pub(crate) fn leave_arena(&mut self, arguments: &Arguments) {
        if let Some((arena, before)) = arguments.arena {
            self.end_arena(arena, before);
        }
    }

    /// When the callee has returned: resources that it did not read are dropped, before it is asked which it still has.
    pub(crate) fn discard_arguments(&mut self, arguments: &Arguments) {
        if arguments.arena.is_some() {
            let discard = self.module.entries(Lazy::Discard);
            self.body.call(discard);
        }
    }

    /// When its results are there, so that handles among them which die now are found.
    pub(crate) fn leave(&mut self, arguments: &Arguments) {
        if let Some(frame) = arguments.frame {
            let leave = self.module.entries(Lazy::Leave);
            self.body.call(leave);
            self.body.code().local_get(frame).global_set(FRAME);
        }
        if let Some((arena, _)) = arguments.arena {
            let free = self.module.outside(Outside::FreeArena);
            self.body.code().local_get(arena);
            self.body.call(free);
        }
    }

    /// Parameters that are in the caller's memory: pushes a handle for their tuple.
    pub(crate) fn tuple_handle(&mut self, call: &Call) {
        debug_assert_eq!(self.route.sender, Memory::Guest(Role::Caller));
        let ty = self.module.block(call.params);
        let helper = Helper::Dynamic { route: self.route, ty }.declare(self.module);
        self.body.code().local_get(0).i32_const(1);
        self.body.call(helper);
        self.body.code().drop();
    }
}
