//! Two guests, of which one at least is native, and the adapter between them.

use std::sync::LazyLock;

use onramp_abi::{Lowering, Profile};
use onramp_adapter::{Kinds, Passage, StringEncoding, Used, entries};
use wasmtime::{Caller, Extern, ExternType, Func, FuncType, Instance, Module, Store, Val};
use wit_parser::{Function, Resolve};

use super::{
    compiled::{self, Making},
    engine::ENGINE,
    guest::{Guest, Known},
    linear::Linear,
    object::Objects,
};
use crate::{
    harness::HANDLES_APART,
    oracle::{T, V, type_of, with_handles_moved},
    reader::Way,
};

/// A memory and a realloc.
static GUEST: LazyLock<Module> = LazyLock::new(|| module(include_bytes!("../guest.wat")));
static OUTSIDE: LazyLock<Module> = LazyLock::new(|| module(include_bytes!("../outside.wat")));
/// The table of lazy handles, for guests that have none.
static NO_HANDLES: LazyLock<Module> = LazyLock::new(|| handles(&Kinds::new(2)));

fn handles(kinds: &Kinds) -> Module {
    module(&entries(kinds, 16, &Used::all(kinds)))
}

fn module(wasm: &[u8]) -> Module {
    Module::new(&ENGINE, wasm).expect("a module")
}

/// What a guest is.
#[derive(Clone, Debug)]
pub enum Kind {
    Linear(Profile, StringEncoding),
    /// The host, behind a memory of its own.
    Outside,
    Native(Native),
    /// A module, as text, with code of its own: `f` is imported or exported.
    Module(String),
}

impl Kind {
    fn is_lazy(&self) -> bool {
        matches!(self, Kind::Linear(profile, _) if profile.lowering() == Lowering::Lazy)
    }
}

/// A native guest, and how it behaves.
#[derive(Clone, Debug)]
pub struct Native {
    pub guest: Guest,
    /// It leaves its types to the compiler: the adapter is made for what the compiler chooses.
    pub is_chosen: bool,
    /// It checks what it reads.
    pub is_woven: bool,
    /// It sends what a sender may.
    pub is_odd: bool,
}

/// What a guest's code needs.
#[derive(Clone)]
enum Code {
    Linear(Linear),
    Native(Native, Known),
    /// Its own function, where it is the callee.
    Module(Option<Func>),
}

/// What the test's callee answers.
#[derive(Clone)]
enum Answer {
    Value(Option<V>),
    /// Its first argument.
    Echo,
}

pub struct State {
    /// The caller's and the callee's.
    code: Vec<Code>,
    params: Vec<T>,
    result: Option<T>,
    /// What the callee is to answer, and what it got.
    answer: Answer,
    pub received: Vec<V>,
    post_returns: usize,
    /// Both have objects, which may be passed as they are.
    is_shared: bool,
    /// How far a handle's numbers are apart in the two guests.
    apart: i128,
}

/// Two guests.
pub struct Pair {
    store: Store<State>,
    adapter: Func,
    outside: Instance,
    /// The caller, if it is a module.
    caller: Option<Instance>,
    /// How the adapter passes values.
    pub passage: Passage,
}

