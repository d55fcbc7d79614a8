//! Guests with linear memory that speak `gc`: what they import and export as `[weave=gc]` gets functions beside it that convert between
//! the guest's memory and objects, and becomes `[abi=gc]` (`docs/abi/gc.md`, "Linear guests").
//!
//! The functions are two adapter modules, one for each direction, between the guest and itself: one side is eager, the other has
//! objects. They are merged into the guest's module (`merge`).

mod adapters;
mod keeper;
mod plan;

use std::collections::BTreeMap;

use anyhow::Result;
use onramp_abi::kept::{self, Place};
use onramp_abi::{Data, Role, names};
use onramp_adapter::StringEncoding;
use wasm_encoder::{CustomSection, Encode, Section};

use crate::prelude::Wit;

use super::core::Core;
use super::merge::{Part, merge};
use super::speech::WOVEN;
use keeper::Keeper;
use plan::Plan;

/// The module with functions that pass objects in place of those that were to be woven; `None`: there are none. `core` is what was
/// read of the module, `wit` its world, and its strings are in `encoding`.
///
/// # Errors
/// When it breaks one of the rules M3 to M6 with such a name.
pub(super) fn woven(core: &Core, wit: &Wit, encoding: StringEncoding, module: &[u8]) -> Result<Option<Vec<u8>>> {
    let mut wit = wit.clone();
    let kept = kept::rewrite(&mut wit.resolve, wit.world, &places(core)?)?;
    let plan = Plan::of(core, &wit, &kept)?;
    if plan.is_empty() {
        return Ok(None);
    }
    let adapters = plan.adapters(&wit, &kept, encoding)?;
    let keeper = Keeper::new(&wit, &kept, adapters::unit(encoding)?, &plan)?;
    let guest = Part { module, imports: BTreeMap::new(), exports: plan.kept_exports(core) };
    let mut parts = vec![guest];
    for adapter in &adapters {
        adapter.join(core, &mut parts, 1 + adapters.len())?;
    }
    if let Some(keeper) = &keeper {
        let of_exports = adapters.iter().position(|adapter| adapter.role() == Role::Callee).unwrap_or_default();
        keeper.join(core, &mut parts, 1 + of_exports);
    }
    let mut merged = merge(&parts)?;
    // Nobody checks for a guest of which this is said, and functions that are not made here may rely on it.
    if !has_native(core)? {
        let section = CustomSection { name: names::ABI_SECTION.into(), data: format!("{WOVEN}\n").into_bytes().into() };
        merged.push(section.id());
        section.encode(&mut merged);
    }
    Ok(Some(merged))
}

/// Whether a module has functions of its own that pass references.
fn has_native(core: &Core) -> Result<bool> {
    let names = core.imports.iter().map(|(module, ..)| *module).chain(core.exports.keys().copied());
    let parsed = names.map(names::parse).collect::<Result<Vec<_>, _>>()?;
    Ok(parsed.into_iter().flatten().any(|(profile, _)| profile.data() == Data::Gc))
}

/// Where values are to stay objects, as the module says.
fn places(core: &Core) -> Result<Vec<Place>> {
    let lines = core.drafts.iter().filter_map(|line| line.strip_prefix(kept::LINE));
    Ok(lines.map(str::parse).collect::<Result<_, onramp_abi::Error>>()?)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use wit_component::StringEncoding;

    use crate::link::{core::Core, snapshots, world};

    /// For each module in `tests/woven/`, with its world beside it: what it has then, or why it cannot be woven. Its name may end with what
    /// its strings are in.
    #[test]
    fn modules_become_what_is_expected() {
        snapshots::each_module("woven", woven);
    }

    fn woven(file: &Path) -> String {
        let encoding = match file.file_stem().unwrap().to_str().unwrap() {
            name if name.ends_with("-utf16") => StringEncoding::UTF16,
            name if name.ends_with("-latin1") => StringEncoding::CompactUTF16,
            _ => StringEncoding::UTF8,
        };
        let module = snapshots::guest(file, encoding);
        let core = Core::read(&module).unwrap();
        let (wit, encoding) = world(&core, &module).unwrap();
        let woven = match super::woven(&core, &wit, encoding, &module) {
            Ok(woven) => woven.unwrap(),
            Err(error) => return format!("error: {error:#}\n"),
        };
        Core::read(&woven).unwrap();
        // What its functions do is the adapter's matter.
        snapshots::text(&woven, |line| line.starts_with("  ("))
    }
}
