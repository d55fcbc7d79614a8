//! From options to bindings.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use onramp_bindgen_rust::generate;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::LitStr;
use syn::parse::{Error, Result};
use wit_bindgen_rust::MissingWith;

use crate::config::{Config, default_profile};
use crate::source::{Source, message, read};

/// The bindings. Functions that keep the eager ABI are named on standard error.
///
/// # Errors
/// What is wrong with the options, with the WIT, or what the generator says.
pub fn expand(config: Config) -> Result<TokenStream> {
    let span = config.world.as_ref().map_or_else(Span::call_site, LitStr::span);
    let source = read(&config).map_err(|message| Error::new(Span::call_site(), message))?;
    let name = config.world.as_ref().map(LitStr::value);
    let world = source.resolve.select_world(&source.packages, name.as_deref());
    let world = world.map_err(|error| Error::new(span, message(&error, &source.resolve)))?;
    let profile = config.profile.map_or_else(default_profile, Ok)?;
    let lazy: Vec<String> = config.lazy.iter().map(LitStr::value).collect();
    let bindings = generate(&source.resolve, world, profile, config.options, &lazy);
    let bindings = bindings.map_err(|error| {
        let span = if lazy.is_empty() { span } else { config.lazy[0].span() };
        Error::new(span, explained(&error, &source))
    })?;
    for note in &bindings.notes {
        eprintln!("note: {note}");
    }
    let mut tokens = TokenStream::new();
    for (file, text) in bindings.files.iter() {
        let text = String::from_utf8_lossy(text);
        tokens.extend(match config.debug || std::env::var_os("WIT_BINDGEN_DEBUG").is_some() {
            true => included(file, &text)?,
            false => text.parse().map_err(|error| Error::new(span, format!("the bindings are not Rust: {error}")))?,
        });
    }
    Ok(tokens_with_inputs(tokens, &source))
}

/// The message, with what helps against it where that is known.
fn explained(error: &anyhow::Error, source: &Source) -> String {
    let text = message(error, &source.resolve);
    match error.downcast_ref::<MissingWith>() {
        Some(MissingWith(name)) => format!(
            "{text}; say `generate_all`, or `with: {{ {name:?}: path::to::bindings }}`, or `with: {{ {name:?}: generate }}`"
        ),
        None => text,
    }
}

/// The bindings through a file that a person can read.
fn included(file: &str, text: &str) -> Result<TokenStream> {
    static CALL: AtomicUsize = AtomicUsize::new(0);
    let number = CALL.fetch_add(1, Ordering::Relaxed);
    let path = Path::new(env!("DEBUG_FOLDER")).join(format!("{number}-{file}"));
    let text = syn::parse_file(text).map_or_else(|_| text.to_owned(), |file| prettyplease::unparse(&file));
    let failed = |error| Error::new(Span::call_site(), format!("{}: {error}", path.display()));
    std::fs::write(&path, text).map_err(failed)?;
    let path = path.display().to_string();
    Ok(quote!(include!(#path);))
}

/// The compiler has to know what the bindings were made of.
fn tokens_with_inputs(bindings: TokenStream, source: &Source) -> TokenStream {
    let files = source.files.iter().map(|file| file.display().to_string());
    quote! {
        #bindings
        const _: Option<&str> = option_env!("ONRAMP_PROFILE");
        #(const _: &[u8] = include_bytes!(#files);)*
    }
}
