//! Linking the core module of a case's guest.

use anyhow::Result;
use onramp_abi::{Profile, names};
use onramp_compose::{Input, link};
use wasm_encoder::{CustomSection, Encode, Section};

/// The component of a core module that has its world in it, and speaks this ABI in some of its functions.
///
/// # Errors
/// When the module does not fit its world.
pub fn linked(name: &str, mut module: Vec<u8>, profile: Profile) -> Result<Vec<u8>> {
    if let Some(draft) = profile.draft() {
        let line = format!("{profile} {draft}\n");
        let section = CustomSection { name: names::ABI_SECTION.into(), data: line.as_bytes().into() };
        module.push(section.id());
        section.encode(&mut module);
    }
    link(&Input { name: name.to_owned(), bytes: module }, &[])
}
