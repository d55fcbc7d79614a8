//! From the woven module to the component.

use anyhow::Result;
use onramp_abi::{kept::Place, names};
use onramp_compose::{AdapterMemory, Adapters, Input, link_with};
use wasi_preview1_component_adapter_provider::WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER as WASI;
use wasm_encoder::{CustomSection, Encode, Section};
use wit_component::{StringEncoding, embed_component_metadata};

use crate::Target;

/// Makes the component of a module that has the core functions of a world. `kept` is where values stay objects.
///
/// # Errors
/// When the module does not fit the world.
pub fn link(mut module: Vec<u8>, target: &Target, name: &str, (kept, stub_wasi): (&[Place], bool)) -> Result<Vec<u8>> {
    embed_component_metadata(&mut module, target.resolve, target.world, StringEncoding::UTF8, false)?;
    if let Some(draft) = target.profile.draft() {
        let lines = format!("{} {draft}\n{}", target.profile, onramp_bridge::kept::lines(kept));
        let section = CustomSection { name: names::ABI_SECTION.into(), data: lines.as_bytes().into() };
        module.push(section.id());
        section.encode(&mut module);
    }
    let wasi = match stub_wasi {
        true => wat::parse_str(include_str!("stub_wasi.wat"))?,
        false => WASI.to_vec(),
    };
    let adapters = [("wasi_snapshot_preview1".to_owned(), wasi)];
    // What `cabi_realloc` gives is freed when the value that is in it was lifted; the adapter keeps its memory.
    let adapters = Adapters { modules: &adapters, memory: AdapterMemory::Grow };
    link_with(&Input { name: name.to_owned(), bytes: module }, adapters)
}
