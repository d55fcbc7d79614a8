//! Post-return of an export. It gets what the export returned: the pointer to the return area, or core values, and then upstream's
//! statements give way to others that need no area.

use anyhow::{Result, anyhow};
use onramp_abi::CoreType;
use onramp_bridge::{Export, Results, cores};
use wit_bindgen_core::wit_parser::abi::WasmType;

use crate::export::{Function, ResultBlock};
use crate::free;
use crate::places::only;
use crate::steps::{Printer, rust_type, slot};
use crate::world::Shared;
use onramp_bridge::Edits;

/// Edits upstream's.
///
/// # Errors
/// When the text is not as expected.
pub fn edit(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    [wrapper, inner]: [&Function; 2],
    export: &Export,
    block: &ResultBlock,
) -> Result<()> {
    let text = edits.text();
    let start = inner.start(text)?;
    let body = text[start..inner.body.end].trim_end();
    let end = start + body.strip_suffix('}').unwrap_or(body).len();
    let mut statements = printer(shared, &slots(export)).print(&block.reclaims);
    if let Results::Several { .. } = export.results {
        edits.replace(wrapper.params.clone(), params(export));
        edits.replace(inner.params.clone(), used_params(export, block));
        let call = only(text, wrapper.body.clone(), "(arg0)")?;
        edits.replace(call..call + "(arg0)".len(), format!("({})", arguments(export)));
    }
    if matches!(export.results, Results::Several { .. }) || free::has_fixed_lists(&export.returned) {
        statements += &printer(shared, &slots(export)).print(&export.returned);
        edits.replace(start..end, format!("\n{statements}"));
    } else if !statements.is_empty() {
        edits.insert(start, format!("\n{statements}"));
    }
    edits.insert(end, end_of_block(shared, block));
    Ok(())
}

/// Adds one, behind the export, which has the names of upstream's.
///
/// # Errors
/// When the text is not as expected.
pub fn add(
    edits: &mut Edits<'_>,
    shared: &Shared<'_>,
    [wrapper, inner]: [&Function; 2],
    export: &Export,
    block: &ResultBlock,
) -> Result<()> {
    let text = edits.text();
    let name = &text[wrapper.name.clone()];
    let name = name.strip_prefix("export_").ok_or_else(|| anyhow!("`{name}` is no export"))?;
    let (path, _) = text[wrapper.body.clone()].split_once("::_export_").ok_or_else(|| anyhow!("it calls nothing"))?;
    let path = path.rsplit_once(' ').map_or(path, |(_, path)| path);
    let (prefix, core_name) = (shared.export_prefix, &export.post_return);
    let (params, used_params, arguments) = (params(export), used_params(export, block), arguments(export));
    edits.insert(
        inner.body.end + 1,
        format!(
            "\n#[doc(hidden)]\n#[allow(non_snake_case)]\npub unsafe fn __post_return_{name}{used_params} {{ unsafe {{\n{}{}}} }}",
            printer(shared, &slots(export)).print(&block.reclaims),
            end_of_block(shared, block)
        ),
    );
    edits.insert(
        wrapper.body.end + 1,
        format!(
            "\n#[unsafe(export_name = \"{prefix}{core_name}\")]\nunsafe extern \"C\" fn _post_return_{name}{params} {{\nunsafe {{ {path}::__post_return_{name}({arguments}) }}\n}}"
        ),
    );
    Ok(())
}

fn params(export: &Export) -> String {
    named_params(export, |_| true)
}

/// The parameters; those that no statement uses have no name.
fn used_params(export: &Export, block: &ResultBlock) -> String {
    let used = &cores(&block.reclaims) | &cores(&export.returned);
    named_params(export, |core| used.contains(&core))
}

fn named_params(export: &Export, is_named: impl Fn(usize) -> bool) -> String {
    let Results::Several { values, .. } = &export.results else { return "(arg0: *mut u8,)".to_owned() };
    let one = |(index, ty): (usize, &CoreType)| match is_named(index) {
        true => format!("arg{index}: {},", rust_type(*ty)),
        false => format!("_: {},", rust_type(*ty)),
    };
    format!("({})", values.iter().enumerate().map(one).collect::<String>())
}

fn arguments(export: &Export) -> String {
    let count = match &export.results {
        Results::Eager => 1,
        Results::Several { values, .. } => values.len(),
    };
    (0..count).map(|index| format!("arg{index}")).collect::<Vec<_>>().join(", ")
}

/// The types of the core values, if they are several.
fn slots(export: &Export) -> Vec<WasmType> {
    match &export.results {
        Results::Several { values, .. } => values.iter().map(|ty| slot(*ty)).collect(),
        Results::Eager => Vec::new(),
    }
}

/// Prints what is to be done with the parameters.
fn printer<'a>(shared: &'a Shared<'_>, slots: &'a [WasmType]) -> Printer<'a> {
    Printer { runtime: shared.runtime, block: "arg0", core: "arg", slots, given: &shared.given }
}

/// Frees the block, if the call has one of its own.
fn end_of_block(shared: &Shared<'_>, block: &ResultBlock) -> String {
    match block.own {
        Some((size, align)) => format!("{}::results::deallocate(arg0, {size}, {align});\n", shared.runtime),
        None => String::new(),
    }
}
