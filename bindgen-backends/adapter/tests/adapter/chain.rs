//! Three guests in a row: the one in the middle passes on what it receives without reading it, there and back.

use std::collections::HashMap;

use onramp_abi::{FORWARDED, Lowering, Profile, Results, Role, Signature};
use onramp_adapter::{Adapter, Direction, FuncOptions, Kinds, Module, Side, StringEncoding, entries};
use wasmtime::{Caller, Engine, Extern, ExternType, Func, Instance, Memory, Store, Val};
use wit_parser::{Function, Resolve};

use crate::{
    harness::{ARENA, to_core, to_val},
    oracle::{Core, Cx, T, V, type_of},
    random::Random,
    reader::{Reader, Way, words},
    values::ENCODINGS,
};

const FIRST: usize = 0;
const MIDDLE: usize = 1;
const LAST: usize = 2;
const OUTSIDE: usize = 3;

/// What a guest is, and what the host functions that stand for its code need.
#[derive(Clone, Copy)]
struct Guest {
    side: Side,
    memory: Memory,
    reader: Option<Reader>,
    next: u32,
}

struct State {
    guests: Vec<Guest>,
    params: T,
    result: T,
    /// What the last guest answers, and what it got.
    answer: V,
    received: Option<V>,
    /// The adapter between the middle and the last.
    onward: Option<Func>,
    post_returns: [u32; 3],
    /// Handles that the middle has passed on in results: it drops them in its post-return function.
    passed: Vec<u32>,
}

impl Guest {
    fn cx<'m>(&'m mut self, memory: &'m mut [u8]) -> Cx<'m> {
        Cx { memory, next: &mut self.next, encoding: self.side.encoding, wide: false }
    }

    fn is_lazy(&self) -> bool {
        self.side.profile.lowering() == Lowering::Lazy
    }

    /// How a value looks that it receives.
    fn seen(&self, t: &T) -> T {
        if self.is_lazy() { words(t) } else { t.clone() }
    }
}

fn with<R>(store: &mut Caller<'_, State>, guest: usize, then: impl FnOnce(&mut Cx<'_>) -> R) -> R {
    let memory = store.data().guests[guest].memory;
    let (memory, state) = memory.data_and_store_mut(store);
    then(&mut state.guests[guest].cx(memory))
}

/// The same value, with the handles in it passed on; each is noted.
fn passed_on(t: &T, v: V, passed: &mut Vec<u32>) -> V {
    match (t, v) {
        (T::String | T::List(_), V::Record(pair)) => {
            let [V::Int(handle), V::Int(length)] = pair[..] else { panic!("{pair:?}") };
            // The length of an empty string may have its tag.
            let length = if handle == 0 { length } else { FORWARDED.into() };
            if handle != 0 {
                passed.push(handle as u32);
            }
            V::Record(vec![V::Int(handle), V::Int(length)])
        }
        (T::Fixed(element, _), V::List(vs)) => V::List(vs.into_iter().map(|v| passed_on(element, v, passed)).collect()),
        (T::Record(fields), V::Record(vs)) => {
            V::Record(fields.iter().zip(vs).map(|(field, v)| passed_on(field, v, passed)).collect())
        }
        (T::Variant(cases), V::Variant(case, Some(v))) => {
            let t = cases[case].as_ref().expect("a payload");
            V::Variant(case, Some(Box::new(passed_on(t, *v, passed))))
        }
        (_, v) => v,
    }
}

fn in_memory(profile: Profile, result: &T) -> bool {
    let most = match profile.results() {
        Results::Single => 1,
        Results::Multi => 16,
    };
    result.flatten().len() > most
}

/// The parameters that a guest got.
fn receive(store: &mut Caller<'_, State>, guest: usize, params: &[Core]) -> wasmtime::Result<V> {
    let t = store.data().params.clone();
    let this = store.data().guests[guest];
    let seen = this.seen(&t);
    match params {
        [Core::I32(handle)] if t.flatten().len() > 16 && this.is_lazy() => {
            // Only one that reads can take parameters as a handle; what is in them stays unread.
            let reader = this.reader.expect("a lazy guest");
            let to = with(store, guest, |cx| cx.alloc(t.align(), t.size()));
            reader.lower.typed::<(u32, u32, u32, u32), ()>(&*store)?.call(&mut *store, (*handle, 0, 1, to))?;
            Ok(with(store, guest, |cx| cx.load(&seen, to)))
        }
        [Core::I32(pointer)] if t.flatten().len() > 16 => Ok(with(store, guest, |cx| cx.load(&t, *pointer))),
        params => Ok(with(store, guest, |cx| cx.lift_flat(&seen, &mut &*params))),
    }
}

