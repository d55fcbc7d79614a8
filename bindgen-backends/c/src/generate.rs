//! From a world to files.

use anyhow::{Context, Result, bail};
use heck::ToSnakeCase;
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use wit_bindgen_c::Opts;
use wit_bindgen_core::{Files, WorldGenerator};
use wit_parser::{Resolve, WorldId};

use crate::upstream::Upstream;
use crate::{gaps, object, profile};

/// C bindings of a world under a profile: a header, a source file, and an object file with the world's types.
///
/// Under `eager` they are upstream's, whose options these are, and what upstream lacks is there too. `lazy` names the functions whose strings and lists are to arrive
/// as lazy values.
///
/// # Errors
/// When there is something in the world that upstream's generator lacks, or in its output that is not as expected: the message
/// names the function.
pub fn generate(
    resolve: &Resolve,
    world: WorldId,
    profile: Profile,
    options: Opts,
    lazy: &[String],
) -> Result<Bindings> {
    if !lazy.is_empty() {
        bail!("lazy values are not there yet for C");
    }
    let name = options.rename_world.clone().unwrap_or_else(|| resolve.worlds[world].name.clone());
    let mut upstream = Opts { no_object_file: true, ..options.clone() };
    let (mut filled, mut filled_world) = (resolve.clone(), world);
    let gaps = gaps::fill(&mut filled, &mut filled_world, &mut upstream)?;
    let mut files = Files::default();
    Upstream(upstream.build()).generate(&mut filled, filled_world, &mut files)?;
    let prefix = name.to_snake_case();
    let (header, source) = (text(&files, &format!("{prefix}.h"))?, text(&files, &format!("{prefix}.c"))?);
    let (header, mut source) = gaps.change(header, source, &prefix, !options.no_helpers)?;
    let mut bindings = Bindings::default();
    if profile != Profile::Eager {
        (source, bindings.notes) = profile::change(&source, resolve, world, profile, options.string_encoding)?;
    }
    bindings.files.push(&format!("{prefix}.h"), header.as_bytes());
    bindings.files.push(&format!("{prefix}.c"), source.as_bytes());
    if !options.no_object_file {
        let object = object::object(resolve, world, &name, profile, &options)?;
        bindings.files.push(&format!("{prefix}_component_type.o"), &object);
    }
    Ok(bindings)
}

/// A file that upstream's generator wrote.
fn text<'f>(files: &'f Files, name: &str) -> Result<&'f str> {
    let contents = files.iter().find(|(file, _)| *file == name).map(|(_, contents)| contents);
    let contents = contents.with_context(|| format!("wit-bindgen-c wrote no `{name}`"))?;
    str::from_utf8(contents).with_context(|| format!("`{name}` of wit-bindgen-c is not text"))
}
