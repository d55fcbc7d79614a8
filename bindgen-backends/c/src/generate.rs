//! From a world to files.

use anyhow::{Context, Result, bail};
use heck::ToSnakeCase;
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use wit_bindgen_c::Opts;
use wit_bindgen_core::Files;
use wit_parser::{Resolve, WorldId};

use crate::{object, profile};

/// C bindings of a world under a profile: a header, a source file, and an object file with the world's types.
///
/// Under `eager` they are upstream's, whose options these are. `lazy` names the functions whose strings and lists are to arrive
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
    let upstream = Opts { no_object_file: true, ..options.clone() };
    let mut files = Files::default();
    upstream.build().generate(&mut resolve.clone(), world, &mut files)?;
    let source = format!("{}.c", name.to_snake_case());
    let mut bindings = Bindings::default();
    for (file, contents) in files.iter() {
        if file == source && profile != Profile::Eager {
            let text = str::from_utf8(contents).context("wit-bindgen-c wrote a file that is not text")?;
            let (text, notes) = profile::change(text, resolve, world, profile, options.string_encoding)?;
            bindings.notes = notes;
            bindings.files.push(file, text.as_bytes());
        } else {
            bindings.files.push(file, contents);
        }
    }
    if !options.no_object_file {
        let object = object::object(resolve, world, &name, profile, &options)?;
        bindings.files.push(&format!("{}_component_type.o", name.to_snake_case()), &object);
    }
    Ok(bindings)
}
