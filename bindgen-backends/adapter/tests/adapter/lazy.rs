//! Lazy handles: each numbered rule of `docs/abi/lazy.md` is broken once, and lifetimes end when they must.

use onramp_abi::{FORWARDED, Profile};
use onramp_adapter::StringEncoding::{Utf8, Utf16};

use crate::{
    harness::{ARENA, Case, MEMORY, Pair, Script, case, names},
    oracle::{Core, V},
    values::string,
};

const LAZY: Profile = Profile::Lazy;
const EAGER: Profile = Profile::Eager;

/// Where a callee puts things.
const TO: u32 = 64;

fn to_lazy(func: &str) -> Case<'_> {
    case(func).profiles(EAGER, LAZY)
}

fn list(handles: &[i128]) -> V {
    V::List(handles.iter().copied().map(V::Int).collect())
}

/// A call whose callee does this: the trap must be this, and the callee's memory as it was.
fn traps(case: Case<'_>, args: &[V], script: Script, reason: &str) {
    let mut pair = case.instantiate();
    pair.store.data_mut().script = Some(script);
    let error = pair.call(args).expect_err(reason);
    assert_eq!(names(&error).first(), Some(&format!("onramp: {reason}")), "{error:?}");
    let callee = pair.callee;
    assert!(pair.is_untouched(callee), "{reason}: {}", case.func);
}

/// The same for the function that breaks several rules on a list or string.
fn traps_with(func: &str, arg: V, cases: &[(Script, &str)]) {
    for (script, reason) in cases {
        traps(to_lazy(func).types("resource a;"), std::slice::from_ref(&arg), *script, reason);
    }
}

#[test]
fn handles_that_are_none() {
    traps_with(
        "func(x: string)",
        string("text"),
        &[
            (|store, guest, _| guest.lower(store, 0, 0, 1, TO), "no such handle"),
            (|store, guest, _| guest.lower(store, 5000, 0, 1, TO), "no such handle"),
            (|store, guest, _| guest.lower(store, u32::MAX, 0, 0, TO), "no such handle"),
            (|store, guest, _| guest.drop(store, 0), "no such handle"),
            (|store, guest, _| guest.size(store, 0x0800_0000).map(drop), "no such handle"),
            (|store, guest, _| guest.lower_all(store, 0x1000_0002, TO), "no such handle"),
            (
                |store, guest, params| {
                    guest.drop(store, params[0])?;
                    guest.lower(store, params[0], 0, 1, TO)
                },
                "the handle is dropped or has died",
            ),
            (
                |store, guest, params| {
                    guest.drop(store, params[0])?;
                    guest.drop(store, params[0])
                },
                "the handle is dropped or has died",
            ),
        ],
    );
}

#[test]
fn a_parameters_handle_dies_with_the_call() {
    let mut pair = to_lazy("func(x: string)").instantiate();
    pair.store.data_mut().script = Some(|_, _, _| Ok(()));
    pair.call(&[string("text")]).expect("no trap");
    let lower = pair.handles.get_typed_func::<(u32, u32, u32, u32), ()>(&mut pair.store, "lower 1").expect("lower");
    let error = lower.call(&mut pair.store, (1, 0, 1, TO)).expect_err("a trap");
    assert_eq!(names(&error)[0], "onramp: the handle is dropped or has died");
}

#[test]
fn a_handle_is_of_one_guest() {
    let case = case("func(x: string) -> string").profiles(LAZY, LAZY);
    let mut pair = case.instantiate();
    pair.store.data_mut().answer = Some(string("answer"));
    let result = pair.call_raw(&[Core::I32(64), Core::I32(0), Core::I32(32)]).expect("no trap");
    assert!(result.is_empty());
    let handle = pair.caller_cx(|cx| u32::from_le_bytes(cx.memory[32..36].try_into().unwrap()));
    for (guest, reason) in [(1, Some("the handle belongs to another guest")), (0, None)] {
        let name = format!("lower {guest}");
        let lower = pair.handles.get_typed_func::<(u32, u32, u32, u32), ()>(&mut pair.store, &name).expect("lower");
        let outcome = lower.call(&mut pair.store, (handle, 0, 1, TO)).map_err(|error| names(&error)[0].clone());
        assert_eq!(outcome.err(), reason.map(|reason| format!("onramp: {reason}")));
    }
}

