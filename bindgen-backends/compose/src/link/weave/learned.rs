//! What has to be known of a module before it is written, and shows only in what stands behind.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Cell, Import, Plan, Thunk};

/// What was seen in a module.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// Changed imports that something refers to other than by calling them.
    pub(super) referred: BTreeSet<(String, String)>,
    /// Results whose getter is called where it does not show which call they are of.
    pub(super) read_later: BTreeSet<Cell>,
    /// Functions that are exported as thunks, with the exports.
    pub(super) exported: BTreeMap<u32, String>,
    /// Functions that something other than the export of a thunk refers to, as far as it matters.
    pub(super) shared: BTreeSet<u32>,
    /// Functions that call setters.
    pub(super) setting: BTreeSet<u32>,
}

impl Learned {
    /// True when every setter is called by a function that nothing but its export refers to. Such a function can have all results
    /// itself, and what it sets are locals.
    fn sets_locals(&self, plan: &Plan) -> bool {
        let is_setter = |import: &(String, String)| matches!(plan.imports[import], Import::Set(_));
        !self.referred.iter().any(is_setter) && self.setting.iter().all(|function| self.is_only_exported(*function))
    }

    fn is_only_exported(&self, function: u32) -> bool {
        self.exported.contains_key(&function) && !self.shared.contains(&function)
    }

    /// The functions that are to have all results themselves: what they were exported as.
    pub(super) fn widened<'p>(&self, plan: &'p Plan) -> BTreeMap<u32, &'p Thunk> {
        if !self.sets_locals(plan) {
            return BTreeMap::new();
        }
        let setting = self.setting.iter();
        setting.map(|function| (*function, &plan.exports[&self.exported[function]])).collect()
    }
}
