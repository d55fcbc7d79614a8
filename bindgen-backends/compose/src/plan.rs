//! What becomes of each instance and each connection: flattened and fused where that is possible and safe, else nested as it
//! is and connected at the component level.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, bail, ensure};
use onramp_abi::Profile;
use onramp_adapter::{Adapter, Direction, FuncOptions, Import, Realloc, Side, StringEncoding};
use wasmparser::CanonicalOption;

use crate::gates::{self, Gates};
use crate::graph::Graph;
use crate::lazy::{self, Shared};
use crate::link::{Overlay, Parts};
use crate::memory::{self, TakenOut};
use crate::outward;
use crate::prelude::Wit;
use crate::report::Work;
use crate::resource::{self, Definer, Resource};
use crate::shape::{CoreFunc, Func, Shape};

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

/// Fused connections, by consumer and provider; one for each pair of ABIs.
pub type Joints = BTreeMap<(usize, usize), Vec<Joint>>;

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

    /// The ABI in which it imports a function.
    pub fn import_profile(&self, interface: &str, function: &str) -> Profile {
        self.overlay.as_ref().map_or(Profile::Eager, |overlay| overlay.speech.of_import(interface, function))
    }

    /// The ABI in which it exports a function.
    pub fn export_profile(&self, interface: &str, function: &str) -> Profile {
        self.overlay.as_ref().map_or(Profile::Eager, |overlay| overlay.speech.of_export(interface, function))
    }
}

/// All fused connections from one consumer to one provider in one pair of ABIs.
pub struct Joint {
    /// The ABIs of the consumer and of the provider.
    pub profiles: (Profile, Profile),
    /// The adapter.
    pub adapter: Adapter,
    /// The functions: where the consumer lowers them, where the provider lifts them.
    pub functions: BTreeMap<String, Function>,
    /// The resources whose handles its functions pass, by the adapter's numbers.
    pub resources: Vec<Resource>,
    /// The memory and realloc of the consumer, as exports of core instances.
    pub consumer: Owner,
    /// The memory and realloc of the provider.
    pub provider: Owner,
}

/// A function of a fused connection.
pub struct Function {
    /// The import of the consumer and the function's name in it.
    pub import: (String, String),
    /// The provider's core function.
    pub core_func: u32,
    /// The provider's post-return function.
    pub post_return: Option<u32>,
    /// What the adapter does for it.
    pub work: Work,
    /// The numbers of the strings and lists that it passes, and which way, if a guest of the composition is lazy.
    pub passes: Vec<(Direction, u32)>,
}

/// Where a guest's memory and realloc are: core instances and export names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The memory.
    pub memory: Option<(u32, String)>,
    /// The realloc.
    pub realloc: Option<(u32, String)>,
}

/// The canonical options of a function that count for an adapter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Of strings; wit-component says it only where there are any.
    pub(crate) encoding: Option<StringEncoding>,
    pub(crate) owner: Owner,
    pub(crate) post_return: Option<u32>,
}

/// Plans a graph. With `trust_guests`, guests whose handles of the host cannot be kept apart from others' may share a table.
pub fn plan<'a>(graph: &'a Graph, wits: &[Option<Wit>], trust_guests: bool) -> Plan<'a> {
    let mut nodes: Vec<Treatment> = graph.nodes.iter().map(|node| read(graph, node.input)).collect();
    for index in 0..nodes.len() {
        if wits[graph.nodes[index].input].is_none() {
            nodes[index] = Treatment::Nested("its types cannot be said in WIT".to_owned());
        }
    }
    loop {
        nest_dependencies(graph, &mut nodes);
        if let Some((node, reason)) = outward::disagreement(graph, &nodes) {
            nodes[node] = Treatment::Nested(reason);
            continue;
        }
        let flats: Vec<Option<&Flat>> = nodes.iter().map(Treatment::flat).collect();
        match between(graph, wits, &flats, trust_guests) {
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
    trust_guests: bool,
) -> Result<Between, (usize, String)> {
    let gates = gates::of_all(graph, wits, flats, trust_guests)?;
    let shared = Shared::of(flats);
    Ok(Between { joints: joints(graph, wits, flats, &gates, shared.as_ref())?, gates, shared })
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

fn read(graph: &Graph, input: usize) -> Treatment<'_> {
    match flat_of(&graph.inputs[input].bytes) {
        Ok(flat) => Treatment::Flat(Box::new(flat)),
        Err(error) => Treatment::Nested(format!("{error:#}")),
    }
}

fn flat_of(component: &[u8]) -> Result<Flat<'_>> {
    let flat = match Parts::of(component)? {
        Some(parts) => overlaid(parts)?,
        None => flat(Shape::read(component)?, None)?,
    };
    flat.shape.refuse_functions()?;
    Ok(flat)
}