/// Returns a value, whose type is `t`, as a guest's core function does.
fn give(store: &mut Caller<'_, State>, guest: usize, t: &T, v: &V) -> Vec<Core> {
    let profile = store.data().guests[guest].side.profile;
    with(store, guest, |cx| {
        if !in_memory(profile, t) {
            return cx.lower_flat(t, v);
        }
        let pointer = cx.alloc(t.align(), t.size());
        cx.store(t, v, pointer);
        vec![Core::I32(pointer)]
    })
}

/// Calls an adapter, whose function a guest imports, and gives what it returns, as the guest sees it.
fn call(store: &mut Caller<'_, State>, guest: usize, adapter: Func, t: &T, args: &V) -> wasmtime::Result<V> {
    let this = store.data().guests[guest];
    let result = store.data().result.clone();
    let seen = this.seen(&result);
    let (mut flat, area) = with(store, guest, |cx| {
        let area = cx.alloc(result.align(), result.size());
        if t.flatten().len() <= 16 {
            return (cx.lower_flat(t, args), area);
        }
        let pointer = cx.alloc(t.align(), t.size());
        cx.store(t, args, pointer);
        (vec![Core::I32(pointer)], area)
    });
    let by_pointer = in_memory(this.side.profile, &result);
    if by_pointer {
        flat.push(Core::I32(area));
    }
    let params: Vec<Val> = flat.into_iter().map(to_val).collect();
    let mut results = vec![Val::I32(0); adapter.ty(&*store).results().len()];
    adapter.call(&mut *store, &params, &mut results)?;
    let results: Vec<Core> = results.iter().map(to_core).collect();
    Ok(with(store, guest, |cx| if by_pointer { cx.load(&seen, area) } else { cx.lift_flat(&seen, &mut &results[..]) }))
}

/// The middle's function: passes on.
fn middle(store: &mut Caller<'_, State>, params: &[Core]) -> wasmtime::Result<Vec<Core>> {
    let (t, result) = (store.data().params.clone(), store.data().result.clone());
    let v = receive(store, MIDDLE, params)?;
    let onward = store.data().onward.expect("an adapter");
    let v = passed_on(&t, v, &mut Vec::new());
    let answer = call(store, MIDDLE, onward, &words(&t), &v)?;
    let mut passed = Vec::new();
    let answer = passed_on(&result, answer, &mut passed);
    store.data_mut().passed = passed;
    Ok(give(store, MIDDLE, &words(&result), &answer))
}

/// The last one's: reads everything.
fn last(store: &mut Caller<'_, State>, params: &[Core]) -> wasmtime::Result<Vec<Core>> {
    let (t, result, answer) = (store.data().params.clone(), store.data().result.clone(), store.data().answer.clone());
    let v = receive(store, LAST, params)?;
    store.data_mut().received = Some(read(store, LAST, &t, v)?);
    Ok(give(store, LAST, &result, &answer))
}

fn read(store: &mut Caller<'_, State>, guest: usize, t: &T, v: V) -> wasmtime::Result<V> {
    let this = store.data().guests[guest];
    let mut next = this.next;
    let v = match this.reader {
        Some(reader) => reader.read(store, &mut next, t, v)?,
        None => v,
    };
    store.data_mut().guests[guest].next = next;
    Ok(v)
}

fn post_return(store: &mut Caller<'_, State>, guest: usize) -> wasmtime::Result<()> {
    store.data_mut().post_returns[guest] += 1;
    if guest == MIDDLE {
        let reader = store.data().guests[MIDDLE].reader.expect("the middle is lazy");
        for handle in std::mem::take(&mut store.data_mut().passed) {
            reader.drop.typed::<u32, ()>(&*store)?.call(&mut *store, handle)?;
        }
    }
    Ok(())
}

/// The three guests, and what is between them.
struct Chain {
    store: Store<State>,
    first: Func,
    outside: Instance,
}

