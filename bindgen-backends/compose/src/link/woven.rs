//! Guests with linear memory that speak `gc`: what they import and export as `[weave=gc]` gets functions beside it that convert between
//! the guest's memory and objects, and becomes `[abi=gc]` (`docs/abi/gc.md`, "Linear guests").
//!
//! The functions are two adapter modules, one for each direction, between the guest and itself: one side is eager, the other has
//! objects. They are merged into the guest's module (`merge`).

mod adapters;
mod plan;

use std::collections::BTreeMap;

use anyhow::Result;
use onramp_abi::names;
use onramp_adapter::StringEncoding;
use wasm_encoder::{CustomSection, Encode, Section};

use crate::prelude::Wit;

use super::core::Core;
use super::merge::{Part, merge};
use plan::Plan;

/// What the section `onramp:abi` of a guest says whose functions were woven.
pub(crate) const WOVEN: &str = "woven gc";

/// The module with functions that pass objects in place of those that were to be woven; `None`: there are none. `core` is what was
/// read of the module, `wit` its world, and its strings are in `encoding`.
///
/// # Errors
/// When it breaks one of the rules M3 to M6 with such a name.
pub(super) fn woven(core: &Core, wit: &Wit, encoding: StringEncoding, module: &[u8]) -> Result<Option<Vec<u8>>> {
    let plan = Plan::of(core, wit)?;
    if plan.is_empty() {
        return Ok(None);
    }
    let adapters = plan.adapters(wit, encoding)?;
    let guest = Part { module, imports: BTreeMap::new(), exports: plan.kept_exports(core) };
    let mut parts = vec![guest];
    for adapter in &adapters {
        adapter.join(core, &mut parts)?;
    }
    let mut merged = merge(&parts)?;
    let section = CustomSection { name: names::ABI_SECTION.into(), data: format!("{WOVEN}\n").into_bytes().into() };
    merged.push(section.id());
    section.encode(&mut merged);
    Ok(Some(merged))
}
