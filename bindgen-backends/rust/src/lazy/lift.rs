//! Functions of upstream's that lift elements: what makes them call the outside, or be called from there, goes.

use anyhow::Result;
use onramp_abi::{Profile, Types, names};
use onramp_bridge::{Direction, Import, WorldFunction};
use wit_bindgen_core::wit_parser::{Function, Type};

use super::rust_lift;
use super::types::LIFETIME;
use crate::export::{self, attributes};
use crate::import::Call;
use crate::places::{closed, next, only};
use crate::steps::Printer;
use crate::world::Shared;
use onramp_bridge::Edits;

/// Makes of the function that lifts the elements of record `number` one that is called by the runtime.
///
/// # Errors
/// When the text is not as expected.
pub fn edit(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    types: &mut Types<'_>,
    one: &WorldFunction<'_>,
    number: usize,
    element: &Type,
) -> Result<()> {
    let resolve = types.resolve();
    match one.direction {
        Direction::Import => {
            let (module, field) = names::import(resolve, Profile::Eager, one.interface, one.function);
            let range = range(shared, types, one.function, element)?;
            import(edits, shared, &range, &rust_lift(number), (&module, &field))
        }
        Direction::Export => {
            let name = names::export(resolve, Profile::Eager, one.interface, one.function);
            exported(edits, shared, &rust_lift(number), &name)
        }
    }
}

/// The call that gives a block with elements in it, each received.
pub fn range(shared: &Shared<'_>, types: &mut Types<'_>, function: &Function, element: &Type) -> Result<String> {
    // Elements are received as the result of a function would be that returns one.
    let returns = Function { params: Vec::new(), result: Some(*element), ..function.clone() };
    let received = Import::new(types, Profile::Lazy, None, &returns)?.received;
    let ty = types.add(element)?;
    let (size, align) = (types[ty].size, types[ty].align);
    let printer = Printer { runtime: shared.runtime, block: "each", core: "", slots: &[], given: &[] };
    let each = match received.as_slice() {
        [] => "|_| {}".to_owned(),
        steps => format!("|each| {{\n{}}}", printer.print(steps)),
    };
    Ok(format!("{}::lazy::range(handle, start as usize, count as usize, {size}, {align}, {each})", shared.runtime))
}

/// `fn(handle, start, count) -> Vec<T>`: no core import, but a block that is made here.
fn import(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    range: &str,
    name: &str,
    (module, field): (&str, &str),
) -> Result<()> {
    let text = edits.text();
    let public = only(text, 0..text.len(), &format!("pub fn {name}("))?;
    edits.replace(public..public + "pub ".len(), "");
    let site = shared.sites.import(module, field)?;
    let call = Call::find(text, site.field.end)?;
    let block = call.return_pointer(text)?;
    let stub = next(text, call.stub_end(), "}")?.end;
    const TARGET: &str = "#[cfg(target_arch = \"wasm32\")]";
    let start = text[..site.module.start].rfind(TARGET).unwrap_or(site.module.start);
    edits.replace(start..stub, "");
    edits.replace(
        call.statement(),
        format!(
            "*{block}.cast::<*mut u8>() = {range};\n*{block}.add(::core::mem::size_of::<*const u8>()).cast::<usize>() = count as usize;"
        ),
    );
    Ok(())
}

/// `unsafe fn(pointer, length) -> Vec<T>`: it returns what it would call the guest's code with.
fn exported(edits: &mut Edits<'_>, shared: &Shared<'_>, name: &str, core_name: &str) -> Result<()> {
    let text = edits.text();
    let method = only(text, 0..text.len(), &format!("fn {name}(elements: "))?;
    let method_end = next(text, method, ";\n")?.end;
    let vector = next(text, method, "elements: ")?.end;
    let vector = &text[vector..next(text, vector, ",) -> ()")?.start];
    edits.replace(attributes(text, method)..method_end, "");
    let site = shared.sites.export(&format!("{}{core_name}", shared.export_prefix))?;
    let wrapper = export::Function::after(text, site.end)?;
    let wrapper_start = text[..site.start].rfind("#[").unwrap_or(site.start);
    edits.replace(wrapper_start..wrapper.body.end + 1, "");
    let inner = export::Function::called(text, &wrapper)?;
    const VISIBLE: &str = "pub unsafe fn ";
    let start = inner.name.start - VISIBLE.len();
    let vector = vector.replace("'_", LIFETIME);
    let generics = if vector.contains(LIFETIME) { "<'a>" } else { "" };
    edits.replace(start..inner.params.start, format!("unsafe fn {name}{generics}"));
    edits.insert(inner.params.end, format!(" -> {vector}"));
    let call = format!("T_::{name}(");
    let at = only(text, inner.body.clone(), &call)?;
    let close = closed(text, at + call.len() - 1, ['(', ')'])?;
    edits.replace(at..close, format!("return {}", &text[at + call.len()..close - 1]));
    Ok(())
}
