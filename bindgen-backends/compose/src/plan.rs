//! What becomes of each instance and each connection: flattened and fused where that is possible and safe, else nested as it
//! is and connected at the component level.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use onramp_abi::gc::{self, CoreTypes};
use onramp_abi::{Data, Profile};

use crate::Trust;
use crate::boundary;
use crate::gates::{self, Gates};
use crate::graph::{Graph, Node};
use crate::joint::{Joints, Whole};
use crate::lazy::Shared;
use crate::link::{Linked, Overlay, Parts};
use crate::memory::{self, TakenOut};
use crate::options::options_of;
use crate::outward;
use crate::prelude::Wit;
use crate::shape::{CoreFunc, Shape};

/// A plan for a graph.
pub struct Plan<'a> {
    /// Per instance of the graph.
    pub nodes: Vec<Treatment<'a>>,
    /// The fused connections.
    pub joints: Joints,
}

/// What stands between flat instances, and between them and the host.
pub struct Between {
    /// The fused connections.
    pub joints: Joints,
    /// The gates of the instances that need any.
    pub gates: Vec<Option<Gates>>,
    /// What the adapters share, if a guest is lazy.
    pub shared: Option<Shared>,
}

/// What becomes of an instance.
pub enum Treatment<'a> {
    /// Its definitions become the composition's own.
    Flat(Box<Flat<'a>>),
    /// It stays a component inside the composition, for this reason.
    Nested(String),
}

impl<'a> Treatment<'a> {
    /// The instance, if it is flattened.
    pub fn flat(&self) -> Option<&Flat<'a>> {
        match self {
            Treatment::Flat(flat) => Some(flat),
            Treatment::Nested(_) => None,
        }
    }
}

/// An instance that is flattened.
pub struct Flat<'a> {
    /// What it is made of.
    pub shape: Shape<'a>,
    /// The core module whose memory is taken out: its index, and what it becomes.
    pub taken_out: Option<(u32, TakenOut)>,
    /// The guest that takes the place of a module, if it speaks other ABIs than eager.
    pub overlay: Option<Overlay<'a>>,
}

impl Flat<'_> {
    /// Whether it receives lazily in some function.
    pub fn is_lazy(&self) -> bool {
        self.overlay.as_ref().is_some_and(|overlay| overlay.speech.is_lazy())
    }

    /// Whether it imports no built-in function of the lazy ABI that reads the whole of a value.
    pub fn never_reads_all(&self) -> bool {
        let built_ins = self.overlay.as_ref().map(|overlay| &overlay.speech.built_ins);
        built_ins.is_none_or(|names| !names.contains("size") && !names.contains("lower-all"))
    }

    /// The references that a function passes which it imports, with its core types.
    pub(crate) fn import_gc(&self, interface: &str, function: &str) -> Option<(&CoreTypes, &gc::Function)> {
        let speech = &self.overlay.as_ref()?.speech;
        let import = speech.imports.get(&(interface.to_owned(), function.to_owned()))?;
        Some((&speech.types, import.gc.as_ref()?))
    }

    /// The references that a function passes which it exports, with its core types.
    pub(crate) fn export_gc(&self, interface: &str, function: &str) -> Option<(&CoreTypes, &gc::Function)> {
        let speech = &self.overlay.as_ref()?.speech;
        Some((&speech.types, speech.export(interface, function)?.gc.as_ref()?))
    }

    /// Whether its functions that pass references were woven.
    pub(crate) fn is_woven(&self) -> bool {
        self.overlay.as_ref().is_some_and(|overlay| overlay.speech.is_woven)
    }

    /// The ABI in which it imports a function.
    pub fn import_profile(&self, interface: &str, function: &str) -> Profile {
        self.overlay.as_ref().map_or(Profile::Eager, |overlay| overlay.speech.of_import(interface, function))
    }

    /// The ABI in which it exports a function.
    pub fn export_profile(&self, interface: &str, function: &str) -> Profile {
        self.overlay.as_ref().map_or(Profile::Eager, |overlay| overlay.speech.of_export(interface, function))
    }
}

