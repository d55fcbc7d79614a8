//! Composing at the component level, by the upstream library: for instances that cannot be flattened, and as the baseline.

use std::collections::HashMap;

use anyhow::{Context, Result};
use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, PackageId};

use crate::graph::Graph;

/// Composes a graph by nesting every component as it is: the engine's own adapters connect them.
///
/// # Errors
/// When an input is no component, or the library cannot encode the graph.
pub fn compose(graph: &Graph) -> Result<Vec<u8>> {
    let mut composition = CompositionGraph::new();
    let mut packages: HashMap<usize, PackageId> = HashMap::new();
    let mut instances: Vec<NodeId> = Vec::new();
    for node in &graph.nodes {
        let package = match packages.get(&node.input) {
            Some(package) => *package,
            None => register(&mut composition, graph, node.input)?,
        };
        packages.insert(node.input, package);
        let instance = composition.instantiate(package);
        for (import, (provider, export)) in &node.connections {
            let export = composition.alias_instance_export(instances[*provider], export)?;
            composition.set_instantiation_argument(instance, import, export)?;
        }
        for (import, item) in &node.items {
            let interface = composition.alias_instance_export(instances[item.node], &item.interface)?;
            let item = composition.alias_instance_export(interface, &item.name)?;
            composition.set_instantiation_argument(instance, import, item)?;
        }
        instances.push(instance);
    }
    for (node, name) in &graph.exports {
        let export = composition.alias_instance_export(instances[*node], name)?;
        composition.export(export, name)?;
    }
    let options = EncodeOptions { define_components: true, validate: false, ..EncodeOptions::default() };
    composition.encode(options).context("the composition cannot be encoded")
}

fn register(composition: &mut CompositionGraph, graph: &Graph, input: usize) -> Result<PackageId> {
    let name = &graph.inputs[input].name;
    // What the library calls a package must be unique and is seen by nobody.
    let id = format!("onramp:input{input}");
    let package = Package::from_bytes(&id, None, graph.inputs[input].bytes.clone(), composition.types_mut())
        .with_context(|| format!("`{name}` cannot be read as a component"))?;
    Ok(composition.register_package(package)?)
}
