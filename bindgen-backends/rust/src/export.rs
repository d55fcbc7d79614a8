//! The edits of an export.
//!
//! Upstream's text: two functions in the interface's module, and two that call them in its macro.
//!
//! ```text
//! pub unsafe fn _export_f_cabi<T_: Guest>(arg0: *mut u8,arg1: usize,) -> *mut u8 { unsafe {#[cfg(target_arch="wasm32")]
//! _rt::run_ctors_once();…
//!   let ptr1 = (&raw mut _RET_AREA.0).cast::<u8>();
//!   …
//!   ptr1
//! } }
//! pub unsafe fn __post_return_f<T_: Guest>(arg0: *mut u8,) { unsafe {
//!   …
//! #[unsafe(export_name = "I#f")]
//! unsafe extern "C" fn export_f(arg0: *mut u8,arg1: usize,) -> *mut u8 {
//!   unsafe { …::_export_f_cabi::<$ty>(arg0, arg1) }
//! #[unsafe(export_name = "cabi_post_I#f")]
//! unsafe extern "C" fn _post_return_f(arg0: *mut u8,) {
//!   unsafe { …::__post_return_f::<$ty>(arg0) }
//! ```

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Result, anyhow};
use onramp_abi::CoreType;
use onramp_bridge::{Export, Params, Results, Step};

use crate::places::{closed, next, only};
use crate::returned;
use crate::steps::{Printer, assigned, rust_type, slot, words};
use crate::world::Shared;
use onramp_bridge::Edits;

const RETURNS_POINTER: &str = " -> *mut u8";
const AREA: &str = "(&raw mut _RET_AREA.0).cast::<u8>();";
const CTORS: &str = "run_ctors_once();";

/// What an export's result is in memory.
pub struct ResultBlock {
    /// The size and the alignment of a block of its own for each call, which post-return frees. Results that handles refer to need
    /// it: the export may be called again before post-return was (`docs/abi/lazy.md`, lifetimes).
    pub own: Option<(u32, u32)>,
    /// What to do with what records of `--lazy` hold in it.
    pub reclaims: Vec<Step>,
}

/// Edits the export whose eager name is this.
///
/// # Errors
/// When the text is not as expected.
pub fn edit(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    eager: &str,
    export: &Export,
    block: &ResultBlock,
) -> Result<()> {
    let prefix = shared.export_prefix;
    let site = shared.sites.export(&format!("{prefix}{eager}"))?;
    let post_return = shared.sites.optional_export(&format!("{prefix}cabi_post_{eager}"))?;
    let name = export.thunk_name.as_ref().unwrap_or(&export.name);
    edits.replace(site.clone(), format!("{prefix}{name}"));
    let wrapper = Function::after(edits.text(), site.end)?;
    let inner = Function::called(edits.text(), &wrapper)?;
    params(edits, shared, &inner, export)?;
    if let Results::Several { values, size, steps, .. } = &export.results {
        for function in [&wrapper, &inner] {
            let returns = only(edits.text(), function.params.end..function.body.start, RETURNS_POINTER)?;
            edits.replace(returns..returns + RETURNS_POINTER.len(), format!(" -> {}", rust_type(values[0])));
        }
        results(edits, shared, &inner, values, *size, steps)?;
    }
    if post_return.is_none() && block.reclaims.is_empty() {
        return Ok(());
    }
    if let Some((size, align)) = block.own {
        let area = only(edits.text(), inner.body.clone(), AREA)?;
        edits.replace(area..area + AREA.len(), format!("{}::results::allocate({size}, {align});", shared.runtime));
    }
    match post_return {
        Some(site) => {
            edits.replace(site.clone(), format!("{prefix}{}", export.post_return));
            let wrapper = Function::after(edits.text(), site.end)?;
            let inner = Function::called(edits.text(), &wrapper)?;
            returned::edit(edits, shared, [&wrapper, &inner], export, block)
        }
        None => returned::add(edits, shared, [&wrapper, &inner], export, block),
    }
}

/// A function of upstream's.
pub struct Function {
    /// Its name.
    pub name: Range<usize>,
    /// The parameters with their brackets.
    pub params: Range<usize>,
    /// What is between the outer braces.
    pub body: Range<usize>,
}

impl Function {
    /// The next one.
    ///
    /// # Errors
    /// When it is not as expected.
    pub fn after(text: &str, from: usize) -> Result<Function> {
        let start = next(text, from, "fn ")?.end;
        let end = start + text[start..].find(['<', '(']).ok_or_else(|| anyhow!("a function has no parameters"))?;
        let open = next(text, end, "(")?.start;
        let params = open..closed(text, open, ['(', ')'])?;
        let brace = next(text, params.end, "{")?.start;
        Ok(Function { name: start..end, params, body: brace + 1..closed(text, brace, ['{', '}'])? - 1 })
    }

