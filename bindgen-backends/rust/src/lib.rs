//! Rust bindings in every profile.
//!
//! `wit-bindgen-rust` makes the eager bindings, with all its options; [`generate`] edits what a profile passes differently. What that
//! is, function by function, comes from `onramp-bridge`; this crate knows where things are in upstream's text, and prints steps in
//! Rust:
//!
//! - `places`: finding a place in the text; `sites`: where the text declares core imports and core exports.
//! - `import`, `export`, `returned`: the edits of one function and its post-return.
//! - `steps`: steps as statements; `free`: those that free a result.
//! - `fixed`: fixed-length lists of values that own memory.
//! - `lazy`: the types of `--lazy`.
//! - `section`: the custom section that says which draft the module speaks.
//!
//! Statements call the runtime beside upstream's (`--runtime-path`, `wit_bindgen::rt` unless said otherwise): its modules `lazy` and
//! `results`, which `onramp-guest` has.

mod export;
mod fixed;
mod format;
mod free;
mod import;
mod lazy;
mod objects;
mod places;
mod returned;
mod section;
mod sites;
mod steps;
mod world;

use anyhow::{Result, bail};
use onramp_abi::Profile;
use onramp_abi::kept::Kept;
use onramp_bridge::{Bindings, Upstream, caught, kept};
use wit_bindgen_core::wit_parser::{Resolve, WorldId};
use wit_bindgen_core::{Files, WorldGenerator};
use wit_bindgen_rust::Opts;

use crate::lazy::Records;

/// The bindings of a world: one file, as upstream's generator names it.
///
/// Functions that the profile does not cover are eager, and there is a note for each. `lazy` are the patterns of `--lazy`
/// ([`onramp_bridge::lazy::rewrite`]).
///
/// # Errors
/// What upstream's generator refuses, also by a panic; a pattern of `lazy` that names nothing; a function whose place in upstream's text is not found,
/// by its name.
pub fn generate(
    resolve: &Resolve,
    world: WorldId,
    profile: Profile,
    options: Opts,
    lazy: &[String],
) -> Result<Bindings> {
    caught("Rust", || generated(resolve, world, profile, options, lazy))
}

fn generated(resolve: &Resolve, world: WorldId, profile: Profile, options: Opts, lazy: &[String]) -> Result<Bindings> {
    let mut resolve = resolve.clone();
    if profile == Profile::Eager && lazy.is_empty() {
        let mut files = Files::default();
        options.build().generate(&mut resolve, world, &mut files)?;
        return Ok(Bindings { files, notes: Vec::new() });
    }
    resolve.generate_nominal_type_ids(world);
    let original = resolve.clone();
    let places = kept::places(&resolve, world, profile, lazy)?;
    let (name, mut text, records);
    let mut kept = Kept::default();
    if places.is_empty() {
        (name, text) = upstream(&resolve, world, &options)?;
        records = Records::new(&mut resolve, world, profile, &options, lazy)?;
        if !lazy.is_empty() {
            let original = text;
            (_, text) = upstream(&resolve, world, &options)?;
            text = section::with_component_types_of(&text, &original)?;
        }
    } else {
        kept = onramp_abi::kept::rewrite(&mut resolve, world, &places)?;
        // Types that only objects have are used by no function any more, but by the names that WIT gives to lists of them, say.
        let options = Opts { generate_unused_types: true, ..options.clone() };
        (name, text) = upstream_of(&resolve, world, &options, |generator| {
            Box::new(Upstream { generator, original: Some(&original) })
        })?;
        records = Records::default();
    }
    let (text, notes) = world::edit(&resolve, world, profile, &options, (&records, &places, &kept), &text)?;
    let text = if options.format { format::format(&text)? } else { text };
    let mut files = Files::default();
    files.push(&name, text.as_bytes());
    Ok(Bindings { files, notes })
}

/// Upstream's file, unformatted: that is the form whose patterns are known.
fn upstream(resolve: &Resolve, world: WorldId, options: &Opts) -> Result<(String, String)> {
    upstream_of(resolve, world, options, |generator| generator)
}

/// The same by a generator around upstream's.
fn upstream_of<'g>(
    resolve: &Resolve,
    world: WorldId,
    options: &Opts,
    around: impl FnOnce(Box<dyn WorldGenerator>) -> Box<dyn WorldGenerator + 'g>,
) -> Result<(String, String)> {
    let mut files = Files::default();
    let options = Opts { format: false, ..options.clone() };
    around(Box::new(options.build())).generate(&mut resolve.clone(), world, &mut files)?;
    let mut files = files.iter();
    match (files.next(), files.next()) {
        (Some((name, text)), None) => Ok((name.to_owned(), String::from_utf8(text.to_vec())?)),
        _ => bail!("wit-bindgen-rust made more than one file for the world {:?}", resolve.worlds[world].name),
    }
}
