//! Files beside a module that is in no package.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use super::tokens::{Token, tokens};

/// The names of the files and folders beside a module that it names in a text, when it asks for its own place (`__file__`). A folder that a module is
/// in may hold anything, so nothing else comes along; hidden files never do.
pub fn of(source: &[u8], folder: &Path) -> Vec<String> {
    let source = String::from_utf8_lossy(source);
    let tokens = tokens(&source);
    if !tokens.iter().any(|(_, token)| *token == Token::Word("__file__")) {
        return Vec::new();
    }
    let names: BTreeSet<&str> = tokens.iter().filter_map(|(_, token)| name(*token)).collect();
    names.into_iter().filter(|name| folder.join(name).exists()).map(str::to_owned).collect()
}

/// A text that is a path downwards.
fn name(token: Token<'_>) -> Option<&str> {
    let Token::Text(text) = token else { return None };
    let is_name =
        |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().starts_with(b"."));
    let path = Path::new(text);
    (!text.is_empty() && !text.contains(['\\', '\n', '\0']) && path.components().all(is_name))
        .then(|| text.trim_end_matches('/'))
}