/// The flat instance of a guest that speaks other ABIs than eager.
///
/// # Errors
/// When its skeleton is damaged, or its memory is not where adapters can have it before the guest.
pub fn overlaid(parts: Parts<'_>) -> Result<Flat<'_>> {
    let (shape, overlay) = parts.read()?;
    let flat = flat(shape, Some(overlay))?;
    let in_memory = |function: &CoreFunc| match function {
        CoreFunc::Lower(_, options) => Ok(options_of(&flat.shape, options)?.owner.memory.is_some()),
        CoreFunc::Alias(..) | CoreFunc::Resource(_) => Ok(false),
    };
    let functions = flat.shape.core_funcs.iter().map(in_memory).collect::<Result<Vec<bool>>>()?;
    ensure!(
        flat.taken_out.is_some() || !functions.contains(&true),
        "its calls need its memory before it is instantiated: it has to define exactly one memory, and export it as `memory`"
    );
    Ok(flat)
}

fn flat<'a>(shape: Shape<'a>, overlay: Option<Overlay<'a>>) -> Result<Flat<'a>> {
    let mut owners = BTreeSet::new();
    for function in &shape.core_funcs {
        if let CoreFunc::Lower(_, options) = function {
            owners.extend(options_of(&shape, options)?.owner.memory);
        }
    }
    let taken_out = match owners.first() {
        Some((instance, name)) if owners.len() == 1 => take_out(&shape, overlay.as_ref(), *instance, name)?,
        _ => None,
    };
    Ok(Flat { shape, taken_out, overlay })
}

fn take_out(shape: &Shape, overlay: Option<&Overlay>, instance: u32, name: &str) -> Result<Option<(u32, TakenOut)>> {
    let Some(wasmparser::Instance::Instantiate { module_index, .. }) = shape.core_instances.get(instance as usize)
    else {
        return Ok(None);
    };
    let uses = |one: &&wasmparser::Instance| matches!(one, wasmparser::Instance::Instantiate { module_index: other, .. } if other == module_index);
    let module = match overlay {
        Some(overlay) if overlay.place == *module_index => overlay.module,
        _ => shape.modules.get(*module_index as usize).context("there is no such module")?,
    };
    if shape.core_instances.iter().filter(uses).count() != 1 {
        return Ok(None);
    }
    Ok(memory::take_out(module, name)?.map(|taken| (*module_index, taken)))
}

/// What a nested component calls may not be in the composition itself: the engine refuses to enter an instance again that a
/// call has left (canonical ABI: `may_enter`), so what a nested one depends on is nested too.
fn nest_dependencies(graph: &Graph, nodes: &mut [Treatment]) {
    for consumer in (0..nodes.len()).rev() {
        let Treatment::Nested(_) = &nodes[consumer] else { continue };
        for (provider, _) in graph.nodes[consumer].connections.values() {
            if let Treatment::Flat(_) = nodes[*provider] {
                let name = &graph.inputs[graph.nodes[consumer].input].name;
                nodes[*provider] = Treatment::Nested(format!("`{name}`, which is nested, calls it"));
            }
        }
    }
}

/// The joints of all connections between flat instances, or a provider that cannot be joined and why.
fn joints(
    graph: &Graph,
    wits: &[Option<Wit>],
    flats: &[Option<&Flat>],
    gates: &[Option<Gates>],
    shared: Option<&Shared>,
) -> Result<Joints, (usize, String)> {
    let mut joints = BTreeMap::new();
    let whole = Whole { graph, wits, flats, gates, shared };
    for (consumer, node) in graph.nodes.iter().enumerate() {
        let providers: BTreeSet<usize> = node.connections.values().map(|(provider, _)| *provider).collect();
        for provider in providers {
            let (Some(from), Some(to)) = (flats[consumer], flats[provider]) else { continue };
            let found = whole.joints(consumer, provider, from, to).map_err(|error| (provider, format!("{error:#}")))?;
            joints.insert((consumer, provider), found);
        }
    }
    Ok(joints)
}

/// What a joint is made in.
struct Whole<'w> {
    graph: &'w Graph,
    wits: &'w [Option<Wit>],
    flats: &'w [Option<&'w Flat<'w>>],
    gates: &'w [Option<Gates>],
    shared: Option<&'w Shared>,
}

