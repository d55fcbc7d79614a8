//! Layouts, signatures and names, against values worked out by hand from the specification.

use onramp_abi::gc::CoreTypes;
use onramp_abi::{CoreType, Passing, Profile, Role, Shape, Signature, Tag, Types, names};
use wasm_encoder::{FieldType, HeapType, RefType, StorageType, ValType};
use wit_parser::{Function, Resolve, Type, WorldKey};

use CoreType::{F32, F64, I32, I64};

fn function(types: &str, func: &str) -> (Resolve, WorldKey, Function) {
    let mut resolve = Resolve::new();
    let wit = format!("package test:demo@1.2.0; interface api {{ {types} f: {func}; }}");
    resolve.push_source("test.wit", &wit).expect("WIT");
    let (id, interface) = resolve.interfaces.iter().next().expect("an interface");
    let func = interface.functions["f"].clone();
    (resolve, WorldKey::Interface(id), func)
}

/// Name, size, alignment and flat types of the type of a parameter.
fn layout(types: &str, ty: &str) -> (String, u32, u32, Option<Vec<CoreType>>) {
    let (resolve, _, func) = function(types, &format!("func(x: {ty})"));
    let mut types = Types::new(&resolve).expect("types");
    let ty = types.add(&func.params[0].ty).expect("a type");
    (types[ty].name.clone(), types[ty].size, types[ty].align, types.flat(ty).map(<[_]>::to_vec))
}

#[test]
fn layouts() {
    let types = "record r { a: u8, b: u64, c: string } variant v { a(f32), b(u8), c(f64) } flags fl { a, b, c, d, e, f, g, h, i }
                 enum e { one } resource res;";
    for (ty, name, size, align, flat) in [
        ("u8", "u8", 1, 1, vec![I32]),
        ("string", "string", 8, 4, vec![I32, I32]),
        ("r", "r", 24, 8, vec![I32, I64, I32, I32]),
        ("v", "v", 16, 8, vec![I32, I64]),
        ("result<f32, u8>", "result<f32, u8>", 8, 4, vec![I32, I32]),
        ("result<_, f64>", "result<_, f64>", 16, 8, vec![I32, F64]),
        ("result", "result", 1, 1, vec![I32]),
        ("option<r>", "option<r>", 32, 8, vec![I32, I32, I64, I32, I32]),
        ("fl", "fl", 2, 2, vec![I32]),
        ("e", "e", 1, 1, vec![I32]),
        ("list<f32, 3>", "list<f32, 3>", 12, 4, vec![F32, F32, F32]),
        ("map<u8, r>", "map<u8, r>", 8, 4, vec![I32, I32]),
        ("borrow<res>", "borrow<res>", 4, 4, vec![I32]),
        ("tuple<res, bool>", "tuple<own<res>, bool>", 8, 4, vec![I32, I32]),
    ] {
        assert_eq!(layout(types, ty), (name.to_owned(), size, align, Some(flat)));
    }
    assert_eq!(layout("", "list<u64, 17>").3, None);
}

#[test]
fn elements_of_maps_are_records() {
    let (resolve, _, func) = function("", "func(x: map<u8, u64>)");
    let mut types = Types::new(&resolve).expect("types");
    let map = types.add(&func.params[0].ty).expect("a map");
    let Shape::List(entry) = types[map].shape else { panic!("{:?}", types[map]) };
    let Shape::Record(fields) = &types[entry].shape else { panic!("{:?}", types[entry]) };
    assert_eq!(fields.iter().map(|field| field.offset).collect::<Vec<_>>(), [0, 8]);
    assert_eq!((types[entry].size, types[entry].align), (16, 8));
}

#[test]
fn types_are_interned() {
    let (resolve, _, func) =
        function("record r { a: u8 } type alias = r;", "func(a: list<r>, b: list<alias>, c: list<u8>)");
    let mut types = Types::new(&resolve).expect("types");
    let all: Vec<_> = func.params.iter().map(|param| types.add(&param.ty).expect("a type")).collect();
    assert_eq!(all[0], all[1]);
    assert_ne!(all[0], all[2]);
}

