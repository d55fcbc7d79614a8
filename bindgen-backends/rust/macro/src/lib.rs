//! `wit_bindgen::generate!` with upstream's syntax and options, and two of our own:
//!
//! - `profile: "cm1"`: the ABI of the bindings: `eager`, `multivalue`, `lazy`, `cm1` or `gc`. Without it the environment variable
//!   `ONRAMP_PROFILE` of the build says which, else it is `eager`.
//! - `lazy: ["ns:pkg/iface#func"]`: functions whose strings, lists and maps arrive as handles (`--lazy` of `onramp bindgen`).

mod config;
mod expand;
mod source;
#[cfg(test)]
mod tests;
mod values;

use proc_macro::TokenStream;

/// Generates the bindings of a world. See the crate.
#[proc_macro]
pub fn generate(input: TokenStream) -> TokenStream {
    let config = syn::parse_macro_input!(input as config::Config);
    expand::expand(config).unwrap_or_else(syn::Error::into_compile_error).into()
}
