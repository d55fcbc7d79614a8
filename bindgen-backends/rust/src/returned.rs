//! Post-return of an export.

use anyhow::{Result, anyhow};
use onramp_bridge::{Export, Results};

use crate::export::{Function, ResultBlock, local_area};
use crate::free;
use crate::places::only;
use crate::steps::{Printer, rust_type, slot, words};
use crate::world::Shared;
use onramp_bridge::Edits;

/// Edits upstream's: it takes the core values; its statements find them in an area.
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
    if let Results::Several { .. } = export.results {
        for function in [wrapper, inner] {
            edits.replace(function.params.clone(), params(export));
        }
        let call = only(text, wrapper.body.clone(), "(arg0)")?;
        edits.replace(call..call + "(arg0)".len(), format!("({})", arguments(export)));
    }
    let mut statements = statements(shared, export, block);
    if free::has_fixed_lists(&block.received) {
        statements += &free::frees(shared.runtime, "arg0", &block.received);
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
    let (params, arguments) = (params(export), arguments(export));
    edits.insert(
        inner.body.end + 1,
        format!(
            "\n#[doc(hidden)]\n#[allow(non_snake_case)]\npub unsafe fn __post_return_{name}{params} {{ unsafe {{\n{}{}}} }}",
            statements(shared, export, block),
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
    match &export.results {
        Results::Eager => "(arg0: *mut u8,)".to_owned(),
        Results::Several { values, .. } => {
            let params = values.iter().enumerate().map(|(index, ty)| format!("arg{index}: {},", rust_type(*ty)));
            format!("({})", params.collect::<String>())
        }
    }
}

fn arguments(export: &Export) -> String {
    let count = match &export.results {
        Results::Eager => 1,
        Results::Several { values, .. } => values.len(),
    };
    (0..count).map(|index| format!("arg{index}")).collect::<Vec<_>>().join(", ")
}

/// What comes before upstream's statements: `arg0` becomes the pointer that they expect, and what `--lazy` sent is done with.
fn statements(shared: &Shared<'_>, export: &Export, block: &ResultBlock) -> String {
    let values = match &export.results {
        Results::Several { values, .. } => values.as_slice(),
        Results::Eager => &[],
    };
    let slots: Vec<_> = values.iter().map(|ty| slot(*ty)).collect();
    let printer = |block| Printer { runtime: shared.runtime, block, core: "arg", slots: &slots, given: &shared.given };
    let mut out = String::new();
    if let Results::Several { size, .. } = &export.results {
        match words(&export.returned) {
            Some(_) => {
                out +=
                    &format!("let mut words = [{}];\nlet arg0 = words.as_mut_ptr().cast::<u8>();\n", arguments(export));
            }
            None => {
                out += &local_area(shared, *size);
                out += "let block = area.pointer();\n";
                out += &printer("block").print(&export.returned);
                out += "let arg0 = block;\n";
            }
        }
    }
    out + &printer("arg0").print(&block.reclaims)
}

/// Frees the block, if the call has one of its own.
fn end_of_block(shared: &Shared<'_>, block: &ResultBlock) -> String {
    match block.own {
        Some((size, align)) => format!("{}::results::deallocate(arg0, {size}, {align});\n", shared.runtime),
        None => String::new(),
    }
}
