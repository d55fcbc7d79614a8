//! Runs an adapter between two guests. The callee's function is the test's: it lifts what it gets with the [oracle](crate::oracle)
//! and lowers what it is to answer.

use std::collections::HashMap;
use std::sync::LazyLock;

use onramp_abi::{Profile, Results};
use onramp_adapter::{Adapter, FuncOptions, Kinds, Module, Realloc, Side, StringEncoding, entries};
use wasmtime::{Engine, Extern, ExternType, Func, Global, Instance, Memory, Store, Val, WasmBacktrace};
use wit_parser::{Function, Resolve};

use crate::{
    oracle::{Core, Cx, T, V, type_of, with_handles_moved},
    reader::{Reader, Way, words},
};

/// A handle is translated to another number, so that it shows if it was not: for the callee it is greater by this.
pub const HANDLES_APART: i128 = 1000;

/// Where a test puts its own things in a guest's memory.
pub const ARENA: u32 = 8 << 20;

/// What there is of memory.
pub const MEMORY: u32 = 256 << 16;

pub static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);
pub static GUEST: LazyLock<wasmtime::Module> = LazyLock::new(|| guest(&ENGINE));

pub fn guest(engine: &Engine) -> wasmtime::Module {
    wasmtime::Module::new(engine, include_str!("guest.wat")).expect("the guest is valid")
}

/// The guests' numbers.
const CALLER: u32 = 0;
const CALLEE: u32 = 1;

/// A function `f` in an interface: its type, as `func(…) -> …`, and what stands before it in the interface.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub types: &'a str,
    pub func: &'a str,
    pub caller: Side,
    pub callee: Side,
}

pub fn case(func: &str) -> Case<'_> {
    Case {
        types: "",
        func,
        caller: Side { peer: CALLER, ..Side::default() },
        callee: Side { peer: CALLEE, ..Side::default() },
    }
}

impl<'a> Case<'a> {
    pub fn types(self, types: &'a str) -> Case<'a> {
        Case { types, ..self }
    }

    pub fn encodings(mut self, caller: StringEncoding, callee: StringEncoding) -> Case<'a> {
        self.caller.encoding = caller;
        self.callee.encoding = callee;
        self
    }

    pub fn reallocs(mut self, caller: Realloc, callee: Realloc) -> Case<'a> {
        self.caller.realloc = caller;
        self.callee.realloc = callee;
        self
    }

    pub fn profiles(mut self, caller: Profile, callee: Profile) -> Case<'a> {
        self.caller.profile = caller;
        self.callee.profile = callee;
        self
    }

    pub fn resolve(&self) -> (Resolve, Function) {
        let mut resolve = Resolve::new();
        let wit = format!("package test:demo; interface api {{ {}\n f: {}; }}", self.types, self.func);
        resolve.push_source("test.wit", &wit).unwrap_or_else(|error| panic!("{wit}: {error:#}"));
        let (_, interface) = resolve.interfaces.iter().next().expect("an interface");
        let func = interface.functions["f"].clone();
        (resolve, func)
    }

    pub fn adapter(&self) -> Result<Adapter, onramp_adapter::Error> {
        let (resolve, func) = self.resolve();
        self.adapter_of(&resolve, &func)
    }

    pub fn adapter_of(&self, resolve: &Resolve, func: &Function) -> Result<Adapter, onramp_adapter::Error> {
        self.adapter_with(resolve, func, &Kinds::new(2))
    }

    fn adapter_with(
        &self,
        resolve: &Resolve,
        func: &Function,
        kinds: &Kinds,
    ) -> Result<Adapter, onramp_adapter::Error> {
        let mut module = Module::lazy(resolve, self.caller, self.callee, kinds, HashMap::new())?;
        module.add("test:demo/api.f", func, FuncOptions { post_return: true })?;
        Ok(module.finish())
    }

    pub fn instantiate(&self) -> Pair {
        Pair::new(self, &ENGINE)
    }

    /// Calls with these arguments, answers with this result, and compares what arrives.
    pub fn passes(&self, args: &[V], result: Option<&V>) {
        for (wide, way) in [(false, Way::All), (true, Way::Pieces(u32::MAX)), (false, Way::Pieces(3))] {
            let mut pair = self.instantiate();
            pair.store.data_mut().answer = result.cloned();
            pair.store.data_mut().wide = wide;
            pair.read(way);
            let answer = pair.call(args).unwrap_or_else(|error| panic!("{} {args:?}: {error:?}", self.func));
            let state = pair.store.data();
            let there =
                args.iter().zip(&pair.params).map(|(v, t)| with_handles_moved(t, v, HANDLES_APART)).collect::<Vec<_>>();
            assert_eq!(state.received.as_ref(), Some(&there), "arguments of {}", self.func);
            let back = result.zip(pair.result.as_ref()).map(|(v, t)| with_handles_moved(t, v, -HANDLES_APART));
            assert_eq!(answer, back, "result of {}", self.func);
            let dropped: Vec<_> = state.log.iter().filter(|entry| entry.starts_with("resource drop")).collect();
            assert!(dropped.is_empty(), "what is read is not dropped: {dropped:?}");
            let returned = std::slice::from_ref(&state.returned);
            assert_eq!(state.post_returns, returned, "post-return gets the results of the core function");
            assert_eq!(pair.live_arenas(), 0, "what was copied is freed");
        }
    }

    /// The same argument there and back: for functions of the type `func(x: …) -> …`.
    pub fn echoes(&self, value: V) {
        self.passes(std::slice::from_ref(&value), Some(&value));
    }
}

