//! What two native guests share: the values themselves where their types are equal and closed, and nothing otherwise.

use onramp_adapter::Passage;

use super::{
    compiled::Making,
    pair::{Kind, Pair},
};
use crate::{harness::case, reader::Way};

const LIST: (&str, &str) = ("", "func(x: list<u8>) -> list<u8>");
const POINT: (&str, &str) = ("record point { x: u8 }", "func(x: point) -> point");
const SHAPE: (&str, &str) = ("record point { x: u8 } variant shape { dot, at(point) }", "func(x: shape) -> shape");
const INNER: (&str, &str) =
    ("record inner { name: string, shape: option<list<u16>> }", "func(x: tuple<u8, inner>) -> tuple<u8, inner>");

const SCALARS: (&str, &str) = ("", "func(x: u32, y: f64) -> s64");

/// How values pass, and what a function of the caller answers.
fn ask((types, func): (&str, &str), making: Making, caller: &str, callee: &str, question: &str) -> (Passage, u32) {
    let (resolve, func) = case(func).types(types).resolve();
    let kinds = [caller, callee].map(|text| Kind::Module(text.to_owned()));
    let mut pair = Pair::new(&resolve, &func, &kinds, making, Way::All).expect("an adapter");
    (pair.passage, pair.ask(question).expect("no trap"))
}

#[test]
fn closed_types_are_passed_as_they_are() {
    let list = include_str!("isolation/list.wat");
    assert_eq!(ask(LIST, Making::Usual, list, list, "same"), (Passage::Direct, 1));
    assert_eq!(ask(LIST, Making::Usual, list, list, "written"), (Passage::Direct, 99), "what is passed is shared");
    let record = include_str!("isolation/record.wat");
    assert_eq!(ask(INNER, Making::Usual, record, record, "same"), (Passage::Reference, 1), "what is passed is checked");
    let scalars = include_str!("isolation/scalars.wat");
    assert_eq!(ask(SCALARS, Making::Usual, scalars, scalars, "sum"), (Passage::Direct, 6));
}

#[test]
fn what_is_copied_is_not_shared() {
    let (closed, open) = (include_str!("isolation/list.wat"), include_str!("isolation/open-list.wat"));
    for (making, caller, callee) in [
        (Making::Usual, open, open),
        (Making::Usual, open, closed),
        (Making::Usual, closed, open),
        (Making::Isolated, closed, closed),
    ] {
        assert_eq!(ask(LIST, making, caller, callee, "same"), (Passage::Copy, 0));
        assert_eq!(ask(LIST, making, caller, callee, "written"), (Passage::Copy, 1), "a guest writes to its own copy");
    }
    let record = include_str!("isolation/record.wat");
    assert_eq!(ask(INNER, Making::Isolated, record, record, "same"), (Passage::Copy, 0), "there are arrays in it");
}

/// What cannot be written to is passed as it is all the same.
#[test]
fn isolation_leaves_what_is_immutable() {
    let shape = include_str!("isolation/immutable.wat");
    let asked = ask(SHAPE, Making::Isolated, shape, shape, "same");
    assert_eq!(asked, (Passage::Reference, 1));
}

#[test]
fn objects_with_more_fields_are_copied() {
    let open = include_str!("isolation/open-record.wat");
    assert_eq!(ask(POINT, Making::Usual, open, open, "leaked to the callee"), (Passage::Copy, 0));
    assert_eq!(ask(POINT, Making::Usual, open, open, "leaked to the caller"), (Passage::Copy, 0));
}
