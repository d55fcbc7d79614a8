//! Gates: what arrives on either side, and that the guest's memory is as it was.

use onramp_adapter::{Boundary, StringEncoding, gate};
use wasmtime::{Extern, ExternType, Func, Instance, Memory, MemoryType, Module, Store, Val};
use wit_parser::{Function, Resolve, TypeId};

use crate::{
    harness::{ARENA, Case, ENGINE, GUEST, case, names, to_core, to_val},
    oracle::{Core, Cx, T, V, type_of, with_handles_moved},
    random::{Random, cases_and_seed},
};

/// The host's index of the guest's index *n* is *n* + this.
const OFFSET: u32 = 1000;

/// What is behind the gate knows and learns.
struct State {
    call: Call,
    memory: Memory,
    next: u32,
    answer: Option<V>,
    received: Option<V>,
}

#[derive(Clone)]
struct Call {
    boundary: Boundary,
    params: T,
    result: Option<T>,
}

impl Call {
    fn of(resolve: &Resolve, func: &Function, boundary: Boundary) -> Call {
        let params = func.params.iter().map(|param| type_of(resolve, &param.ty)).collect();
        Call { boundary, params: T::Record(params), result: func.result.as_ref().map(|ty| type_of(resolve, ty)) }
    }

    fn are_params_in_memory(&self) -> bool {
        self.params.flatten().len() > 16
    }

    fn is_result_in_memory(&self) -> bool {
        self.result.as_ref().is_some_and(|t| t.flatten().len() > 1)
    }

    fn lift_params(&self, cx: &Cx<'_>, flat: &[Core]) -> V {
        match flat {
            [Core::I32(pointer), ..] if self.are_params_in_memory() => cx.load(&self.params, *pointer),
            flat => cx.lift_flat(&self.params, &mut &*flat),
        }
    }

    /// What is behind the gate: tells what it got, and answers.
    fn answer(&self, cx: &mut Cx<'_>, flat: &[Core], answer: Option<&V>) -> (V, Vec<Core>) {
        let received = self.lift_params(cx, flat);
        let returned = match (&self.result, answer, self.boundary) {
            (Some(t), Some(v), Boundary::Import) if self.is_result_in_memory() => {
                let Some(Core::I32(area)) = flat.last() else { panic!("no return area") };
                cx.store(t, v, *area);
                Vec::new()
            }
            (Some(t), Some(v), Boundary::Export) if self.is_result_in_memory() => {
                let pointer = cx.alloc(t.align(), t.size());
                cx.store(t, v, pointer);
                vec![Core::I32(pointer)]
            }
            (Some(t), Some(v), _) => cx.lower_flat(t, v),
            (None, ..) => Vec::new(),
            (Some(t), None, _) => panic!("no answer of type {t:?}"),
        };
        (received, returned)
    }
}

struct Run {
    store: Store<State>,
    memory: Memory,
    gate: Func,
    call: Call,
}

impl Run {
    fn new(call: Call, wasm: &[u8]) -> Run {
        // The memory is known only when there is a store.
        let mut making = Store::new(&ENGINE, ());
        let unknown = Memory::new(&mut making, MemoryType::new(0, None)).expect("a memory");
        let state = State { call: call.clone(), memory: unknown, next: ARENA, answer: None, received: None };
        let mut store = Store::new(&ENGINE, state);
        let guest = Instance::new(&mut store, &GUEST, &[]).expect("a guest");
        let memory = guest.get_memory(&mut store, "memory").expect("memory");
        store.data_mut().memory = memory;
        let module = Module::new(&ENGINE, wasm).expect("the gate compiles");
        let imports: Vec<Extern> = module.imports().map(|import| imported(&mut store, memory, &import)).collect();
        let gate = Instance::new(&mut store, &module, &imports).expect("the gate instantiates");
        let gate = gate.get_func(&mut store, "f").expect("the gate");
        Run { store, memory, gate, call }
    }