/// Plans a graph.
///
/// `linked` has what the inputs are made of that were linked.
pub fn plan<'a>(
    graph: &'a Graph,
    linked: &'a [Result<Option<Linked<'a>>>],
    wits: &[Option<Wit>],
    trust: Trust,
) -> Plan<'a> {
    let read = |node: &'a Node| read(node, &graph.inputs[node.input].bytes, &linked[node.input]);
    let mut nodes: Vec<Treatment> = graph.nodes.iter().map(read).collect();
    for index in 0..nodes.len() {
        if wits[graph.nodes[index].input].is_none() {
            nodes[index] = Treatment::Nested("its types cannot be said in WIT".to_owned());
        }
    }
    loop {
        nest_dependencies(graph, &mut nodes);
        if let Some((node, reason)) = unserved(graph, &nodes) {
            nodes[node] = Treatment::Nested(reason);
            continue;
        }
        if let Some((node, reason)) = outward::disagreement(graph, &nodes) {
            nodes[node] = Treatment::Nested(reason);
            continue;
        }
        let flats: Vec<Option<&Flat>> = nodes.iter().map(Treatment::flat).collect();
        match between(graph, wits, &flats, trust) {
            Ok(Between { joints, .. }) => return Plan { nodes, joints }.without_loners(graph),
            Err((node, reason)) => nodes[node] = Treatment::Nested(reason),
        }
    }
}

/// What stands between flat instances, and between them and the host.
///
/// # Errors
/// A node that cannot be flattened, and the reason.
pub fn between(
    graph: &Graph,
    wits: &[Option<Wit>],
    flats: &[Option<&Flat>],
    trust: Trust,
) -> Result<Between, (usize, String)> {
    let gates = gates::of_all(graph, wits, flats, trust.trust_guests)?;
    let shared = Shared::of(flats);
    let whole = Whole { graph, wits, flats, gates: &gates, shared: shared.as_ref(), isolate_gc: trust.isolate_gc };
    Ok(Between { joints: whole.all()?, gates, shared })
}

impl Plan<'_> {
    /// An instance without a fused connection gains nothing from being flattened.
    fn without_loners(mut self, graph: &Graph) -> Self {
        for (index, treatment) in self.nodes.iter_mut().enumerate() {
            let joined = self.joints.keys().any(|(consumer, provider)| *consumer == index || *provider == index);
            if let (Treatment::Flat(_), false) = (&treatment, joined) {
                let connected = !graph.nodes[index].connections.is_empty();
                let reason = if connected { "what it calls is nested" } else { "nothing that is flattened calls it" };
                *treatment = Treatment::Nested(reason.to_owned());
            }
        }
        self
    }
}

fn read<'a>(node: &Node, component: &'a [u8], linked: &'a Result<Option<Linked<'a>>>) -> Treatment<'a> {
    let flat = match linked {
        Ok(linked) => flat_of(node, component, linked.as_ref()),
        Err(error) => return Treatment::Nested(format!("{error:#}")),
    };
    match flat {
        Ok(flat) => Treatment::Flat(Box::new(flat)),
        Err(error) => Treatment::Nested(format!("{error:#}")),
    }
}

/// That each type at the level of the world comes from where its interface does: in a flat instance it is that interface's.
fn check_types(node: &Node, shape: &Shape) -> Result<()> {
    for used in shape.used_types() {
        let Some(item) = node.items.get(used.import) else { continue };
        let source = node.connections.get(used.interface);
        let fits = source == Some(&(item.node, item.interface.clone())) && item.name == used.name;
        ensure!(fits, "it takes the type `{}` from elsewhere than `{}`", used.import, used.interface);
    }
    Ok(())
}

fn flat_of<'a>(node: &Node, component: &'a [u8], linked: Option<&'a Linked<'a>>) -> Result<Flat<'a>> {
    let flat = match linked {
        Some(linked) => overlaid(linked.parts())?,
        None => flat(Shape::read_with_functions(component)?, None)?,
    };
    check_types(node, &flat.shape)?;
    flat.shape.refuse_shared()?;
    Ok(flat)
}

