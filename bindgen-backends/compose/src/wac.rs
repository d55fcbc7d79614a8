//! Graphs that a WAC document describes: several instances of one component, arguments chosen by hand, chosen exports.
//!
//! wac-parser reads and resolves the document. A [`Graph`] can say less than the result: an import and an export keep their
//! names, and what is given to an instance is an export of another, or the host's. The rest is an error that says so.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use wac_graph::types::{BorrowedPackageKey, ItemKind};
use wac_graph::{CompositionGraph, NodeId, NodeKind, PackageId};
use wac_parser::{Document, ExportOptions, Statement};

use crate::graph::{self, Graph, Input, Item, Node};
use crate::upstream::caught;
use source::{Mention, Source};

impl Graph {
    /// What a WAC document describes. `path` is what the document is called in messages. The `packages` that it names are
    /// components by name: `namespace:name`, or `namespace:name@version` when it names several versions.
    ///
    /// # Errors
    /// When the document is none, or does not fit the components; when a package that it names is not given, or given twice;
    /// when it says what a graph cannot.
    pub fn from_wac(document: &str, path: &str, packages: &[(String, Input)]) -> Result<Self> {
        let mut names = BTreeSet::new();
        for (name, _) in packages {
            ensure!(names.insert(name), "the package `{name}` is given twice");
        }
        let source = Source { text: document, path };
        let document = source.parse()?;
        let mut files = Vec::new();
        for mention in Mention::all(&document) {
            let input = file(packages, mention.key()).with_context(|| {
                let (place, key) = (source.at(mention.offset()), mention.key());
                format!("{place}: the package `{key}` is not given: name its file (--dep {}=FILE)", key.name)
            })?;
            graph::check(input)?;
            files.push((mention.key(), input));
        }
        let bytes = files.iter().map(|(key, input)| (*key, input.bytes.clone())).collect();
        let resolution = caught(|| document.resolve(bytes).map_err(|error| source.told(error)))?;
        Translation::of(resolution.graph(), &files)
            .and_then(|translation| translation.finish(&document))
            .with_context(|| format!("`{path}`"))
    }
}

fn file<'p>(packages: &'p [(String, Input)], key: BorrowedPackageKey) -> Option<&'p Input> {
    let named = |wanted: &str| packages.iter().find(|(name, _)| name == wanted).map(|(_, input)| input);
    named(&key.to_string()).or_else(|| named(key.name))
}

/// What a document gives.
enum Given {
    /// An instance's export.
    Export(usize, String),
    /// What is in an exported interface.
    Item(Item),
}

/// A resolved document on its way to a graph.
struct Translation<'t> {
    resolved: &'t CompositionGraph,
    inputs: Vec<Input>,
    /// The package of each input.
    packages: Vec<PackageId>,
    nodes: Vec<Node>,
    /// The instance for an instantiation.
    places: BTreeMap<NodeId, usize>,
}

impl<'t> Translation<'t> {
    fn of(resolved: &'t CompositionGraph, files: &[(BorrowedPackageKey, &Input)]) -> Result<Self> {
        let (inputs, packages, nodes, places) = Default::default();
        let mut translation = Translation { resolved, inputs, packages, nodes, places };
        let mut imports = BTreeMap::new();
        // The document names an instance before it uses it, so instances come behind those that they depend on.
        for id in resolved.node_ids() {
            match (resolved[id].kind(), resolved[id].package()) {
                (NodeKind::Instantiation(_), Some(package)) => translation.instance(id, package, files)?,
                (NodeKind::Import(name), _) => {
                    imports.insert(id, name);
                }
                _ => {}
            }
        }
        let given = translation.places.keys().flat_map(|instance| resolved.get_instantiation_arguments(*instance));
        for (_, source) in given {
            imports.remove(&source);
        }
        if let Some(name) = imports.values().next() {
            bail!("it imports `{name}` and gives it to no instance: leave the import out");
        }
        ensure!(!translation.nodes.is_empty(), "it instantiates no component (`new namespace:name {{ ... }}`)");
        Ok(translation)
    }

    fn finish(self, document: &Document) -> Result<Graph> {
        let exports = self.exports(document)?;
        Ok(Graph { inputs: self.inputs, nodes: self.nodes, exports })
    }

