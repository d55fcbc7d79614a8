//! The glue around a runtime that is nothing but a mirror (`runtime.wat`): every signature gets through it and back.

use onramp_abi::CoreType::{self, F32, F64, I32, I64};
use onramp_bindgen_python::{CoreExport, CoreImport};
use onramp_componentize::glue::{BuiltIns, Glue};
use wasmtime::{Engine, FuncType, Instance, Linker, Module, Store, Val, ValType};

/// Signatures: parameters and results. An import returns its first parameters of the result's type, or one more.
const SIGNATURES: [(&[CoreType], &[CoreType]); 7] = [
    (&[], &[]),
    (&[I32], &[I32]),
    (&[F32, I64], &[F32]),
    (&[I32, I64, F32, F64], &[F64]),
    (&[F64, F32, I64, I32], &[F64, F32, I64, I32]),
    (&[I32; 16], &[I64; 16]),
    (&[], &[F32, I32, F64]),
];

/// What the host's function of an index returns for some arguments.
fn answer(index: usize, arguments: &[Val], results: &[CoreType]) -> Vec<Val> {
    let mix = |seed: u64, value| seed.rotate_left(5).wrapping_add(bits(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let seed = arguments.iter().fold(index as u64, mix);
    results.iter().enumerate().map(|(place, ty)| value(*ty, seed.rotate_left(place as u32))).collect()
}

fn bits(value: &Val) -> u64 {
    match value {
        Val::I32(value) => u64::from(*value as u32),
        Val::I64(value) => *value as u64,
        Val::F32(value) => u64::from(*value),
        Val::F64(value) => *value,
        other => panic!("{other:?} is no value of WIT's core types"),
    }
}

fn value(ty: CoreType, bits: u64) -> Val {
    match ty {
        I32 => Val::I32(bits as i32),
        I64 => Val::I64(bits as i64),
        F32 => Val::F32(bits as u32),
        F64 => Val::F64(bits),
    }
}

fn val_type(ty: &CoreType) -> ValType {
    match ty {
        I32 => ValType::I32,
        I64 => ValType::I64,
        F32 => ValType::F32,
        F64 => ValType::F64,
    }
}

fn woven(built_ins: BuiltIns) -> Vec<u8> {
    let imports = SIGNATURES.iter().enumerate().map(|(index, (params, results))| CoreImport {
        module: "world".to_owned(),
        field: index.to_string(),
        params: params.to_vec(),
        results: results.to_vec(),
    });
    let exports = SIGNATURES.iter().enumerate().map(|(index, (params, results))| CoreExport {
        name: format!("world#{index}"),
        params: params.to_vec(),
        results: results.to_vec(),
        post_return: (!results.is_empty()).then(|| format!("cabi_post_world#{index}")),
    });
    let (imports, exports) = (imports.collect::<Vec<_>>(), exports.collect::<Vec<_>>());
    let runtime = wat::parse_str(include_str!("runtime.wat")).unwrap();
    Glue { imports: &imports, exports: &exports }.weave(&runtime, built_ins).unwrap()
}

fn instance() -> (Store<()>, Instance) {
    let engine = Engine::default();
    let module = Module::new(&engine, woven(BuiltIns { lazy: false, threads: false })).unwrap();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "kept", || 4711).unwrap();
    for (index, (params, results)) in SIGNATURES.iter().enumerate() {
        let ty = FuncType::new(&engine, params.iter().map(val_type), results.iter().map(val_type));
        let called = move |_: wasmtime::Caller<'_, ()>, arguments: &[Val], returned: &mut [Val]| {
            returned.clone_from_slice(&answer(index, arguments, results));
            Ok(())
        };
        linker.func_new("world", &index.to_string(), ty, called).unwrap();
    }
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    (store, instance)
}

#[test]
fn values_get_through_and_back() {
    let (mut store, instance) = instance();
    for (index, (params, results)) in SIGNATURES.iter().enumerate() {
        for seed in [0, 1, u64::MAX, 0x8000_0000_8000_0000, 0x7fc0_1234_7ff8_5678] {
            let arguments =
                params.iter().enumerate().map(|(place, ty)| value(*ty, u64::rotate_left(seed, place as u32)));
            let arguments: Vec<Val> = arguments.collect();
            let export = instance.get_func(&mut store, &format!("world#{index}")).unwrap();
            let mut returned = vec![Val::I32(0); results.len()];
            export.call(&mut store, &arguments, &mut returned).unwrap();
            let expected = answer(index, &arguments, results);
            assert_eq!(
                returned.iter().map(bits).collect::<Vec<_>>(),
                expected.iter().map(bits).collect::<Vec<_>>(),
                "{index} with {arguments:?}"
            );
        }
    }
}

#[test]
fn post_return_functions_hand_on_what_was_returned() {
    let (mut store, instance) = instance();
    let results: Vec<Val> = SIGNATURES[4].1.iter().map(|ty| value(*ty, u64::MAX)).collect();
    let function = instance.get_func(&mut store, "cabi_post_world#4").unwrap();
    function.call(&mut store, &results, &mut []).unwrap();
    let memory = instance.get_memory(&mut store, "memory").unwrap().data(&store);
    assert_eq!(memory[2040..2044], 4u32.to_le_bytes());
    let slots: Vec<u64> =
        memory[2048..2176].chunks(8).map(|slot| u64::from_le_bytes(slot.try_into().unwrap())).collect();
    let expected = [u64::MAX, u64::from(u32::MAX), u64::MAX, u64::from(u32::MAX)];
    assert_eq!(slots[..4], expected);
    assert_eq!(slots[4..], [0; 12]);
}

#[test]
fn what_refers_to_functions_still_does() {
    let (mut store, instance) = instance();
    let kept = instance.get_typed_func::<(), i32>(&mut store, "kept").unwrap();
    assert_eq!(kept.call(&mut store, ()).unwrap(), 4711);
    assert!(instance.get_export(&mut store, "onramp_python_other").is_none(), "the first life's functions are hidden");
}

#[test]
fn built_ins_are_imported_where_they_are_wanted() {
    let engine = Engine::default();
    let imported = |lazy, threads| {
        let module = Module::new(&engine, woven(BuiltIns { lazy, threads })).unwrap();
        let names = module.imports().map(|import| format!("{} {}", import.module(), import.name()));
        names.filter(|name| !name.starts_with("world ")).collect::<Vec<_>>()
    };
    assert_eq!(imported(false, false), ["host kept"]);
    assert_eq!(imported(true, false), ["[lazy] drop", "host kept"]);
    assert_eq!(imported(false, true), ["$root [thread-index]", "host kept"]);
}