#[test]
fn ranges_and_destinations() {
    let numbers = || list(&[1, 2, 3]);
    traps_with(
        "func(x: list<u32>)",
        numbers(),
        &[
            (|store, guest, params| guest.lower(store, params[0], 0, 4, TO), "range out of bounds"),
            (|store, guest, params| guest.lower(store, params[0], 3, 1, TO), "range out of bounds"),
            (|store, guest, params| guest.lower(store, params[0], 4, 0, TO), "range out of bounds"),
            (|store, guest, params| guest.lower(store, params[0], u32::MAX, 2, TO), "range out of bounds"),
            (|store, guest, params| guest.lower(store, params[0], 0, 1, TO + 2), "misaligned destination"),
            (|store, guest, params| guest.lower_all(store, params[0], TO + 1), "misaligned destination"),
            (|store, guest, params| guest.lower(store, params[0], 0, 3, MEMORY - 8), "destination out of bounds"),
            (|store, guest, params| guest.lower(store, params[0], 0, 1, u32::MAX - 3), "destination out of bounds"),
            (|store, guest, params| guest.lower_all(store, params[0], MEMORY - 8), "destination out of bounds"),
            (|store, guest, params| guest.lower_all(store, params[0], u32::MAX - 7), "destination out of bounds"),
        ],
    );
    // The outer block fits, what it refers to does not. Nothing of a value like that has been written before.
    let texts = V::List(vec![string("more than eight bytes")]);
    let script: Script = |store, guest, params| guest.lower_all(store, params[0], MEMORY - 16);
    traps(to_lazy("func(x: list<string>)"), &[texts], script, "destination out of bounds");
}

#[test]
fn what_is_no_value() {
    let read: Script = |store, guest, params| guest.lower(store, params[0], 0, params[1], TO);
    let all: Script = |store, guest, params| guest.lower_all(store, params[0], TO);
    for (ty, bytes, length, reason) in [
        ("string", &[b'a', 0xff][..], 2, "invalid UTF-8 in string"),
        ("list<char>", &[0, 0xd8, 0, 0], 1, "char is a surrogate"),
        ("list<result>", &[1, 2], 2, "discriminant out of range in result"),
        ("list<string>", &[0, 0, 0, 0, 0, 0, 0, 0x80], 1, "length too large in string"),
    ] {
        for script in [read, all] {
            let func = format!("func(x: {ty})");
            let mut pair = to_lazy(&func).instantiate();
            pair.store.data_mut().script = Some(script);
            pair.write_caller(64, bytes);
            let found = pair.traps(&[Core::I32(64), Core::I32(length)]);
            assert_eq!(found[0], format!("onramp: {reason}"), "{ty}");
        }
    }
    let mut pair = to_lazy("func(x: list<u16>)").instantiate();
    pair.store.data_mut().script = Some(read);
    assert_eq!(pair.traps(&[Core::I32(65), Core::I32(1)])[0], "onramp: misaligned pointer in list<u16>");
    assert_eq!(pair.traps(&[Core::I32(MEMORY - 2), Core::I32(2)])[0], "onramp: pointer out of bounds in list<u16>");
    assert_eq!(pair.traps(&[Core::I32(64), Core::I32(0x8000_0000)])[0], "onramp: length too large in list<u16>");
}

/// Bad text is found where it is read, and not before.
#[test]
fn text_is_checked_where_it_is_read() {
    let mut pair = to_lazy("func(x: string)").instantiate();
    pair.write_caller(64, b"sixteen bytes ok\xff");
    pair.store.data_mut().script = Some(|store, guest, params| {
        assert_eq!(params[1], 17);
        guest.lower(store, params[0], 0, 16, TO)?;
        let error = guest.lower(store, params[0], 8, 9, TO).expect_err("bad text");
        assert_eq!(names(&error)[0], "onramp: invalid UTF-8 in string");
        Ok(())
    });
    pair.call_raw(&[Core::I32(64), Core::I32(17)]).expect("no trap");
}

/// A piece may cut a code point, which is checked as a whole.
#[test]
fn pieces_of_text() {
    const TEXT: &[u8] = "a€b".as_bytes();
    let mut pair = to_lazy("func(x: string)").instantiate();
    pair.write_caller(64, TEXT);
    pair.store.data_mut().script = Some(|store, guest, params| {
        for start in 0..params[1] {
            for count in 1..=params[1] - start {
                guest.lower(store, params[0], start, count, TO)?;
                let read = &guest.memory.data(&*store)[TO as usize..][..count as usize];
                assert_eq!(read, &TEXT[start as usize..][..count as usize]);
            }
        }
        Ok(())
    });
    pair.call_raw(&[Core::I32(64), Core::I32(TEXT.len() as u32)]).expect("no trap");
}

