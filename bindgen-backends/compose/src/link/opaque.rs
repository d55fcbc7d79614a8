//! Weaving: functions with typed references, for guests of compilers that export and import only numbers and `externref`.
//!
//! Such a guest says `[opaque=gc]` where it means `[abi=gc]`. Its functions have an `externref` for each reference, and it imports
//! *accessors* for what it does with the objects behind them (`docs/abi/gc.md`, "Opaque references"). After compiling, accessors
//! become functions of a few instructions, and functions get their types. How the compiler lays out its own objects does not matter.
//! What TeaVM's modules import of JavaScript is filled in as far as a component can do without JavaScript (`host`).

mod accessor;
mod code;
mod guest;
mod host;
mod objects;
mod side;
mod world;

use std::collections::BTreeMap;

use anyhow::Result;
use wasm_encoder::{CustomSection, Encode, Section};

use crate::prelude::Wit;

use super::merge::{Part, merge};
use guest::Guest;
use side::Side;
use world::{DRAFT, DRAFTS, OPAQUE};

/// The module with typed references in the place of opaque ones; `None`: it has none.
///
/// # Errors
/// When a function or an accessor under `[opaque=gc]` is none of its world, or has another type than it has to have.
pub(super) fn woven(module: &[u8], wit: &Wit) -> Result<Option<Vec<u8>>> {
    let guest = Guest::of(module)?;
    let is_opaque = guest.imports.iter().any(|import| import.module.starts_with(OPAQUE))
        || guest.exports.keys().any(|name| name.starts_with(OPAQUE));
    if !is_opaque {
        return Ok(None);
    }
    let side = Side::of(&guest, wit)?;
    let kept = guest.exports.keys().filter(|name| !name.starts_with(OPAQUE) && !name.starts_with("teavm"));
    let exports = kept.map(|name| ((*name).to_owned(), (*name).to_owned())).collect();
    let guest_part = Part { module, imports: side.sources.clone(), exports };
    let bytes = side.module();
    let own = Part { module: &bytes, imports: side.own_sources.clone(), exports: side.public.clone() };
    let host = side.host.iter().map(|module| Part { module, imports: BTreeMap::new(), exports: BTreeMap::new() });
    let parts: Vec<_> = [guest_part, own].into_iter().chain(host).collect();
    let mut woven = merge(&parts)?;
    let draft = CustomSection { name: DRAFTS.into(), data: DRAFT.as_bytes().into() };
    woven.push(draft.id());
    draft.encode(&mut woven);
    Ok(Some(woven))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use wit_component::StringEncoding;

    use crate::link::{core::Core, snapshots, world};

    /// For each module in `tests/opaque/`, with its world beside it: what it becomes, or what is wrong with it.
    #[test]
    fn modules_become_what_is_expected() {
        snapshots::each_module("opaque", woven);
    }

    fn woven(file: &Path) -> String {
        let module = snapshots::guest(file, StringEncoding::UTF8);
        let core = Core::read(&module).unwrap();
        let (wit, _) = world(&core, &module).unwrap();
        let woven = match super::woven(&module, &wit) {
            Ok(woven) => woven.unwrap(),
            Err(error) => return format!("error: {error:#}\n"),
        };
        Core::read(&woven).unwrap();
        snapshots::text(&woven, |_| true)
    }

    /// TeaVM's host is a valid module, and has what it says.
    #[test]
    fn the_host_can_be_assembled() {
        let module = super::host::module().unwrap();
        wasmparser::Validator::new_with_features(crate::features()).validate_all(&module).unwrap();
    }
}
