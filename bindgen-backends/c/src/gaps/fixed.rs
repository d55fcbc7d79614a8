//! Lists of fixed length.
//!
//! A record whose fields are the elements has their layout and their core values. In C it becomes a struct with an array, of the
//! same layout again.

use anyhow::{Context, Result, bail};
use wit_parser::{Docs, Field, Record, Resolve, Span, Type, TypeDefKind, TypeId};

/// What the fields are called in WIT, with a number behind it.
const FIELD: &str = "onramp-element-";
/// And in C.
const MEMBER: &str = "onramp_element_";
/// The array.
const ARRAY: &str = "elements";

/// Puts records in the place of lists of fixed length; whether there were any.
///
/// # Errors
/// When a field is called as the records' fields are.
pub fn rewrite(resolve: &mut Resolve) -> Result<bool> {
    let mut found = false;
    while let Some((id, element, length)) = next(resolve) {
        found = true;
        if resolve.types[id].name.is_none() {
            let mut name = format!("list{length}_");
            wit_bindgen_c::push_ty_name(resolve, &element, &mut name);
            resolve.types[id].name = Some(name);
        }
        let field = |index| Field {
            name: format!("{FIELD}{index}"),
            ty: element,
            docs: Docs::default(),
            span: Span::default(),
        };
        let fields = (0..length).map(field).collect();
        resolve.types[id].kind = TypeDefKind::Record(Record { fields });
    }
    Ok(found)
}

/// A list of fixed length in whose element no other one is anonymous.
fn next(resolve: &Resolve) -> Option<(TypeId, Type, u32)> {
    resolve.types.iter().find_map(|(id, definition)| match definition.kind {
        TypeDefKind::FixedLengthList(element, length) if is_named(resolve, &element) => Some((id, element, length)),
        _ => None,
    })
}

/// Whether upstream knows a name for the type.
fn is_named(resolve: &Resolve, ty: &Type) -> bool {
    let Type::Id(id) = ty else { return true };
    let definition = &resolve.types[*id];
    let all = |types: &mut dyn Iterator<Item = &Type>| types.filter(|ty| !is_named(resolve, ty)).count() == 0;
    match &definition.kind {
        _ if definition.name.is_some() => true,
        TypeDefKind::FixedLengthList(..) => false,
        TypeDefKind::Tuple(tuple) => all(&mut tuple.types.iter()),
        TypeDefKind::Result(result) => all(&mut result.ok.iter().chain(&result.err)),
        TypeDefKind::Map(key, value) => all(&mut [key, value].into_iter()),
        TypeDefKind::Future(inner) | TypeDefKind::Stream(inner) => all(&mut inner.iter()),
        TypeDefKind::List(inner) | TypeDefKind::Option(inner) | TypeDefKind::Type(inner) => is_named(resolve, inner),
        _ => true,
    }
}

/// The text with arrays in the place of the records' fields.
///
/// # Errors
/// When a line with such a field is none that upstream writes.
pub fn arrays(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.contains(MEMBER) {
            out.push_str(line);
        } else if let Some((head, tail)) = first(line) {
            let mut length = 1;
            while lines.next_if(|line| **line == format!("{head}{MEMBER}{length}{tail}")).is_some() {
                length += 1;
            }
            out.push_str(&repeated(head, tail, length)?);
        } else {
            out.push_str(&indexed(line)?);
        }
        out.push('\n');
    }
    Ok(out)
}

/// A member's declaration, or what is done to free it: the first of one for each element. What is before and behind its name.
fn first(line: &str) -> Option<(&str, &str)> {
    let (head, tail) = line.split_once(&format!("{MEMBER}0"))?;
    let declared = tail == ";" && !head.contains(['.', '>', '(']);
    let freed = tail == ");" && head.ends_with("_free(&ptr->");
    (declared || freed).then_some((head, tail))
}

fn repeated(head: &str, tail: &str, length: u32) -> Result<String> {
    if tail == ";" {
        return Ok(format!("{head}{ARRAY}[{length}];"));
    }
    let call = head.trim_start();
    let indent = &head[..head.len() - call.len()];
    Ok(format!("{indent}for (size_t i = 0; i < {length}; i++) {call}{ARRAY}[i]{tail}"))
}

/// The line with elements of arrays in the place of members.
fn indexed(line: &str) -> Result<String> {
    let mut parts = line.split(MEMBER);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let (index, rest) = part.split_at(end);
        if index.is_empty() || !out.ends_with(['.', '>']) {
            bail!("wit-bindgen-c wrote `{}`, which was not expected", line.trim());
        }
        let index: u32 = index.parse().context("an element's number")?;
        out.push_str(&format!("{ARRAY}[{index}]{rest}"));
    }
    Ok(out)
}
