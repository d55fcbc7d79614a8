//! The module of lazy handles: a table that only adapters can write, and the built-in functions of the lazy ABI over it.

use crate::Kinds;

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
const TRAP: &str = r#"  (func $NAME (@name "onramp: REASON") (param $again i32)
    (if (i32.eqz (local.get $again)) (then (call $NAME (i32.const 1)))) unreachable)
"#;

/// The built-in functions of one guest.
const GUEST: &str = r#"
  (func (export "lower GUEST") (param i32 i32 i32 i32)
    (call $lower (i32.const GUEST) (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "size GUEST") (param i32) (result i32) (call $size (i32.const GUEST) (local.get 0)))
  (func (export "lower-all GUEST") (param i32 i32)
    (call $lower-all (i32.const GUEST) (local.get 0) (local.get 1)))
  (func (export "drop GUEST") (param i32) (call $drop (i32.const GUEST) (local.get 0)))
"#;

/// The module of lazy handles, for a composition whose adapter modules have all been finished: nothing is imported.
///
/// It exports what adapters import as [`Lazy`](crate::Lazy), and for guest *n* its built-in functions `lower n`, `size n`, `lower-all n`
/// and `drop n`, with the signatures of `docs/abi/lazy.md`. `scope_values` is the largest number of core results that a function of a lazy
/// callee has.
pub fn entries(kinds: &Kinds, scope_values: usize) -> Vec<u8> {
    let traps: String = TRAPS.iter().map(|(name, why)| TRAP.replace("NAME", name).replace("REASON", why)).collect();
    let guests: String = (0..kinds.outside()).map(|guest| GUEST.replace("GUEST", &guest.to_string())).collect();
    let text = TEMPLATE
        .replace("PEERS_SQUARED", &kinds.peers().pow(2).to_string())
        .replace("PEERS", &kinds.peers().to_string())
        .replace("VALUES", &kinds.values().to_string())
        .replace("FINISHERS", &(kinds.finishers() + 1).to_string())
        .replace("SCOPE", &(16 + 8 * (scope_values + 1)).to_string())
        .replace("TRAPS", &traps)
        .replace("GUESTS", &guests);
    wat::parse_str(&text).unwrap_or_else(|error| panic!("entries.wat: {error}"))
}
