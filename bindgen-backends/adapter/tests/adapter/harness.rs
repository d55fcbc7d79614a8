//! Runs an adapter between two guests. The callee's function is the test's: it lifts what it gets with the [oracle](crate::oracle)
//! and lowers what it is to answer.

use std::sync::LazyLock;

use onramp_adapter::{Adapter, FuncOptions, Module, Realloc, Side, StringEncoding};
use wasmtime::{Engine, Extern, ExternType, Func, Global, Instance, Memory, Store, Val, WasmBacktrace};
use wit_parser::{Function, Resolve};

use crate::oracle::{Core, Cx, T, V, type_of};

/// Where a test puts its own things in a guest's memory.
pub const ARENA: u32 = 8 << 20;

/// What there is of memory.
pub const MEMORY: u32 = 256 << 16;

pub static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);
pub static GUEST: LazyLock<wasmtime::Module> = LazyLock::new(|| guest(&ENGINE));

fn guest(engine: &Engine) -> wasmtime::Module {
    wasmtime::Module::new(engine, include_str!("guest.wat")).expect("the guest is valid")
}

/// A function `f` in an interface: its type, as `func(…) -> …`, and what stands before it in the interface.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub types: &'a str,
    pub func: &'a str,
    pub caller: Side,
    pub callee: Side,
}

pub fn case(func: &str) -> Case<'_> {
    Case { types: "", func, caller: Side::default(), callee: Side::default() }
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
        let mut module = Module::new(resolve, self.caller, self.callee)?;
        module.add("test:demo/api.f", func, FuncOptions { post_return: true })?;
        Ok(module.finish())
    }

    pub fn instantiate(&self) -> Pair {
        Pair::new(self, &ENGINE)
    }

    /// Calls with these arguments, answers with this result, and compares what arrives.
    pub fn passes(&self, args: &[V], result: Option<&V>) {
        for wide in [false, true] {
            let mut pair = self.instantiate();
            pair.store.data_mut().answer = result.cloned();
            pair.store.data_mut().wide = wide;
            let answer = pair.call(args).unwrap_or_else(|error| panic!("{} {args:?}: {error:?}", self.func));
            let state = pair.store.data();
            assert_eq!(state.received.as_deref(), Some(args), "arguments of {}", self.func);
            assert_eq!(answer.as_ref(), result, "result of {}", self.func);
            let returned = std::slice::from_ref(&state.returned);
            assert_eq!(state.post_returns, returned, "post-return gets the results of the core function");
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
}

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
}

impl Pair {
    pub fn new(case: &Case<'_>, engine: &Engine) -> Pair {
        let (resolve, func) = case.resolve();
        let adapter = case.adapter().unwrap_or_else(|error| panic!("{}: {error}", case.func));
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
        };
        let mut store = Store::new(engine, state);
        let guest = if Engine::same(engine, &ENGINE) { GUEST.clone() } else { guest(engine) };
        let caller = Instance::new(&mut store, &guest, &[]).expect("a caller");
        let callee = Instance::new(&mut store, &guest, &[]).expect("a callee");
        store.data_mut().memory = callee.get_memory(&mut store, "memory");
        let module = wasmtime::Module::new(engine, &adapter.wasm).expect("the adapter compiles");
        let imports: Vec<Extern> = module
            .imports()
            .map(|import| {
                let guest = if import.module() == "caller" { caller } else { callee };
                match (import.module(), import.ty()) {
                    ("caller" | "callee", ExternType::Table(_)) => {
                        guest.get_export(&mut store, "table").expect("a table")
                    }
                    ("caller" | "callee", _) => guest.get_export(&mut store, import.name()).expect("an export"),
                    (module, ty) => {
                        let name = format!("{module} {}", import.name());
                        Func::new(&mut store, ty.unwrap_func().clone(), move |mut store, params, results| {
                            call_host(&name, &mut store, params, results);
                            Ok(())
                        })
                        .into()
                    }
                }
            })
            .collect();
        let adapter = Instance::new(&mut store, &module, &imports).expect("the adapter instantiates");
        Pair { store, caller, callee, adapter, case_caller: case.caller, params, result, next: ARENA }
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
        let flat_result = result.as_ref().map(T::flatten).unwrap_or_default();
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
        if flat_result.len() > 1 {
            flat.push(Core::I32(area.expect("a return area")));
        }
        let returned = self.call_raw(&flat)?;
        Ok(result.map(|t| {
            self.caller_cx(|cx| match flat_result.len() {
                1 => cx.lift_flat(&t, &mut &returned[..]),
                _ => cx.load(&t, area.expect("a return area")),
            })
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

fn call_host(name: &str, store: &mut wasmtime::Caller<'_, State>, params: &[Val], results: &mut [Val]) {
    let params: Vec<Core> = params.iter().map(to_core).collect();
    let memory = store.data().memory.expect("a memory");
    let (memory, state) = memory.data_and_store_mut(store);
    let values = host(name, state, memory, &params);
    for (result, value) in results.iter_mut().zip(values) {
        *result = to_val(value);
    }
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
        // A handle is translated to another number, so that it shows if it was not.
        ["resource", direction, _, _] => {
            let Core::I32(handle) = params[0] else { panic!("a handle is an i32") };
            state.log.push(format!("{name}: {handle}"));
            vec![Core::I32(if direction == "call" { handle + 1000 } else { handle - 1000 })]
        }
        _ => panic!("nobody knows the import {name}"),
    }
}

fn callee(state: &mut State, memory: &mut [u8], params: &[Core]) -> Vec<Core> {
    state.log.push("callee".to_owned());
    let cx = &mut Cx { memory, next: &mut state.next, encoding: state.callee.encoding, wide: state.wide };
    let tuple = T::Record(state.params.clone());
    let received = match params {
        [Core::I32(pointer)] if tuple.flatten().len() > 16 => cx.load(&tuple, *pointer),
        params => cx.lift_flat(&tuple, &mut &*params),
    };
    let V::Record(received) = received else { unreachable!() };
    state.received = Some(received);
    state.returned = match (&state.raw_answer, &state.result, &state.answer) {
        (Some(raw), ..) => raw.clone(),
        (None, Some(t), Some(v)) if t.flatten().len() > 1 => {
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
