//! What a composition consists of, for people and for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use wasm_encoder::{CustomSection, Encode, Section};
use wasmparser::{Parser, Payload};
use wit_parser::abi::AbiVariant;
use wit_parser::{Resolve, Type, TypeDefKind};

use crate::gates::{Gate, Gates};
use crate::graph::Graph;
use crate::plan::{Plan, Treatment};

/// The custom section of a composition that has its report, as JSON.
const SECTION: &str = "onramp:composition";

/// What was done to compose a graph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The instances that stayed nested: their name, and why.
    pub nested: Vec<(String, String)>,
    /// Every connection between two instances.
    pub connections: Vec<Connection>,
    /// The flattened guests whose handles of the host are kept apart from others'.
    pub gates: Vec<Gated>,
}

/// A guest that has its own indices for the host's handles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Gated {
    /// Its name.
    pub guest: String,
    /// The functions of the host that it calls through gates.
    pub calls: Vec<String>,
    /// Its functions that the host calls through gates.
    pub exports: Vec<String>,
}

impl Gated {
    pub(crate) fn of(guest: String, gates: &Gates) -> Self {
        // A function may be lowered several times.
        let names = |gates: &BTreeMap<u32, Gate>| {
            let names: BTreeSet<&String> = gates.values().map(|gate| &gate.name).collect();
            names.into_iter().cloned().collect()
        };
        Gated { guest, calls: names(&gates.imports), exports: names(&gates.exports) }
    }
}

/// A connection: an interface that one instance imports and another exports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Connection {
    /// The import.
    pub interface: String,
    /// Who imports it.
    pub from: String,
    /// Who exports it.
    pub to: String,
    /// How they are connected.
    pub kind: Kind,
}

/// How two instances are connected.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Core to core, through an adapter.
    Fused {
        /// Its functions.
        functions: Vec<Function>,
    },
    /// At the component level, as the engine does it.
    Component,
}

/// A function of a fused connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// What its adapter does.
    pub work: Work,
}

/// What an adapter does for a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// Passes core values on.
    Direct,
    /// Copies between the guests' memories.
    Copy,
    /// Copies, and changes the encoding of strings.
    Transcode,
}

impl Report {
    /// The report on a plan.
    pub(crate) fn of(graph: &Graph, plan: &Plan) -> Self {
        let name = |node: usize| graph.inputs[graph.nodes[node].input].name.clone();
        let nested = plan.nodes.iter().enumerate().filter_map(|(node, treatment)| match treatment {
            Treatment::Nested(reason) => Some((name(node), reason.clone())),
            Treatment::Flat(_) => None,
        });
        let mut connections = Vec::new();
        for (consumer, node) in graph.nodes.iter().enumerate() {
            for (import, (provider, _)) in &node.connections {
                let kind = match plan.joints.get(&(consumer, *provider)) {
                    Some(joint) => {
                        let functions = joint.functions.values().filter(|function| function.import.0 == *import);
                        let told = |function: &crate::plan::Function| Function {
                            name: function.import.1.clone(),
                            work: function.work,
                        };
                        Kind::Fused { functions: functions.map(told).collect() }
                    }
                    None => Kind::Component,
                };
                connections.push(Connection {
                    interface: import.clone(),
                    from: name(consumer),
                    to: name(*provider),
                    kind,
                });
            }
        }
        Report { nested: nested.collect(), connections, gates: Vec::new() }
    }

    /// The composition with this report in a custom section, for `inspect`.
    pub(crate) fn attach(&self, mut component: Vec<u8>) -> Result<Vec<u8>> {
        let data = serde_json::to_vec(self)?;
        let section = CustomSection { name: SECTION.into(), data: data.into() };
        component.push(section.id());
        section.encode(&mut component);
        Ok(component)
    }

    /// The report that a composition carries; `None`: it is not one of ours.
    pub(crate) fn read(component: &[u8]) -> Result<Option<Self>> {
        let mut depth = 0u32;
        for payload in Parser::new(0).parse_all(component) {
            match payload? {
                Payload::Version { .. } => depth += 1,
                Payload::End(_) => depth -= 1,
                Payload::CustomSection(section) if depth == 1 && section.name() == SECTION => {
                    let report = serde_json::from_slice(section.data());
                    return report.map(Some).with_context(|| format!("its section `{SECTION}` is damaged"));
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, reason) in &self.nested {
            writeln!(f, "{name}: nested as it is, because {reason}")?;
        }
        for Connection { interface, from, to, kind } in &self.connections {
            match kind {
                Kind::Component => writeln!(f, "{from} -> {to}: {interface} (at the component level)")?,
                Kind::Fused { functions } => {
                    writeln!(f, "{from} -> {to}: {interface} (fused)")?;
                    for function in functions {
                        writeln!(f, "    {}: {}", function.name, function.work)?;
                    }
                }
            }
        }
        for Gated { guest, calls, exports } in &self.gates {
            writeln!(f, "{guest}: has indices of its own for the host's handles; gates are in front of")?;
            for name in calls {
                writeln!(f, "    {name}")?;
            }
            for name in exports {
                writeln!(f, "    {name} (its own, called by the host)")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Work::Direct => "direct",
            Work::Copy => "copy",
            Work::Transcode => "transcode",
        })
    }
}

impl Work {
    /// What an adapter does for a function between guests whose strings are, or are not, encoded alike.
    pub(crate) fn of(resolve: &Resolve, function: &wit_parser::Function, encodings_differ: bool) -> Self {
        let types = || function.params.iter().map(|param| &param.ty).chain(&function.result);
        let in_memory = |ty: &Type| contains(resolve, ty, &|ty| is_in_memory(resolve, ty));
        let text = |ty: &Type| contains(resolve, ty, &|ty| *ty == Type::String);
        let signature = resolve.wasm_signature(AbiVariant::GuestImport, function);
        match () {
            () if encodings_differ && types().any(text) => Work::Transcode,
            () if types().any(in_memory) || signature.retptr || signature.indirect_params => Work::Copy,
            () => Work::Direct,
        }
    }
}

fn is_in_memory(resolve: &Resolve, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Id(id) => matches!(resolve.types[*id].kind, TypeDefKind::List(_) | TypeDefKind::Map(..)),
        _ => false,
    }
}

/// True when a type, or one that it is made of, has a property.
fn contains(resolve: &Resolve, ty: &Type, property: &dyn Fn(&Type) -> bool) -> bool {
    let inner = |ty: &Type| contains(resolve, ty, property);
    let Type::Id(id) = ty else { return property(ty) };
    property(ty)
        || match &resolve.types[*id].kind {
            TypeDefKind::Record(record) => record.fields.iter().any(|field| inner(&field.ty)),
            TypeDefKind::Tuple(tuple) => tuple.types.iter().any(inner),
            TypeDefKind::Variant(variant) => variant.cases.iter().filter_map(|case| case.ty.as_ref()).any(inner),
            TypeDefKind::Option(ty)
            | TypeDefKind::List(ty)
            | TypeDefKind::FixedLengthList(ty, _)
            | TypeDefKind::Type(ty) => inner(ty),
            TypeDefKind::Result(result) => [&result.ok, &result.err].into_iter().flatten().any(inner),
            TypeDefKind::Map(key, value) => inner(key) || inner(value),
            _ => false,
        }
}
