//! Composes components core to core: flattens them into one and joins them with fused adapters.
//!
//! A [`Graph`] says what is to be composed. Its [`plan`] says what becomes of each instance: *flat*, its definitions become the
//! composition's own, and its connections to other flat instances go through generated adapters (`onramp-adapter`) from core
//! function to core function; or *nested*, as it is, connected at the component level. [`emit`] writes the result: one
//! standard component that needs no feature beyond multi-memory. A [`Report`] tells every connection.

mod boundary;
mod builder;
mod direct;
pub mod emit;
pub mod forwards;
mod gates;
mod graph;
mod guest_handles;
pub mod handles;
mod host_handles;
pub mod inspect;
mod instantiate;
pub mod joint;
pub mod lazy;
pub mod link;
pub mod memory;
mod moved;
pub mod options;
mod outside;
mod outward;
pub mod plan;
pub mod prelude;
mod report;
pub mod resource;
pub mod shape;
mod shim;
pub mod stock;
mod tables;
mod thunks;
mod upstream;
mod wac;
mod wiring;

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail};

pub use graph::{Graph, Input, Item, Node};
pub use link::{AdapterMemory, Adapters, link, link_native_gc, link_with};
pub use report::{Connection, Function, Gated, Kind, Report, Work};

use link::Linked;
use plan::{Flat, Plan, Treatment};
use prelude::Wit;

/// A finished composition.
#[derive(Clone, Debug)]
pub struct Composition {
    /// The component.
    pub component: Vec<u8>,
    /// What was done.
    pub report: Report,
}

/// How far the guests of a composition trust each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// When several guests get handles from the host, gates keep these apart. Those that cannot have gates are flattened too, and
    /// each can use the handles that the host gave to another; else, they stay nested.
    pub trust_guests: bool,
    /// Lists and strings in the GC ABI are copied between guests, even where a reference could be passed: what a guest has sent or was
    /// given, no other writes to.
    pub isolate_gc: bool,
}

/// Composes a graph. `trust_guests`: see [`Trust`].
///
/// # Errors
/// When two components disagree about an interface of the host that both import, or when one is damaged.
pub fn compose(graph: &Graph, trust_guests: bool) -> Result<Composition> {
    compose_with(graph, Trust { trust_guests, ..Trust::default() })
}

/// Composes a graph, with a choice of how far its guests trust each other.
///
/// # Errors
/// Those of [`compose`].
pub fn compose_with(graph: &Graph, trust: Trust) -> Result<Composition> {
    let linked: Vec<_> = graph.inputs.iter().map(|input| Linked::of(&input.bytes)).collect();
    let wit = |(input, linked): (&Input, &Result<Option<Linked>>)| Wit::of(link::eager_form(&input.bytes, linked)).ok();
    let wits: Vec<Option<Wit>> = graph.inputs.iter().zip(&linked).map(wit).collect();
    let plan = plan::plan(graph, &linked, &wits, trust);
    let mut report = Report::of(graph, &plan);
    let component = match plan.joints.is_empty() {
        true => stock::compose(graph)?,
        false => {
            let joined = joined(graph, &wits, &plan, trust)?;
            report.gates = joined.gates;
            joined.component
        }
    };
    if let Err(error) = wasmparser::Validator::new_with_features(features()).validate_all(&component) {
        bail!("the composition is not valid: {error}\n{report}");
    }
    Ok(Composition { component: report.attach(component)?, report })
}

/// A composition with flattened instances.
struct Joined {
    component: Vec<u8>,
    gates: Vec<report::Gated>,
}