impl Whole<'_> {
    fn wit(&self, node: usize) -> Result<&Wit> {
        self.wits[self.graph.nodes[node].input].as_ref().context("its types cannot be said in WIT")
    }

    fn joints(&self, consumer: usize, provider: usize, from: &Flat, to: &Flat) -> Result<Vec<Joint>> {
        let mut found = Vec::new();
        for (import, (other, export)) in &self.graph.nodes[consumer].connections {
            if *other == provider {
                pairs(import, export, from, to, &mut found)?;
            }
        }
        let mut caller = Side { realloc: realloc(from), ..Side::default() };
        let mut callee = Side::default();
        let (mut from, mut to) = (Owner::default(), Owner::default());
        for pair in &found {
            caller.encoding = pair.lowered.encoding.unwrap_or(caller.encoding);
            callee.encoding = pair.lifted.encoding.unwrap_or(callee.encoding);
            from.add(&pair.lowered.owner)?;
            to.add(&pair.lifted.owner)?;
        }
        let alike = |pair: &Pair| {
            pair.lowered.encoding.is_none_or(|it| it == caller.encoding)
                && pair.lifted.encoding.is_none_or(|it| it == callee.encoding)
        };
        ensure!(found.iter().all(alike), "its functions have strings in several encodings");

        let profiles: BTreeSet<(Profile, Profile)> = found.iter().map(|pair| pair.profiles).collect();
        let one = |profiles: &(Profile, Profile)| {
            let peer = |node, profile| lazy::peer(self.shared, node, profile);
            let caller = Side { profile: profiles.0, peer: peer(consumer, profiles.0), ..caller };
            let callee = Side { profile: profiles.1, peer: peer(provider, profiles.1), ..callee };
            let pairs: Vec<&Pair> = found.iter().filter(|pair| pair.profiles == *profiles).collect();
            let (adapter, functions) = self.adapter((consumer, provider), (caller, callee), &pairs)?;
            let resource = |ty: &wit_parser::TypeId| self.resource(consumer, provider, *ty);
            let resources = adapter.resources.iter().map(resource).collect::<Result<_>>()?;
            let (consumer, provider) = (from.clone(), to.clone());
            Ok(Joint { profiles: *profiles, adapter, functions, resources, consumer, provider })
        };
        profiles.iter().map(one).collect()
    }

    /// The adapter for some functions, with the functions by its names.
    fn adapter(
        &self,
        (consumer, provider): (usize, usize),
        (caller, callee): (Side, Side),
        pairs: &[&Pair],
    ) -> Result<(Adapter, BTreeMap<String, Function>)> {
        let wit = self.wit(consumer)?;
        let mut module = lazy::module(self.shared, self.graph, (consumer, wit), caller, callee)?;
        let mut functions = BTreeMap::new();
        for pair in pairs {
            let name = format!("{}.{}", pair.import.0, pair.import.1);
            let function = self.function(consumer, provider, pair)?;
            module.add(&name, function, FuncOptions { post_return: pair.lifted.post_return.is_some() })?;
            let work = Work::of(&wit.resolve, function, &caller, &callee);
            let (core_func, post_return) = (pair.core_func, pair.lifted.post_return);
            let passes = match self.shared {
                Some(_) => module.passes(function)?,
                None => Vec::new(),
            };
            functions.insert(name, Function { import: pair.import.clone(), core_func, post_return, work, passes });
        }
        Ok((module.finish(), functions))
    }

    /// The consumer's view of a function, in which every resource is what it is in the provider's view.
    fn function(&self, consumer: usize, provider: usize, pair: &Pair) -> Result<&wit_parser::Function> {
        let (import, name) = &pair.import;
        let (_, export) = &self.graph.nodes[consumer].connections[import];
        let (from, to) = (self.wit(consumer)?, self.wit(provider)?);
        let ours = from.import(import).and_then(|interface| interface.functions.get(name));
        let theirs = to.export_id(export).and_then(|interface| to.resolve.interfaces[interface].functions.get(name));
        let (Some(ours), Some(theirs)) = (ours, theirs) else { bail!("the WIT lacks `{name}` of `{import}`") };
        let known = |node, wit: &Wit, function| {
            let types = resource::in_function(&wit.resolve, function).into_iter();
            types.map(|ty| resource::of_type(self.graph, node, wit, ty)).collect::<Result<Vec<_>>>()
        };
        ensure!(
            known(consumer, from, ours)? == known(provider, to, theirs)?,
            "`{name}` of `{import}` passes a resource that the two guests have from different instances"
        );
        Ok(ours)
    }

    /// The resource of a type, if its handles can be kept in tables of our own.
    fn resource(&self, consumer: usize, provider: usize, ty: wit_parser::TypeId) -> Result<Resource> {
        let resource = resource::of_type(self.graph, consumer, self.wit(consumer)?, ty)?;
        let is_flat = matches!(resource.definer, Definer::Guest(node) if self.flats[node].is_some());
        if !is_flat {
            let gated = self.gates[consumer].is_some() && self.gates[provider].is_some();
            ensure!(gated, "it passes the host's `{}`, and a guest's handles cannot be kept apart", resource.name);
            return Ok(resource);
        }
        for (node, name) in &self.graph.exports {
            if self.flats[*node].is_some() {
                let wit = self.wit(*node)?;
                let interface = wit.export_id(name).context("the WIT lacks an export")?;
                let leaves = resource::mentions(self.graph, *node, wit, interface, &resource)?;
                ensure!(!leaves, "its resource `{}` is also exported from the composition", resource.name);
            }
        }
        Ok(resource)
    }
}

