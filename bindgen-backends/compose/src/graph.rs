//! What is to be composed: instances of components, who satisfies whose imports, and what is exported.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use wac_graph::types::{Package, SubtypeChecker, Types, are_semver_compatible};
use wasmparser::{Parser, Validator, WasmFeatures};

use crate::prelude::ROOT;
use crate::shape::Shape;
use crate::upstream::caught;

/// A component that goes into a composition.
#[derive(Clone, Debug)]
pub struct Input {
    /// What it is called in messages and reports: its file's name, say.
    pub name: String,
    /// The component.
    pub bytes: Vec<u8>,
}

/// One instance of a component.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The index of its component.
    pub input: usize,
    /// The imports that another instance satisfies: the import's name, the instance, the name of its export.
    pub connections: BTreeMap<String, (usize, String)>,
    /// The imports at the level of its world that are taken out of another instance's interface: `use interface.{type}` makes one.
    pub items: BTreeMap<String, Item>,
}

/// What an interface contains: a type, or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The instance.
    pub node: usize,
    /// The name under which it exports the interface.
    pub interface: String,
    /// The name in the interface.
    pub name: String,
}

impl Node {
    /// The instances that it takes imports from.
    pub fn providers(&self) -> impl Iterator<Item = usize> {
        let connections = self.connections.values().map(|(provider, _)| *provider);
        connections.chain(self.items.values().map(|item| item.node))
    }

    /// Who satisfies the import of a function, of an interface or (with [`ROOT`] in its place) at the level of the world, and the name of
    /// the export.
    pub fn source(&self, interface: &str, function: &str) -> Option<&(usize, String)> {
        self.connections.get(if interface == ROOT { function } else { interface })
    }

    /// The same instance in a graph where others have another place. What has none is not connected any more.
    pub(crate) fn moved(&self, place: impl Fn(usize) -> Option<usize>) -> Node {
        let connections = self.connections.iter();
        let connections =
            connections.filter_map(|(import, (node, export))| Some((import.clone(), (place(*node)?, export.clone()))));
        let items = self.items.iter();
        let items =
            items.filter_map(|(import, item)| Some((import.clone(), Item { node: place(item.node)?, ..item.clone() })));
        Node { input: self.input, connections: connections.collect(), items: items.collect() }
    }
}

/// Instances of components and how they are connected. Instances come behind those that they depend on.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The components.
    pub inputs: Vec<Input>,
    /// The instances.
    pub nodes: Vec<Node>,
    /// What is exported: the instance and the name of its export.
    pub exports: Vec<(usize, String)>,
}

impl Graph {
    /// One instance of each component. An import is satisfied by the first component that exports an interface of that name,
    /// or of a semver-compatible version of it. What the first component exports is exported, or `exports` if that names any.
    ///
    /// # Errors
    /// What is no component; an export that fits an import by name but not by type; an import that would need itself; an
    /// export that is not there.
    pub fn plug(inputs: Vec<Input>, exports: &[String]) -> Result<Self> {
        let mut types = Types::default();
        let packages: Vec<Package> = inputs
            .iter()
            .map(|input| {
                check(input)?;
                caught(|| Package::from_bytes(&input.name, None, input.bytes.clone(), &mut types))
                    .with_context(|| format!("`{}` cannot be read as a component", input.name))
            })
            .collect::<Result<_>>()?;
        if packages.is_empty() {
            bail!("nothing to compose: name at least one component");
        }
        let mut connections = Vec::new();
        for consumer in 0..packages.len() {
            connections.push(connections_of(&types, &inputs, &packages, consumer)?);
        }
        let order = order(&inputs, &connections)?;
        let place = |input: usize| order.iter().position(|&other| other == input).unwrap_or_default();
        let nodes = order
            .iter()
            .map(|&input| {
                let items = items_of(&inputs[input], &connections[input]);
                Node { input, connections: connections[input].clone(), items }.moved(|from| Some(place(from)))
            })
            .collect();
        let exports = exported(&types, &packages, exports)?;
        let exports = exports.into_iter().map(|(input, name)| (place(input), name)).collect();
        Ok(Graph { inputs, nodes, exports })
    }
}