    /// The one that a function in a macro calls, by the prefix of its name: the last one before it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn called(text: &str, wrapper: &Function) -> Result<Function> {
        let name = text[wrapper.name.clone()].trim_start_matches('_');
        let name = match name.strip_prefix("export_") {
            Some(name) => format!("_export_{name}_cabi"),
            None => format!("__{name}"),
        };
        only(text, wrapper.body.clone(), &format!("::{name}::<"))?;
        let declaration = format!("pub unsafe fn {name}<");
        let start = text[..wrapper.name.start].rfind(&declaration);
        Function::after(text, start.ok_or_else(|| anyhow!("there is no `{declaration}` in it"))?)
    }

    /// Where statements may be put: behind the braces of `{ unsafe {`, and behind the call of static constructors.
    ///
    /// # Errors
    /// When it is not as expected.
    pub fn start(&self, text: &str) -> Result<usize> {
        let open = next(text, self.body.start, "unsafe {")?.end;
        match text[open..self.body.end].find(CTORS) {
            Some(at) => Ok(open + at + CTORS.len()),
            None => Ok(open),
        }
    }
}

/// What the function does with its parameters before upstream's statements.
fn params(edits: &mut Edits<'_>, shared: &Shared<'_>, function: &Function, export: &Export) -> Result<()> {
    let printer = Printer { runtime: shared.runtime, block: "arg0", core: "arg", slots: &export.slots, given: &[] };
    let statements = match &export.params {
        Params::Eager => return Ok(()),
        Params::Flat(steps) => {
            for core in assigned(steps) {
                let at = only(edits.text(), function.params.clone(), &format!("arg{core}: "))?;
                edits.insert(at, "mut ");
            }
            printer.print(steps)
        }
        Params::Tuple { size, align, steps } => {
            let receive = format!("let arg0 = {}::lazy::tuple(arg0, {size}, {align});\n", shared.runtime);
            receive + &printer.print(steps)
        }
    };
    if !statements.is_empty() {
        edits.insert(function.start(edits.text())?, format!("\n{statements}"));
    }
    Ok(())
}

/// The return area becomes a local one, out of which the core values are loaded.
fn results(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    function: &Function,
    values: &[CoreType],
    size: u32,
    steps: &[Step],
) -> Result<()> {
    let text = edits.text();
    let area = only(text, function.body.clone(), AREA)?;
    let (_, before) = text[..area].rsplit_once("let ").ok_or_else(|| anyhow!("the return area has no name"))?;
    let block = before.trim_end_matches([' ', '=']).to_owned();
    edits.insert(area - before.len() - "let ".len(), local_area(shared, size));
    edits.replace(area..area + AREA.len(), "area.pointer();");
    let inner = text[..function.body.end].trim_end().strip_suffix('}').unwrap_or_default().trim_end();
    let start = inner.strip_suffix(&block).ok_or_else(|| anyhow!("its last expression is not `{block}`"))?.len();
    let slots: Vec<_> = values.iter().map(|ty| slot(*ty)).collect();
    let printer = Printer { runtime: shared.runtime, block: &block, core: "word", slots: &slots, given: &[] };
    edits.replace(start..inner.len(), loads(&printer, values, steps));
    Ok(())
}

/// Loads the core values, hands over all but the first, and returns that one.
fn loads(printer: &Printer<'_>, values: &[CoreType], steps: &[Step]) -> String {
    if let Some(count) = words(steps) {
        let names: Vec<String> = (0..count).map(|index| format!("word{index}")).collect();
        let words = format!("let [{}] = *{}.cast::<[i32; {count}]>();\n", names.join(", "), printer.block);
        return words + &setters(printer, values);
    }
    let mut out = String::new();
    let at_once: BTreeSet<usize> = steps.iter().filter_map(loaded).collect();
    for (index, ty) in values.iter().enumerate().filter(|(index, _)| !at_once.contains(index)) {
        let zero = if matches!(ty, CoreType::I32 | CoreType::I64) { "0" } else { "0.0" };
        out += &format!("let mut word{index}: {} = {zero};\n", rust_type(*ty));
    }
    for step in steps {
        if loaded(step).is_some() {
            out += "let ";
        }
        out += &printer.print(std::slice::from_ref(step));
    }
    out + &setters(printer, values)
}

fn setters(printer: &Printer<'_>, values: &[CoreType]) -> String {
    let mut out = String::new();
    for (index, ty) in values.iter().enumerate().skip(1) {
        out += &format!("{}::results::set_{}_{index}(word{index});\n", printer.runtime, rust_type(*ty));
    }
    out + "word0"
}

fn loaded(step: &Step) -> Option<usize> {
    match step {
        Step::Load(scalar) => Some(scalar.core),
        _ => None,
    }
}

/// The statement that makes one.
pub fn local_area(shared: &Shared<'_>, size: u32) -> String {
    format!("let mut area = {}::results::Area::<{size}>::new();\n", shared.runtime)
}

/// The text without static return areas that nothing uses any more.
///
/// # Errors
/// When one is not as expected.
pub fn without_unused_areas(text: &str) -> Result<String> {
    let mut edits = Edits::new(text);
    let mut from = 0;
    for (at, found) in text.match_indices("struct _RetArea(") {
        let end = next(text, at, "static mut _RET_AREA: ")?.end;
        let end = next(text, end, ";\n")?.end;
        if !text[from..at].contains("_RET_AREA.0") {
            edits.replace(attributes(text, at)..end, "");
        }
        from = at + found.len();
    }
    Ok(edits.finish()?)
}

/// Where the attributes in front of an item begin.
pub fn attributes(text: &str, item: usize) -> usize {
    let mut start = item;
    loop {
        let before = text[..start].trim_end();
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        if !before[line..].trim_start().starts_with("#[") {
            return start;
        }
        start = line;
    }
}