/// The modules of a chain: both adapters, and what reads across the middle.
fn modules(resolve: &Resolve, func: &Function, sides: &[Side; 4], kinds: &Kinds) -> Vec<(usize, usize, Adapter)> {
    let module = |from: usize, to: usize| {
        Module::lazy(resolve, sides[from], sides[to], kinds, HashMap::new()).expect("a module")
    };
    let adapter = |from: usize, to: usize| {
        let mut module = module(from, to);
        module.add("f", func, FuncOptions { post_return: true }).expect("an adapter");
        module.finish()
    };
    let (one, two) = (adapter(FIRST, MIDDLE), adapter(MIDDLE, LAST));
    let across = |from: usize, to: usize, direction: Direction, joint: &Adapter| {
        let mut module = module(from, to);
        for passed in joint.values.iter().filter(|passed| passed.direction == direction) {
            module.add_value(&passed.ty).expect("a value");
        }
        module.finish()
    };
    let there = across(FIRST, LAST, Direction::Call, &two);
    // An eager last guest's results are copied before they are passed on.
    let origin = if two.values.iter().any(|passed| passed.copied) { OUTSIDE } else { LAST };
    let back = across(origin, FIRST, Direction::Return, &one);
    vec![(FIRST, MIDDLE, one), (MIDDLE, LAST, two), (FIRST, LAST, there), (origin, FIRST, back)]
}

impl Chain {
    fn new(resolve: &Resolve, func: &Function, sides: [Side; 3], answer: V, way: Way) -> Chain {
        let engine = Engine::default();
        let kinds = Kinds::new(3);
        let [first_side, middle_side, last_side] = sides;
        let outside_side = Side { peer: kinds.outside(), ..Side::default() };
        let modules = modules(resolve, func, &[first_side, middle_side, last_side, outside_side], &kinds);
        let params = T::Record(func.params.iter().map(|param| type_of(resolve, &param.ty)).collect());
        let result = type_of(resolve, func.result.as_ref().expect("a result"));
        let state = State {
            guests: Vec::new(),
            params,
            result,
            answer,
            received: None,
            onward: None,
            post_returns: [0; 3],
            passed: Vec::new(),
        };
        let mut store = Store::new(&engine, state);
        let module = |wasm: &[u8]| wasmtime::Module::new(&engine, wasm).expect("a module");
        let instance = |store: &mut Store<State>, wasm: &[u8]| Instance::new(store, &module(wasm), &[]).expect("valid");
        let guests = [(); 3].map(|()| instance(&mut store, include_str!("guest.wat").as_bytes()));
        let outside = instance(&mut store, include_str!("outside.wat").as_bytes());
        let handles = instance(&mut store, &entries(&kinds, 16, &onramp_adapter::Used::all(&kinds)));
        for (guest, side) in guests.iter().zip(sides) {
            let memory = guest.get_memory(&mut store, "memory").expect("a memory");
            let reader = Reader::of(&mut store, handles, memory, side, way);
            store.data_mut().guests.push(Guest { side, memory, reader, next: ARENA });
        }
        let [one, two, three] = guests;
        let guests = [one, two, three, outside];
        let mut adapters = Vec::new();
        for (from, to, adapter) in &modules {
            let module = module(&adapter.wasm);
            let imports: Vec<Extern> = module
                .imports()
                .map(|import| match (import.module(), import.ty()) {
                    ("caller", _) => guests[*from].get_export(&mut store, import.name()).expect("an export"),
                    ("callee", _) => guests[*to].get_export(&mut store, import.name()).expect("an export"),
                    ("scratch", _) => outside.get_export(&mut store, import.name()).expect("an export"),
                    ("lazy", _) => handles.get_export(&mut store, import.name()).expect("an export"),
                    (kind, ExternType::Func(ty)) => code(&mut store, *to, kind.to_owned(), ty).into(),
                    (module, _) => panic!("nobody knows {module}"),
                })
                .collect();
            adapters.push(Instance::new(&mut store, &module, &imports).expect("the adapter instantiates"));
        }
        store.data_mut().onward = adapters[1].get_func(&mut store, "f");
        let adapter = adapters[0].get_func(&mut store, "f").expect("an adapter");
        let first = first(&mut store, adapter);
        Chain { store, first, outside }
    }
}

