//! A million calls with a heap that is bounded, and memories that cannot grow. `ONRAMP_CALLS` says how many.

use onramp_abi::Profile;
use onramp_adapter::{Kinds, StringEncoding};
use wasmtime::{Engine, Extern, Func, Instance, Module, ResourceLimiter, Store};

use super::{
    compiled::{self, Making},
    engine,
    pair::Kind,
};
use crate::harness::case;

/// How large the heap may become: what a million calls allocate is a thousand times that.
const HEAP: usize = 1 << 19;

const TYPES: &str = "record entry { name: string, number: option<u32> }";
const FUNC: &str = "func(x: list<entry>) -> list<entry>";

/// Lets memories and the heap grow to the bound.
#[derive(Default)]
struct Limits {
    refused: usize,
}

impl ResourceLimiter for Limits {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let fits = desired <= HEAP;
        self.refused += usize::from(!fits);
        Ok(fits)
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

#[derive(Clone, Copy, Debug)]
enum Guest {
    Objects,
    OwnTypes,
    Memory,
}

impl Guest {
    fn text(self) -> &'static str {
        match self {
            Guest::Objects => include_str!("pressure/objects.wat"),
            Guest::OwnTypes => include_str!("pressure/own-types.wat"),
            Guest::Memory => include_str!("pressure/memory.wat"),
        }
    }

    fn kind(self) -> Kind {
        match self {
            Guest::Objects | Guest::OwnTypes => Kind::Module(self.text().to_owned()),
            Guest::Memory => Kind::Linear(Profile::Eager, StringEncoding::Utf8),
        }
    }
}

/// A guest's memory and then its code, which imports `f`.
fn instance(store: &mut Store<Limits>, guest: Guest, memory: Instance, f: Option<Func>) -> Instance {
    let module = Module::new(store.engine(), guest.text()).expect("a guest");
    let mut imports: Vec<Extern> = Vec::new();
    for import in module.imports() {
        imports.push(match import.module() {
            "memory" => memory.get_export(&mut *store, import.name()).expect("an export"),
            _ => {
                let ty = import.ty().unwrap_func().clone();
                let nobody = || Func::new(&mut *store, ty, |_, _, _| panic!("a callee calls nobody"));
                f.unwrap_or_else(nobody).into()
            }
        });
    }
    Instance::new(store, &module, &imports).expect("a guest")
}

/// So many calls from one guest to another.
fn run(caller: Guest, callee: Guest, calls: u32) {
    let engine = Engine::new(&engine::config()).expect("an engine");
    let mut store = Store::new(&engine, Limits::default());
    store.limiter(|limits| limits);
    let (resolve, func) = case(FUNC).types(TYPES).resolve();
    let kinds = [caller.kind(), callee.kind()];
    let (adapter, _) = compiled::adapter(&resolve, &func, &kinds, &Kinds::new(2), Making::Usual).expect("an adapter");
    let allocator = Module::new(&engine, include_str!("pressure/allocator.wat")).expect("an allocator");
    let memories = [(); 2].map(|()| Instance::new(&mut store, &allocator, &[]).expect("an allocator"));
    let outside = Module::new(&engine, include_str!("pressure/outside.wat")).expect("an outside");
    let outside = Instance::new(&mut store, &outside, &[]).expect("an outside");
    let there = instance(&mut store, callee, memories[1], None);
    let module = Module::new(&engine, adapter).expect("an adapter");
    let mut imports: Vec<Extern> = Vec::new();
    for import in module.imports() {
        let (from, name) = match import.module() {
            "caller" => (memories[0], import.name()),
            "callee" => (memories[1], import.name()),
            "function" => (there, "f"),
            "post-return" => (there, "post-return"),
            "scratch" => (outside, import.name()),
            module => panic!("nobody has {module} {}", import.name()),
        };
        imports.push(from.get_export(&mut store, name).expect("an export"));
    }
    let adapter = Instance::new(&mut store, &module, &imports).expect("an adapter");
    let f = adapter.get_func(&mut store, "f");
    let here = instance(&mut store, caller, memories[0], f);
    let run = here.get_typed_func::<u32, ()>(&mut store, "run").expect("a function");
    let outcome = run.call(&mut store, calls);
    outcome.unwrap_or_else(|error| panic!("{caller:?} to {callee:?}: {error:?}"));
    let (refused, used) = (store.data().refused, store.gc_heap_capacity());
    println!("{caller:?} -> {callee:?}: {calls} calls, heap {used} bytes, growth refused {refused} times");
    assert!(used <= HEAP, "{used}");
}

#[test]
fn garbage_is_collected() {
    let calls = std::env::var("ONRAMP_CALLS").map_or(100_000, |calls| calls.parse().expect("a number"));
    for (caller, callee) in [
        (Guest::Objects, Guest::Objects),
        (Guest::Objects, Guest::OwnTypes),
        (Guest::OwnTypes, Guest::Objects),
        (Guest::Objects, Guest::Memory),
        (Guest::Memory, Guest::Objects),
        (Guest::OwnTypes, Guest::Memory),
        (Guest::Memory, Guest::OwnTypes),
    ] {
        run(caller, callee, calls);
    }
}
