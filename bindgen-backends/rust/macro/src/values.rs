//! The values of options: what stands behind the name, with the colon.

use std::path::PathBuf;

use quote::ToTokens;
use syn::parse::{Error, ParseStream, Result};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitBool, LitStr, Path, Token, braced, bracketed, token};
use wit_bindgen_rust::{Ownership, WithOption};

#[cfg(feature = "macro-string")]
type PathText = macro_string::MacroString;
#[cfg(not(feature = "macro-string"))]
type PathText = LitStr;

/// `: "text"`
pub fn text(input: ParseStream<'_>) -> Result<LitStr> {
    input.parse::<Token![:]>()?;
    input.parse()
}

/// `: true`
pub fn flag(input: ParseStream<'_>) -> Result<bool> {
    input.parse::<Token![:]>()?;
    Ok(input.parse::<LitBool>()?.value)
}

/// `: ["text", …]`
pub fn strings(input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    input.parse::<Token![:]>()?;
    list(input)
}

/// `: "path"` or `: ["path", …]`, also macros that make text of text.
pub fn paths(input: ParseStream<'_>) -> Result<Vec<PathBuf>> {
    input.parse::<Token![:]>()?;
    let paths: Vec<PathText> = match input.peek(token::Bracket) {
        true => list(input)?,
        false => vec![input.parse()?],
    };
    paths.iter().map(|path| path_text(path).map(PathBuf::from)).collect()
}

#[cfg(feature = "macro-string")]
fn path_text(path: &PathText) -> Result<String> {
    path.eval()
}

#[cfg(not(feature = "macro-string"))]
fn path_text(path: &PathText) -> Result<String> {
    Ok(path.value())
}

/// `: ["filter", …]`, or `: true` for `all` where that is allowed.
pub fn filters<T: Default>(input: ParseStream<'_>, all: bool, push: fn(&mut T, &str)) -> Result<T> {
    let mut set = T::default();
    if all && input.peek2(LitBool) {
        if flag(input)? {
            push(&mut set, "all");
        }
        return Ok(set);
    }
    strings(input)?.iter().for_each(|filter| push(&mut set, &filter.value()));
    Ok(set)
}

/// `: [path::To, …]`, as text.
pub fn types(input: ParseStream<'_>) -> Result<Vec<String>> {
    input.parse::<Token![:]>()?;
    Ok(list::<Path>(input)?.iter().map(|path| path.to_token_stream().to_string()).collect())
}

/// `: Owning` or `: Borrowing { duplicate_if_necessary: true }`
pub fn ownership(input: ParseStream<'_>) -> Result<Ownership> {
    input.parse::<Token![:]>()?;
    let name: Ident = input.parse()?;
    match name.to_string().as_str() {
        "Owning" => Ok(Ownership::Owning),
        "Borrowing" => {
            let fields;
            braced!(fields in input);
            let field: Ident = fields.parse()?;
            if field != "duplicate_if_necessary" {
                return Err(Error::new(field.span(), "the field is called `duplicate_if_necessary`"));
            }
            let duplicate_if_necessary = flag(&fields)?;
            fields.parse::<Option<Token![,]>>()?;
            Ok(Ownership::Borrowing { duplicate_if_necessary })
        }
        _ => Err(Error::new(name.span(), "`ownership` is `Owning` or `Borrowing { duplicate_if_necessary: … }`")),
    }
}

/// `: { "name": path::to::module, "name": generate, … }`, by name, so that equal calls give equal bindings.
pub fn with(input: ParseStream<'_>) -> Result<Vec<(String, WithOption)>> {
    input.parse::<Token![:]>()?;
    let entries;
    braced!(entries in input);
    let entries = entries.parse_terminated(with_entry, Token![,])?;
    let mut entries: Vec<_> = entries.into_iter().collect();
    // Of two for one name the last counts.
    entries.reverse();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    entries.dedup_by(|one, other| one.0 == other.0);
    Ok(entries)
}

fn with_entry(input: ParseStream<'_>) -> Result<(String, WithOption)> {
    let name: LitStr = input.parse()?;
    input.parse::<Token![:]>()?;
    let path: Path = input.parse()?;
    if path.is_ident("generate") {
        return Ok((name.value(), WithOption::Generate));
    }
    if let Some(segment) = path.segments.iter().find(|segment| !segment.arguments.is_none()) {
        return Err(Error::new(segment.ident.span(), "the path of a module has no arguments"));
    }
    let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let leading = if path.leading_colon.is_some() { "::" } else { "" };
    Ok((name.value(), WithOption::Path(format!("{leading}{}", segments.join("::")))))
}

/// `: { "selector": [#[attribute] …], … }`
pub fn attributes(input: ParseStream<'_>) -> Result<Vec<(String, String)>> {
    input.parse::<Token![:]>()?;
    let entries;
    braced!(entries in input);
    let entries = entries.parse_terminated(attributes_entry, Token![,])?;
    Ok(entries.into_iter().flatten().collect())
}

fn attributes_entry(input: ParseStream<'_>) -> Result<Vec<(String, String)>> {
    let selector: LitStr = input.parse()?;
    input.parse::<Token![:]>()?;
    let attributes;
    bracketed!(attributes in input);
    let list = attributes.call(Attribute::parse_outer)?;
    if list.is_empty() || !attributes.is_empty() {
        return Err(Error::new(selector.span(), format!("{:?} needs attributes: `[#[…] …]`", selector.value())));
    }
    Ok(list.iter().map(|attribute| (selector.value(), attribute.to_token_stream().to_string())).collect())
}

fn list<T: syn::parse::Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let items;
    bracketed!(items in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&items)?.into_iter().collect())
}