/// The core function of a guest, or its post-return function.
fn code(store: &mut Store<State>, guest: usize, kind: String, ty: wasmtime::FuncType) -> Func {
    Func::new(store, ty, move |mut store, params, results| {
        let params: Vec<Core> = params.iter().map(to_core).collect();
        let values = match (kind.as_str(), guest) {
            ("function", MIDDLE) => middle(&mut store, &params)?,
            ("function", _) => last(&mut store, &params)?,
            ("post-return", _) => {
                post_return(&mut store, guest)?;
                Vec::new()
            }
            (kind, _) => panic!("nobody knows {kind}"),
        };
        for (result, value) in results.iter_mut().zip(values) {
            *result = to_val(value);
        }
        Ok(())
    })
}

thread_local! {
    /// The arguments of the first guest, and what it got.
    static CALL: std::cell::RefCell<(Option<V>, Option<V>)> = const { std::cell::RefCell::new((None, None)) };
}

/// The first guest's code, as a function without parameters, so that it has a caller's view of the store.
fn first(store: &mut Store<State>, adapter: Func) -> Func {
    Func::wrap(store, move |mut store: Caller<'_, State>| -> wasmtime::Result<()> {
        let args = CALL.with(|call| call.borrow_mut().0.take()).expect("arguments");
        let (t, result) = (store.data().params.clone(), store.data().result.clone());
        let v = call(&mut store, FIRST, adapter, &t, &args)?;
        let v = read(&mut store, FIRST, &result, v)?;
        CALL.with(|call| call.borrow_mut().1 = Some(v));
        Ok(())
    })
}

fn side(profile: Profile, encoding: StringEncoding, peer: usize) -> Side {
    Side { profile, encoding, peer: peer as u32, ..Side::default() }
}

#[test]
fn what_is_forwarded_arrives() {
    let cases = std::env::var("ONRAMP_CASES").ok().map_or(60, |value| value.parse().expect("a number"));
    for index in 0..cases {
        let mut random = Random::of_case(3, index);
        let mut types = String::new();
        let params: Vec<String> =
            (0..random.below(4)).map(|i| format!("p{i}: {}", random.wit(&mut types, 3))).collect();
        let func = format!("func({}) -> {}", params.join(", "), random.wit(&mut types, 3));
        let profile = |random: &mut Random| random.one_of(&Profile::LINEAR);
        // The encoding of the middle is the others': what it forwards it never looks at, but a handle has one length.
        let sides = [
            side(profile(&mut random), random.one_of(&ENCODINGS), FIRST),
            side(random.one_of(&[Profile::Lazy, Profile::Cm1]), random.one_of(&ENCODINGS), MIDDLE),
            side(profile(&mut random), random.one_of(&ENCODINGS), LAST),
        ];
        println!("case {index}: {sides:?}\n{types}{func}");
        let mut resolve = Resolve::new();
        let wit = format!("package test:demo; interface api {{ {types}\n f: {func}; }}");
        resolve.push_source("test.wit", &wit).expect("WIT");
        let func = resolve.interfaces.iter().next().expect("an interface").1.functions["f"].clone();
        let t = T::Record(func.params.iter().map(|param| type_of(&resolve, &param.ty)).collect());
        let (args, answer) = (random.value(&t), random.value(&type_of(&resolve, func.result.as_ref().unwrap())));
        let way = random.one_of(&[Way::All, Way::Pieces(2), Way::Pieces(u32::MAX)]);
        let mut chain = Chain::new(&resolve, &func, sides, answer.clone(), way);
        CALL.with(|call| *call.borrow_mut() = (Some(args.clone()), None));
        chain.first.call(&mut chain.store, &[], &mut []).unwrap_or_else(|error| panic!("{args:?}: {error:?}"));
        let state = chain.store.data();
        assert_eq!(state.received.as_ref(), Some(&args));
        assert_eq!(CALL.with(|call| call.borrow().1.clone()), Some(answer));
        assert_eq!(state.post_returns, [0, 1, 1], "each post-return once");
        let live = chain.outside.get_global(&mut chain.store, "live").expect("a global");
        assert_eq!(live.get(&mut chain.store).unwrap_i32(), 0, "copies are freed");
        let signature = Signature::new(&resolve, sides[LAST].profile, Role::Callee, &func);
        assert!(signature.params.len() <= 16);
    }
}
