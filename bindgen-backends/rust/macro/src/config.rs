//! The macro's options.

use std::path::PathBuf;

use onramp_abi::Profile;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Error, Parse, ParseStream, Result};
use syn::{Ident, LitStr, Token, braced, token};
use wit_bindgen_core::{AsyncFilterSet, ChainableMethodFilterSet};
use wit_bindgen_rust::Opts;

use crate::values::{attributes, filters, flag, ownership, paths, strings, text, types, with};

/// What the macro was called with.
#[derive(Default)]
pub struct Config {
    /// The options that are upstream's generator's.
    pub options: Opts,
    /// The profile that `profile` says.
    pub profile: Option<Profile>,
    /// The patterns of `lazy`.
    pub lazy: Vec<LitStr>,
    /// The world's name.
    pub world: Option<LitStr>,
    /// Folders and files with WIT.
    pub paths: Option<Vec<PathBuf>>,
    /// WIT in the call itself.
    pub inline: Option<String>,
    /// The features of the WIT that are on.
    pub features: Vec<String>,
    /// Whether the bindings are written to a file, so that messages of the compiler show it.
    pub debug: bool,
    sync: Option<AsyncFilterSet>,
    chainable_methods: Option<ChainableMethodFilterSet>,
}

impl Parse for Config {
    fn parse(input: ParseStream<'_>) -> Result<Config> {
        let mut config = Config::default();
        if input.peek(token::Brace) {
            let options;
            braced!(options in input);
            while !options.is_empty() {
                config.option(&options)?;
                if !options.is_empty() {
                    options.parse::<Token![,]>()?;
                }
            }
        } else {
            config.world = input.parse()?;
            if input.parse::<Option<Token![in]>>()?.is_some() {
                config.paths = Some(vec![PathBuf::from(input.parse::<LitStr>()?.value())]);
            }
        }
        config.options.async_ = config.sync.take().unwrap_or_default();
        config.options.chainable_methods = config.chainable_methods.take().unwrap_or_default();
        Ok(config)
    }
}

impl Config {
    /// One option, by its name.
    fn option(&mut self, input: ParseStream<'_>) -> Result<()> {
        let key = input.call(Ident::parse_any)?;
        let options = &mut self.options;
        match key.to_string().as_str() {
            "profile" => set(&mut self.profile, profile(input)?, &key)?,
            "lazy" => self.lazy.extend(strings(input)?),
            "world" => set(&mut self.world, text(input)?, &key)?,
            "path" => set(&mut self.paths, paths(input)?, &key)?,
            "inline" => set(&mut self.inline, text(input)?.value(), &key)?,
            "features" => self.features.extend(values(strings(input)?)),
            "debug" => self.debug = flag(input)?,
            "sync" => set(&mut self.sync, filters(input, true, AsyncFilterSet::push)?, &key)?,
            "chainable_methods" => {
                let filters = filters(input, false, ChainableMethodFilterSet::push)?;
                set(&mut self.chainable_methods, filters, &key)?;
            }
            "std_feature" => options.std_feature = true,
            "raw_strings" => options.raw_strings = true,
            "stubs" => options.stubs = true,
            "generate_all" => options.generate_all = true,
            "skip" => options.skip.extend(values(strings(input)?)),
            "ownership" => options.ownership = ownership(input)?,
            "with" => options.with.extend(with(input)?),
            "additional_derives" => options.additional_derive_attributes = types(input)?,
            "additional_derives_ignore" => options.additional_derive_ignore = values(strings(input)?).collect(),
            "additional_type_attributes" => options.additional_type_attributes = attributes(input)?,
            "additional_member_attributes" => options.additional_member_attributes = attributes(input)?,
            "disable_run_ctors_once_workaround" => options.disable_run_ctors_once_workaround = flag(input)?,
            "pub_export_macro" => options.pub_export_macro = flag(input)?,
            "generate_unused_types" => options.generate_unused_types = flag(input)?,
            "disable_custom_section_link_helpers" => options.disable_custom_section_link_helpers = flag(input)?,
            "merge_structurally_equal_types" => {
                options.merge_structurally_equal_types = Some(Some(flag(input)?));
            }
            _ => {
                let option = self.named(&key)?;
                *option = Some(text(input)?.value());
            }
        }
        Ok(())
    }

    /// The options that are one text.
    fn named(&mut self, key: &Ident) -> Result<&mut Option<String>> {
        let options = &mut self.options;
        Ok(match key.to_string().as_str() {
            "runtime_path" => &mut options.runtime_path,
            "map_type" => &mut options.map_type,
            "bitflags_path" => &mut options.bitflags_path,
            "export_prefix" => &mut options.export_prefix,
            "type_section_suffix" => &mut options.type_section_suffix,
            "default_bindings_module" => &mut options.default_bindings_module,
            "export_macro_name" => &mut options.export_macro_name,
            "async" => {
                let message = "there is no option `async`: what is async in WIT is async here, unless `sync` names it";
                return Err(Error::new(key.span(), message));
            }
            _ => return Err(Error::new(key.span(), format!("`generate!` has no option `{key}`"))),
        })
    }
}

/// What `ONRAMP_PROFILE` says.
///
/// # Errors
/// When there is no such profile.
pub fn default_profile() -> Result<Profile> {
    match std::env::var("ONRAMP_PROFILE") {
        Ok(name) => {
            name.parse().map_err(|error| Error::new(Span::call_site(), format!("the variable ONRAMP_PROFILE: {error}")))
        }
        Err(_) => Ok(Profile::Eager),
    }
}

fn profile(input: ParseStream<'_>) -> Result<Profile> {
    let name = text(input)?;
    name.value().parse().map_err(|error| Error::new(name.span(), error))
}

fn values(strings: Vec<LitStr>) -> impl Iterator<Item = String> {
    strings.into_iter().map(|string| string.value())
}

/// Options that may be given once.
fn set<T>(option: &mut Option<T>, value: T, key: &Ident) -> Result<()> {
    match option.replace(value) {
        None => Ok(()),
        Some(_) => Err(Error::new(key.span(), format!("`{key}` is given twice"))),
    }
}
