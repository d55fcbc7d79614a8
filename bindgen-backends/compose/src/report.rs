//! What a composition consists of, for people and for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Context, Result};
use onramp_abi::{Lowering, Passing, Profile, Role, Signature};
use onramp_adapter::{Passage, Side};
use serde::{Deserialize, Serialize};
use wasm_encoder::{CustomSection, Encode, Section};
use wasmparser::{Parser, Payload};
use wit_parser::{Resolve, Type, TypeDefKind};

use crate::direct::{is_of_numbers, passes_numbers};
use crate::forwards::Held;
use crate::gates::{Gate, Gates};
use crate::graph::{Graph, Item};
use crate::joint::Joint;
use crate::plan::{Plan, Treatment};
use crate::prelude::ROOT;

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
    /// The ABI of who imports it.
    #[serde(default = "eager")]
    pub caller: String,
    /// The ABI of who exports it.
    #[serde(default = "eager")]
    pub callee: String,
}

/// What a report of an older version does not say.
fn eager() -> String {
    Profile::Eager.name().to_owned()
}

/// What an adapter does for a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// Passes core values on.
    Direct,
    /// Passes references to objects on, which both guests have then.
    Reference,
    /// Copies between the guests' memories, or objects.
    Copy,
    /// Copies, and changes the encoding of strings.
    Transcode,
    /// Gives lazy handles: what is read is copied when it is.
    Lazy,
    /// The same, or copies, for what the sender itself may have only handles for, from another guest: it is read where it comes from.
    Forward,
}

