//! Lazy guests in a composition: what their adapters have in common, and which values a guest may forward to whom.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};
use onramp_abi::{Data, Lowering, Profile, Types};
use onramp_adapter::{Adapter, Direction, Kinds, Module, Side};
use wit_parser::{Type, TypeDefKind, TypeId};

use crate::graph::Graph;
use crate::plan::Flat;
use crate::prelude::Wit;
use crate::resource::{self, Resource};

/// What all adapters of a composition share when one of its flat guests is lazy.
///
/// The peers are the nodes, by their numbers; then each lazy node once more, for functions in which it is eager: what it gets there are
/// no handles; then the outside.
pub struct Shared {
    /// The numbers of values.
    pub kinds: Kinds,
    /// How many nodes there are.
    nodes: usize,
    /// The nodes that are lazy.
    lazy: Vec<usize>,
    /// The resources that have a number: their place here.
    resources: RefCell<Vec<Resource>>,
}

impl Shared {
    /// For some flat instances; `None`: none of them is lazy.
    pub fn of(flats: &[Option<&Flat>]) -> Option<Self> {
        let is_lazy = |(node, flat): (usize, &Option<&Flat>)| flat.is_some_and(Flat::is_lazy).then_some(node);
        let lazy: Vec<usize> = flats.iter().enumerate().filter_map(is_lazy).collect();
        let kinds = Kinds::new((flats.len() + lazy.len()) as u32);
        (!lazy.is_empty()).then(|| Shared { kinds, nodes: flats.len(), lazy, resources: RefCell::default() })
    }

    /// The peer that a node is in functions of this ABI. What passes as references is in no memory of its own: to lazy guests it is copied to
    /// the outside, and what they forward is copied there first.
    pub(crate) fn peer(&self, node: usize, profile: Profile) -> u32 {
        if profile.data() == Data::Gc {
            return self.kinds.outside();
        }
        let place = self.lazy.iter().position(|lazy| *lazy == node);
        match (place, profile.lowering()) {
            (Some(place), Lowering::Eager) => (self.nodes + place) as u32,
            (None, _) | (_, Lowering::Lazy) => node as u32,
        }
    }

    /// The node that a peer is; `None`: the outside.
    pub(crate) fn node(&self, peer: u32) -> Option<usize> {
        let peer = peer as usize;
        if peer < self.nodes { Some(peer) } else { self.lazy.get(peer - self.nodes).copied() }
    }

    /// Whether a peer receives lazily.
    pub(crate) fn is_lazy(&self, peer: u32) -> bool {
        self.lazy.contains(&(peer as usize))
    }

    /// The numbers of the resources in a node's WIT.
    fn numbers(&self, graph: &Graph, node: usize, wit: &Wit) -> HashMap<TypeId, u32> {
        let mut resources = self.resources.borrow_mut();
        let mut numbers = HashMap::new();
        for (id, ty) in wit.resolve.types.iter() {
            let TypeDefKind::Resource = ty.kind else { continue };
            let Ok(resource) = resource::of_type(graph, node, wit, id) else { continue };
            let number = resources.iter().position(|one| *one == resource).unwrap_or_else(|| {
                resources.push(resource);
                resources.len() - 1
            });
            numbers.insert(id, number as u32);
        }
        numbers
    }
}

/// The peer that a node is in functions of an ABI, if anybody asks.
pub(crate) fn peer(shared: Option<&Shared>, node: usize, profile: Profile) -> u32 {
    shared.map_or(0, |shared| shared.peer(node, profile))
}

/// An adapter module for functions in a node's WIT.
///
/// # Errors
/// When the WIT is not sound.
pub(crate) fn module<'m>(
    shared: Option<&'m Shared>,
    graph: &Graph,
    (node, wit): (usize, &'m Wit),
    caller: Side,
    callee: Side,
) -> Result<Module<'m>> {
    Ok(match shared {
        Some(shared) => Module::lazy(&wit.resolve, caller, callee, &shared.kinds, shared.numbers(graph, node, wit))?,
        None => Module::new(&wit.resolve, caller, callee)?,
    })
}

/// A type of values that go from one peer to another: in whose memory they are, their number, who gets them.
type Triple = (u32, u32, u32);

/// The values that go between peers.
#[derive(Default)]
pub(crate) struct Flows {
    /// What an adapter passes.
    direct: BTreeSet<Triple>,
    /// What it copies to the outside, for a peer.
    copied: BTreeSet<Triple>,
    /// Where a type is, by its number: a node, and the type in its WIT.
    types: BTreeMap<u32, (usize, Type)>,
}

/// A value in the memory of one peer that another may read, though no adapter passes it from the one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forwarded {
    /// Whose memory it is in.
    pub(crate) sender: u32,
    /// Who reads it.
    pub(crate) receiver: u32,
    /// The node in whose WIT its type is.
    pub(crate) node: usize,
    /// Its type.
    pub(crate) ty: Type,
}

impl Flows {
    /// Adds what an adapter passes between two peers; its types are those of a node.
    pub(crate) fn add(&mut self, shared: &Shared, adapter: &Adapter, node: usize, caller: u32, callee: u32) {
        for passed in &adapter.values {
            self.types.entry(passed.key).or_insert((node, passed.ty));
            match passed.direction {
                Direction::Call => {
                    self.direct.insert((caller, passed.key, callee));
                }
                Direction::Return => {
                    self.direct.insert((callee, passed.key, caller));
                    if !shared.is_lazy(callee) {
                        self.copied.insert((shared.kinds.outside(), passed.key, caller));
                    }
                }
            }
        }
    }

    /// What may be forwarded: a lazy guest that has received a value may pass it on wherever it passes values of that type.
    ///
    /// # Errors
    /// When a type is not sound.
    pub(crate) fn forwarded<'w>(
        &self,
        shared: &Shared,
        wit: impl Fn(usize) -> Result<&'w Wit>,
    ) -> Result<Vec<Forwarded>> {
        let mut reached: BTreeSet<Triple> = self.direct.union(&self.copied).copied().collect();
        let mut passed_on: BTreeSet<Triple> = BTreeSet::new();
        loop {
            let before = reached.len();
            for (middle, key, receiver) in reached.iter().filter(|(middle, ..)| shared.is_lazy(*middle)) {
                let held = reached.iter().filter(|(_, other, to)| (other, to) == (key, middle));
                passed_on.extend(held.map(|(sender, ..)| (*sender, *key, *receiver)));
            }
            reached.extend(&passed_on);
            if reached.len() == before {
                break;
            }
        }
        let mut found = Vec::new();
        for triple in passed_on {
            let (sender, key, receiver) = triple;
            // An adapter that gives handles for values has the functions that read them.
            let defined = shared.is_lazy(receiver) && (self.direct.contains(&triple) || self.copied.contains(&triple));
            let (node, ty) = *self.types.get(&key).context("a value without a type")?;
            if !defined && !has_handles(wit(node)?, &ty)? {
                found.push(Forwarded { sender, receiver, node, ty });
            }
        }
        Ok(found)
    }
}

/// Values with handles of resources are never read where they came from: each adapter moves them.
fn has_handles(wit: &Wit, ty: &Type) -> Result<bool> {
    let mut types = Types::new(&wit.resolve)?;
    let ty = types.add(ty)?;
    Ok(types[ty].has_handles)
}
