//! The edits of a whole world.

use anyhow::{Context, Result};
use onramp_abi::{Lowering, Passing, Profile, Role, Signature, Types, names};
use onramp_bridge::{Direction, Export, Import, WorldFunction, functions};
use wit_bindgen_core::wit_parser::{Function, Resolve, WorldId, WorldKey};
use wit_bindgen_rust::{Opts, WithOption};

use crate::edits::Edits;
use crate::export::ResultBlock;
use crate::sites::Sites;
use crate::{export, import, section};

/// What the edits of all functions share.
pub struct Shared<'a> {
    pub sites: Sites,
    /// The path of the runtime.
    pub runtime: &'a str,
    /// What stands before each name of a core export.
    pub export_prefix: &'a str,
}

/// The text in a profile, and the notes.
///
/// # Errors
/// When a function that the profile covers is not where upstream's text is known to have it.
pub fn edit(
    resolve: &Resolve,
    world: WorldId,
    profile: Profile,
    options: &Opts,
    text: &str,
) -> Result<(String, Vec<String>)> {
    let mut types = Types::new(resolve)?;
    let mut edits = Edits::new(text);
    let mut notes = Vec::new();
    let shared = Shared {
        sites: Sites::find(text),
        runtime: options.runtime_path.as_deref().unwrap_or("wit_bindgen::rt"),
        export_prefix: options.export_prefix.as_deref().unwrap_or_default(),
    };
    for one in functions(resolve, world).into_iter().filter(|one| is_generated(resolve, options, one)) {
        let name = names::function(resolve, one.interface, one.function);
        if let Some(reason) = one.eager_because(resolve) {
            notes.push(format!("{name} keeps the eager ABI: {reason}"));
            continue;
        }
        let (interface, function) = (one.interface, one.function);
        let eager = |profile| names::import(resolve, profile, interface, function);
        let edited = match one.direction {
            Direction::Import => Import::new(&mut types, profile, interface, function)
                .map_err(Into::into)
                .and_then(|import| import::edit(&mut edits, &shared, &eager(Profile::Eager), &import)),
            Direction::Export => {
                Export::new(&mut types, profile, interface, function).map_err(Into::into).and_then(|export| {
                    let name = names::export(resolve, Profile::Eager, interface, function);
                    let block = result_block(&mut types, profile, interface, function)?;
                    export::edit(&mut edits, &shared, &name, &export, &block)
                })
            }
        };
        edited.with_context(|| format!("wit-bindgen-rust's text for {name} is not as expected"))?;
    }
    section::add(&mut edits, profile)?;
    let text = export::without_unused_areas(&edits.finish()?)?;
    Ok((text, notes))
}

/// What an export's result is in memory.
fn result_block(
    types: &mut Types<'_>,
    profile: Profile,
    interface: Option<&WorldKey>,
    function: &Function,
) -> Result<ResultBlock> {
    // An importer under the lazy profile finds the same result in memory.
    let received = Import::new(types, Profile::Lazy, interface, function)?.received;
    let signature = Signature::new(types.resolve(), profile, Role::Callee, function);
    let own = match (profile.lowering(), signature.result_passing, &function.result) {
        (Lowering::Lazy, Passing::Memory, Some(result)) => {
            let ty = types.add(result)?;
            Some((types[ty].size, types[ty].align))
        }
        _ => None,
    };
    Ok(ResultBlock { own, received })
}

/// Whether upstream makes bindings for the function: it is not skipped, and its interface not bound elsewhere.
fn is_generated(resolve: &Resolve, options: &Opts, one: &WorldFunction<'_>) -> bool {
    let skipped = options.skip.contains(&one.function.name);
    let elsewhere = match (one.direction, one.interface) {
        (Direction::Import, Some(key)) => is_elsewhere(resolve, options, key),
        (Direction::Import, None) | (Direction::Export, _) => false,
    };
    !skipped && !elsewhere
}

fn is_elsewhere(resolve: &Resolve, options: &Opts, key: &WorldKey) -> bool {
    let name = resolve.name_world_key(key);
    // Of two entries for one name, upstream takes the last.
    let with = options.with.iter().rev().find(|(key, _)| *key == name);
    matches!(with, Some((_, WithOption::Path(_))))
}