    fn instance(&mut self, id: NodeId, package: PackageId, files: &[(BorrowedPackageKey, &Input)]) -> Result<()> {
        let mut node = Node::default();
        for (argument, source) in self.resolved.get_instantiation_arguments(id) {
            match self.given(argument, source)? {
                Some(Given::Export(place, export)) => {
                    node.connections.insert(argument.to_owned(), (place, export));
                }
                Some(Given::Item(item)) => {
                    node.items.insert(argument.to_owned(), item);
                }
                None => {}
            }
        }
        node.input = match self.packages.iter().position(|known| *known == package) {
            Some(input) => input,
            None => {
                let key = self.resolved[package].key();
                let (_, input) = files.iter().find(|(name, _)| *name == key).context("a package has no file")?;
                self.inputs.push((*input).clone());
                self.packages.push(package);
                self.inputs.len() - 1
            }
        };
        self.places.insert(id, self.nodes.len());
        self.nodes.push(node);
        Ok(())
    }

    /// What an argument is; `None` for what the host provides.
    fn given(&self, argument: &str, source: NodeId) -> Result<Option<Given>> {
        match self.resolved[source].kind() {
            NodeKind::Import(name) if name == argument => Ok(None),
            NodeKind::Import(name) => bail!(
                "it imports `{name}` and gives it as `{argument}`: an import cannot change its name (import it as \
                 \"{argument}\")"
            ),
            NodeKind::Alias => self.alias(source).map(Some),
            NodeKind::Instantiation(_) => {
                let name = self.name(source);
                bail!("it gives the whole instance {name} as `{argument}`: give one of its exports")
            }
            NodeKind::Definition => bail!("it gives a type as `{argument}`: give an export of an instance"),
        }
    }

    /// What a node is an alias of.
    fn alias(&self, alias: NodeId) -> Result<Given> {
        let (instance, name) = self.resolved.get_alias_source(alias).context("an alias has no source")?;
        if let Some(place) = self.places.get(&instance) {
            return Ok(Given::Export(*place, name.to_owned()));
        }
        match self.resolved[instance].kind() {
            NodeKind::Alias => match self.alias(instance)? {
                Given::Export(node, interface) => Ok(Given::Item(Item { node, interface, name: name.to_owned() })),
                Given::Item(item) => bail!(
                    "it takes `{name}` out of `{}`, which is within `{}`: an interface within another can only be used as a whole",
                    item.name,
                    item.interface
                ),
            },
            NodeKind::Import(import) => bail!(
                "it takes `{name}` out of its import `{import}`: leave `{name}` to `...`, the host gives it with the interface"
            ),
            NodeKind::Definition | NodeKind::Instantiation(_) => bail!("it takes `{name}` out of no instance"),
        }
    }

    fn exports(&self, document: &Document) -> Result<Vec<(usize, String)>> {
        // A node keeps the last name only that it is exported as.
        let renamed = document.statements.iter().filter_map(|statement| match statement {
            Statement::Export(export) => match &export.options {
                ExportOptions::Rename(name) => Some((self.resolved.get_export(name.as_str())?, name.as_str())),
                ExportOptions::None | ExportOptions::Spread(_) => None,
            },
            _ => None,
        });
        let ids = self.resolved.node_ids();
        let kept = ids.filter_map(|id| Some((id, self.resolved[id].export_name()?)));
        let mut exports = Vec::new();
        for (id, name) in renamed.chain(kept) {
            let export = self.exported(id, name)?;
            if !exports.contains(&export) {
                exports.push(export);
            }
        }
        Ok(exports)
    }

    fn exported(&self, id: NodeId, name: &str) -> Result<(usize, String)> {
        let node = &self.resolved[id];
        match node.kind() {
            NodeKind::Alias => {
                let export = match self.alias(id)? {
                    Given::Export(place, export) => (place, export),
                    Given::Item(item) => bail!(
                        "it exports `{}` out of an interface: an interface can only be exported as a whole",
                        item.name
                    ),
                };
                ensure!(
                    export.1 == name,
                    "it exports `{}` as `{name}`: an export cannot change its name (leave `as` out)",
                    export.1
                );
                let kind = node.item_kind();
                ensure!(
                    matches!(kind, ItemKind::Instance(_) | ItemKind::Func(_)),
                    "it exports `{name}`, which is neither an interface nor a function but a {}",
                    kind.desc(self.resolved.types())
                );
                Ok(export)
            }
            NodeKind::Instantiation(_) => {
                let instance = self.name(id);
                bail!("it exports the whole instance {instance} as `{name}`: export its interfaces (with `...`)")
            }
            NodeKind::Import(import) => {
                bail!("it exports its import `{import}`: only an instance's export can be exported")
            }
            NodeKind::Definition => bail!("it exports the type `{name}`: leave types to the components"),
        }
    }

    /// What an instance is called: its name in the document, or its package's.
    fn name(&self, instance: NodeId) -> String {
        let node = &self.resolved[instance];
        match (node.name(), node.package()) {
            (Some(name), _) => format!("`{name}`"),
            (None, Some(package)) => format!("of `{}`", self.resolved[package].key()),
            (None, None) => "of a package".to_owned(),
        }
    }
}
