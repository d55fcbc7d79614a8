//! What a guest gets wrong: the trap names it, and the other guest's memory is as it was.

use onramp_adapter::StringEncoding::{self, Latin1Utf16, Utf8, Utf16};

use crate::{
    harness::{Case, MEMORY, Pair, case},
    oracle::{Core, V},
    values::ENCODINGS,
};

fn i32s(values: &[u32]) -> Vec<Core> {
    values.iter().copied().map(Core::I32).collect()
}

/// Calls with these core values; the trap must be this.
fn traps(pair: &mut Pair, flat: &[u32], reason: &str) {
    let names = pair.traps(&i32s(flat));
    let reason = format!("onramp: {reason}");
    assert_eq!(names.first(), Some(&reason), "{names:#?}");
    assert!(names.contains(&"onramp: call test:demo/api.f".to_owned()), "{names:#?}");
}

/// A caller that passes these core values, after writing these bytes to address 64.
fn caller_traps(case: Case<'_>, bytes: &[u8], flat: &[u32], reason: &str) {
    let mut pair = case.instantiate();
    pair.write_caller(64, bytes);
    traps(&mut pair, flat, reason);
    assert!(pair.store.data().log.is_empty(), "the callee was called");
    let callee = pair.callee;
    assert!(pair.is_untouched(callee), "{}: {reason}", case.func);
}

/// A callee that returns these core values, after writing these bytes to address 64. The caller's return area is at 32.
fn callee_traps(case: Case<'_>, bytes: &[u8], flat: &[u32], reason: &str) {
    let mut pair = case.instantiate();
    pair.write_callee(64, bytes);
    pair.store.data_mut().raw_answer = Some(i32s(flat));
    traps(&mut pair, if flat.is_empty() { &[] } else { &[32] }, reason);
    assert_eq!(pair.store.data().post_returns.len(), 0);
    let caller = pair.caller;
    assert!(pair.is_untouched(caller), "{}: {reason}", case.func);
}

/// Pointer and length in the bytes of a string or list at address 64.
fn words(pointer: u32, length: u32) -> Vec<u8> {
    [pointer.to_le_bytes(), length.to_le_bytes()].concat()
}

#[test]
fn pointers_out_of_bounds() {
    for (ty, size) in [("string", 1), ("list<u8>", 1), ("list<u32>", 4), ("list<string>", 8), ("list<bool>", 1)] {
        let reason = format!("pointer out of bounds in {ty}");
        for (pointer, length) in [
            (MEMORY, 1),
            (MEMORY - size, 2),
            (MEMORY - 4096, 5000),
            (0xffff_fff8, 1),
            (0xffff_fff8, 9),
            (MEMORY + 8, 0),
        ] {
            caller_traps(case(&format!("func(x: {ty})")), &[], &[pointer, length], &reason);
            callee_traps(case(&format!("func() -> {ty}")), &words(pointer, length), &[64], &reason);
        }
        // The end of memory is in bounds.
        case(&format!("func(x: {ty})")).instantiate().call_raw(&i32s(&[MEMORY, 0])).expect("no trap");
    }
}

#[test]
fn lengths() {
    for (ty, length) in [
        ("string", 0x8000_0000),
        ("list<u8>", 0x8000_0000),
        ("list<u8>", 0xffff_ffff),
        ("list<u16>", 0x4000_0000),
        ("list<u64>", 0x2000_0000),
        ("list<u64>", 0x1000_0000),
        ("list<list<u8, 100000>>", 0xa7c6),
    ] {
        let reason = format!("length too large in {ty}");
        caller_traps(case(&format!("func(x: {ty})")), &[], &[0, length], &reason);
        callee_traps(case(&format!("func() -> {ty}")), &words(0, length), &[64], &reason);
    }
    for (encoding, length) in [(Utf16, 0x4000_0000), (Latin1Utf16, 0xc000_0000)] {
        let case = case("func(x: string)").encodings(encoding, Utf8);
        caller_traps(case, &[], &[0, length], "length too large in string");
    }
}

#[test]
fn misaligned_pointers() {
    for (ty, pointer) in [("list<u16>", 1), ("list<u64>", 4), ("list<string>", 2), ("list<list<bool>>", 65)] {
        let reason = format!("misaligned pointer in {ty}");
        caller_traps(case(&format!("func(x: {ty})")), &[], &[pointer, 1], &reason);
        caller_traps(case(&format!("func(x: {ty})")), &[], &[pointer, 0], &reason);
        callee_traps(case(&format!("func() -> {ty}")), &words(pointer, 1), &[64], &reason);
    }
    for encoding in [Utf16, Latin1Utf16] {
        let case = case("func(x: string)").encodings(encoding, Utf8);
        caller_traps(case, &[], &[1, 1], "misaligned pointer in string");
    }
}

