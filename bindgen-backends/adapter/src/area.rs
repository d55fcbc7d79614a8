//! Results in core values on one side, in memory on the other, and everything else the same: a guest with several core results and the
//! host, which is eager. Both use the guest's memory, so strings and lists stay where they are, and handles are what they are.
//!
//! The results' memory is a page that the guest's memory grows by at the first call. One is enough: a component instance is not
//! entered again before its results have been read.

use onramp_abi::{Error, Passing, Profile, Role, Signature, Ty};
use wasm_encoder::{BlockType, ValType};
use wit_parser::{Function, Resolve};

use crate::{
    Adapter, Boundary, Direction, Import, Side,
    assembly::Target,
    flat::Flat,
    linear::Linear,
    module::{Module, val_types},
    place::Lift,
    route::{Delivery, Memory, Route},
    translate::Generator,
};

/// The guest's memory, whichever side the guest is.
const GUEST: Memory = Memory::Guest(Role::Caller);

const IN_PLACE: Route = Route { direction: Direction::Return, sender: GUEST, delivery: Delivery::Stay };

/// The global with the address of the results' memory; 0: there is none yet.
const AREA: u32 = 0;

/// What the export that stands for a post-return function is called: this, and the function's name.
pub const POST_RETURN: &str = "post-return ";

/// Functions of one guest that return their results in core values, between it and the eager host.
///
/// The module exports each under the name that it was added with, and imports it as `function` from the side that is called. Of a function
/// that the host calls, the post-return function is exported too, behind [`POST_RETURN`].
pub struct Areas<'a> {
    module: Module<'a>,
    boundary: Boundary,
    area: Target,
}

