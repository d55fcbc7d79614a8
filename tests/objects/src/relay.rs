//! A guest that exports what it imports: it passes on the references that it gets, and looks into none.

use std::fmt::Write;

use wit_parser::Function;

use crate::Layout;

/// An interface that a relay imports or exports.
#[derive(Clone, Copy, Debug)]
pub struct Interface<'a> {
    /// Its name, with its package.
    pub name: &'a str,
    /// Its functions.
    pub functions: &'a [&'a Function],
}

/// The module, as text: each function of `outer` calls the one of `inner` at the same place, whose type must be the same.
pub fn relay(mut layout: Layout<'_>, inner: Interface<'_>, outer: Interface<'_>) -> String {
    let mut imports = String::new();
    let mut exports = String::new();
    for (index, (called, calling)) in inner.functions.iter().zip(outer.functions).enumerate() {
        let mut value = |part: &str, ty| {
            let shape = layout.shape(ty, true);
            format!(" ({part} {})", layout.value(&shape))
        };
        let params: Vec<String> = called.params.iter().map(|param| value("param", &param.ty)).collect();
        let signature = params.concat() + &called.result.iter().map(|ty| value("result", ty)).collect::<String>();
        let args: String = (0..params.len()).map(|param| format!(" (local.get {param})")).collect();
        writeln!(imports, "(import \"[abi=gc]{}\" \"{}\" (func $f{index}{signature}))", inner.name, called.name)
            .expect("a string");
        writeln!(
            exports,
            "(func (export \"[abi=gc]{}#{}\"){signature} (call $f{index}{args}))",
            outer.name, calling.name
        )
        .expect("a string");
    }
    format!("(module\n(@custom \"onramp:abi\" \"gc 1\\n\")\n{}{imports}{exports})\n", layout.text())
}