#[test]
fn spilled_values() {
    let many = format!("func({})", (0..9).map(|i| format!("p{i}: u64, q{i}: u8")).collect::<Vec<_>>().join(", "));
    caller_traps(case(&many), &[], &[4], "misaligned pointer in parameters");
    caller_traps(case(&many), &[], &[MEMORY - 136], "pointer out of bounds in parameters");
    let pair = "func() -> tuple<u64, u8>";
    callee_traps(case(pair), &[], &[4], "misaligned pointer in results");
    callee_traps(case(pair), &[], &[MEMORY - 8], "pointer out of bounds in results");
    for (area, reason) in
        [(4, "misaligned pointer in return area"), (MEMORY - 8, "pointer out of bounds in return area")]
    {
        let mut pair = case(pair).instantiate();
        pair.store.data_mut().answer = Some(V::Record(vec![V::Int(1), V::Int(2)]));
        traps(&mut pair, &[area], reason);
        assert_eq!(pair.store.data().log, ["callee"], "the specification calls first");
        let caller = pair.caller;
        assert!(pair.is_untouched(caller));
    }
}

#[test]
fn utf8() {
    let bad: &[&[u8]] = &[
        b"\x80",
        b"\xbf",
        b"\xc0\x80",
        b"\xc1\xbf",
        b"\xc2",
        b"\xc2a",
        b"\xc2\xc2",
        b"\xe0\x9f\xbf",
        b"\xe1\x80",
        b"\xe1\x80a",
        b"\xe1a\x80",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xf0\x8f\xbf\xbf",
        b"\xf0\x90\x80",
        b"\xf1\x80\x80a",
        b"\xf4\x90\x80\x80",
        b"\xf5\x80\x80\x80",
        b"\xff",
        b"\xc2\x80\x80",
        b"\xe1\x80\x80\x80",
        b"\xf1\x80\x80\x80\x80",
    ];
    for callee in ENCODINGS {
        for bytes in bad {
            // Everywhere in two vectors, after ASCII and after what is not, and at the end of the string.
            for before in (0..36).chain([70, 130]) {
                for filler in ["a", "é"] {
                    let mut text = filler.repeat(before).into_bytes();
                    text.extend_from_slice(bytes);
                    for after in ["", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ééééééééééééééééééé"]
                    {
                        let text = [&text, after.as_bytes()].concat();
                        assert!(str::from_utf8(&text).is_err());
                        bad_string(Utf8, callee, &text, text.len() as u32, "invalid UTF-8 in string");
                    }
                }
            }
        }
    }
}

#[test]
fn utf16() {
    let bad: &[&[u16]] =
        &[&[0xd800], &[0xdc00], &[0xd800, 0x61], &[0xd800, 0xd800], &[0xdbff, 0xe000], &[0xdc00, 0xd800]];
    for sender in [Utf16, Latin1Utf16] {
        for callee in ENCODINGS {
            for units in bad {
                for before in 0..20 {
                    for (filler, after) in [(0x61, 0), (0x61, 20), (0x6f22, 0), (0x6f22, 20)] {
                        let mut text = vec![filler; before];
                        text.extend_from_slice(units);
                        text.extend(vec![filler; after]);
                        let bytes: Vec<u8> = text.iter().flat_map(|unit| unit.to_le_bytes()).collect();
                        let tag = if sender == Latin1Utf16 { 1 << 31 } else { 0 };
                        bad_string(sender, callee, &bytes, text.len() as u32 | tag, "invalid UTF-16 in string");
                    }
                }
            }
        }
    }
}

thread_local! {
    /// One pair of guests for each pair of encodings: there are thousands of bad strings.
    static PAIRS: std::cell::RefCell<Vec<((StringEncoding, StringEncoding), Pair)>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn bad_string(caller: StringEncoding, callee: StringEncoding, bytes: &[u8], length: u32, reason: &str) {
    PAIRS.with_borrow_mut(|pairs| {
        let index = pairs.iter().position(|(encodings, _)| *encodings == (caller, callee)).unwrap_or_else(|| {
            pairs.push(((caller, callee), case("func(x: string)").encodings(caller, callee).instantiate()));
            pairs.len() - 1
        });
        let pair = &mut pairs[index].1;
        pair.write_caller(64, bytes);
        traps(pair, &[64, length], reason);
        let allocated = pair.allocated(pair.callee);
        if allocated > 1 << 20 {
            let guest = pair.callee;
            assert!(pair.is_untouched(guest), "nothing but blocks from realloc");
            pairs.swap_remove(index);
        }
    });
}

#[test]
fn chars() {
    for (char, reason) in [
        (0xd800, "char is a surrogate"),
        (0xdfff, "char is a surrogate"),
        (0x11_0000, "char above U+10FFFF"),
        (0xffff_ffff, "char above U+10FFFF"),
    ] {
        caller_traps(case("func(x: char)"), &[], &[char], reason);
        let many = format!("func(x: char, {})", (0..16).map(|i| format!("p{i}: u64")).collect::<Vec<_>>().join(", "));
        caller_traps(case(&many), &char.to_le_bytes(), &[64], reason);
        let mut pair = case("func() -> char").instantiate();
        pair.store.data_mut().raw_answer = Some(i32s(&[char]));
        traps(&mut pair, &[], reason);
    }
    let mut pair = case("func(x: list<char>)").instantiate();
    pair.write_caller(64, &[0x61, 0, 0, 0, 0, 0xd8, 0, 0]);
    traps(&mut pair, &[64, 2], "char is a surrogate");
}

#[test]
fn discriminants() {
    let types = "enum color { red, green, blue } variant shape { a, b(u32), c }";
    for (ty, cases, payload) in
        [("color", 3, 0), ("shape", 3, 1), ("option<u8>", 2, 1), ("result", 2, 0), ("result<u8, f32>", 2, 1)]
    {
        let reason = format!("discriminant out of range in {ty}");
        let zero = vec![0; payload];
        for case_index in [cases, 0xff, 0x100, 0xffff_ffff] {
            let flat = [vec![case_index], zero.clone()].concat();
            let func = format!("func(x: {ty})");
            if ty == "result<u8, f32>" || flat.len() < 3 {
                caller_traps(case(&func).types(types), &[], &flat, &reason);
            }
        }
        let func = format!("func() -> tuple<{ty}, {ty}>");
        callee_traps(case(&func).types(types), &[cases as u8], &[64], &reason);
        let mut pair = case(&format!("func(x: list<{ty}>)")).types(types).instantiate();
        pair.write_caller(64, &[0xff]);
        traps(&mut pair, &[64, 1], &reason);
    }
    let cases: Vec<String> = (0..257).map(|case| format!("c{case}")).collect();
    let types = format!("enum many {{ {} }}", cases.join(", "));
    let mut pair = case("func(x: list<many>)").types(&types).instantiate();
    pair.write_caller(64, &[1, 1]);
    traps(&mut pair, &[64, 1], "discriminant out of range in many");
}

#[test]
fn realloc_nonsense() {
    let many = format!("func({})", (0..9).map(|i| format!("p{i}: u64, q{i}: u8")).collect::<Vec<_>>().join(", "));
    for (func, flat, misaligned) in
        [("func(x: list<u32>)", vec![64, 1], 2), ("func(x: list<string>)", vec![64, 1], 2), (&many, vec![64], 4)]
    {
        let mut pair = case(func).instantiate();
        let callee = pair.callee;
        pair.set_realloc_answer(callee, misaligned);
        traps(&mut pair, &flat, "realloc returned a misaligned pointer");
        assert!(pair.is_untouched(callee));
    }
    for caller in ENCODINGS {
        for callee in ENCODINGS {
            for (answer, reason) in [
                (1, "realloc returned a misaligned pointer"),
                (MEMORY, "realloc returned a pointer out of bounds"),
                (0xffff_fffe, "realloc returned a pointer out of bounds"),
            ] {
                if callee == Utf8 && answer == 1 {
                    continue;
                }
                let mut pair = case("func(x: string)").encodings(caller, callee).instantiate();
                let guest = pair.callee;
                pair.set_realloc_answer(guest, answer);
                traps(&mut pair, &[64, 5], reason);
                assert!(pair.is_untouched(guest));
            }
        }
    }
    // The caller's, for results.
    let mut pair = case("func() -> list<u64>").instantiate();
    let caller = pair.caller;
    pair.set_realloc_answer(caller, MEMORY);
    pair.store.data_mut().answer = Some(V::List(vec![V::Int(1)]));
    traps(&mut pair, &[32], "realloc returned a pointer out of bounds");
    assert!(pair.is_untouched(caller));
}

/// Where it happened: one function of the backtrace for each list around it.
#[test]
fn place() {
    let mut pair = case("func(x: list<list<string>>)").instantiate();
    pair.write_caller(64, &words(128, 1));
    pair.write_caller(128, &words(MEMORY, 1));
    let names = pair.traps(&i32s(&[64, 1]));
    assert_eq!(
        names,
        [
            "onramp: pointer out of bounds in string",
            "onramp: pointer out of bounds in string",
            "onramp: copy list<string> to the callee",
            "onramp: copy list<list<string>> to the callee",
            "onramp: call test:demo/api.f",
        ]
    );
}

/// An engine that inlines leaves the violation's name; the place is lost where it inlines.
#[test]
fn inlined() {
    let mut config = wasmtime::Config::new();
    config.compiler_inlining(wasmtime::Inlining::Yes);
    let engine = wasmtime::Engine::new(&config).expect("an engine");
    let mut pair = Pair::new(&case("func(x: list<string>)"), &engine);
    pair.write_caller(64, &words(MEMORY, 1));
    let names = pair.traps(&i32s(&[64, 1]));
    assert_eq!(names.first().map(String::as_str), Some("onramp: pointer out of bounds in string"));
}