/// Flattens what the plan says into one component, and composes that with what stays nested.
///
/// The flattened part is a component of its own beside the nested ones: the engine lets no call pass from a component instance
/// into one that it contains.
fn joined(graph: &Graph, wits: &[Option<Wit>], plan: &Plan, trust: Trust) -> Result<Joined> {
    let (part, flats) = flat_part(graph, plan);
    let some: Vec<Option<&Flat>> = flats.iter().copied().map(Some).collect();
    let plan::Between { joints, gates, shared } = plan::between(&part.graph, wits, &some, trust)
        .map_err(|(_, reason)| anyhow!("what could be joined cannot: {reason}"))?;
    // An import is the host's for one instance of a component and may be another instance's for another.
    // A type at the level of a world is one of an interface: whoever has the interface has it.
    let from_outside = |input: usize, import: &str| {
        let mut instances = part.graph.nodes.iter().zip(&flats).filter(|(node, _)| node.input == input);
        instances.any(|(node, flat)| !node.connections.contains_key(import) && !flat.shape.has_imported_type(import))
    };
    let merged = prelude::merge(wits, from_outside)?;
    let whole = emit::Part {
        graph: &part.graph,
        flats: &flats,
        joints: &joints,
        gates: &gates,
        shared: shared.as_ref(),
        wits,
        native_gc: false,
    };
    let flattened = emit::emit(&whole, &merged)?;
    let name = |node: usize| part.graph.inputs[part.graph.nodes[node].input].name.clone();
    let gated = |(node, gates): (usize, &Option<gates::Gates>)| Some(report::Gated::of(name(node), gates.as_ref()?));
    let gates = gates.iter().enumerate().filter_map(gated).collect();
    let component = match plan.nodes.iter().all(|node| matches!(node, Treatment::Flat(_))) {
        true => flattened,
        false => stock::compose(&around(graph, plan, &part, flattened))?,
    };
    Ok(Joined { component, gates })
}

/// The instances of a graph that are flattened, as a graph of their own.
struct Part {
    graph: Graph,
    /// The node of the part for a node of the whole.
    places: BTreeMap<usize, usize>,
}

fn flat_part<'p>(graph: &Graph, plan: &'p Plan) -> (Part, Vec<&'p Flat<'p>>) {
    let mut flats = Vec::new();
    let mut places = BTreeMap::new();
    let mut nodes = Vec::new();
    for (index, treatment) in plan.nodes.iter().enumerate() {
        let Treatment::Flat(flat) = treatment else { continue };
        flats.push(&**flat);
        places.insert(index, nodes.len());
        nodes.push(graph.nodes[index].moved(|provider| places.get(&provider).copied()));
    }
    let exports = graph.exports.iter().filter_map(|(node, name)| Some((*places.get(node)?, name.clone())));
    let exports = exports.collect();
    (Part { graph: Graph { inputs: graph.inputs.clone(), nodes, exports }, places }, flats)
}

/// The graph in which the flattened instances are one instance of one component.
fn around(graph: &Graph, plan: &Plan, part: &Part, flattened: Vec<u8>) -> Graph {
    let mut inputs = graph.inputs.clone();
    inputs.push(Input { name: "the flattened guests".to_owned(), bytes: flattened });
    let mut nodes: Vec<Node> = Vec::new();
    let mut places = BTreeMap::new();
    for (index, treatment) in plan.nodes.iter().enumerate() {
        if let Treatment::Nested(_) = treatment {
            places.insert(index, nodes.len());
            nodes.push(graph.nodes[index].moved(|provider| places.get(&provider).copied()));
        }
    }
    // Nothing nested depends on it: what a nested instance depends on is nested.
    let outward = part.places.keys().flat_map(|node| &graph.nodes[*node].connections);
    let outward = outward.filter(|(_, (provider, _))| !part.places.contains_key(provider));
    let connections =
        outward.map(|(import, (provider, export))| (import.clone(), (places[provider], export.clone()))).collect();
    let whole = nodes.len();
    // A type out of an interface comes with the interface.
    nodes.push(Node { input: inputs.len() - 1, connections, items: BTreeMap::new() });
    let place = |node: &usize| places.get(node).copied().unwrap_or(whole);
    let exports = graph.exports.iter().map(|(node, name)| (place(node), name.clone())).collect();
    Graph { inputs, nodes, exports }
}

/// What a composition may need: today's standard features, and those behind flags that guests may have: types of WIT, threads.
fn features() -> wasmparser::WasmFeatures {
    wasmparser::WasmFeatures::default()
        | wasmparser::WasmFeatures::CM_MAP
        | wasmparser::WasmFeatures::CM_FIXED_LENGTH_LISTS
        | wasmparser::WasmFeatures::CM_ASYNC
        | wasmparser::WasmFeatures::CM_ERROR_CONTEXT
        | wasmparser::WasmFeatures::CM_THREADING
}
