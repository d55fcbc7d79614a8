//! Weaving: functions with several results, for guests of languages whose functions have one.
//!
//! Such a guest says `[thunk=p]` where it means `[abi=p]`. Its imports return the first result, and getters (`[results]`
//! `get-i32-1`) the others; its exports return the first result after setters were given the others
//! (`docs/abi/multivalue.md`, "Languages with one result"). After linking it is rewritten: the calls of thunks become calls of functions
//! with all results, getters and setters become locals where that is possible, and else globals. Nothing else of the module
//! changes but function indices.

mod body;
mod learned;
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use wit_component::StringEncoding;

    use crate::link::{core::Core, snapshots, world};

    /// For each module in `tests/weave/`, with its world beside it: what it becomes.
    #[test]
    fn modules_become_what_is_expected() {
        snapshots::each_module("weave", woven);
    }

    fn woven(file: &Path) -> String {
        let module = snapshots::guest(file, StringEncoding::UTF8);
        let core = Core::read(&module).unwrap();
        let woven = super::woven(&core, &world(&core, &module).unwrap().0, &module).unwrap().unwrap();
        Core::read(&woven).unwrap();
        snapshots::text(&woven, |_| true)
    }
}