#[test]
fn plain() {
    let (resolve, _, func) = function(
        "resource res; record p { a: u8, b: f64 }",
        "func(a: p, b: list<p, 3>, c: bool, d: res, e: char, f: option<u8>, g: tuple<p, res>)",
    );
    let mut types = Types::new(&resolve).expect("types");
    let all: Vec<_> = func.params.iter().map(|param| types.add(&param.ty).expect("a type")).collect();
    let plain: Vec<bool> = all.into_iter().map(|ty| types.is_plain(ty)).collect();
    assert_eq!(plain, [true, true, false, false, false, false, false]);
}

#[test]
fn discriminants() {
    for (cases, expected) in [(1, Tag::U8), (256, Tag::U8), (257, Tag::U16), (65537, Tag::U32)] {
        let cases: Vec<String> = (0..cases).map(|case| format!("c{case}")).collect();
        let (resolve, _, func) = function(&format!("enum e {{ {} }}", cases.join(", ")), "func(x: e)");
        let mut types = Types::new(&resolve).expect("types");
        let ty = types.add(&func.params[0].ty).expect("an enum");
        assert!(matches!(types[ty].shape, Shape::Variant { tag, .. } if tag == expected));
    }
}

#[test]
fn signatures() {
    let signature = |func: &str, role| {
        let (resolve, _, func) = function("", func);
        Signature::new(&resolve, Profile::Eager, role, &func)
    };
    let flat = Signature {
        params: vec![I32, F64],
        results: vec![I64],
        param_passing: Passing::Flat,
        result_passing: Passing::Flat,
    };
    assert_eq!(signature("func(a: u8, b: f64) -> u64", Role::Caller), flat);
    assert_eq!(signature("func(a: u8, b: f64) -> u64", Role::Callee), flat);

    let many = "func(a: list<u8, 17>) -> string";
    let caller = signature(many, Role::Caller);
    assert_eq!((caller.params, caller.results), (vec![I32, I32], vec![]));
    let callee = signature(many, Role::Callee);
    assert_eq!((callee.params, callee.results), (vec![I32], vec![I32]));
    assert_eq!((callee.param_passing, callee.result_passing), (Passing::Memory, Passing::Memory));
}

/// Parameters and results of a core function, each type a letter: `i32` i, `i64` l, `f32` f, `f64` d.
fn core(func: &str, profile: Profile, role: Role) -> String {
    let (resolve, _, func) = function("", func);
    let signature = Signature::new(&resolve, profile, role, &func);
    let letter = |ty: &CoreType| match ty {
        I32 => 'i',
        CoreType::I64 => 'l',
        F32 => 'f',
        F64 => 'd',
    };
    let letters = |types: &[CoreType]| types.iter().map(letter).collect::<String>();
    format!("{}:{}", letters(&signature.params), letters(&signature.results))
}

#[test]
fn signatures_of_every_profile() {
    let pair = "func() -> tuple<u64, f32>";
    let sixteen = "func() -> list<f64, 16>";
    let seventeen = "func() -> list<f64, 17>";
    let text = "func(a: string) -> option<string>";
    for (func, role, expected) in [
        (pair, Role::Caller, ["i:", ":lf", "i:", ":lf"]),
        (pair, Role::Callee, [":i", ":lf", ":i", ":lf"]),
        (sixteen, Role::Caller, ["i:", ":dddddddddddddddd", "i:", ":dddddddddddddddd"]),
        (seventeen, Role::Caller, ["i:"; 4]),
        (seventeen, Role::Callee, [":i"; 4]),
        (text, Role::Caller, ["iii:", "ii:iii", "iii:", "ii:iii"]),
        (text, Role::Callee, ["ii:i", "ii:iii", "ii:i", "ii:iii"]),
        ("func(a: list<u8, 17>)", Role::Callee, ["i:"; 4]),
        ("func() -> bool", Role::Callee, [":i"; 4]),
        ("func()", Role::Callee, [":"; 4]),
    ] {
        assert_eq!(Profile::LINEAR.map(|profile| core(func, profile, role)), expected, "{func} {role:?}");
    }
    let (resolve, _, func) = function("", "func(a: list<u8, 17>)");
    let passing = |profile, role| Signature::new(&resolve, profile, role, &func).param_passing;
    assert_eq!(passing(Profile::Cm1, Role::Callee), Passing::Handle);
    assert_eq!(passing(Profile::Cm1, Role::Caller), Passing::Memory);
    assert_eq!(passing(Profile::Multivalue, Role::Callee), Passing::Memory);
}