impl<'a> Areas<'a> {
    /// Without functions. `resolve` has the types of those to come.
    ///
    /// # Errors
    /// When the types are not sound.
    pub fn new(resolve: &'a Resolve, boundary: Boundary) -> Result<Areas<'a>, Error> {
        let memory = Import::Memory(Role::Caller);
        let mut module = Module::with_memories(resolve, Side::default(), Side::default(), [memory.clone(), memory])?;
        let area = define_area(&mut module);
        Ok(Areas { module, boundary, area })
    }

    /// Adds a function. `profile` is the guest's; `post_return` says whether it has a post-return function.
    ///
    /// # Errors
    /// When a type cannot be passed.
    pub fn add(&mut self, name: &str, func: &Function, profile: Profile, post_return: bool) -> Result<(), Error> {
        let added = self.define(name, func, profile, post_return);
        added.map_err(|error| error.context(name))
    }

    /// The module.
    pub fn finish(self) -> Adapter {
        self.module.finish()
    }

    fn define(&mut self, name: &str, func: &Function, profile: Profile, post_return: bool) -> Result<(), Error> {
        let result = func.result.as_ref().map(|result| self.module.types.add(result)).transpose()?;
        let result = result.ok_or_else(|| Error::new("a function without a result needs no memory for it"))?;
        let role = match self.boundary {
            Boundary::Import => Role::Caller,
            Boundary::Export => Role::Callee,
        };
        let resolve = self.module.types.resolve();
        let guest = Signature::new(resolve, profile, role, func);
        let host = Signature::new(resolve, Profile::Eager, role, func);
        let passings = (guest.result_passing, host.result_passing);
        assert_eq!(passings, (Passing::Flat, Passing::Memory), "{name} has the same results on both sides");
        match self.boundary {
            Boundary::Import => self.import(name, &guest, &host, result),
            Boundary::Export => {
                self.export(name, &guest, &host, result);
                if post_return {
                    self.post_return(name, &guest, result);
                }
            }
        }
        self.module.define_helpers();
        Ok(())
    }

    /// The guest calls the host, whose results are loaded.
    fn import(&mut self, name: &str, guest: &Signature, host: &Signature, result: Ty) {
        let target = self.declare(name, &format!("call {name}"), &val_types(&guest.params), &val_types(&guest.results));
        let mut generator = Generator::new(&mut self.module, IN_PLACE, val_types(&guest.params));
        let area = generator.body.local(ValType::I32);
        generator.body.call(self.area);
        generator.body.code().local_set(area);
        push(&mut generator, 0, guest.params.len());
        generator.body.code().local_get(area);
        generator.call_import(Import::Function(name.to_owned()), &val_types(&host.params), &[]);
        generator.load_results(result, area);
        end(generator, target);
    }

    /// The host calls the guest, whose results are stored.
    fn export(&mut self, name: &str, guest: &Signature, host: &Signature, result: Ty) {
        let target = self.declare(name, &format!("call {name}"), &val_types(&host.params), &val_types(&host.results));
        let mut generator = Generator::new(&mut self.module, IN_PLACE, val_types(&host.params));
        let results = val_types(&guest.results);
        let locals: Vec<u32> = results.iter().map(|ty| generator.body.local(*ty)).collect();
        let area = generator.body.local(ValType::I32);
        push(&mut generator, 0, host.params.len());
        generator.call_import(Import::Function(name.to_owned()), &val_types(&guest.params), &results);
        for local in locals.iter().rev() {
            generator.body.code().local_set(*local);
        }
        generator.body.call(self.area);
        generator.body.code().local_set(area);
        let first = locals.first().copied().unwrap_or_default();
        let from = <Flat as Lift>::of_params(&generator.module.types, GUEST, result, first);
        generator.translate(result, &from, &Linear::at(GUEST, area));
        generator.body.code().local_get(area);
        end(generator, target);
    }

    /// The host has read the results, and the guest is told.
    fn post_return(&mut self, name: &str, guest: &Signature, result: Ty) {
        let exported = format!("{POST_RETURN}{name}");
        let target = self.declare(&exported, &exported, &[ValType::I32], &[]);
        let mut generator = Generator::new(&mut self.module, IN_PLACE, [ValType::I32]);
        generator.load_results(result, 0);
        generator.call_import(Import::PostReturn(name.to_owned()), &val_types(&guest.results), &[]);
        end(generator, target);
    }

    fn declare(&mut self, exported: &str, shown: &str, params: &[ValType], results: &[ValType]) -> Target {
        let target = self.module.assembly.declare(shown.to_owned(), params, results);
        self.module.assembly.export(exported, target);
        target
    }
}

fn end(generator: Generator<'_, '_>, target: Target) {
    let Generator { module, mut body, .. } = generator;
    body.code().end();
    module.assembly.define(target, body);
}

fn push(generator: &mut Generator<'_, '_>, first: usize, count: usize) {
    for local in first..first + count {
        generator.body.code().local_get(local as u32);
    }
}

/// The function that gives the results' memory.
fn define_area(module: &mut Module<'_>) -> Target {
    module.assembly.use_end();
    let target = module.assembly.declare("memory for results".to_owned(), &[], &[ValType::I32]);
    let mut generator = Generator::new(module, IN_PLACE, []);
    let page = generator.body.local(ValType::I32);
    let memory = generator.body.memory(GUEST);
    let mut code = generator.body.code();
    code.global_get(AREA).i32_eqz().if_(BlockType::Empty);
    code.i32_const(1).memory_grow(memory).local_tee(page).i32_const(-1).i32_eq();
    generator.trap_if("no memory for results");
    // An address that is not 0, in a memory that was empty.
    generator.body.code().local_get(page).i32_const(16).i32_shl().i32_const(16).i32_or().global_set(AREA);
    generator.body.code().end().global_get(AREA).end();
    let body = generator.body;
    module.assembly.define(target, body);
    target
}

impl Generator<'_, '_> {
    /// Pushes the results that are in memory, at the address in this local.
    fn load_results(&mut self, result: Ty, area: u32) {
        let to = Flat::new(&self.module.types, &mut self.body, result);
        self.translate(result, &Linear::at(GUEST, area), &to);
        to.push(&mut self.body);
    }
}
