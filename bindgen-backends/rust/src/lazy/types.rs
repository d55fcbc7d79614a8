//! The definitions of records, and the places where upstream makes and takes apart their values.

use anyhow::{Context, Result, anyhow, bail};
use heck::{ToSnakeCase, ToUpperCamelCase};
use onramp_abi::Types;
use onramp_bridge::lazy::{LazyType, Position};
use onramp_bridge::{Direction, WorldFunction};
use wit_bindgen_core::wit_parser::Resolve;

use super::lift::range;
use super::{Records, plain, rust_lift, rust_record};
use crate::export::attributes;
use crate::places::{closed, next, only};
use crate::world::Shared;
use onramp_bridge::Edits;

/// The lifetime of a call.
pub const LIFETIME: &str = "'a";

/// What replaces the definition of a record.
pub struct Replacement(String);

/// What a guest sends where the record stands, as an argument of types of the runtime.
pub fn content(resolve: &Resolve, runtime: &str, record: &LazyType) -> String {
    match &record.element {
        None => "str".to_owned(),
        Some(element) => match plain(resolve, element) {
            Some(element) => format!("[{element}]"),
            None => format!("{runtime}::lazy::Forwarded"),
        },
    }
}

impl Replacement {
    /// For record `number`; `lift` is the function that lifts its elements.
    ///
    /// # Errors
    /// When the element's type in Rust is not to be found.
    pub fn new(
        text: &str,
        shared: &Shared<'_>,
        types: &mut Types<'_>,
        record: &LazyType,
        number: usize,
        lift: Option<&WorldFunction<'_>>,
    ) -> Result<Replacement> {
        let (name, runtime) = (rust_record(number), shared.runtime);
        let sent = content(types.resolve(), runtime, record);
        let lifted = match (lift, &record.element) {
            (Some(lift), Some(element)) => {
                Some((vector(text, record, number)?, range(shared, types, lift.function, element)?))
            }
            _ => None,
        };
        let arrived = match &lifted {
            Some((vector, _)) => format!("[{}], {name}Elements", element_of(vector)?),
            None => sent.clone(),
        };
        let alias = match record.position {
            Position::Argument => format!("pub type {name}<'a> = {runtime}::lazy::Lazy<'a, {arrived}>;\n"),
            Position::Returned => format!("pub type {name} = {runtime}::lazy::Lazy<'static, {arrived}>;\n"),
            Position::Lent => format!("pub type {name}<'a> = {runtime}::lazy::Sent<'a, {sent}>;\n"),
            Position::Given => format!("pub type {name} = {runtime}::lazy::Given<{sent}>;\n"),
        };
        let Some((vector, range)) = lifted else { return Ok(Replacement(alias)) };
        let lift = rust_lift(number);
        let call = match record.direction {
            Direction::Import => format!("{lift}(handle, start as u32, count as u32)"),
            Direction::Export => format!("unsafe {{ {lift}({range}, count) }}"),
        };
        let element = element_of(&vector)?;
        // Borrowed resources live as long as the call.
        let generics = if element.contains(LIFETIME) { "<'a>" } else { "" };
        Ok(Replacement(format!(
            "{alias}#[doc(hidden)]\npub struct {name}Elements;\nunsafe impl{generics} {runtime}::lazy::Lift<{element}> for {name}Elements {{\nunsafe fn lift(handle: u32, start: usize, count: usize) -> {vector} {{\n{call}\n}}\n}}\n"
        )))
    }
}

/// The type of a list of a record's elements, out of the signature of the function that lifts them.
fn vector(text: &str, record: &LazyType, number: usize) -> Result<String> {
    let (before, behind) = match record.direction {
        Direction::Import => ("count: u32,) -> ", "{"),
        Direction::Export => ("elements: ", ",) -> ()"),
    };
    let lift = rust_lift(number);
    let function = text.find(&format!("fn {lift}(")).ok_or_else(|| anyhow!("there is no `{lift}` in it"))?;
    let start = next(text, function, before)?.end;
    let end = next(text, start, behind)?.start;
    if text[start..end].contains('&') {
        bail!("its elements hold borrowed resources of imports: `--lazy` cannot name it");
    }
    Ok(text[start..end].replace("'_", LIFETIME))
}

