//! The configuration at the head of a test's file: lines that begin with `//@`, which together are TOML.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What a `test.wit` says of itself. A key that is not known is an error: it would change the test.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OfWit {
    /// It uses the component model's async features.
    #[serde(rename = "async")]
    pub is_async: bool,
    /// It uses `error-context`.
    pub error_context: bool,
    /// `false`: the generators get no argument but those of the guest's header.
    pub default_bindgen_args: Option<bool>,
    /// The world of the component that is run (default: `runner`).
    pub runner: Option<String>,
    /// The worlds of the others (default: `test`).
    pub dependencies: Option<Words>,
    /// The file of the WAC document that composes them.
    pub wac: Option<String>,
}

/// What a guest's source says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OfGuest {
    /// Arguments for the generator.
    pub args: Words,
    /// Arguments for Wasmtime's command line: features of the component model. The matrix's engine has those that sync tests ask for.
    pub wasmtime_flags: Words,
    /// What is for the compiler.
    pub lang: OfLanguage,
}

/// What a guest's source wants of its compiler.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfLanguage {
    /// For clang.
    pub cflags: Words,
    /// For clang as a linker.
    pub ldflags: Words,
    /// For rustc.
    pub rustflags: Words,
    /// Rust sources that are crates of their own, which the guest uses.
    pub externs: Vec<String>,
}

/// Several words: a list, or a text that blanks divide.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Divided by blanks.
    Text(String),
    /// One by one.
    List(Vec<String>),
}

impl Default for Words {
    fn default() -> Self {
        Words::List(Vec::new())
    }
}

impl Words {
    /// The words.
    pub fn list(&self) -> Vec<String> {
        match self {
            Words::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
            Words::List(list) => list.clone(),
        }
    }
}

/// Reads the header of a file's text.
///
/// # Errors
/// When it is no TOML, or has a key that is not known.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let lines: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//@")).collect();
    toml::from_str(&lines.join("\n")).context("the lines with `//@` are not a header that is known")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_a_list_or_a_text() {
        let text = "//@ args = '--rename a=b  --x'\n//@ [lang]\n//@ cflags = ['-O', '-D a']\nrest //@ no";
        let header: OfGuest = read(text).unwrap();
        assert_eq!(header.args.list(), ["--rename", "a=b", "--x"]);
        assert_eq!(header.lang.cflags.list(), ["-O", "-D a"]);
    }

    #[test]
    fn a_key_that_is_not_known_is_an_error() {
        let error = format!("{:#}", read::<OfWit>("//@ sync = true").unwrap_err());
        assert!(error.contains("unknown field `sync`"), "{error}");
    }
}
