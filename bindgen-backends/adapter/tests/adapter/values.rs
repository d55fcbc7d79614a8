//! Every type, there and back.

use onramp_adapter::{
    Realloc::{Direct, Table},
    StringEncoding::{self, Latin1Utf16, Utf8, Utf16},
};

use crate::{harness::case, oracle::V};

pub const ENCODINGS: [StringEncoding; 3] = [Utf8, Utf16, Latin1Utf16];

pub fn string(s: &str) -> V {
    V::String(s.to_owned())
}

pub fn some(v: V) -> V {
    V::Variant(1, Some(Box::new(v)))
}

pub const NONE: V = V::Variant(0, None);

#[test]
fn scalars() {
    for (ty, values) in [
        ("u8", vec![0, 0xff]),
        ("s8", vec![-0x80, -1, 0x7f]),
        ("u16", vec![0, 0xffff]),
        ("s16", vec![-0x8000, -1, 0x7fff]),
        ("u32", vec![0, 0xffff_ffff]),
        ("s32", vec![-0x8000_0000, -1]),
        ("u64", vec![0, 0xffff_ffff_ffff_ffff]),
        ("s64", vec![-0x8000_0000_0000_0000, -1]),
    ] {
        for value in values {
            case(&format!("func(x: {ty}) -> {ty}")).echoes(V::Int(value));
            case(&format!("func(x: list<{ty}>) -> list<{ty}>")).echoes(V::List(vec![V::Int(value); 3]));
        }
    }
    for value in [true, false] {
        case("func(x: bool) -> bool").echoes(V::Bool(value));
    }
    for value in ['\0', '\u{d7ff}', '\u{e000}', '\u{10ffff}'] {
        case("func(x: char) -> char").echoes(V::Char(value));
    }
    for value in [0, 0x3f80_0000, 0x7fc0_0001, 0xff80_0000] {
        case("func(x: f32) -> f32").echoes(V::F32(value));
    }
    for value in [0, 0x7ff8_0000_0000_0001, 0x3ff0_0000_0000_0000] {
        case("func(x: f64) -> f64").echoes(V::F64(value));
    }
    case("func()").passes(&[], None);
}

#[test]
fn strings() {
    let long = "ASCII ".repeat(100);
    let texts =
        ["", "a", "ASCII, 16 bytes!", "naïve", "ελληνικά", "漢字", "🎼 and 𝄞", "a🎼", &long, "x".repeat(5000).leak()];
    let mut texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
    // A character of every length at every offset in a vector, and at the end.
    for char in ['é', '€', '🎼', 'ÿ', '\u{ffff}'] {
        for before in 0..40 {
            texts.push(format!("{}{char}{}", "a".repeat(before), "b".repeat(40 - before)));
            texts.push(format!("{}{char}", "a".repeat(before)));
        }
    }
    texts.push("éß".repeat(300));
    texts.push("漢字🎼".repeat(300));
    for caller in ENCODINGS {
        for callee in ENCODINGS {
            let case = case("func(x: list<string>) -> list<string>").encodings(caller, callee);
            case.echoes(V::List(texts.iter().map(|text| string(text)).collect()));
        }
    }
}

#[test]
fn records() {
    let record = "record inner { a: u8, b: f64, c: string }
                  record outer { x: bool, y: inner, z: tuple<u16, s64>, w: list<inner> }";
    let inner = |s| V::Record(vec![V::Int(200), V::F64(0x4000_0000_0000_0000), string(s)]);
    let outer = V::Record(vec![
        V::Bool(true),
        inner("one"),
        V::Record(vec![V::Int(65535), V::Int(-3)]),
        V::List(vec![inner("two"), inner("")]),
    ]);
    case("func(x: outer) -> outer").types(record).echoes(outer.clone());
    // More than 16 core values: in memory.
    let args = [outer.clone(), outer.clone(), V::Int(7)];
    case("func(x: outer, y: outer, z: u8) -> list<outer>").types(record).passes(&args, Some(&V::List(vec![outer; 5])));
}

#[test]
fn variants() {
    let types = "variant shape { point, circle(f32), box(tuple<u8, u64>), name(string), id(f64), code(s8) }
                 enum color { red, green, blue }";
    for shape in [
        V::Variant(0, None),
        V::Variant(1, Some(Box::new(V::F32(0x7fa0_0001)))),
        V::Variant(2, Some(Box::new(V::Record(vec![V::Int(9), V::Int(1 << 63)])))),
        V::Variant(3, Some(Box::new(string("näme")))),
        V::Variant(4, Some(Box::new(V::F64(0x7ff0_0000_0000_0001)))),
        V::Variant(5, Some(Box::new(V::Int(-5)))),
    ] {
        case("func(x: shape) -> shape").types(types).echoes(shape.clone());
        case("func(x: option<shape>) -> option<shape>").types(types).echoes(some(shape.clone()));
        case("func(x: list<shape>) -> list<shape>").types(types).echoes(V::List(vec![shape.clone(); 3]));
        let result = V::Variant(1, Some(Box::new(shape)));
        case("func(x: result<f32, shape>) -> result<f32, shape>").types(types).echoes(result);
    }
    case("func(x: color) -> color").types(types).echoes(V::Variant(2, None));
    case("func(x: result) -> result").echoes(V::Variant(1, None));
    case("func(x: option<u8>) -> option<option<string>>").passes(&[NONE], Some(&some(NONE)));
}