impl Report {
    /// The report on a plan.
    pub(crate) fn of(graph: &Graph, plan: &Plan) -> Self {
        let name = |node: usize| graph.inputs[graph.nodes[node].input].name.clone();
        let nested = plan.nodes.iter().enumerate().filter_map(|(node, treatment)| match treatment {
            Treatment::Nested(reason) => Some((name(node), reason.clone())),
            Treatment::Flat(_) => None,
        });
        let held = Held::of(&plan.joints);
        let mut connections = Vec::new();
        for (consumer, node) in graph.nodes.iter().enumerate() {
            for (import, (provider, _)) in &node.connections {
                let kind = match plan.joints.get(&(consumer, *provider)) {
                    Some(joints) => {
                        let passed_on = |joint: &Joint, function: &crate::joint::Function| {
                            held.may_be_passed_on((consumer, *provider), joint, function)
                        };
                        Kind::Fused { functions: functions(joints, import, &passed_on) }
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
        connections.extend(of_items(graph, plan, &name));
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

/// What nested instances take out of interfaces. A flat instance takes types only, which come with their interface.
fn of_items(graph: &Graph, plan: &Plan, name: &dyn Fn(usize) -> String) -> Vec<Connection> {
    let nested = graph.nodes.iter().enumerate().filter(|(index, _)| plan.nodes[*index].flat().is_none());
    let items = nested.flat_map(|(index, node)| node.items.iter().map(move |(import, item)| (index, import, item)));
    let told = |(index, import, item): (usize, &String, &Item)| Connection {
        interface: import.clone(),
        from: name(index),
        to: name(item.node),
        kind: Kind::Component,
    };
    items.map(told).collect()
}

/// The functions of an import among fused ones, by name.
fn functions(
    joints: &[Joint],
    import: &str,
    passed_on: &dyn Fn(&Joint, &crate::joint::Function) -> bool,
) -> Vec<Function> {
    let told = |joint: &Joint, function: &crate::joint::Function| Function {
        name: function.import.1.clone(),
        work: if passed_on(joint, function) { Work::Forward } else { function.work },
        caller: joint.profiles.0.name().to_owned(),
        callee: joint.profiles.1.name().to_owned(),
    };
    let each = joints.iter().flat_map(|joint| joint.functions.values().map(move |function| (joint, function)));
    let mut functions: Vec<Function> = each
        .filter(|(_, function)| match function.import.0.as_str() {
            ROOT => function.import.1 == *import,
            interface => interface == import,
        })
        .map(|(joint, function)| told(joint, function))
        .collect();
    functions.sort_by(|one, other| one.name.cmp(&other.name));
    functions
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
                    let alike = alike(functions);
                    let profiles = alike.map(|(caller, callee)| said(caller, callee)).unwrap_or_default();
                    writeln!(f, "{from} -> {to}: {interface} (fused{profiles})")?;
                    for Function { name, work, caller, callee } in functions {
                        let profiles = if alike.is_some() { String::new() } else { said(caller, callee) };
                        writeln!(f, "    {name}: {work}{profiles}")?;
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

/// The ABIs of some functions, if they are the same for all.
fn alike(functions: &[Function]) -> Option<(&str, &str)> {
    let profiles = |function: &'_ Function| (function.caller.clone(), function.callee.clone());
    let first = functions.first()?;
    let same = functions.iter().all(|function| profiles(function) == profiles(first));
    same.then_some((first.caller.as_str(), first.callee.as_str()))
}

/// The ABIs of two sides, unless both are eager.
fn said(caller: &str, callee: &str) -> String {
    match (caller, callee) {
        ("eager", "eager") => String::new(),
        (caller, callee) => format!(", {caller} to {callee}"),
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Work::Direct => "direct",
            Work::Reference => "reference",
            Work::Copy => "copy",
            Work::Transcode => "transcode",
            Work::Lazy => "lazy",
            Work::Forward => "forward",
        })
    }
}

impl Work {
    /// What an adapter does for a function between two guests.
    pub(crate) fn of(resolve: &Resolve, function: &wit_parser::Function, caller: &Side, callee: &Side) -> Self {
        let in_memory = |side: &Side, role| passes_memory(resolve, side.profile, role, function);
        let params: Vec<&Type> = function.params.iter().map(|param| &param.ty).collect();
        let result: Vec<&Type> = function.result.iter().collect();
        let is_dynamic = |ty: &&Type| contains(resolve, ty, &|ty| is_in_memory(resolve, ty));
        let gets =
            |side: &Side, types: &[&Type]| side.profile.lowering() == Lowering::Lazy && types.iter().any(is_dynamic);
        match () {
            () if gets(callee, &params) || gets(caller, &result) => Work::Lazy,
            () if caller.encoding != callee.encoding && passes_text(resolve, function) => Work::Transcode,
            () if in_memory(caller, Role::Caller) || in_memory(callee, Role::Callee) => Work::Copy,
            () => Work::Direct,
        }
    }
}

impl Work {
    /// The same where references pass on one side or both.
    pub(crate) fn of_references(
        resolve: &Resolve,
        function: &wit_parser::Function,
        passage: Passage,
        caller: &Side,
        callee: &Side,
    ) -> Self {
        match (passage, Work::of(resolve, function, caller, callee)) {
            _ if passes_numbers(resolve, function) => Work::Direct,
            (Passage::Direct, _) => Work::Direct,
            (Passage::Reference, _) if is_of_numbers(resolve, function) => Work::Direct,
            (Passage::Reference, _) => Work::Reference,
            (Passage::Copy, Work::Lazy) => Work::Lazy,
            (Passage::Copy, _) => Work::Copy,
        }
    }
}

/// Whether a function has strings in its type.
pub(crate) fn passes_text(resolve: &Resolve, function: &wit_parser::Function) -> bool {
    types(function).any(|ty| contains(resolve, ty, &|ty| *ty == Type::String))
}

/// Whether values are in a guest's memory when it calls a function or is called.
pub(crate) fn passes_memory(resolve: &Resolve, profile: Profile, role: Role, function: &wit_parser::Function) -> bool {
    let signature = Signature::new(resolve, profile, role, function);
    let passings = [signature.param_passing, signature.result_passing];
    passings.iter().any(|passing| *passing != Passing::Flat) || passes_dynamic(resolve, function)
}

/// Whether a function has strings, lists or maps in its type.
pub(crate) fn passes_dynamic(resolve: &Resolve, function: &wit_parser::Function) -> bool {
    types(function).any(|ty| contains(resolve, ty, &|ty| is_in_memory(resolve, ty)))
}

fn types(function: &wit_parser::Function) -> impl Iterator<Item = &Type> {
    function.params.iter().map(|param| &param.ty).chain(&function.result)
}

/// Whether a type is a string, list or map.
pub(crate) fn is_in_memory(resolve: &Resolve, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Id(id) => matches!(resolve.types[*id].kind, TypeDefKind::List(_) | TypeDefKind::Map(..)),
        _ => false,
    }
}

/// True when a type, or one that it is made of, has a property.
pub(crate) fn contains(resolve: &Resolve, ty: &Type, property: &dyn Fn(&Type) -> bool) -> bool {
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
