//! Fixed-length lists of values that own memory, in the parameters of imports: upstream moves them out of their array, which the
//! compiler refuses, or frees them before the call.

use onramp_abi::{Error, Shape, Ty, Types};
use wit_bindgen_core::wit_parser::{Function, Type};
use wit_bindgen_rust::to_rust_ident;

use crate::places::next;
use onramp_bridge::Edits;

/// The parameters that have such a list in them, by their names in Rust.
///
/// # Errors
/// When a type is larger than a memory.
pub fn owning(types: &mut Types<'_>, function: &Function) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for param in &function.params {
        if is_owning(types, &param.ty)? {
            names.push(to_rust_ident(&param.name));
        }
    }
    Ok(names)
}

fn is_owning(types: &mut Types<'_>, ty: &Type) -> Result<bool, Error> {
    let ty = types.add(ty)?;
    Ok(owns(types, ty))
}

fn owns(types: &Types<'_>, ty: Ty) -> bool {
    match &types[ty].shape {
        Shape::FixedList(element, _) => types[*element].has_dynamic,
        Shape::Record(fields) => fields.iter().any(|field| owns(types, field.ty)),
        Shape::Variant { cases, .. } => cases.iter().flatten().any(|case| owns(types, *case)),
        // The elements of a list are references already.
        _ => false,
    }
}

/// Makes references of the parameters, from the start of the function to the declaration of its core import at `site`.
///
/// # Errors
/// When the text is not as expected.
pub fn borrow(edits: &mut Edits<'_>, names: &[String], site: usize) -> anyhow::Result<()> {
    let text = edits.text();
    let function = text[..site].rfind("pub fn ").unwrap_or(site);
    let start = next(text, function, "unsafe {")?.end;
    edits.insert(start, names.iter().map(|name| format!("\nlet {name} = &{name};")).collect::<String>());
    for at in elements(&text[start..site]) {
        edits.insert(start + at, "&");
    }
    Ok(())
}

/// Where a name with a number in square brackets stands that nothing is called on.
fn elements(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    for (open, _) in text.match_indices('[') {
        let name = text[..open].rfind(|character| !is_name(character)).map_or(0, |before| before + 1);
        let (_, mut rest) = text.split_at(open);
        while let Some((index, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            if index.is_empty() || !index.chars().all(|digit| digit.is_ascii_digit()) {
                break;
            }
            rest = behind;
        }
        if name < open && rest.len() < text.len() - open && !rest.starts_with('.') {
            found.push(name);
        }
    }
    found
}