#[test]
fn many_cases() {
    let cases: Vec<String> = (0..300).map(|case| format!("c{case}")).collect();
    let types = format!("enum many {{ {} }}", cases.join(", "));
    case("func(x: many) -> many").types(&types).echoes(V::Variant(299, None));
    case("func(x: list<many>) -> list<many>").types(&types).echoes(V::List(vec![V::Variant(256, None); 2]));
    let types = format!("variant many {{ {}(string) }}", cases.join("(string), "));
    case("func(x: many) -> many").types(&types).echoes(V::Variant(299, Some(Box::new(string("last")))));
}

#[test]
fn flags() {
    for labels in [1, 7, 8, 9, 16, 17, 31, 32] {
        let names: Vec<String> = (0..labels).map(|label| format!("l{label}")).collect();
        let types = format!("flags bits {{ {} }}", names.join(", "));
        let all = V::Flags((u64::MAX >> (64 - labels)) as u32);
        case("func(x: bits) -> bits").types(&types).echoes(all.clone());
        case("func(x: list<bits>) -> list<bits>").types(&types).echoes(V::List(vec![all, V::Flags(1)]));
    }
}

#[test]
fn fixed_length_lists() {
    let numbers = V::List((0..4).map(V::Int).collect());
    case("func(x: list<u32, 4>) -> list<u32, 4>").echoes(numbers.clone());
    case("func(x: list<list<u32, 4>, 3>) -> list<list<u32, 4>, 3>").echoes(V::List(vec![numbers.clone(); 3]));
    case("func(x: list<list<u32, 4>, 9>) -> list<list<u32, 4>>")
        .passes(&[V::List(vec![numbers.clone(); 9])], Some(&V::List(vec![numbers; 40])));
    let strings = V::List((0..30).map(|i| string(&"é".repeat(i))).collect());
    case("func(x: list<string, 30>) -> list<string, 30>").echoes(strings);
    case("func(x: list<string, 3>) -> tuple<u8, list<bool, 100>>").passes(
        &[V::List(vec![string("a"), string("bc"), string("")])],
        Some(&V::Record(vec![V::Int(1), V::List((0..100).map(|i| V::Bool(i % 3 == 0)).collect())])),
    );
}

#[test]
fn maps() {
    let entry = |key, value: &str| V::Record(vec![V::Int(key), string(value)]);
    case("func(x: map<u8, string>) -> map<u8, string>").echoes(V::List(vec![entry(1, "one"), entry(2, "two")]));
    case("func(x: map<string, list<map<u32, u64>>>)").passes(
        &[V::List(vec![V::Record(vec![
            string("k"),
            V::List(vec![V::List(vec![V::Record(vec![V::Int(1), V::Int(2)])])]),
        ])])],
        None,
    );
}

#[test]
fn bytes_of_every_length() {
    for length in (0..300).chain([4096, 65_537]) {
        let bytes = V::List((0..length).map(|i| V::Int(i128::from(i as u8))).collect());
        case("func(x: list<u8>) -> list<u8>").echoes(bytes);
    }
}

#[test]
fn bulk() {
    let types = "record point { x: f32, y: f32, z: f32 } record odd { a: u8, b: u64, c: list<u16, 3> }";
    let point = V::Record([1, 2, 3].map(V::F32).to_vec());
    case("func(x: list<point>) -> list<point>").types(types).echoes(V::List(vec![point; 100]));
    let odd = V::Record(vec![V::Int(1), V::Int(1 << 40), V::List([7, 8, 9].map(V::Int).to_vec())]);
    case("func(x: list<odd>) -> list<odd>").types(types).echoes(V::List(vec![odd; 17]));
}

#[test]
fn realloc_in_a_table() {
    for (caller, callee) in [(Table, Direct), (Direct, Table), (Table, Table)] {
        let case = case("func(x: list<string>) -> list<string>").reallocs(caller, callee);
        case.echoes(V::List(vec![string("früh"), string("spät")]));
    }
}

/// The results of senders that put what is not in range where numbers go.
#[test]
fn bits_that_do_not_count() {
    use crate::oracle::Core;
    let mut pair = case("func(a: u8, b: s16, c: bool, d: bits)").types("flags bits { x, y, z }").instantiate();
    pair.call_raw(&[0x1ff, 0xffff_8000, 0x100, 0xff].map(Core::I32)).expect("no trap");
    let expected = [V::Int(0xff), V::Int(-0x8000), V::Bool(true), V::Flags(7)];
    assert_eq!(pair.store.data().received.as_deref(), Some(&expected[..]));

    let mut pair = case("func(x: list<tuple<bool, bits>>)").types("flags bits { x, y, z }").instantiate();
    pair.write_caller(0, &[2, 0xff]);
    pair.call_raw(&[Core::I32(0), Core::I32(1)]).expect("no trap");
    let expected = [V::List(vec![V::Record(vec![V::Bool(true), V::Flags(7)])])];
    assert_eq!(pair.store.data().received.as_deref(), Some(&expected[..]));

    // Joined to i64: the upper half of what is not one.
    let mut pair = case("func(x: result<u32, u64>)").instantiate();
    pair.call_raw(&[Core::I32(0), Core::I64(0xdead_beef_0000_0001)]).expect("no trap");
    assert_eq!(pair.store.data().received.as_deref(), Some(&[V::Variant(0, Some(Box::new(V::Int(1))))][..]));
    let mut pair = case("func(x: result<f32, u64>)").instantiate();
    pair.call_raw(&[Core::I32(0), Core::I64(0xdead_beef_3f80_0000)]).expect("no trap");
    assert_eq!(pair.store.data().received.as_deref(), Some(&[V::Variant(0, Some(Box::new(V::F32(0x3f80_0000))))][..]));
}