impl Pair {
    /// Guests whose functions have this type.
    pub fn new(
        resolve: &Resolve,
        func: &Function,
        kinds: &[Kind; 2],
        making: Making,
        way: Way,
    ) -> Result<Pair, onramp_adapter::Error> {
        let numbers = Kinds::new(2);
        let (adapter, passage) = compiled::adapter(resolve, func, kinds, &numbers, making)?;
        let state = State {
            code: Vec::new(),
            params: func.params.iter().map(|param| type_of(resolve, &param.ty)).collect(),
            result: func.result.as_ref().map(|ty| type_of(resolve, ty)),
            answer: Answer::Echo,
            received: Vec::new(),
            post_returns: 0,
            is_shared: !kinds.iter().any(|kind| matches!(kind, Kind::Linear(..) | Kind::Outside)),
            apart: if making == Making::Weaving { 0 } else { HANDLES_APART },
        };
        let mut store = Store::new(&ENGINE, state);
        let instance =
            |store: &mut Store<State>, module: &Module| Instance::new(store, module, &[]).expect("no imports");
        let guests = [(); 2].map(|()| instance(&mut store, &GUEST));
        let outside = instance(&mut store, &OUTSIDE);
        let handles = match kinds.iter().any(Kind::is_lazy) {
            true => instance(&mut store, &handles(&numbers)),
            false => instance(&mut store, &NO_HANDLES),
        };
        for (kind, (guest, peer)) in kinds.iter().zip(guests.into_iter().zip(0..)) {
            let code = match kind {
                Kind::Native(native) => Code::Native(native.clone(), native.guest.known(&ENGINE)),
                Kind::Module(_) if peer == 0 => Code::Module(None),
                Kind::Module(text) => Code::Module(module_instance(&mut store, text, None).get_func(&mut store, "f")),
                Kind::Linear(..) | Kind::Outside => {
                    let side = compiled::side(kind, &numbers, peer);
                    Code::Linear(Linear::new(&mut store, guest, handles, side, way))
                }
            };
            store.data_mut().code.push(code);
        }
        let text = || wasmprinter::print_bytes(&adapter).unwrap_or_default();
        let module = Module::new(&ENGINE, &adapter).unwrap_or_else(|error| panic!("{error:?}\n{}", text()));
        let mut imports: Vec<Extern> = Vec::new();
        for import in module.imports() {
            let from = match import.module() {
                "caller" => guests[0],
                "callee" => guests[1],
                "scratch" => outside,
                "lazy" => handles,
                module => {
                    let ExternType::Func(ty) = import.ty() else { panic!("{module} {} is no function", import.name()) };
                    imports.push(host(&mut store, &format!("{module} {}", import.name()), ty).into());
                    continue;
                }
            };
            imports.push(from.get_export(&mut store, import.name()).expect("an export"));
        }
        let adapter = Instance::new(&mut store, &module, &imports).expect("the adapter's imports are the guest's");
        let adapter = adapter.get_func(&mut store, "f").expect("an adapter");
        if let Code::Native(_, known) = &store.data().code[0] {
            assert!(adapter.ty(&store).matches(&known.func), "{} is no {}", adapter.ty(&store), known.func);
        }
        let caller = match &kinds[0] {
            Kind::Module(text) => Some(module_instance(&mut store, text, Some(adapter))),
            _ => None,
        };
        Ok(Pair { store, adapter, outside, caller, passage })
    }

    /// Calls a function of a caller that is a module, and gives what the callee received.
    pub fn run(&mut self, name: &str) -> wasmtime::Result<Vec<V>> {
        let run = self.caller.expect("a module").get_typed_func::<(), ()>(&mut self.store, name)?;
        self.store.data_mut().received.clear();
        run.call(&mut self.store, ())?;
        Ok(self.store.data().received.clone())
    }

    /// Calls a function of a caller that is a module, and gives the number that it returns.
    pub fn ask(&mut self, name: &str) -> wasmtime::Result<u32> {
        let ask = self.caller.expect("a module").get_typed_func::<(), u32>(&mut self.store, name)?;
        ask.call(&mut self.store, ())
    }

    /// Calls with these arguments, answers with this result, and compares what arrives.
    pub fn passes(&mut self, args: &[V], result: Option<&V>) -> Result<(), String> {
        let state = self.store.data_mut();
        (state.answer, state.post_returns) = (Answer::Value(result.cloned()), 0);
        state.received.clear();
        let has_post_return = matches!(&state.code[1], Code::Linear(linear) if !linear.side.is_outside);
        let apart = state.apart;
        let answer = self.call(args).map_err(|error| format!("{error:?}"))?;
        let state = self.store.data();
        let sent = with_handles_moved(&T::Record(state.params.clone()), &V::Record(args.to_vec()), apart);
        same("arguments", state.received.last(), Some(&sent))?;
        let back = result.zip(state.result.as_ref()).map(|(v, t)| with_handles_moved(t, v, -apart));
        same("result", answer.as_ref(), back.as_ref())?;
        same("calls of post-return", Some(state.post_returns), Some(usize::from(has_post_return)))?;
        let live = self.outside.get_global(&mut self.store, "live").expect("a global");
        same("arenas that are not freed", Some(live.get(&mut self.store).unwrap_i32()), Some(0))
    }

