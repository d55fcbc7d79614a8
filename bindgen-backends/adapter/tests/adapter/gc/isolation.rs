//! What two native guests share: the values themselves where their types are equal and closed, and nothing otherwise.

use super::pair::{Kind, Pair};
use crate::{harness::case, reader::Way};

const LIST: (&str, &str) = ("", "func(x: list<u8>) -> list<u8>");
const POINT: (&str, &str) = ("record point { x: u8 }", "func(x: point) -> point");
const INNER: (&str, &str) =
    ("record inner { name: string, shape: option<list<u16>> }", "func(x: tuple<u8, inner>) -> tuple<u8, inner>");

/// What a function of the caller answers.
fn ask((types, func): (&str, &str), caller: &str, callee: &str, question: &str) -> u32 {
    let (resolve, func) = case(func).types(types).resolve();
    let kinds = [caller, callee].map(|text| Kind::Module(text.to_owned()));
    let mut pair = Pair::new(&resolve, &func, &kinds, false, Way::All).expect("an adapter");
    pair.ask(question).expect("no trap")
}

#[test]
fn closed_types_are_passed_as_they_are() {
    let list = include_str!("isolation/list.wat");
    assert_eq!(ask(LIST, list, list, "same"), 1);
    assert_eq!(ask(LIST, list, list, "written"), 99, "what is passed is shared");
    let record = include_str!("isolation/record.wat");
    assert_eq!(ask(INNER, record, record, "same"), 1);
}

#[test]
fn what_is_copied_is_not_shared() {
    let (closed, open) = (include_str!("isolation/list.wat"), include_str!("isolation/open-list.wat"));
    for (caller, callee) in [(open, open), (open, closed), (closed, open)] {
        assert_eq!(ask(LIST, caller, callee, "same"), 0);
        assert_eq!(ask(LIST, caller, callee, "written"), 1, "a guest writes to its own copy");
    }
}

#[test]
fn objects_with_more_fields_are_copied() {
    let open = include_str!("isolation/open-record.wat");
    assert_eq!(ask(POINT, open, open, "leaked to the callee"), 0);
    assert_eq!(ask(POINT, open, open, "leaked to the caller"), 0);
}
