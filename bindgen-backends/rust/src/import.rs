//! The edits of an import.
//!
//! Upstream's text, where `fn` is declared twice, for wasm32 and for other targets:
//!
//! ```text
//! #[link(wasm_import_module = "MODULE")]
//! unsafe extern "C" {
//!   #[link_name = "FIELD"]
//!   fn wit_import3(_: *mut u8, _: usize, _: *mut u8, );
//! }
//! #[cfg(not(target_arch = "wasm32"))]
//! unsafe extern "C" fn wit_import3(_: *mut u8, _: usize, _: *mut u8, ) { unreachable!() }
//! wit_import3(ptr0.cast_mut(), len0, ptr2);
//! ```

use std::ops::Range;

use anyhow::{Result, anyhow, bail};
use onramp_abi::CoreType;
use onramp_bridge::{Import, Results, Step};

use crate::fixed;
use crate::places::{closed, next};
use crate::steps::{Printer, rust_type, slot, words};
use crate::world::Shared;
use onramp_bridge::Edits;

/// The last parameter of an import whose results are in memory.
const RETURN_POINTER: &str = "_: *mut u8, ";

/// Edits the import whose eager module and field are these. `owning` are the parameters with fixed-length lists of values that own
/// memory.
///
/// # Errors
/// When the text is not as expected.
pub fn edit(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    eager: &(String, String),
    import: &Import,
    owning: &[String],
) -> Result<()> {
    let text = edits.text();
    let site = shared.sites.import(&eager.0, &eager.1)?;
    if !owning.is_empty() {
        fixed::borrow(edits, owning, site.module.start)?;
    }
    edits.replace(site.module, import.thunk_module.as_ref().unwrap_or(&import.module).clone());
    edits.replace(site.field.clone(), import.field.clone());
    let call = Call::find(text, site.field.end)?;
    if let Results::Several { values, steps, .. } = &import.results {
        return several(edits, shared, &call, import, values, steps);
    }
    if !import.received.is_empty() {
        let block = call.return_pointer(text)?;
        edits.insert(call.end, format!("\n{}", printer(shared, block, &[]).print(&import.received)));
    }
    Ok(())
}

/// The core values come from the call and from getters, and go to the return area.
fn several(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    call: &Call,
    import: &Import,
    values: &[CoreType],
    steps: &[Step],
) -> Result<()> {
    let text = edits.text();
    for signature in &call.signatures {
        let kept = text[signature.clone()].strip_suffix(&format!("{RETURN_POINTER})"));
        let kept = kept.ok_or_else(|| anyhow!("the core import has no return pointer"))?;
        edits.replace(signature.start + kept.len()..signature.end, format!(") -> {}", rust_type(values[0])));
    }
    let block = call.return_pointer(text)?;
    let arguments = &text[call.arguments.clone()];
    let arguments = arguments.strip_suffix(block).unwrap_or(arguments).trim_end_matches(", ");
    let getters = values.iter().enumerate().skip(1);
    let getters: String =
        getters.map(|(index, ty)| format!(", {}::results::get_{}_{index}()", shared.runtime, rust_type(*ty))).collect();
    let call_and_getters = format!("{}({arguments}){getters}", call.name(text));
    let slots: Vec<_> = values.iter().map(|ty| slot(*ty)).collect();
    let printer = printer(shared, block, &slots);
    let stored = match words(steps) {
        Some(count) => format!("*{block}.cast::<[i32; {count}]>() = [{call_and_getters}];\n"),
        None => {
            let names: Vec<String> = (0..values.len()).map(|index| format!("word{index}")).collect();
            format!("let ({}) = ({call_and_getters});\n{}", names.join(", "), printer.print(steps))
        }
    };
    edits.replace(call.statement(), stored + &printer.print(&import.received));
    Ok(())
}

fn printer<'a>(
    shared: &Shared<'a>,
    block: &'a str,
    slots: &'a [wit_bindgen_core::wit_parser::abi::WasmType],
) -> Printer<'a> {
    Printer { runtime: shared.runtime, block, core: "word", slots, given: &[] }
}

/// Where the core import is declared and called.
pub struct Call {
    /// The parameters of both declarations, with their brackets.
    signatures: [Range<usize>; 2],
    /// The start of the call's statement.
    start: usize,
    /// What is between the brackets of the call.
    arguments: Range<usize>,
    /// Behind the call's statement.
    end: usize,
}

impl Call {
    /// Behind the link name that ends at `from`.
    ///
    /// # Errors
    /// When the text is not as expected.
    pub fn find(text: &str, from: usize) -> Result<Call> {
        let declared = next(text, from, "fn ")?.end;
        let name_end = next(text, declared, "(")?.start;
        let name = &text[declared..name_end];
        let first = name_end..closed(text, name_end, ['(', ')'])?;
        let again = next(text, first.end, &format!("fn {name}("))?.end - 1;
        let second = again..closed(text, again, ['(', ')'])?;
        let start = next(text, second.end, &format!("{name}("))?;
        let close = closed(text, start.end - 1, ['(', ')'])?;
        if !text[close..].starts_with(';') {
            bail!("the call of `{name}` is not a statement");
        }
        Ok(Call { signatures: [first, second], start: start.start, arguments: start.end..close - 1, end: close + 1 })
    }

    fn name<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.arguments.start - 1]
    }

    /// The call's statement.
    pub fn statement(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Behind the parameters of the declaration for other targets.
    pub fn stub_end(&self) -> usize {
        self.signatures[1].end
    }

    /// The name of the pointer to the return area: the last argument.
    ///
    /// # Errors
    /// When that is no such name.
    pub fn return_pointer<'t>(&self, text: &'t str) -> Result<&'t str> {
        let arguments = &text[self.arguments.clone()];
        let last = arguments.rsplit(", ").next().unwrap_or_default();
        match last.strip_prefix("ptr").is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit())) {
            true => Ok(last),
            false => Err(anyhow!("the last argument of the core import is `{last}`, not a pointer")),
        }
    }
}