    /// Calls as a caller does, and gives the result.
    pub fn call(&mut self, args: &[V]) -> wasmtime::Result<Option<V>> {
        let state = self.store.data();
        let (params, result) = (state.params.clone(), state.result.clone());
        let store = &mut self.store;
        let mut returned = vec![Val::I32(0); self.adapter.ty(&*store).results().len()];
        match store.data().code[0].clone() {
            Code::Module(_) => panic!("this caller has code of its own"),
            Code::Linear(mut linear) => {
                let args = V::Record(args.to_vec());
                let (args, area) = linear.arguments(store, &T::Record(params), &args, result.as_ref());
                self.adapter.call(&mut *store, &args, &mut returned)?;
                let answer = result.map(|t| linear.result(store, &t, &returned, area)).transpose();
                store.data_mut().code[0] = Code::Linear(linear);
                answer
            }
            Code::Native(native, known) => {
                let objects = Objects { types: &known.types, is_odd: native.is_odd, is_shared: store.data().is_shared };
                let shapes = native.guest.params.iter().zip(args);
                let args: Vec<Val> = shapes.map(|(shape, v)| objects.write(store, shape, v)).collect();
                self.adapter.call(&mut *store, &args, &mut returned)?;
                Ok(native.guest.result.as_ref().map(|shape| objects.read(store, shape, &returned[0])))
            }
        }
    }
}

fn same<X: PartialEq + std::fmt::Debug>(what: &str, found: Option<X>, expected: Option<X>) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, expected {expected:?}")) }
}

/// An instance of a guest with code of its own.
fn module_instance(store: &mut Store<State>, text: &str, adapter: Option<Func>) -> Instance {
    let module = Module::new(&ENGINE, text).unwrap_or_else(|error| panic!("{error:?}"));
    let mut imports: Vec<Extern> = Vec::new();
    for import in module.imports() {
        let ty = import.ty().unwrap_func().clone();
        let nobody = || Func::new(&mut *store, ty, |_, _, _| panic!("a callee calls nobody"));
        imports.push(adapter.unwrap_or_else(nobody).into());
    }
    Instance::new(store, &module, &imports).expect("the adapter is what the guest imports")
}

/// What an adapter imports of the callee and of handle tables.
fn host(store: &mut Store<State>, name: &str, ty: FuncType) -> Func {
    let ty = match (&store.data().code[1], name) {
        (Code::Native(_, known), "function f") => known.func.clone(),
        (Code::Module(Some(func)), "function f") => return *func,
        _ => ty,
    };
    let name = name.to_owned();
    Func::new(store, ty, move |mut store: Caller<'_, State>, params, results| {
        let vals = match name.split(' ').collect::<Vec<_>>()[..] {
            ["function", _] => callee(&mut store, params)?,
            ["post-return", _] => {
                store.data_mut().post_returns += 1;
                Vec::new()
            }
            ["resource", "enter" | "leave", "call"] => Vec::new(),
            ["resource", direction @ ("call" | "return"), _, _] => {
                let apart = HANDLES_APART as i32;
                vec![Val::I32(params[0].unwrap_i32() + if direction == "call" { apart } else { -apart })]
            }
            _ => panic!("nobody knows the import {name}"),
        };
        results.clone_from_slice(&vals);
        Ok(())
    })
}

/// The callee's function.
fn callee(store: &mut Caller<'_, State>, params: &[Val]) -> wasmtime::Result<Vec<Val>> {
    let mut code = store.data().code[1].clone();
    let received = receive(store, &mut code, params)?;
    let state = store.data_mut();
    state.code[1] = code.clone();
    state.received.push(received.clone());
    let (V::Record(args), Some(t)) = (received, state.result.clone()) else { return Ok(Vec::new()) };
    let answer = match state.answer.clone() {
        Answer::Value(value) => value.expect("an answer"),
        Answer::Echo => args.into_iter().next().expect("an argument"),
    };
    let vals = match &mut code {
        Code::Linear(linear) => linear.answer(store, &t, &answer),
        Code::Native(native, known) => {
            let objects = Objects { types: &known.types, is_odd: native.is_odd, is_shared: false };
            vec![objects.write(store, native.guest.result.as_ref().expect("a result"), &answer)]
        }
        Code::Module(_) => panic!("this callee has code of its own"),
    };
    store.data_mut().code[1] = code;
    Ok(vals)
}

fn receive(store: &mut Caller<'_, State>, code: &mut Code, params: &[Val]) -> wasmtime::Result<V> {
    match code {
        Code::Linear(linear) => linear.received(store, &T::Record(store.data().params.clone()), params),
        Code::Native(native, known) => {
            let objects = Objects { types: &known.types, is_odd: false, is_shared: store.data().is_shared };
            let shapes = native.guest.params.iter().zip(params);
            Ok(V::Record(shapes.map(|(shape, val)| objects.read(store, shape, val)).collect()))
        }
        Code::Module(_) => panic!("this callee has code of its own"),
    }
}