/// Whoever reads bad text byte by byte finds it.
#[test]
fn pieces_of_bad_text() {
    for bytes in [&b"a\xe2\x82b"[..], b"\x82\xacab", b"ab\xe2\x82", b"a\x80", b"\xe2\x82\xac\x80\x80b"] {
        let mut pair = to_lazy("func(x: string)").instantiate();
        pair.write_caller(64, bytes);
        pair.store.data_mut().script = Some(|store, guest, params| {
            (0..params[1]).try_for_each(|start| guest.lower(store, params[0], start, 1, TO))
        });
        let found = pair.traps(&[Core::I32(64), Core::I32(bytes.len() as u32)]);
        assert_eq!(found[0], "onramp: invalid UTF-8 in string", "{bytes:x?}");
    }
}

/// The length was counted when the handle was made; then the sender shortens the text.
#[test]
fn text_that_changed() {
    let case = case("func() -> string").profiles(LAZY, LAZY).encodings(Utf16, Utf8);
    let mut pair = case.instantiate();
    pair.store.data_mut().answer = Some(string("four"));
    pair.call_raw(&[Core::I32(32)]).expect("no trap");
    let handle = pair.caller_cx(|cx| u32::from_le_bytes(cx.memory[32..36].try_into().unwrap()));
    pair.write_callee(ARENA + 8, "é€".as_bytes());
    let guest = pair.reader.expect("a lazy caller");
    let error = guest.lower(&mut pair.store, handle, 0, 4, TO).expect_err("a trap");
    assert_eq!(names(&error)[0], "onramp: invalid UTF-8 in string");
    pair.write_callee(ARENA + 8, "éé".as_bytes());
    let error = guest.lower(&mut pair.store, handle, 0, 4, TO).expect_err("a trap");
    assert_eq!(names(&error)[0], "onramp: the value has changed");
}

/// The caller, which is lazy, passes on what it got as another type; the callee returns what it got.
#[test]
fn what_may_not_be_forwarded() {
    let mut pair = case("func(x: list<u8>) -> string").profiles(LAZY, LAZY).instantiate();
    pair.store.data_mut().answer = Some(string("answer"));
    pair.call_raw(&[Core::I32(64), Core::I32(0), Core::I32(32)]).expect("no trap");
    let handle = pair.caller_cx(|cx| u32::from_le_bytes(cx.memory[32..36].try_into().unwrap()));
    let found = pair.traps(&[Core::I32(handle), Core::I32(FORWARDED), Core::I32(32)]);
    assert_eq!(found[0], "onramp: a forwarded value is of another type");

    let mut pair = case("func(x: string) -> string").profiles(LAZY, LAZY).instantiate();
    pair.store.data_mut().script = Some(|store, guest, params| {
        let words = [params[0].to_le_bytes(), FORWARDED.to_le_bytes()].concat();
        guest.memory.write(&mut *store, 64, &words)?;
        Ok(())
    });
    pair.store.data_mut().raw_answer = Some(vec![Core::I32(64)]);
    pair.write_caller(64, b"text");
    let found = pair.traps(&[Core::I32(64), Core::I32(4), Core::I32(32)]);
    assert_eq!(found[0], "onramp: a parameter's handle is returned");
}

#[test]
fn resources_are_read_once() {
    for script in [
        (|store, guest, params| {
            guest.lower(store, params[0], 0, 2, TO)?;
            guest.lower(store, params[0], 1, 1, TO)
        }) as Script,
        |store, guest, params| {
            guest.lower(store, params[0], 0, 1, TO)?;
            guest.lower_all(store, params[0], TO)
        },
        |store, guest, params| {
            guest.lower_all(store, params[0], TO)?;
            guest.lower(store, params[0], 2, 1, TO)
        },
    ] {
        let mut pair = to_lazy("func(x: list<own<a>>)").types("resource a;").instantiate();
        pair.store.data_mut().script = Some(script);
        let error = pair.call(&[list(&[1, 2, 3])]).expect_err("a trap");
        assert_eq!(names(&error)[0], "onramp: a value with resource handles is read twice");
    }
}