pub(crate) fn realloc(flat: &Flat) -> Realloc {
    match flat.taken_out {
        Some(_) => Realloc::Table,
        None => Realloc::Direct,
    }
}

/// A function that a consumer lowers and a provider lifts.
struct Pair {
    import: (String, String),
    profiles: (Profile, Profile),
    lowered: Options,
    core_func: u32,
    lifted: Options,
}

fn pairs(import: &str, export: &str, from: &Flat, to: &Flat, found: &mut Vec<Pair>) -> Result<()> {
    let (_, imported) =
        from.shape.imports.iter().find(|(name, _)| *name == import).context("the import is not there")?;
    let (_, exported) = to.shape.exports.iter().find(|(name, _)| *name == export).context("the export is not there")?;
    let lifts: HashMap<&str, u32> = to.shape.functions_of(*exported)?;
    for function in &from.shape.core_funcs {
        let CoreFunc::Lower(lowered, options) = function else { continue };
        let Some(Func::Alias(instance, name)) = from.shape.funcs.get(*lowered as usize) else { continue };
        if instance != imported || found.iter().any(|pair| pair.import == (import.to_owned(), (*name).to_owned())) {
            continue;
        }
        let lift = *lifts.get(name).with_context(|| format!("`{export}` has no function `{name}`"))?;
        let Some(Func::Lift(core_func, _, lifted)) = to.shape.funcs.get(lift as usize) else {
            bail!("it exports `{name}` of `{export}` without lifting it");
        };
        found.push(Pair {
            import: (import.to_owned(), (*name).to_owned()),
            profiles: (from.import_profile(import, name), to.export_profile(export, name)),
            lowered: options_of(&from.shape, options)?,
            core_func: *core_func,
            lifted: options_of(&to.shape, lifted)?,
        });
    }
    Ok(())
}

