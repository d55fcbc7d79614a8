//! What joins a caller with a callee: the upstream library, the baseline; `onramp compose`; or the host, between the two.

use std::fmt;

use anyhow::{Result, bail};
use onramp_abi::Profile;
use onramp_compose::{Composition, Graph, Input};
use serde::{Serialize, Serializer};

use crate::allocations::OF_CALLEE;
use crate::cell::Side;
use crate::scenario::Role;

/// Who composes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Linker {
    /// `wac-graph`, the upstream library: the engine's own adapters connect the guests.
    Stock,
    /// `onramp compose`: the guests are flattened and connected core to core.
    Onramp,
    /// Nobody: the two run side by side, and the host carries every value between them.
    Host,
}

/// The guest that every other one meets in the host: made by upstream's tools alone.
const PARTNER: Side = Side { language: "rust", profile: Profile::Eager };

impl Linker {
    /// Every linker.
    pub const ALL: [Linker; 3] = [Linker::Stock, Linker::Onramp, Linker::Host];

    /// The name on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Linker::Stock => "stock",
            Linker::Onramp => "onramp",
            Linker::Host => "host",
        }
    }

    /// Whether a run that does not name this linker has its cells of these sides.
    ///
    /// Under the eager profile `stock` is the baseline; under others a guest is, for everything but `onramp compose`, a component like
    /// any other, and one partner tells whether it is right.
    pub fn usually_has(self, caller: Side, callee: Side) -> bool {
        match self {
            Linker::Stock => [caller, callee].iter().all(|side| side.profile == Profile::Eager),
            Linker::Onramp => true,
            Linker::Host => caller == callee || [caller, callee].contains(&PARTNER),
        }
    }

    /// The linkers of these names; all of them when none is named.
    ///
    /// # Errors
    /// When a name is not known: with those that are.
    pub fn named(names: &[String]) -> Result<Vec<Linker>> {
        let known = || Linker::ALL.map(Linker::name);
        if let Some(name) = names.iter().find(|name| !known().contains(&name.as_str())) {
            bail!("there is no linker `{name}`: the matrix has {}", known().join(", "));
        }
        let wanted = |linker: &Linker| names.is_empty() || names.iter().any(|name| name == linker.name());
        Ok(Linker::ALL.into_iter().filter(wanted).collect())
    }

    /// Composes two components into one that exports what the caller exports, and tells what was done.
    ///
    /// Every import of the caller that the callee exports (by name, or by a semver-compatible version of it) is satisfied
    /// by the callee's export; all other imports of both become imports of the result.
    ///
    /// # Errors
    /// When the linker is the host, which composes nothing; when either is not a component, when nothing connects, or when a name connects but the types do not fit: then the
    /// message names the interface and says where the types differ.
    pub fn compose(self, caller: &[u8], callee: &[u8]) -> Result<(Vec<u8>, String)> {
        let input = |role: Role, bytes: &[u8]| Input { name: role.name().to_owned(), bytes: bytes.to_owned() };
        let graph = Graph::plug(vec![input(Role::Caller, caller), input(Role::Callee, callee)], &[])?;
        let mut connected = graph.nodes.iter().flat_map(|node| node.connections.keys());
        if connected.all(|import| import == OF_CALLEE) {
            bail!("nothing connects: the callee exports none of the interfaces that the caller imports");
        }
        match self {
            Linker::Stock => Ok((onramp_compose::stock::compose(&graph)?, String::new())),
            Linker::Onramp => {
                let Composition { component, report } = onramp_compose::compose(&graph, false)?;
                Ok((component, report.to_string()))
            }
            Linker::Host => bail!("the host composes nothing: it runs two components"),
        }
    }
}

impl Serialize for Linker {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Linker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPOSERS: [Linker; 2] = [Linker::Stock, Linker::Onramp];

    /// A component that exports an interface with one function.
    fn callee(interface: &str, parameter: &str, core: &str) -> Vec<u8> {
        let text = format!(
            r#"(component
                (core module $m (func (export "f") (param {core})))
                (core instance $i (instantiate $m))
                (func $f (param "x" {parameter}) (canon lift (core func $i "f")))
                (instance $e (export "f" (func $f)))
                (export "{interface}" (instance $e)))"#
        );
        wat::parse_str(text).unwrap()
    }

    /// A component that imports an interface with one function and calls it.
    fn caller(interface: &str) -> Vec<u8> {
        let text = format!(
            r#"(component
                (import "{interface}" (instance $i (export "f" (func (param "x" u32)))))
                (core func $f (canon lower (func $i "f")))
                (core module $m (import "" "f" (func $f (param i32))) (func (export "run") (call $f (i32.const 1))))
                (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
                (func $run (canon lift (core func $m "run")))
                (instance $e (export "run" (func $run)))
                (export "test:a/run" (instance $e)))"#
        );
        wat::parse_str(text).unwrap()
    }

    fn error(caller: &[u8], callee: &[u8]) -> String {
        let errors = COMPOSERS.map(|linker| format!("{:#}", linker.compose(caller, callee).unwrap_err()));
        assert_eq!(errors[0], errors[1]);
        errors[0].clone()
    }

    #[test]
    fn a_newer_version_that_is_compatible_connects() {
        for linker in COMPOSERS {
            let (component, _) =
                linker.compose(&caller("test:a/i@1.0.0"), &callee("test:a/i@1.2.0", "u32", "i32")).unwrap();
            assert!(!String::from_utf8_lossy(&component).contains("unlocked-dep"), "nothing is left to import");
        }
    }

    #[test]
    fn another_major_version_does_not_connect() {
        let error = error(&caller("test:a/i@1.0.0"), &callee("test:a/i@2.0.0", "u32", "i32"));
        assert!(error.starts_with("nothing connects: the callee exports none of the interfaces"), "{error}");
    }

    #[test]
    fn a_guest_of_another_world_is_told_with_the_interface_and_the_difference() {
        let error = error(&caller("test:a/i"), &callee("test:a/i", "u64", "i64"));
        insta::assert_snapshot!(error);
    }

    #[test]
    fn what_is_no_component_is_named() {
        let error = error(&caller("test:a/i"), b"\0asm\x01\0\0\0");
        insta::assert_snapshot!(error);
    }

    #[test]
    fn unknown_linkers_are_named() {
        let error = Linker::named(&["wac".to_owned()]).unwrap_err().to_string();
        assert_eq!(error, "there is no linker `wac`: the matrix has stock, onramp, host");
    }
}