/// What the host functions of a test know and learn.
pub struct State {
    params: Vec<T>,
    result: Option<T>,
    callee: Side,
    memory: Option<Memory>,
    next: u32,
    pub wide: bool,
    /// What the callee is to answer.
    pub answer: Option<V>,
    /// What it is to answer in core values, instead.
    pub raw_answer: Option<Vec<Core>>,
    /// What it got.
    pub received: Option<Vec<V>>,
    /// Its core results.
    pub returned: Vec<Core>,
    pub post_returns: Vec<Vec<Core>>,
    /// Calls of imports of `resource`, and of the function.
    pub log: Vec<String>,
    /// How the callee reads, if it is lazy.
    reader: Option<Reader>,
    /// What it does instead of reading its arguments: it gets its core parameters.
    pub script: Option<Script>,
}

/// What a lazy callee does.
pub type Script = fn(&mut wasmtime::Caller<'_, State>, &Reader, &[u32]) -> wasmtime::Result<()>;

/// Two guests, and the adapter between them.
pub struct Pair {
    pub store: Store<State>,
    pub caller: Instance,
    pub callee: Instance,
    adapter: Instance,
    case_caller: Side,
    params: Vec<T>,
    result: Option<T>,
    next: u32,
    /// How the caller reads, if it is lazy.
    pub reader: Option<Reader>,
    /// The module of lazy handles.
    pub handles: Instance,
    outside: Instance,
}

impl Pair {
    pub fn new(case: &Case<'_>, engine: &Engine) -> Pair {
        let (resolve, func) = case.resolve();
        let kinds = Kinds::new(2);
        let adapter =
            case.adapter_with(&resolve, &func, &kinds).unwrap_or_else(|error| panic!("{}: {error}", case.func));
        let params: Vec<T> = func.params.iter().map(|param| type_of(&resolve, &param.ty)).collect();
        let result = func.result.as_ref().map(|ty| type_of(&resolve, ty));
        let state = State {
            params: params.clone(),
            result: result.clone(),
            callee: case.callee,
            memory: None,
            next: ARENA,
            wide: false,
            answer: None,
            raw_answer: None,
            received: None,
            returned: Vec::new(),
            post_returns: Vec::new(),
            log: Vec::new(),
            reader: None,
            script: None,
        };
        let mut store = Store::new(engine, state);
        let guest = if Engine::same(engine, &ENGINE) { GUEST.clone() } else { guest(engine) };
        let caller = Instance::new(&mut store, &guest, &[]).expect("a caller");
        let callee = Instance::new(&mut store, &guest, &[]).expect("a callee");
        store.data_mut().memory = callee.get_memory(&mut store, "memory");
        let outside = wasmtime::Module::new(engine, include_str!("outside.wat")).expect("the outside is valid");
        let outside = Instance::new(&mut store, &outside, &[]).expect("the outside");
        let handles = wasmtime::Module::new(engine, entries(&kinds, 16, &onramp_adapter::Used::all(&kinds)))
            .expect("the table of handles compiles");
        let handles = Instance::new(&mut store, &handles, &[]).expect("the table of handles");
        store.data_mut().reader = reader(&mut store, handles, callee, case.callee);
        let own_reader = reader(&mut store, handles, caller, case.caller);
        let module = wasmtime::Module::new(engine, &adapter.wasm).expect("the adapter compiles");
        let imports: Vec<Extern> = module
            .imports()
            .map(|import| {
                let guest = match import.module() {
                    "caller" => caller,
                    "callee" => callee,
                    "scratch" => outside,
                    _ => handles,
                };
                match (import.module(), import.ty()) {
                    ("caller" | "callee", ExternType::Table(_)) => {
                        guest.get_export(&mut store, "table").expect("a table")
                    }
                    ("caller" | "callee" | "scratch" | "lazy", _) => {
                        guest.get_export(&mut store, import.name()).expect("an export")
                    }
                    (module, ty) => {
                        let name = format!("{module} {}", import.name());
                        Func::new(&mut store, ty.unwrap_func().clone(), move |mut store, params, results| {
                            call_host(&name, &mut store, params, results)
                        })
                        .into()
                    }
                }
            })
            .collect();
        let adapter = Instance::new(&mut store, &module, &imports).expect("the adapter instantiates");
        Pair {
            store,
            caller,
            callee,
            adapter,
            case_caller: case.caller,
            params,
            result,
            next: ARENA,
            reader: own_reader,
            handles,
            outside,
        }
    }

    /// Makes lazy guests read this way.
    pub fn read(&mut self, way: Way) {
        for reader in [&mut self.reader, &mut self.store.data_mut().reader].into_iter().flatten() {
            reader.way = way;
        }
    }

    /// Forgets what the test's own guests have put into their memories.
    pub fn rewind(&mut self) {
        self.next = ARENA;
        self.store.data_mut().next = ARENA;
    }

    /// How many arenas of the outside have not been freed.
    pub fn live_arenas(&mut self) -> i32 {
        self.global(self.outside, "live").get(&mut self.store).unwrap_i32()
    }

    /// The oracle's view of the caller's memory.
    pub fn caller_cx<R>(&mut self, then: impl FnOnce(&mut Cx<'_>) -> R) -> R {
        let memory = self.caller.get_memory(&mut self.store, "memory").expect("memory");
        let wide = self.store.data().wide;
        let memory = memory.data_mut(&mut self.store);
        then(&mut Cx { memory, next: &mut self.next, encoding: self.case_caller.encoding, wide })
    }

    /// Calls as a caller does, and lifts the result.
    pub fn call(&mut self, args: &[V]) -> wasmtime::Result<Option<V>> {
        let tuple = T::Record(self.params.clone());
        let values = V::Record(args.to_vec());
        let result = self.result.clone();
        let in_memory = result.as_ref().is_some_and(|t| returns_in_memory(self.case_caller.profile, t));
        let (mut flat, area) = self.caller_cx(|cx| {
            let flat = if tuple.flatten().len() > 16 {
                let pointer = cx.alloc(tuple.align(), tuple.size());
                cx.store(&tuple, &values, pointer);
                vec![Core::I32(pointer)]
            } else {
                cx.lower_flat(&tuple, &values)
            };
            let area = result.as_ref().map(|t| cx.alloc(t.align(), t.size()));
            (flat, area)
        });
        if in_memory {
            flat.push(Core::I32(area.expect("a return area")));
        }
        let returned = self.call_raw(&flat)?;
        let Some(t) = result else { return Ok(None) };
        let seen = if self.reader.is_some() { words(&t) } else { t.clone() };
        let v = self.caller_cx(|cx| match in_memory {
            false => cx.lift_flat(&seen, &mut &returned[..]),
            true => cx.load(&seen, area.expect("a return area")),
        });
        Ok(Some(match self.reader {
            Some(reader) => reader.read(&mut self.store, &mut self.next, &t, v)?,
            None => v,
        }))
    }

    /// Calls with these core values.
    pub fn call_raw(&mut self, flat: &[Core]) -> wasmtime::Result<Vec<Core>> {
        let function = self.adapter.get_func(&mut self.store, "test:demo/api.f").expect("the adapter");
        let params: Vec<Val> = flat.iter().copied().map(to_val).collect();
        let mut results = vec![Val::I32(0); function.ty(&self.store).results().len()];
        function.call(&mut self.store, &params, &mut results)?;
        Ok(results.iter().map(to_core).collect())
    }

    /// Calls with these core values, and gives the names in the backtrace of the trap that this must be.
    pub fn traps(&mut self, flat: &[Core]) -> Vec<String> {
        names(&self.call_raw(flat).expect_err("a trap"))
    }

    pub fn write_caller(&mut self, pointer: u32, bytes: &[u8]) {
        self.caller_cx(|cx| cx.memory[pointer as usize..][..bytes.len()].copy_from_slice(bytes));
    }

    pub fn write_callee(&mut self, pointer: u32, bytes: &[u8]) {
        let memory = self.callee.get_memory(&mut self.store, "memory").expect("memory");
        memory.write(&mut self.store, pointer as usize, bytes).expect("in bounds");
    }

    /// Whether nothing but what realloc gave out has been written to.
    pub fn is_untouched(&mut self, guest: Instance) -> bool {
        let next = self.allocated(guest) as usize;
        let memory = guest.get_memory(&mut self.store, "memory").expect("memory");
        memory.data(&self.store)[next..].iter().all(|byte| *byte == 0)
            && memory.data(&self.store)[..4096].iter().all(|byte| *byte == 0)
    }

    /// Where realloc will go on; 4096 if it was not called.
    pub fn allocated(&mut self, guest: Instance) -> u32 {
        self.global(guest, "next").get(&mut self.store).unwrap_i32() as u32
    }

    /// Makes realloc answer nonsense.
    pub fn set_realloc_answer(&mut self, guest: Instance, answer: u32) {
        self.global(guest, "answer").set(&mut self.store, Val::I32(answer as i32)).expect("a mutable global");
    }

    fn global(&mut self, guest: Instance, name: &str) -> Global {
        guest.get_global(&mut self.store, name).expect("a global")
    }
}

/// The built-in functions of a guest, if it is lazy.
fn reader(store: &mut Store<State>, handles: Instance, guest: Instance, side: Side) -> Option<Reader> {
    let memory = guest.get_memory(&mut *store, "memory").expect("a memory");
    Reader::of(store, handles, memory, side, Way::All)
}

fn call_host(
    name: &str,
    store: &mut wasmtime::Caller<'_, State>,
    params: &[Val],
    results: &mut [Val],
) -> wasmtime::Result<()> {
    let params: Vec<Core> = params.iter().map(to_core).collect();
    if let (true, Some(reader)) = (name.starts_with("function "), store.data().reader) {
        receive(store, reader, &params)?;
    }
    let memory = store.data().memory.expect("a memory");
    let (memory, state) = memory.data_and_store_mut(store);
    let values = host(name, state, memory, &params);
    for (result, value) in results.iter_mut().zip(values) {
        *result = to_val(value);
    }
    Ok(())
}

/// A lazy callee reads its arguments.
fn receive(store: &mut wasmtime::Caller<'_, State>, reader: Reader, params: &[Core]) -> wasmtime::Result<()> {
    if let Some(script) = store.data().script {
        let params: Vec<u32> = params.iter().map(|param| param.bits() as u32).collect();
        return script(store, &reader, &params);
    }
    let tuple = T::Record(store.data().params.clone());
    let mut next = store.data().next;
    let received = match params {
        [Core::I32(handle)] if tuple.flatten().len() > 16 => {
            let list = T::List(Box::new(tuple));
            let V::List(mut one) = reader.dynamic(store, &mut next, &list, *handle, 1)? else { unreachable!() };
            one.remove(0)
        }
        params => {
            let (memory, encoding) = (reader.memory.data_mut(&mut *store), reader.encoding);
            let cx = Cx { memory, next: &mut next, encoding, wide: false };
            let v = cx.lift_flat(&words(&tuple), &mut &*params);
            reader.read(store, &mut next, &tuple, v)?
        }
    };
    let V::Record(received) = received else { unreachable!() };
    let state = store.data_mut();
    (state.next, state.received) = (next, Some(received));
    Ok(())
}

/// What the imported function of this name does.
fn host(name: &str, state: &mut State, memory: &mut [u8], params: &[Core]) -> Vec<Core> {
    match name.split(' ').collect::<Vec<_>>()[..] {
        ["function", _] => callee(state, memory, params),
        ["post-return", _] => {
            state.post_returns.push(params.to_vec());
            Vec::new()
        }
        ["resource", "enter" | "leave", "call"] => {
            state.log.push(name.to_owned());
            Vec::new()
        }
        ["resource", "drop", ..] => {
            let Core::I32(handle) = params[0] else { panic!("a handle is an i32") };
            state.log.push(format!("{name}: {handle}"));
            Vec::new()
        }
        ["resource", direction, _, _] => {
            let Core::I32(handle) = params[0] else { panic!("a handle is an i32") };
            state.log.push(format!("{name}: {handle}"));
            let apart = HANDLES_APART as u32;
            vec![Core::I32(if direction == "call" { handle + apart } else { handle - apart })]
        }
        _ => panic!("nobody knows the import {name}"),
    }
}

fn callee(state: &mut State, memory: &mut [u8], params: &[Core]) -> Vec<Core> {
    state.log.push("callee".to_owned());
    let cx = &mut Cx { memory, next: &mut state.next, encoding: state.callee.encoding, wide: state.wide };
    if state.reader.is_none() {
        let tuple = T::Record(state.params.clone());
        let received = match params {
            [Core::I32(pointer)] if tuple.flatten().len() > 16 => cx.load(&tuple, *pointer),
            params => cx.lift_flat(&tuple, &mut &*params),
        };
        let V::Record(received) = received else { unreachable!() };
        state.received = Some(received);
    }
    state.returned = match (&state.raw_answer, &state.result, &state.answer) {
        (Some(raw), ..) => raw.clone(),
        (None, Some(t), Some(v)) if returns_in_memory(state.callee.profile, t) => {
            let pointer = cx.alloc(t.align(), t.size());
            cx.store(t, v, pointer);
            vec![Core::I32(pointer)]
        }
        (None, Some(t), Some(v)) => cx.lower_flat(t, v),
        (None, None, None) => Vec::new(),
        (None, t, v) => panic!("{v:?} is no {t:?}"),
    };
    state.returned.clone()
}

/// Whether a result is returned by pointer.
pub fn returns_in_memory(profile: Profile, result: &T) -> bool {
    let most = match profile.results() {
        Results::Single => 1,
        Results::Multi => 16,
    };
    result.flatten().len() > most
}

/// The functions in a backtrace, innermost first.
pub fn names(error: &wasmtime::Error) -> Vec<String> {
    let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap_or_else(|| panic!("no backtrace: {error:?}"));
    backtrace.frames().iter().map(|frame| frame.func_name().unwrap_or_default().to_owned()).collect()
}

pub fn to_val(value: Core) -> Val {
    match value {
        Core::I32(bits) => Val::I32(bits as i32),
        Core::I64(bits) => Val::I64(bits as i64),
        Core::F32(bits) => Val::F32(bits),
        Core::F64(bits) => Val::F64(bits),
    }
}

pub fn to_core(value: &Val) -> Core {
    match value {
        Val::I32(value) => Core::I32(*value as u32),
        Val::I64(value) => Core::I64(*value as u64),
        Val::F32(bits) => Core::F32(*bits),
        Val::F64(bits) => Core::F64(*bits),
        other => panic!("{other:?} is no core value of the ABI"),
    }
}
