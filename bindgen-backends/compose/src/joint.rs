//! Fused connections: the functions that one guest lowers and another lifts, and the adapter between them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, bail, ensure};
use onramp_abi::Profile;
use onramp_adapter::{Adapter, Direction, FuncOptions, GcSides, Import, Passage, Realloc, Side};

use crate::gates::Gates;
use crate::graph::Graph;
use crate::lazy::{self, Shared};
use crate::options::{Options, Owner, options_of};
use crate::plan::Flat;
use crate::prelude::{ROOT, Wit};
use crate::report::Work;
use crate::resource::{self, Definer, Resource};
use crate::shape::{CoreFunc, Func};

/// Fused connections, by consumer and provider; one for each pair of ABIs.
pub type Joints = BTreeMap<(usize, usize), Vec<Joint>>;

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
    /// Whether the consumer calls the provider's function as it is, without the adapter.
    pub is_callees: bool,
    /// The numbers of the strings and lists that it passes, and which way, if a guest of the composition is lazy.
    pub passes: Vec<(Direction, u32)>,
}

impl Joint {
    /// Whether the consumer's realloc is called through a table.
    pub fn needs_consumers_realloc(&self) -> bool {
        self.adapter.imports.contains(&Import::Realloc(onramp_abi::Role::Caller))
    }
}

/// What the joints are made in.
pub(crate) struct Whole<'w> {
    pub(crate) graph: &'w Graph,
    pub(crate) wits: &'w [Option<Wit>],
    pub(crate) flats: &'w [Option<&'w Flat<'w>>],
    pub(crate) gates: &'w [Option<Gates>],
    pub(crate) shared: Option<&'w Shared>,
    /// Whether what can be written to is copied between guests that pass references.
    pub(crate) isolate_gc: bool,
}

impl Whole<'_> {
    /// The joints of all connections between flat instances, or a provider that cannot be joined and why.
    pub(crate) fn all(&self) -> Result<Joints, (usize, String)> {
        let mut joints = BTreeMap::new();
        for (consumer, node) in self.graph.nodes.iter().enumerate() {
            let providers: BTreeSet<usize> = node.connections.values().map(|(provider, _)| *provider).collect();
            for provider in providers {
                let (Some(from), Some(to)) = (self.flats[consumer], self.flats[provider]) else { continue };
                let found = self.joints(consumer, provider, from, to);
                joints.insert((consumer, provider), found.map_err(|error| (provider, format!("{error:#}")))?);
            }
        }
        Ok(joints)
    }

    fn wit(&self, node: usize) -> Result<&Wit> {
        self.wits[self.graph.nodes[node].input].as_ref().context("its types cannot be said in WIT")
    }

    fn joints(&self, consumer: usize, provider: usize, from: &Flat, to: &Flat) -> Result<Vec<Joint>> {
        let mut found = Vec::new();
        for (import, (other, export)) in &self.graph.nodes[consumer].connections {
            match from.shape.imported_functions.contains(&import.as_str()) {
                _ if *other != provider => {}
                true => found.extend(pair_of_world(import, export, from, to)?),
                false => pairs(import, export, from, to, &mut found)?,
            }
        }
        let mut caller = Side { realloc: realloc(from), never_reads_all: from.never_reads_all(), ..Side::default() };
        let mut callee = Side { never_reads_all: to.never_reads_all(), is_woven: to.is_woven(), ..Side::default() };
        caller.is_woven = from.is_woven();
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
        if self.isolate_gc {
            module.isolate();
        }
        let mut functions = BTreeMap::new();
        for pair in pairs {
            let name = format!("{}.{}", pair.import.0, pair.import.1);
            let function = self.function(consumer, provider, pair)?;
            let options = FuncOptions { post_return: pair.lifted.post_return.is_some() };
            let sides = self.references((consumer, provider), pair)?;
            let (work, is_callees) = match sides.caller.is_some() || sides.callee.is_some() {
                true => {
                    let passage = module.add_gc(&name, function, options, sides)?;
                    let work = Work::of_references(&wit.resolve, function, passage, &caller, &callee);
                    (work, passage == Passage::Direct)
                }
                false => {
                    module.add(&name, function, options)?;
                    (Work::of(&wit.resolve, function, &caller, &callee), false)
                }
            };
            let (core_func, post_return) = (pair.core_func, pair.lifted.post_return);
            let passes = match self.shared {
                Some(_) => module.passes(function)?,
                None => Vec::new(),
            };
            let import = pair.import.clone();
            functions.insert(name, Function { import, core_func, post_return, work, passes, is_callees });
        }
        Ok((module.finish(), functions))
    }

    /// The references that two guests pass in a function.
    fn references(&self, (consumer, provider): (usize, usize), pair: &Pair) -> Result<GcSides<'_>> {
        let (import, name) = &pair.import;
        let (_, export) = self.graph.nodes[consumer].source(import, name).context("the import is not connected")?;
        let (interface, function) = if import == ROOT { (ROOT, export) } else { (export.as_str(), name) };
        let flat = |node: usize| self.flats[node].context("a joint is between flat guests");
        let (caller, callee) =
            (flat(consumer)?.import_gc(import, name), flat(provider)?.export_gc(interface, function));
        Ok(GcSides { caller, callee })
    }

    /// The consumer's view of a function, in which every resource is what it is in the provider's view.
    fn function(&self, consumer: usize, provider: usize, pair: &Pair) -> Result<&wit_parser::Function> {
        let (import, name) = &pair.import;
        let (_, export) = self.graph.nodes[consumer].source(import, name).context("the import is not connected")?;
        let (from, to) = (self.wit(consumer)?, self.wit(provider)?);
        let (ours, theirs) = match import == ROOT {
            true => (from.imported_function(name), to.exported_function(export)),
            false => (from.function_of_import(import, name), to.function_of_export(export, name)),
        };
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
                let leaves = resource::leaves(self.graph, *node, self.wit(*node)?, name, &resource)?;
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

/// The same for a function at the level of the world; none when the consumer does not lower it.
fn pair_of_world(import: &str, export: &str, from: &Flat, to: &Flat) -> Result<Option<Pair>> {
    let lowered = from.shape.core_funcs.iter().find_map(|function| match function {
        CoreFunc::Lower(lowered, options) => match from.shape.funcs.get(*lowered as usize) {
            Some(Func::Import(name)) if *name == import => Some(options),
            _ => None,
        },
        CoreFunc::Alias(..) | CoreFunc::Resource(_) | CoreFunc::BuiltIn(_) => None,
    });
    let Some(lowered) = lowered else { return Ok(None) };
    let lift = to.shape.exported_functions.iter().find(|(name, _)| *name == export);
    let (_, lift) = lift.context("the export is not there")?;
    let Some((_, Func::Lift(core_func, _, lifted))) = to.shape.lift(*lift) else {
        bail!("it exports `{export}` without lifting it");
    };
    Ok(Some(Pair {
        import: (ROOT.to_owned(), import.to_owned()),
        profiles: (from.import_profile(ROOT, import), to.export_profile(ROOT, export)),
        lowered: options_of(&from.shape, lowered)?,
        core_func: *core_func,
        lifted: options_of(&to.shape, lifted)?,
    }))
}