/// What was not read of a value with resources is dropped, once, in the name of the receiver.
#[test]
fn resources_that_are_not_read() {
    for (script, dropped) in [
        ((|_, _, _| Ok(())) as Script, &[1, 2, 3][..]),
        (|store, guest, params| guest.lower(store, params[0], 0, 2, TO), &[3]),
        (|store, guest, params| guest.lower(store, params[0], 2, 1, TO), &[1, 2]),
        (|store, guest, params| guest.lower_all(store, params[0], TO), &[]),
        (|store, guest, params| guest.drop(store, params[0]), &[1, 2, 3]),
    ] {
        let mut pair = to_lazy("func(x: list<own<a>>)").types("resource a;").instantiate();
        pair.store.data_mut().script = Some(script);
        pair.call(&[list(&[1, 2, 3])]).expect("no trap");
        let log: Vec<&String> = pair.store.data().log.iter().filter(|entry| entry.contains("drop")).collect();
        let expected: Vec<String> =
            dropped.iter().map(|handle| format!("resource drop call own 0: {}", 1000 + handle)).collect();
        assert_eq!(log, expected.iter().collect::<Vec<_>>());
        assert_eq!(pair.live_arenas(), 0);
    }
}

/// The handles of a result, and those lowered out of them, in every order: post-return runs when the last is dropped.
#[test]
fn post_return_comes_last() {
    let orders: [&[usize]; 6] = [&[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[1, 2, 0], &[2, 0, 1], &[2, 1, 0]];
    for order in orders {
        let mut pair = case("func() -> tuple<string, list<string>>").profiles(LAZY, LAZY).instantiate();
        pair.store.data_mut().answer = Some(V::Record(vec![string("one"), V::List(vec![string("two")])]));
        pair.call_raw(&[Core::I32(32)]).expect("no trap");
        let guest = pair.reader.expect("a lazy caller");
        let word = |pair: &mut Pair, at: usize| {
            pair.caller_cx(|cx| u32::from_le_bytes(cx.memory[at..at + 4].try_into().unwrap()))
        };
        let (text, texts) = (word(&mut pair, 32), word(&mut pair, 40));
        guest.lower(&mut pair.store, texts, 0, 1, TO).expect("no trap");
        let nested = word(&mut pair, TO as usize);
        for (done, index) in order.iter().enumerate() {
            assert!(pair.store.data().post_returns.is_empty(), "post-return after {done} drops");
            guest.drop(&mut pair.store, [text, texts, nested][*index]).expect("no trap");
        }
        assert_eq!(pair.store.data().post_returns.len(), 1, "{order:?}");
    }
}

/// Empty results have no handles, so post-return is called at once.
#[test]
fn post_return_of_nothing() {
    let mut pair = case("func() -> tuple<string, list<u8>>").profiles(LAZY, LAZY).instantiate();
    pair.store.data_mut().answer = Some(V::Record(vec![string(""), list(&[])]));
    pair.call_raw(&[Core::I32(32)]).expect("no trap");
    assert_eq!(pair.store.data().post_returns.len(), 1);
}

/// Entries are used again: after many calls the handles have the numbers that they had.
#[test]
fn nothing_grows() {
    let mut pair = case("func(x: string) -> list<string>").profiles(LAZY, LAZY).instantiate();
    pair.store.data_mut().answer = Some(V::List(vec![string("a"), string("b")]));
    let script: Script = |store, guest, params| {
        assert!(params[0] < 8, "handle {}", params[0]);
        guest.lower(store, params[0], 0, 1, TO)
    };
    pair.store.data_mut().script = Some(script);
    let guest = pair.reader.expect("a lazy caller");
    for _ in 0..20_000 {
        pair.call_raw(&[Core::I32(64), Core::I32(1), Core::I32(32)]).expect("no trap");
        let handle = pair.caller_cx(|cx| u32::from_le_bytes(cx.memory[32..36].try_into().unwrap()));
        assert!(handle < 8, "handle {handle}");
        guest.lower(&mut pair.store, handle, 0, 2, TO).expect("no trap");
        let nested = [TO, TO + 8].map(|at| {
            pair.caller_cx(|cx| u32::from_le_bytes(cx.memory[at as usize..at as usize + 4].try_into().unwrap()))
        });
        for handle in [nested[0], handle, nested[1]] {
            guest.drop(&mut pair.store, handle).expect("no trap");
        }
        pair.store.data_mut().post_returns.clear();
        // The test's own callee takes a new block for each answer.
        pair.rewind();
    }
}
