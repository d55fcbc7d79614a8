//! Weaving: functions with several results, for guests of languages whose functions have one.
//!
//! Such a guest says `[thunk=p]` where it means `[abi=p]`. Its imports return the first result, and getters (`[results]`
//! `get-i32-1`) the others; its exports return the first result after setters were given the others
//! (`docs/abi/multivalue.md`, "Languages with one result"). After linking it is rewritten: getters and setters become globals,
//! the calls of thunks calls of functions with all results. Nothing else of the module changes but function indices.

mod body;
mod plan;
mod rewrite;
mod sections;

use anyhow::Result;

use crate::prelude::Wit;

use super::core::Core;
use plan::Plan;

/// The module with functions of several results in place of thunks; `None`: it has no thunks. `core` is what was read of the
/// module, and `wit` its world.
///
/// # Errors
/// When it breaks one of the rules T1 to T4 or M6.
pub(super) fn woven(core: &Core, wit: &Wit, module: &[u8]) -> Result<Option<Vec<u8>>> {
    let plan = Plan::of(core, wit)?;
    match plan.is_empty() {
        true => Ok(None),
        false => rewrite::rewrite(module, &plan).map(Some),
    }
}
