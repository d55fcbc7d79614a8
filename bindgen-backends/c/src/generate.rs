//! From a world to files.

use anyhow::{Context, Result, bail};
use heck::ToSnakeCase;
use onramp_abi::Profile;
use onramp_bridge::{Bindings, Upstream, caught, kept};
use wit_bindgen_c::Opts;
use wit_bindgen_core::{Files, WorldGenerator};
use wit_parser::{Resolve, WorldId};

use crate::kept::{joined, split};
use crate::lazy::{self, Lazy, Names};
use crate::profile::{Change, HEADER, HEADER_NAME};
use crate::text::Text;
use crate::{gaps, object};

/// C bindings of a world under a profile: a header, a source file, the header that all such sources share, and an object file with
/// the world's types.
///
/// Under `eager` they are upstream's, whose options these are, and what upstream lacks is there too. `lazy` names the functions whose
/// strings and lists are to arrive as lazy values.
///
/// # Errors
/// When there is something in the world that upstream's generator lacks, also when it panics, or in its output that is not as
/// expected: the message names the function.
pub fn generate(
    resolve: &Resolve,
    world: WorldId,
    profile: Profile,
    options: Opts,
    lazy: &[String],
) -> Result<Bindings> {
    caught("C", || generated(resolve, world, profile, options, lazy))
}

fn generated(resolve: &Resolve, world: WorldId, profile: Profile, options: Opts, lazy: &[String]) -> Result<Bindings> {
    if !lazy.is_empty() && options.no_helpers {
        bail!("`--lazy` comes with functions for lazy values, which `--no-helpers` leaves out");
    }
    let mut changed = resolve.clone();
    changed.generate_nominal_type_ids(world);
    let places = kept::places(&changed, world, profile, lazy)?;
    onramp_abi::kept::rewrite(&mut changed, world, &places)?;
    if !places.is_empty() {
        split(&mut changed, world)?;
    }
    let lazy = Lazy::rewrite(&mut changed, world, profile, if places.is_empty() { lazy } else { &[] })?;
    let name = options.rename_world.clone().unwrap_or_else(|| resolve.worlds[world].name.clone());
    let mut upstream = Opts { no_object_file: true, ..options.clone() };
    let (mut filled, mut filled_world) = (changed.clone(), world);
    lazy.add_functions(&mut filled, world);
    let gaps = gaps::fill(&mut filled, &mut filled_world, &mut upstream)?;
    let mut files = Files::default();
    Upstream { generator: upstream.build(), original: None }.generate(&mut filled, filled_world, &mut files)?;
    let prefix = name.to_snake_case();
    let (header, source) = (text(&files, &format!("{prefix}.h"))?, text(&files, &format!("{prefix}.c"))?);
    let (mut header, mut source) = gaps.change(header, source, &prefix, !options.no_helpers)?;
    let names = Names::take(&lazy, &mut header, &mut source)?;
    header = with_declarations(&header, &lazy::declarations(&lazy, &names))?;
    let mut bindings = Bindings::default();
    if profile != Profile::Eager {
        let encoding = options.string_encoding;
        let change = Change { resolve: &changed, world, profile, encoding, lazy: &lazy, names: &names };
        (source, bindings.notes) = change.source(&source)?;
        bindings.files.push(HEADER_NAME, HEADER.as_bytes());
    }
    source = with_narrowed_handles(&joined(&source));
    bindings.files.push(&format!("{prefix}.h"), header.as_bytes());
    bindings.files.push(&format!("{prefix}.c"), source.as_bytes());
    if !options.no_object_file {
        let object = object::object(resolve, world, &name, (profile, &places), &options)?;
        bindings.files.push(&format!("{prefix}_component_type.o"), &object);
    }
    Ok(bindings)
}

/// The source with a handle's value cast to its type, where upstream makes it of a core value that may be a pointer too: in C++ an
/// initializer may not narrow.
fn with_narrowed_handles(source: &str) -> String {
    source.replace(") { (uintptr_t) ", ") { (int32_t) (uintptr_t) ")
}

/// A file that upstream's generator wrote.
fn text<'f>(files: &'f Files, name: &str) -> Result<&'f str> {
    let contents = files.iter().find(|(file, _)| *file == name).map(|(_, contents)| contents);
    let contents = contents.with_context(|| format!("wit-bindgen-c wrote no `{name}`"))?;
    str::from_utf8(contents).with_context(|| format!("`{name}` of wit-bindgen-c is not text"))
}

/// The header with more declarations.
fn with_declarations(header: &str, declarations: &str) -> Result<String> {
    let mut text = Text::new(header);
    let end = text.find("\n#ifdef __cplusplus\n}\n")?.start;
    text.replace(end..end, declarations);
    text.finish()
}