/// Checks that an input is a valid component, which today's engines run: what reads it later may rely on that.
pub(crate) fn check(input: &Input) -> Result<()> {
    let Err(error) = validate(input, crate::features()) else { return Ok(()) };
    match validate(input, crate::features() | WasmFeatures::CM_GC) {
        Ok(()) => bail!(
            "`{}` passes references in upstream's own encoding, which no engine runs yet: link it without --native-gc",
            input.name
        ),
        Err(_) => Err(error),
    }
}

/// Checks that an input is a valid component.
pub(crate) fn validate(input: &Input, features: WasmFeatures) -> Result<()> {
    let name = &input.name;
    if !Parser::is_component(&input.bytes) {
        let what = match Parser::is_core_wasm(&input.bytes) {
            true => "a core module has to be linked first",
            false => "it does not begin as one does (text has to be assembled first)",
        };
        bail!("`{name}` is no component: {what}");
    }
    Validator::new_with_features(features)
        .validate_all(&input.bytes)
        .map_err(|error| anyhow!("`{name}` is not a valid component: {error}"))?;
    Ok(())
}

type Connections = BTreeMap<String, (usize, String)>;

fn connections_of(types: &Types, inputs: &[Input], packages: &[Package], consumer: usize) -> Result<Connections> {
    let mut connections = Connections::new();
    for (import, wanted) in &types[packages[consumer].ty()].imports {
        let mut providers = (0..packages.len()).filter(|&provider| provider != consumer).filter_map(|provider| {
            let exports = &types[packages[provider].ty()].exports;
            let exact = exports.get_key_value(import);
            let found = exact.or_else(|| exports.iter().find(|(name, _)| are_semver_compatible(name, import)));
            found.map(|(export, given)| (provider, export, given))
        });
        let Some((provider, export, given)) = providers.next() else { continue };
        SubtypeChecker::new(&mut Default::default()).is_subtype(*given, types, *wanted, types).with_context(|| {
            format!(
                "the export `{export}` of `{}` does not fit the import `{import}` of `{}`",
                inputs[provider].name, inputs[consumer].name
            )
        })?;
        connections.insert(import.clone(), (provider, export.clone()));
    }
    Ok(connections)
}

/// The types that a component's world uses out of interfaces that are connected.
fn items_of(input: &Input, connections: &Connections) -> BTreeMap<String, Item> {
    // What has another shape than wit-component's keeps what it imports from the host.
    let Ok(shape) = Shape::read_with_functions(&input.bytes) else { return BTreeMap::new() };
    let items = shape.used_types().filter_map(|used| {
        let (node, interface) = connections.get(used.interface)?;
        Some((used.import.to_owned(), Item { node: *node, interface: interface.clone(), name: used.name.to_owned() }))
    });
    items.collect()
}

/// The components in an order in which each comes behind those that it depends on.
fn order(inputs: &[Input], connections: &[Connections]) -> Result<Vec<usize>> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < inputs.len() {
        let ready = |input: &usize| {
            !order.contains(input) && connections[*input].values().all(|(provider, _)| order.contains(provider))
        };
        // The last first: providers are named behind their consumers.
        match (0..inputs.len()).rev().find(ready) {
            Some(input) => order.push(input),
            None => {
                let left: Vec<&str> = (0..inputs.len())
                    .filter(|input| !order.contains(input))
                    .map(|input| inputs[input].name.as_str())
                    .collect();
                bail!("these need each other in a circle, so none can be instantiated first: {}", left.join(", "));
            }
        }
    }
    Ok(order)
}

fn exported(types: &Types, packages: &[Package], wanted: &[String]) -> Result<Vec<(usize, String)>> {
    if wanted.is_empty() {
        return Ok(types[packages[0].ty()].exports.keys().map(|name| (0, name.clone())).collect());
    }
    let find = |name: &String| {
        let input = packages.iter().position(|package| types[package.ty()].exports.contains_key(name));
        input.map(|input| (input, name.clone())).with_context(|| {
            let all: Vec<&str> =
                packages.iter().flat_map(|package| types[package.ty()].exports.keys().map(String::as_str)).collect();
            format!("no component exports `{name}`: there are {}", all.join(", "))
        })
    };
    wanted.iter().map(find).collect()
}
