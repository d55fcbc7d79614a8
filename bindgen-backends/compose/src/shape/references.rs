//! Functions that pass references in upstream's own encoding, which an engine is to run and which are not flattened.

use wasmparser::CanonicalOption;

use crate::boundary;
use crate::shape::{CoreFunc, Func, Shape};

/// Why a component is nested that passes references as upstream's encoding has them.
pub(super) const NATIVE: &str = "it passes references in upstream's own encoding";

impl Shape<'_> {
    /// Whether it lowers a function that it imports as one that passes references, in upstream's encoding.
    pub fn lowers_references(&self, interface: &str, function: &str) -> bool {
        self.core_funcs.iter().any(|core| match core {
            CoreFunc::Lower(index, options) => {
                options.contains(&CanonicalOption::Gc)
                    && boundary::imported(self, *index) == Some((interface, function))
            }
            CoreFunc::Alias(..) | CoreFunc::Resource(_) | CoreFunc::BuiltIn(_) => false,
        })
    }

    /// Whether it lifts a function that it exports as one that passes references, in upstream's encoding.
    pub fn lifts_references(&self, interface: &str, function: &str) -> bool {
        let instance = self.exports.iter().find(|(name, _)| *name == interface);
        let index = match instance {
            Some((_, instance)) => self.functions_of(*instance).ok().and_then(|all| all.get(function).copied()),
            None => self.exported_functions.iter().find(|(name, _)| *name == function).map(|(_, index)| *index),
        };
        let lift = index.and_then(|index| self.lift(index));
        matches!(lift, Some((_, Func::Lift(_, _, options))) if options.contains(&CanonicalOption::Gc))
    }
}
