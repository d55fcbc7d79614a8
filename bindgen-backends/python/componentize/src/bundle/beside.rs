//! Files beside a module that is in no package.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use super::tokens::{Token, tokens};

/// The names of the files and folders beside a module that it names in a text, when it asks for its own place (`__file__`). A folder
/// that a module is in may hold anything, so nothing else comes along; hidden files never do.
pub fn of(source: &[u8], folder: &Path) -> Vec<String> {
    let source = String::from_utf8_lossy(source);
    let tokens = tokens(&source);
    if !tokens.iter().any(|(_, token)| *token == Token::Word("__file__")) {
        return Vec::new();
    }
    let names: BTreeSet<String> = tokens.iter().filter_map(|(_, token)| name(*token)).collect();
    names.into_iter().filter(|name| folder.join(name).exists()).collect()
}

/// A text that is a path downwards, in its shortest form.
fn name(token: Token<'_>) -> Option<String> {
    let Token::Text(text) = token else { return None };
    if text.contains(['\\', '\n', '\0']) {
        return None;
    }
    let parts = Path::new(text).components().filter(|part| *part != Component::CurDir);
    let names = parts.map(|part| match part {
        Component::Normal(name) => name.to_str().filter(|name| !name.starts_with('.')),
        _ => None,
    });
    let names = names.collect::<Option<Vec<_>>>()?;
    (!names.is_empty()).then(|| names.join("/"))
}
