//! The object file that carries the world's types.

use anyhow::{Result, anyhow};
use onramp_abi::kept::Place;
use onramp_abi::{Profile, names};
use onramp_bridge::kept;
use wasm_encoder::{CustomSection, Section};
use wit_bindgen_c::{Opts, component_type_object};
use wit_parser::{Resolve, WorldId};

/// The object file of the world as WIT has it, with the note which draft of which ABI the module is built for.
///
/// # Errors
/// When the world's types cannot be encoded.
pub fn object(
    resolve: &Resolve,
    world: WorldId,
    name: &str,
    (profile, places): (Profile, &[Place]),
    options: &Opts,
) -> Result<Vec<u8>> {
    let suffix = options.type_section_suffix.as_deref();
    let mut object = component_type_object::object(resolve, world, name, options.string_encoding, suffix)
        .map_err(|error| anyhow!("{error:#}"))?;
    if let Some(draft) = profile.draft() {
        let data = format!("{profile} {draft}\n{}", kept::lines(places)).into_bytes();
        let section = CustomSection { name: names::ABI_SECTION.into(), data: data.into() };
        section.append_to(&mut object);
    }
    Ok(object)
}
