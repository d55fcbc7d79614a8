//! The floor: the same calls between core modules that are written by hand (`guests/floor.wat`).

use std::fmt::Write as _;

use crate::contestant::ROWS;
use crate::rows;

const MODULES: &str = include_str!("../guests/floor.wat");

/// The component, in the text format: the core modules, and the rows lifted from the caller among them.
pub fn component() -> String {
    let mut text = format!("(component\n{MODULES}");
    let mut exports = String::new();
    for name in rows::ALL.iter().map(rows::Row::function) {
        let _ = writeln!(text, r#"  (func ${name} (param "n" u32) (canon lift (core func $caller "{name}")))"#);
        let _ = write!(exports, r#" (export "{name}" (func ${name}))"#);
    }
    let _ = writeln!(text, "  (instance $rows{exports})\n  (export \"{ROWS}\" (instance $rows)))");
    text
}
