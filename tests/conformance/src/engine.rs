//! Running compositions under Wasmtime.

use std::time::Duration;

use anyhow::{Context, Result};
use wasmtime::component::{Component, Instance, InstancePre, Linker, TypedFunc};
use wasmtime::{Config, Engine, OptLevel, Store};

use crate::guest::{CALLEE, CALLER};
use crate::memory::{HEAP, HEAP_USED, Memory};

/// How long a call may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// How exactly that is kept.
const EPOCH: Duration = Duration::from_secs(1);

/// A Wasmtime engine.
pub struct Runner {
    engine: Engine,
}

/// A composition that can be instantiated.
pub struct Prepared {
    instance: InstancePre<()>,
}

/// Bytes for a guest's memory, and where they belong.
pub type Poke = (u32, Vec<u8>);

/// The memories of caller and callee after a call.
pub struct Observed {
    /// The caller's.
    pub caller: Memory,
    /// The callee's.
    pub callee: Memory,
}

impl Runner {
    /// An engine that compiles fast.
    ///
    /// # Errors
    /// When Wasmtime does not know this machine.
    pub fn new() -> Result<Self> {
        let mut config = Config::new();
        config
            .cranelift_opt_level(OptLevel::None)
            .epoch_interruption(true)
            .wasm_function_references(true)
            .wasm_gc(true)
            .wasm_component_model_map(true)
            .wasm_component_model_fixed_length_lists(true);
        let engine = Engine::new(&config)?;
        let weak = engine.weak();
        std::thread::spawn(move || {
            while let Some(engine) = weak.upgrade() {
                engine.increment_epoch();
                drop(engine);
                std::thread::sleep(EPOCH);
            }
        });
        Ok(Runner { engine })
    }

    /// Compiles a composition.
    ///
    /// # Errors
    /// When it is not valid or has imports.
    pub fn prepare(&self, component: &[u8]) -> Result<Prepared> {
        let component = Component::from_binary(&self.engine, component)?;
        let instance = Linker::new(&self.engine).instantiate_pre(&component)?;
        Ok(Prepared { instance })
    }
}

impl Prepared {
    /// Prepares the memories of fresh guests, lets the caller call a function, and reads the memories.
    ///
    /// # Errors
    /// The outer: the guests cannot be driven; a fault of this crate, or of the composition. The inner: the call trapped.
    pub fn call(&self, function: u32, caller: &[Poke], callee: &[Poke]) -> Result<Result<Observed, String>> {
        let mut store = Store::new(self.instance.engine(), ());
        store.set_epoch_deadline(TIME_LIMIT.as_secs());
        let instance = self.instance.instantiate(&mut store)?;
        poke(&mut store, &instance, CALLER, caller)?;
        poke(&mut store, &instance, CALLEE, callee)?;
        let call: TypedFunc<(u32,), ()> = function_of(&mut store, &instance, CALLER, "call")?;
        if let Err(error) = call.call(&mut store, (function,)) {
            let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
            return Ok(Err(causes.join("\n")));
        }
        let caller = peek(&mut store, &instance, CALLER)?;
        Ok(Ok(Observed { caller, callee: peek(&mut store, &instance, CALLEE)? }))
    }
}

fn function_of<P, R>(store: &mut Store<()>, instance: &Instance, interface: &str, name: &str) -> Result<TypedFunc<P, R>>
where
    P: wasmtime::component::ComponentNamedList + wasmtime::component::Lower,
    R: wasmtime::component::ComponentNamedList + wasmtime::component::Lift,
{
    let index = instance
        .get_export_index(&mut *store, None, interface)
        .and_then(|interface| instance.get_export_index(&mut *store, Some(&interface), name))
        .with_context(|| format!("the composition does not export `{name}` of `{interface}`"))?;
    Ok(instance.get_typed_func(store, index)?)
}

fn poke(store: &mut Store<()>, instance: &Instance, interface: &str, pokes: &[Poke]) -> Result<()> {
    let poke: TypedFunc<(u32, &[u8]), ()> = function_of(store, instance, interface, "poke")?;
    for (at, bytes) in pokes {
        poke.call(&mut *store, (*at, bytes))?;
    }
    Ok(())
}

fn peek(store: &mut Store<()>, instance: &Instance, interface: &str) -> Result<Memory> {
    let peek: TypedFunc<(u32, u32), (Vec<u8>,)> = function_of(store, instance, interface, "peek")?;
    let (used,) = peek.call(&mut *store, (HEAP_USED, 4))?;
    let used = Memory::of_guest(used).read_int(0, 4).unwrap_or_default() as u32;
    let (bytes,) = peek.call(&mut *store, (0, HEAP + used))?;
    Ok(Memory::of_guest(bytes))
}