#[test]
fn core_names() {
    let (resolve, key, func) = function("", "func()");
    let key = Some(&key);
    assert_eq!(names::function(&resolve, key, &func), "test:demo/api@1.2.0.f");
    assert_eq!(names::function(&resolve, None, &func), "f");
    let eager = Profile::Eager;
    assert_eq!(names::import(&resolve, eager, key, &func), ("test:demo/api@1.2.0".to_owned(), "f".to_owned()));
    assert_eq!(names::import(&resolve, eager, None, &func).0, "$root");
    assert_eq!(names::export(&resolve, eager, key, &func), "test:demo/api@1.2.0#f");
    assert_eq!(names::post_return(&resolve, eager, key, &func), "cabi_post_test:demo/api@1.2.0#f");

    let cm1 = Profile::Cm1;
    assert_eq!(names::import(&resolve, cm1, key, &func), ("[abi=cm1]test:demo/api@1.2.0".to_owned(), "f".to_owned()));
    assert_eq!(names::import(&resolve, cm1, None, &func).0, "[abi=cm1]$root");
    assert_eq!(names::export(&resolve, cm1, key, &func), "[abi=cm1]test:demo/api@1.2.0#f");
    assert_eq!(names::export(&resolve, cm1, None, &func), "[abi=cm1]$root#f");
    assert_eq!(names::post_return(&resolve, cm1, key, &func), "cabi_post_[abi=cm1]test:demo/api@1.2.0#f");
    assert_eq!(names::parse("[abi=cm1]$root"), Ok(Some((cm1, "$root"))));
    assert_eq!(names::parse("test:demo/api"), Ok(None));
    assert!(names::parse("[abi=cm2]test:demo/api").is_err());
}

#[test]
fn what_is_not_supported() {
    let error = |ty: &str| {
        let (resolve, _, func) = function("", &format!("func(x: {ty})"));
        Types::new(&resolve).unwrap().add(&func.params[0].ty).expect_err("an error").to_string()
    };
    assert_eq!(error("stream<u8>"), "stream is not supported here");
    assert_eq!(error("list<error-context>"), "error-context is not supported here");
    assert_eq!(error("list<list<u64, 1000000>, 1000>"), "a type is larger than a 32-bit memory");
    assert_eq!(
        "lazier".parse::<Profile>().unwrap_err().to_string(),
        "no profile is called \"lazier\"; there is eager, multivalue, lazy, cm1, gc"
    );
    assert_eq!("eager".parse(), Ok(Profile::Eager));
}

#[test]
fn tuples_of_parameters() {
    let (resolve, _, func) = function("", "func(a: u8, b: u64)");
    let mut types = Types::new(&resolve).expect("types");
    let tuple = types.add_tuple(func.params.iter().map(|param| param.ty)).expect("a tuple");
    assert_eq!(types[tuple].name, "tuple<u8, u64>");
    assert_eq!((types[tuple].size, types[tuple].align, types.flat(tuple)), (16, 8, Some(&[I32, I64][..])));
    let nothing = types.add_tuple([]).expect("an empty tuple");
    assert_eq!((types[nothing].size, types.flat(nothing)), (0, Some(&[][..])));
    assert_eq!(types.add(&Type::U8), types.add(&Type::U8));
}

/// A guest may have types that refer to others in a chain of any length.
#[test]
fn chains_of_types_are_imported() {
    const LENGTH: u32 = 100_000;
    let mut from = CoreTypes::default();
    let mut last = from.add_struct(Vec::new());
    for _ in 1..LENGTH {
        let reference = RefType { nullable: true, heap_type: HeapType::Concrete(last) };
        let element_type = StorageType::Val(ValType::Ref(reference));
        last = from.add_struct(vec![FieldType { element_type, mutable: false }]);
    }
    let mut to = CoreTypes::default();
    to.add_array(StorageType::I8);
    assert_eq!((to.import(&from, last), to.len()), (LENGTH, LENGTH + 1));
    assert_eq!((to.import(&from, last), to.len()), (LENGTH, LENGTH + 1));
}