impl Owner {
    pub(crate) fn add(&mut self, other: &Owner) -> Result<()> {
        for (mine, theirs) in [(&mut self.memory, &other.memory), (&mut self.realloc, &other.realloc)] {
            match (mine.as_ref(), theirs) {
                (_, None) => {}
                (None, Some(_)) => mine.clone_from(theirs),
                (Some(one), Some(two)) => ensure!(one == two, "its functions use several memories"),
            }
        }
        Ok(())
    }
}

pub(crate) fn options_of(shape: &Shape, options: &[CanonicalOption]) -> Result<Options> {
    let mut found = Options::default();
    for option in options {
        match option {
            CanonicalOption::UTF8 => found.encoding = Some(StringEncoding::Utf8),
            CanonicalOption::UTF16 => found.encoding = Some(StringEncoding::Utf16),
            CanonicalOption::CompactUTF16 => found.encoding = Some(StringEncoding::Latin1Utf16),
            CanonicalOption::Memory(index) => {
                let (instance, name) = shape.core_memories.get(*index as usize).context("there is no such memory")?;
                found.owner.memory = Some((*instance, (*name).to_owned()));
            }
            CanonicalOption::Realloc(index) => match shape.core_funcs.get(*index as usize) {
                Some(CoreFunc::Alias(instance, name)) => found.owner.realloc = Some((*instance, (*name).to_owned())),
                _ => bail!("its realloc is no core function of its own"),
            },
            CanonicalOption::PostReturn(index) => found.post_return = Some(*index),
            _ => bail!("it has functions that are async or in the GC ABI"),
        }
    }
    Ok(found)
}

/// What a guest's strings are in.
pub(crate) fn encoding_of(flat: &Flat) -> Result<StringEncoding> {
    let mut all = all_options(&flat.shape).map(|options| options_of(&flat.shape, options));
    let found = all.find_map(|options| options.map(|options| options.encoding).transpose());
    Ok(found.transpose()?.unwrap_or_default())
}

/// Where a guest's memory and realloc are.
pub(crate) fn owner_of(flat: &Flat) -> Result<Owner> {
    let mut owner = Owner::default();
    for options in all_options(&flat.shape) {
        owner.add(&options_of(&flat.shape, options)?.owner)?;
    }
    Ok(owner)
}

/// The canonical options of all functions of a component.
fn all_options<'s>(shape: &'s Shape<'_>) -> impl Iterator<Item = &'s [CanonicalOption]> {
    let lowered = shape.core_funcs.iter().filter_map(|function| match function {
        CoreFunc::Lower(_, options) => Some(&**options),
        CoreFunc::Alias(..) | CoreFunc::Resource(_) => None,
    });
    let lifted = shape.funcs.iter().filter_map(|function| match function {
        Func::Lift(_, _, options) => Some(&**options),
        Func::Alias(..) | Func::Import(_) | Func::Same(_) => None,
    });
    lowered.chain(lifted)
}

impl Joint {
    /// Whether the consumer's realloc is called through a table.
    pub fn needs_consumers_realloc(&self) -> bool {
        self.adapter.imports.contains(&Import::Realloc(onramp_abi::Role::Caller))
    }
}