    fn cx<R>(&mut self, then: impl FnOnce(&mut Cx<'_>) -> R) -> R {
        let (memory, state) = self.memory.data_and_store_mut(&mut self.store);
        then(&mut cx(memory, &mut state.next))
    }

    fn call_raw(&mut self, flat: &[Core]) -> wasmtime::Result<Vec<Core>> {
        let params: Vec<Val> = flat.iter().copied().map(to_val).collect();
        let mut results = vec![Val::I32(0); self.gate.ty(&self.store).results().len()];
        self.gate.call(&mut self.store, &params, &mut results)?;
        Ok(results.iter().map(to_core).collect())
    }

    /// Calls with these arguments and answers with this result: handles are translated, in both, and nothing else is.
    fn passes(&mut self, args: &V, result: Option<&V>) {
        let (there, back) = match self.call.boundary {
            Boundary::Import => (i128::from(OFFSET), -i128::from(OFFSET)),
            Boundary::Export => (-i128::from(OFFSET), i128::from(OFFSET)),
        };
        self.store.data_mut().answer = result.cloned();
        let call = self.call.clone();
        let (flat, area) = self.cx(|cx| lower(&call, cx, args));
        let returned = self.call_raw(&flat).unwrap_or_else(|error| panic!("{args:?}: {error:?}"));
        assert_eq!(self.store.data().received, Some(with_handles_moved(&call.params, args, there)), "arguments");
        if let (Some(t), Some(v)) = (&call.result, result) {
            let answer = self.cx(|cx| match (call.is_result_in_memory(), call.boundary, &returned[..]) {
                (false, ..) => cx.lift_flat(t, &mut &returned[..]),
                (true, Boundary::Export, [Core::I32(pointer)]) => cx.load(t, *pointer),
                (true, ..) => cx.load(t, area),
            });
            assert_eq!(answer, with_handles_moved(t, v, back), "result");
        }
        if call.boundary == Boundary::Import {
            assert_eq!(self.cx(|cx| call.lift_params(cx, &flat)), *args, "the guest's memory after the call");
        }
    }
}

fn cx<'m>(memory: &'m mut [u8], next: &'m mut u32) -> Cx<'m> {
    Cx { memory, next, encoding: StringEncoding::Utf8, wide: false }
}

/// The core arguments, and the return area.
fn lower(call: &Call, cx: &mut Cx<'_>, args: &V) -> (Vec<Core>, u32) {
    let mut flat = match call.are_params_in_memory() {
        true => {
            let pointer = cx.alloc(call.params.align(), call.params.size());
            cx.store(&call.params, args, pointer);
            vec![Core::I32(pointer)]
        }
        false => cx.lower_flat(&call.params, args),
    };
    let area = call.result.as_ref().map_or(0, |t| cx.alloc(t.align(), t.size()));
    if call.boundary == Boundary::Import && call.is_result_in_memory() {
        flat.push(Core::I32(area));
    }
    (flat, area)
}

fn imported(store: &mut Store<State>, memory: Memory, import: &wasmtime::ImportType<'_>) -> Extern {
    match (import.module(), import.ty()) {
        ("caller", ExternType::Memory(_)) => memory.into(),
        ("log", ExternType::Memory(_)) => Memory::new(store, MemoryType::new(1, None)).expect("a log").into(),
        ("resource", ty) => {
            let there = import.name().starts_with("call");
            Func::new(store, ty.unwrap_func().clone(), move |_, params, results| {
                let handle = params[0].unwrap_i32();
                let offset = OFFSET.cast_signed();
                results[0] = Val::I32(if there { handle + offset } else { handle - offset });
                Ok(())
            })
            .into()
        }
        (_, ty) => Func::new(store, ty.unwrap_func().clone(), |mut store, params, results| {
            let flat: Vec<Core> = params.iter().map(to_core).collect();
            let memory = store.data().memory;
            let (memory, state) = memory.data_and_store_mut(&mut store);
            let mut cx = cx(memory, &mut state.next);
            let (received, returned) = state.call.answer(&mut cx, &flat, state.answer.as_ref());
            state.received = Some(received);
            for (result, value) in results.iter_mut().zip(returned) {
                *result = to_val(value);
            }
            Ok(())
        })
        .into(),
    }
}

/// The gate of a case's function, if it needs one; `translated` says of which resources handles are translated.
fn run(case: &Case<'_>, boundary: Boundary, translated: impl Fn(&Resolve, TypeId) -> bool) -> Option<Run> {
    let (resolve, func) = case.resolve();
    let adapter = gate(&resolve, "f", &func, boundary, &|ty| translated(&resolve, ty)).expect("a gate")?;
    Some(Run::new(Call::of(&resolve, &func, boundary), &adapter.wasm))
}

fn all(_: &Resolve, _: TypeId) -> bool {
    true
}

fn record(values: &[V]) -> V {
    V::Record(values.to_vec())
}

#[test]
fn random_types_and_values() {
    let (cases, seed) = cases_and_seed();
    let mut gates = 0;
    for index in 0..cases {
        for boundary in [Boundary::Import, Boundary::Export] {
            let mut random = Random::of_case(seed, index);
            let mut types = "resource r; resource s;\n".to_owned();
            random.handles = &["own<r>", "borrow<r>", "own<s>", "borrow<s>"];
            let params: Vec<String> =
                (0..random.below(5)).map(|i| format!("p{i}: {}", random.wit(&mut types, 4))).collect();
            random.handles = &["own<r>", "own<s>"];
            let result = random.wit(&mut types, 4);
            let text = format!("func({}) -> {result}", params.join(", "));
            println!("ONRAMP_SEED={seed}, case {index}, {boundary:?}:\n{types}{text}");
            let Some(mut run) = run(&case(&text).types(&types), boundary, all) else { continue };
            gates += 1;
            let call = run.call.clone();
            // Twice: the second call finds the log that the first left.
            for _ in 0..2 {
                let args = random.value(&call.params);
                let result = random.value(call.result.as_ref().expect("a result"));
                run.passes(&args, Some(&result));
            }
        }
    }
    assert!(gates > cases / 2, "{gates} of {cases} cases pass handles");
}

#[test]
fn no_handles_no_gate() {
    let translated = |resolve: &Resolve, ty: TypeId| resolve.types[ty].name.as_deref() == Some("r");
    for func in ["func(x: list<string>) -> option<u8>", "func(x: list<own<s>>)", "func()"] {
        let case = case(func).types("resource r; resource s;");
        assert!(run(&case, Boundary::Import, translated).is_none(), "{func}");
    }
}

#[test]
fn other_resources_stay() {
    let case = case("func(x: own<s>, y: own<r>, z: list<tuple<own<s>, own<r>>>)").types("resource r; resource s;");
    let translated = |resolve: &Resolve, ty: TypeId| resolve.types[ty].name.as_deref() == Some("r");
    let mut run = run(&case, Boundary::Import, translated).expect("a gate");
    let args = |r| record(&[V::Int(1), V::Int(r), V::List(vec![record(&[V::Int(1), V::Int(r)])])]);
    let call = run.call.clone();
    let (flat, _) = run.cx(|cx| lower(&call, cx, &args(1)));
    run.call_raw(&flat).expect("no trap");
    assert_eq!(run.store.data().received, Some(args(1001)));
}

/// A long list, so that the log grows.
#[test]
fn long_lists() {
    let case = case("func(x: list<borrow<r>>) -> list<own<r>>").types("resource r;");
    let mut run = run(&case, Boundary::Import, all).expect("a gate");
    let handles = V::List((0..100_000).map(|index| V::Int(2000 + index)).collect());
    run.passes(&record(std::slice::from_ref(&handles)), Some(&handles));
}

/// A block that is two lists, and a handle that is lent twice in them.
#[test]
fn shared_blocks() {
    let case = case("func(x: list<borrow<r>>, y: list<list<borrow<r>>>)").types("resource r;");
    let mut run = run(&case, Boundary::Import, all).expect("a gate");
    run.cx(|cx| cx.memory[64..84].copy_from_slice(&[7, 0, 0, 0, 64, 0, 0, 0, 1, 0, 0, 0, 64, 0, 0, 0, 1, 0, 0, 0]));
    run.call_raw(&[64, 1, 68, 2].map(Core::I32)).expect("no trap");
    let list = V::List(vec![V::Int(1007)]);
    assert_eq!(run.store.data().received, Some(record(&[list.clone(), V::List(vec![list.clone(), list])])));
    assert_eq!(run.cx(|cx| cx.memory[64]), 7);
}

/// A handle over a discriminant: the guest's index is that of the case with a handle, the host's is of none.
#[test]
fn over_a_discriminant() {
    let types = "resource r; variant v { a(u32), b(u32), c(borrow<r>) }";
    for func in ["func(x: list<v>, y: list<borrow<r>>)", "func(x: list<borrow<r>>, y: list<v>)"] {
        let mut run = run(&case(func).types(types), Boundary::Import, all).expect("a gate");
        // Handle 2 at 64 is the discriminant of the variant too; as that of the host it is 1002.
        run.cx(|cx| cx.memory[64..72].copy_from_slice(&[2, 0, 0, 0, 7, 0, 0, 0]));
        let error = run.call_raw(&[64, 1, 64, 1].map(Core::I32)).expect_err("a trap");
        assert!(names(&error).contains(&"onramp: handles overlap other values in memory".to_owned()), "{error:?}");
    }
}

/// As for adapters: there are many paths to a handle, but few types.
#[test]
fn code_grows_with_the_type_graph() {
    let size = |depth: usize| {
        let mut types = "resource r; variant t0 { a(own<r>), b(tuple<own<r>>), c(list<own<r>>) }\n".to_owned();
        for i in 1..depth {
            let part = i - 1;
            types += &format!("variant t{i} {{ a(t{part}), b(tuple<t{part}>), c(list<t{part}>), d(t{part}) }}\n");
        }
        let text = format!("func(x: t{0}, y: list<t{0}>) -> t{0}", depth - 1);
        let (resolve, func) = case(&text).types(&types).resolve();
        gate(&resolve, "f", &func, Boundary::Import, &|_| true).expect("a gate").expect("handles").wasm.len()
    };
    let (half, full) = (size(5), size(10));
    assert!(full < 3 * half, "{half} → {full} bytes");
}

#[test]
fn unfit_types() {
    let (resolve, func) = case("func(x: stream<u8>)").resolve();
    let error = gate(&resolve, "f", &func, Boundary::Import, &|_| true).expect_err("an error");
    assert_eq!(error.to_string(), "f: stream is not supported here");
}