/// The flat instance of a guest that speaks other ABIs than eager.
///
/// # Errors
/// When its skeleton is damaged, or its memory is not where adapters can have it before the guest.
pub fn overlaid(parts: Parts<'_>) -> Result<Flat<'_>> {
    let (shape, overlay) = parts.read()?;
    let flat = flat(shape, Some(overlay))?;
    ensure!(
        flat.taken_out.is_some() || memories(&flat.shape, flat.overlay.as_ref())?.is_empty(),
        "its calls need its memory before it is instantiated: it has to define exactly one memory, and export it as `memory`"
    );
    Ok(flat)
}

fn flat<'a>(shape: Shape<'a>, overlay: Option<Overlay<'a>>) -> Result<Flat<'a>> {
    let owners = memories(&shape, overlay.as_ref())?;
    let taken_out = match owners.first() {
        Some((instance, name)) if owners.len() == 1 => take_out(&shape, overlay.as_ref(), *instance, name)?,
        _ => None,
    };
    Ok(Flat { shape, taken_out, overlay })
}

/// The memories that calls of the component need: core instances and export names. A call that passes references needs none.
pub(crate) fn memories(shape: &Shape, overlay: Option<&Overlay>) -> Result<BTreeSet<(u32, String)>> {
    let mut memories = BTreeSet::new();
    for (index, function) in shape.core_funcs.iter().enumerate() {
        let CoreFunc::Lower(lowered, options) = function else { continue };
        let key = boundary::imported(shape, *lowered).map(|(of, name)| (of.to_owned(), name.to_owned()));
        let spoken = key.and_then(|key| overlay?.spoken(index as u32, &key));
        if spoken.is_none_or(|import| import.profile.data() == Data::Linear) {
            memories.extend(options_of(shape, options)?.owner.memory);
        }
    }
    Ok(memories)
}

fn take_out(shape: &Shape, overlay: Option<&Overlay>, instance: u32, name: &str) -> Result<Option<(u32, TakenOut)>> {
    let Some(wasmparser::Instance::Instantiate { module_index, .. }) = shape.core_instances.get(instance as usize)
    else {
        return Ok(None);
    };
    let uses = |one: &&wasmparser::Instance| matches!(one, wasmparser::Instance::Instantiate { module_index: other, .. } if other == module_index);
    let (module, owner) = match overlay {
        Some(overlay) if overlay.place == *module_index => (overlay.module, overlay.owner),
        _ => (*shape.modules.get(*module_index as usize).context("there is no such module")?, None),
    };
    if shape.core_instances.iter().filter(uses).count() != 1 {
        return Ok(None);
    }
    Ok(memory::take_out(module, name, owner)?.map(|taken| (*module_index, taken)))
}

/// A flat instance that imports a function at the level of its world which no other flat one has, and the reason why it is to be nested.
fn unserved(graph: &Graph, nodes: &[Treatment]) -> Option<(usize, String)> {
    nodes.iter().enumerate().find_map(|(index, node)| {
        let source = |name: &str| graph.nodes[index].connections.get(name);
        let served = |name: &str| source(name).is_some_and(|(provider, _)| nodes[*provider].flat().is_some());
        let error = node.flat()?.shape.refuse_functions(served).err()?;
        Some((index, format!("{error:#}")))
    })
}

/// What a nested component calls may not be in the composition itself: the engine refuses to enter an instance again that a
/// call has left (canonical ABI: `may_enter`), so what a nested one depends on is nested too.
fn nest_dependencies(graph: &Graph, nodes: &mut [Treatment]) {
    for consumer in (0..nodes.len()).rev() {
        let Treatment::Nested(_) = &nodes[consumer] else { continue };
        for provider in graph.nodes[consumer].providers() {
            if let Treatment::Flat(_) = nodes[provider] {
                let name = &graph.inputs[graph.nodes[consumer].input].name;
                nodes[provider] = Treatment::Nested(format!("`{name}`, which is nested, calls it"));
            }
        }
    }
}
