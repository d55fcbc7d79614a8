//! The custom section that says which draft of an ABI the module speaks.

use std::ops::Range;

use anyhow::{Result, bail};
use onramp_abi::{Profile, kept::Place, names::ABI_SECTION};

use crate::places::next;
use onramp_bridge::{Edits, kept};

const TARGET: &str = "#[cfg(target_arch = \"wasm32\")]\n";
const COMPONENT_TYPE: &str = "#[unsafe(link_section = \"component-type:";

/// The text with the component types of another one, in their order: what `--lazy` changes is no part of the world.
///
/// # Errors
/// When there are not as many.
pub fn with_component_types_of(text: &str, original: &str) -> Result<String> {
    let (places, types) = (component_types(text)?, component_types(original)?);
    if places.len() != types.len() {
        bail!("wit-bindgen-rust's text has another number of component types with `--lazy`");
    }
    let mut edits = Edits::new(text);
    for (place, ty) in places.into_iter().zip(types) {
        edits.replace(place, &original[ty]);
    }
    Ok(edits.finish()?)
}

/// From the attribute of each section with the component's type to the end of the static.
fn component_types(text: &str) -> Result<Vec<Range<usize>>> {
    let starts = text.match_indices(COMPONENT_TYPE).map(|(at, _)| at);
    starts.map(|start| Ok(start..next(text, next(text, start, "= *b\"")?.end, "\";")?.end)).collect()
}

/// Puts the section beside each section with the component's type, so that both are linked or none is.
///
/// # Errors
/// When there is no such section.
pub fn add(edits: &mut Edits<'_>, profile: Profile, places: &[Place]) -> Result<()> {
    let Some(draft) = profile.draft() else { return Ok(()) };
    let lines = format!("{profile} {draft}\n{}", kept::lines(places));
    let length = lines.len();
    let line = lines.replace('\n', "\\n");
    let section = format!(
        "{TARGET}#[unsafe(link_section = \"{ABI_SECTION}\")]\n#[doc(hidden)]\n#[allow(dead_code)]\npub static __ONRAMP_ABI: [u8; {length}] = *b\"{line}\";\n"
    );
    let mut any = false;
    for (at, _) in edits.text().match_indices(COMPONENT_TYPE) {
        let Some(start) = edits.text()[..at].rfind(TARGET) else { continue };
        edits.insert(start, section.clone());
        any = true;
    }
    if !any {
        bail!("wit-bindgen-rust's text has no section with the component's type");
    }
    Ok(())
}
