//! What the flattened part takes from outside of it: it is one component, so all of its instances take an import of one name from the
//! same place.

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::plan::Treatment;

/// A flat instance that takes an import from elsewhere than another flat one does, and the reason why it is to be nested.
pub(crate) fn disagreement(graph: &Graph, nodes: &[Treatment]) -> Option<(usize, String)> {
    let mut known = BTreeMap::new();
    for (index, flat) in nodes.iter().enumerate().filter_map(|(index, node)| Some((index, node.flat()?))) {
        for (import, _) in &flat.shape.imports {
            let source = graph.nodes[index].connections.get(*import);
            if source.is_some_and(|(provider, _)| nodes[*provider].flat().is_some()) {
                continue;
            }
            let (first, other) = *known.entry(*import).or_insert((index, source));
            if source != other {
                let first = &graph.inputs[graph.nodes[first].input].name;
                return Some((
                    index,
                    format!("it takes `{import}` from elsewhere than `{first}`, which is flattened too"),
                ));
            }
        }
    }
    None
}
