//! The module of lazy handles: a table that only adapters can write, and the built-in functions of the lazy ABI over it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Kinds, Lazy};

const TEMPLATE: &str = include_str!("../runtime/entries.wat");

/// The rules of `docs/abi/lazy.md` that are checked here: what the template calls the function that traps, and its name.
const TRAPS: [(&str, &str); 8] = [
    ("unknown", "no such handle"),
    ("dead", "the handle is dropped or has died"),
    ("foreign", "the handle belongs to another guest"),
    ("range", "range out of bounds"),
    ("type", "a forwarded value is of another type"),
    ("returned", "a parameter's handle is returned"),
    ("twice", "a value with resource handles is read twice"),
    ("no_room", "no memory for handles"),
];

/// The function that traps for a reason. It calls itself once: see `trap`.
const TRAP: &str = r#"
  (func $NAME (@name "onramp: REASON") (param $again i32)
    (if (i32.eqz (local.get $again)) (then (call $NAME (i32.const 1)))) unreachable)
"#;

/// In the word that says whose an entry is: it is kept in a result scope.
const KEPT: u32 = 1 << 30;

/// The built-in functions, as one guest has them.
const BUILT_INS: [(&str, &str); 4] = [
    (
        "lower",
        r#"
  (func (export "lower GUEST") (param i32 i32 i32 i32)
    (call $lower (i32.const GUEST) (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
"#,
    ),
    (
        "size",
        r#"
  (func (export "size GUEST") (param i32) (result i32) (call $size (i32.const GUEST) (local.get 0)))
"#,
    ),
    (
        "lower-all",
        r#"
  (func (export "lower-all GUEST") (param i32 i32)
    (call $lower-all (i32.const GUEST) (local.get 0) (local.get 1)))
"#,
    ),
    (
        "drop",
        r#"
  (func (export "drop GUEST") (param i32) (call $drop (i32.const GUEST) (local.get 0)))
"#,
    ),
];

/// Those that a guest calls for each short string: in them is what nearly all calls need, and a call of what does the rest.
const FAST: [(&str, &str); 2] = [
    (
        "lower",
        r#"
  (func (@name "onramp: lower") (export "lower GUEST")
    (param $handle i32) (param $start i32) (param $count i32) (param $destination i32)
    (local $entry i32) (local $kept i32)
    (if (i32.lt_u (i32.sub (local.get $handle) (i32.const 1))
                  (i32.sub (i32.shr_u (global.get $next) (i32.const 5)) (i32.const 1)))
      (then
        (local.set $entry (i32.shl (local.get $handle) (i32.const 5)))
        (local.set $kept (i32.xor (i32.load $entries offset=4 (local.get $entry)) (i32.const GUEST)))
        (if (i32.and
              (i32.eqz (i32.and (local.get $kept) (i32.const 0xbfff_ffff)))
              (i64.le_u
                (i64.add (i64.extend_i32_u (local.get $start)) (i64.extend_i32_u (local.get $count)))
                (i64.extend_i32_u
                  (i32.and (i32.load $entries offset=16 (local.get $entry)) (i32.const 0x7fff_ffff)))))
          (then
            (if (i32.eqz (local.get $count)) (then (return)))
            (if (local.get $kept)
              (then
                (global.set $scope (i32.load $entries offset=20 (local.get $entry)))
                (global.set $parent (i32.load $entries offset=28 (local.get $entry)))))
            (call_indirect $values (type $lower)
              (i32.load $entries offset=8 (local.get $entry))
              (i32.load $entries offset=12 (local.get $entry))
              (i32.load $entries offset=16 (local.get $entry))
              (local.get $start)
              (local.get $count)
              (local.get $destination)
              (i32.shl (i32.load $entries (local.get $entry)) (i32.const 2)))
            (if (local.get $kept)
              (then
                (global.set $scope (i32.const 0))
                (global.set $parent (i32.const 0))))
            (return)))))
    (call $lower
      (i32.const GUEST) (local.get $handle) (local.get $start) (local.get $count) (local.get $destination)))
"#,
    ),
    (
        "drop",
        r#"
  (func (@name "onramp: drop") (export "drop GUEST") (param $handle i32)
    (local $entry i32)
    (if (i32.lt_u (i32.sub (local.get $handle) (i32.const 1))
                  (i32.sub (i32.shr_u (global.get $next) (i32.const 5)) (i32.const 1)))
      (then
        (local.set $entry (i32.shl (local.get $handle) (i32.const 5)))
        ;; Kept, needed by nobody else, and forwarded from nothing.
        (if (i32.eqz
              (i32.or
                (i32.or
                  (i32.xor (i32.load $entries offset=4 (local.get $entry)) (i32.const KEPT_BY_GUEST))
                  (i32.xor (i32.load $entries offset=24 (local.get $entry)) (i32.const 1)))
                (i32.load $entries offset=28 (local.get $entry))))
          (then
            (call $drop-result (local.get $entry))
            (return)))))
    (call $drop (i32.const GUEST) (local.get $handle)))
"#,
    ),
];

/// What is used of the module of lazy handles. It has nothing else.
#[derive(Clone, Debug, Default)]
pub struct Used {
    /// What adapters import.
    pub imports: BTreeSet<Lazy>,
    /// The built-in functions that guests import, by the guests' numbers.
    pub built_ins: BTreeMap<u32, BTreeSet<String>>,
    /// Whether small code counts more than fast code: no guest calls another.
    pub is_boundary: bool,
}

impl Used {
    /// Everything, by all guests.
    pub fn all(kinds: &Kinds) -> Used {
        let names: BTreeSet<String> = BUILT_INS.iter().map(|(name, _)| (*name).to_owned()).collect();
        let built_ins = (0..kinds.outside()).map(|guest| (guest, names.clone())).collect();
        Used { imports: Lazy::ALL.into(), built_ins, is_boundary: false }
    }

    /// The built-in functions, as text.
    fn guests(&self) -> String {
        let text = |name: &str, small: &'static str| {
            let fast = FAST.iter().find(|(fast, _)| *fast == name).filter(|_| !self.is_boundary);
            fast.map_or(small, |(_, text)| text)
        };
        let of = |(guest, names): (&u32, &BTreeSet<String>)| {
            let (number, kept) = (guest.to_string(), (guest | KEPT).to_string());
            let imported = BUILT_INS.iter().filter(|(name, _)| names.contains(*name));
            let texts = imported.map(|(name, small)| text(name, small));
            texts.map(|text| text.replace("KEPT_BY_GUEST", &kept).replace("GUEST", &number)).collect::<String>()
        };
        self.built_ins.iter().map(of).collect()
    }
}

/// The module of lazy handles, for a composition whose adapter modules have all been finished: nothing is imported.
///
/// It exports what adapters import as [`Lazy`], and for guest *n* its built-in functions `lower n`, `size n`, `lower-all n`
/// and `drop n`, with the signatures of `docs/abi/lazy.md`, as far as they are used. `scope_values` is the largest number of core results
/// that a function of a lazy callee has.
pub fn entries(kinds: &Kinds, scope_values: usize, used: &Used) -> Vec<u8> {
    let traps: String = TRAPS.iter().map(|(name, why)| TRAP.replace("NAME", name).replace("REASON", why)).collect();
    let template = parts(|part| match part {
        "once" => kinds.any_is_once(),
        "scopes" => kinds.has_scopes(),
        other => panic!("entries.wat: there is no part `{other}`"),
    });
    let (head, functions) = template.split_once("TRAPS").expect("the template has a place for traps");
    let guests = used.guests();
    let text = format!("{head}{}{guests}\n)", needed(&format!("{traps}{functions}"), &guests, &used.imports))
        .replace("PEERS_SQUARED", &kinds.peers().pow(2).to_string())
        .replace("PEERS", &kinds.peers().to_string())
        .replace("VALUES", &kinds.values().to_string())
        .replace("FINISHERS", &(kinds.finishers() + 1).to_string())
        .replace("SCOPE", &(16 + 8 * (scope_values + 1)).to_string());
    wat::parse_str(&text).unwrap_or_else(|error| panic!("entries.wat: {error}"))
}

/// The template without the parts that are not needed.
fn parts(is_needed: impl Fn(&str) -> bool) -> String {
    let mut open = Vec::new();
    let mut text = String::new();
    for line in TEMPLATE.lines() {
        match line.trim() {
            line if line.starts_with(";;{ ") => open.push(is_needed(&line[4..])),
            line if line.starts_with(";;} ") => drop(open.pop()),
            _ if open.iter().all(|needed| *needed) => text = text + line + "\n",
            _ => {}
        }
    }
    text
}

/// The functions, of these, that other text calls or that are exported under names which are used, and what those call in turn.
fn needed(functions: &str, callers: &str, imports: &BTreeSet<Lazy>) -> String {
    let functions: Vec<&str> = functions.split("\n  (func ").filter(|text| !text.trim().is_empty()).collect();
    let exports: Vec<String> = imports.iter().map(|import| format!("(export \"{}\")", import.name())).collect();
    let is_exported = |text: &&str| exports.iter().any(|export| text.contains(export));
    let mut kept: BTreeSet<&str> = functions.iter().copied().filter(is_exported).collect();
    let mut texts: Vec<&str> = kept.iter().copied().chain([callers]).collect();
    while let Some(text) = texts.pop() {
        for called in text.split("(call ").skip(1) {
            let name = called.split([' ', ')', '\n']).next().unwrap_or_default();
            let is_called = |function: &&&str| function.split_whitespace().next() == Some(name);
            texts.extend(functions.iter().find(is_called).filter(|function| kept.insert(function)));
        }
    }
    let in_order = functions.iter().filter(|function| kept.contains(**function));
    in_order.map(|function| format!("\n  (func {function}")).collect()
}
