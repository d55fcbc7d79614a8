//! Formatted text, as upstream's option `format` makes it.

use anyhow::{Context, Result};
use syn::{Attribute, Item, parse_quote};

/// Formats the bindings, and says to rustfmt that they are formatted. The comments at the top stay.
///
/// # Errors
/// When the text is not Rust.
pub fn format(text: &str) -> Result<String> {
    let comments: usize = text.split_inclusive('\n').take_while(|line| line.starts_with("//")).map(str::len).sum();
    let mut file = syn::parse_file(&text[comments..]).context("the bindings are not Rust")?;
    for item in &mut file.items {
        skip_rustfmt(item);
    }
    Ok(format!("{}{}", &text[..comments], prettyplease::unparse(&file)))
}

fn skip_rustfmt(item: &mut Item) {
    let skip: Attribute = parse_quote!(#[rustfmt::skip]);
    match item {
        Item::Mod(module) => module.attrs.insert(0, skip),
        Item::Static(section) => section.attrs.insert(0, skip),
        _ => {}
    }
}
