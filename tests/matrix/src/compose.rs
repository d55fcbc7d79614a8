//! Composing a caller with a callee by the upstream library, `wac-graph`: the baseline linker of the matrix.

use anyhow::{Context, Result, bail};
use wac_graph::types::{Package, SubtypeChecker, are_semver_compatible};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, PackageId};

use crate::scenario::Role;

/// The library and its version: part of the key of what it made.
pub const LINKER: &str = "wac-graph 0.12";

/// Composes two components into one that exports what the caller exports.
///
/// Every import of the caller that the callee exports (by name, or by a semver-compatible version of it) is satisfied
/// by the callee's export; all other imports of both become imports of the result.
///
/// # Errors
/// When either is not a component, when nothing connects, or when a name connects but the types do not fit: then the
/// message names the interface and says where the types differ.
pub fn compose(caller: &[u8], callee: &[u8]) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let caller = register(&mut graph, Role::Caller, caller)?;
    let callee = register(&mut graph, Role::Callee, callee)?;
    let connections = connections(&graph, caller, callee)?;
    let callee = graph.instantiate(callee);
    let caller_instance = graph.instantiate(caller);
    for Connection { import, export } in connections {
        let export = graph.alias_instance_export(callee, &export)?;
        graph.set_instantiation_argument(caller_instance, &import, export)?;
    }
    export_all(&mut graph, caller, caller_instance)?;
    let options = EncodeOptions { define_components: true, validate: false, ..EncodeOptions::default() };
    graph.encode(options).context("the composition cannot be encoded")
}

/// One import of the caller and the export of the callee that satisfies it.
struct Connection {
    import: String,
    export: String,
}

fn register(graph: &mut CompositionGraph, role: Role, bytes: &[u8]) -> Result<PackageId> {
    let package = Package::from_bytes(&format!("onramp:{role}"), None, bytes, graph.types_mut())
        .with_context(|| format!("the {role} cannot be read as a component"))?;
    Ok(graph.register_package(package)?)
}

fn connections(graph: &CompositionGraph, caller: PackageId, callee: PackageId) -> Result<Vec<Connection>> {
    let types = graph.types();
    let imports = &types[graph[caller].ty()].imports;
    let exports = &types[graph[callee].ty()].exports;
    let mut found = Vec::new();
    for (import, wanted) in imports {
        let export = exports
            .get_key_value(import)
            .or_else(|| exports.iter().find(|(name, _)| are_semver_compatible(name, import)));
        let Some((export, given)) = export else { continue };
        SubtypeChecker::new(&mut Default::default())
            .is_subtype(*given, types, *wanted, types)
            .with_context(|| {
                format!("the callee's export `{export}` does not fit the caller's import `{import}` (was one of them built for another world?)")
            })?;
        found.push(Connection { import: import.clone(), export: export.clone() });
    }
    if found.is_empty() {
        bail!("nothing connects: the callee exports none of the interfaces that the caller imports");
    }
    Ok(found)
}

fn export_all(graph: &mut CompositionGraph, package: PackageId, instance: NodeId) -> Result<()> {
    let names: Vec<String> = graph.types()[graph[package].ty()].exports.keys().cloned().collect();
    for name in names {
        let export = graph.alias_instance_export(instance, &name)?;
        graph.export(export, &name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// A component that imports an interface with one function and exports that function again.
    fn caller(interface: &str) -> Vec<u8> {
        let text = format!(
            r#"(component
                (import "{interface}" (instance $i (export "f" (func (param "x" u32)))))
                (alias export $i "f" (func $f))
                (export "again" (func $f)))"#
        );
        wat::parse_str(text).unwrap()
    }

    fn error(caller: &[u8], callee: &[u8]) -> String {
        format!("{:#}", compose(caller, callee).unwrap_err())
    }

    #[test]
    fn a_newer_version_that_is_compatible_connects() {
        let composed = compose(&caller("test:a/i@1.0.0"), &callee("test:a/i@1.2.0", "u32", "i32")).unwrap();
        assert!(!String::from_utf8_lossy(&composed).contains("unlocked-dep"), "nothing is left to import");
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
}