/// `Entry` of `_rt::Vec::<Entry>`.
fn element_of(vector: &str) -> Result<&str> {
    let element = vector.split_once('<').and_then(|(_, element)| element.strip_suffix('>'));
    element.ok_or_else(|| anyhow!("`{vector}` is not the type of a list"))
}

/// Replaces the records in text whose functions are edited already.
///
/// # Errors
/// When a record is not where upstream's text is known to have it.
pub fn replace(text: String, records: &Records, replacements: &[Replacement]) -> Result<String> {
    let mut text = text;
    for (number, (record, replacement)) in records.types.iter().zip(replacements).enumerate() {
        text = one(&text, record, number, replacement)
            .with_context(|| format!("wit-bindgen-rust's text for {} is not as expected", record.name))?;
    }
    for (number, record) in records.types.iter().enumerate() {
        text = text.replace(&rust_record(number), &record.name.to_upper_camel_case());
        if let Some(lift) = &record.lift {
            text = text.replace(&rust_lift(number), &lift.to_snake_case());
        }
    }
    Ok(text)
}

fn one(text: &str, record: &LazyType, number: usize, replacement: &Replacement) -> Result<String> {
    let name = rust_record(number);
    let mut edits = Edits::new(text);
    let definition = only(text, 0..text.len(), &format!("pub struct {name} {{"))?;
    let debug = next(text, definition, &format!("impl ::core::fmt::Debug for {name} {{"))?;
    let mut definition_end = closed(text, debug.end - 1, ['{', '}'])?;
    // A type that is an error somewhere.
    for of_errors in ["::core::fmt::Display", "::core::error::Error"] {
        if let Some(at) = text.find(&format!("impl {of_errors} for {name} {{")) {
            definition_end = definition_end.max(closed(text, next(text, at, "{")?.start, ['{', '}'])?);
        }
    }
    edits.replace(attributes(text, definition)..definition_end, replacement.0.clone());
    for (at, found) in text.match_indices(&format!("{name}{{")) {
        let open = at + found.len() - 1;
        let fields = open..closed(text, open, ['{', '}'])?;
        let path = text[..at].rfind(|character: char| !character.is_alphanumeric() && !"_:".contains(character));
        let path = path.map_or(0, |before| before + 1);
        if text[..path].ends_with("-> ") {
            // A function that returns it.
            continue;
        }
        let (handle, length) = two_fields(&text[fields.start + 1..fields.end - 1])?;
        if !text[..path].ends_with("let ") {
            let made = match record.position {
                Position::Argument => "argument",
                Position::Returned => "returned",
                Position::Lent | Position::Given => return Err(anyhow!("a value that is sent is made")),
            };
            edits.replace(at + name.len()..fields.end, format!("::{made}({handle}, {length})"));
            continue;
        }
        let end = next(text, fields.end, ";\n")?;
        let value = text[fields.end..end.start].trim_start().trim_start_matches('=').trim_start();
        edits.replace(path..end.start, format!("({handle}, {length}) = {value}.into_words()"));
    }
    Ok(edits.finish()?)
}

/// What stands behind `handle:` and `length:`.
fn two_fields(fields: &str) -> Result<(&str, &str)> {
    let field = |name: &str| {
        let (_, rest) = fields.split_once(name)?;
        Some(rest.split_once(',')?.0.trim())
    };
    match (field("handle:"), field("length:")) {
        (Some(handle), Some(length)) => Ok((handle, length)),
        _ => Err(anyhow!("`{fields}` are not a handle and a length")),
    }
}
