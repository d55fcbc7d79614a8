//! The adapters between the host and a guest that does not speak the host's ABI.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use onramp_abi::gc::{self, CoreTypes};
use onramp_abi::{Data, Passing, Profile, Role, Signature, Types};
use onramp_adapter::{Adapter, Boundary as Direction, FuncOptions, GcSides, Side};
use wasm_encoder::FuncType;
use wit_parser::{Resolve, Type};

use crate::direct::{self, Direct, Way};
use crate::graph::Graph;
use crate::joint;
use crate::lazy::{self, Shared};
use crate::link::core::CoreSignature;
use crate::options::{self, Options, Owner};
use crate::plan::Flat;
use crate::prelude::{ROOT, Wit, WorldFunction};
use crate::report::passes_memory;
use crate::shape::{CoreFunc, Func, Shape};
use crate::thunks::{Around, Thunk};

/// The adapters of all functions that go one way between the host and a guest, in one ABI.
pub(crate) struct Boundary {
    /// The guest's ABI.
    pub(crate) profile: Profile,
    /// The module.
    pub(crate) adapter: Adapter,
    /// Its functions, by their names there.
    pub(crate) functions: BTreeMap<String, Crossing>,
    /// Where the guest's memory and realloc are.
    pub(crate) owner: Owner,
}

/// A function that goes from a guest to the host, or from the host to a guest.
pub(crate) struct Crossing {
    /// Its interface and name.
    pub(crate) key: (String, String),
    /// Of one that goes to the host: the component function. Of one that comes from the host: the guest's core function.
    pub(crate) index: u32,
    /// The guest's post-return function.
    pub(crate) post_return: Option<u32>,
    /// Whether the host's values are in the memory of the outside.
    pub(crate) in_memory: bool,
    /// The function that the host has around the adapter, or the adapter around the host's, if it needs one.
    pub(crate) host_side: Option<Thunk>,
    /// The function that the guest calls around the adapter, if it needs one.
    pub(crate) guest_side: Option<Thunk>,
}

/// A function that is to cross, as the shape has it.
pub(crate) struct Found {
    pub(crate) key: (String, String),
    pub(crate) profile: Profile,
    /// Of one that goes to the host: the component function. Of one that comes from the host: the guest's core function.
    pub(crate) index: u32,
    pub(crate) options: Options,
    pub(crate) way: Way,
}

impl Found {
    /// The function in WIT.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn function<'w>(&self, wit: &'w Wit, boundary: Direction) -> Result<WorldFunction<'w>> {
        let guest = match boundary {
            Direction::Import => Role::Caller,
            Direction::Export => Role::Callee,
        };
        function(wit, &self.key, guest)
    }
}

/// What passes between a guest and the host.
pub(crate) struct Crossings {
    /// Through adapters.
    pub(crate) adapted: Vec<Boundary>,
    /// Through return areas.
    pub(crate) areas: Option<Direct>,
}

/// A guest at the boundary.
#[derive(Clone, Copy)]
pub(crate) struct Guest<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) node: usize,
    pub(crate) flat: &'g Flat<'g>,
    pub(crate) wit: &'g Wit,
    pub(crate) shared: Option<&'g Shared>,
    /// Whether what passes as references needs no adapters.
    pub(crate) native_gc: bool,
}

impl<'g> Guest<'g> {
    /// The functions that the guest imports from the host under the name of an ABI other than eager.
    ///
    /// # Errors
    /// When there can be no adapter for one.
    pub(crate) fn imports(self) -> Result<Crossings> {
        let flat = self.flat;
        let connected = |interface: &str, name: &str| self.graph.nodes[self.node].source(interface, name).is_some();
        let mut found: Vec<Found> = Vec::new();
        for (lowered, function) in flat.shape.core_funcs.iter().enumerate() {
            let CoreFunc::Lower(index, options) = function else { continue };
            let Some((interface, name)) = imported(&flat.shape, *index) else { continue };
            let key = (interface.to_owned(), name.to_owned());
            let profile = flat.import_profile(interface, name);
            let is_its_own =
                flat.overlay.as_ref().is_some_and(|overlay| overlay.spoken(lowered as u32, &key).is_some());
            let known = found.iter().any(|other| other.key == key);
            if self.needs_adapters(profile) && is_its_own && !connected(interface, name) && !known {
                let way = self.way(&key, profile, Role::Caller)?;
                let options = options::options_of(&flat.shape, options)?;
                found.push(Found { key, profile, index: *index, options, way });
            }
        }
        self.crossings(&found, Role::Caller)
    }

    /// Whether an interface of the guest, or a function at the level of the world, is exported: else the host cannot call it.
    pub(crate) fn is_exported(self, interface: &str, function: &str) -> bool {
        let name = if interface == ROOT { function } else { interface };
        self.graph.exports.iter().any(|(node, export)| *node == self.node && export == name)
    }

    /// The functions that the host calls and that the guest exports under the name of an ABI other than eager.
    ///
    /// # Errors
    /// When there can be no adapter for one.
    pub(crate) fn exports(self) -> Result<Crossings> {
        let flat = self.flat;
        let mut lifts = Vec::new();
        for (interface, instance) in &flat.shape.exports {
            let functions = flat.shape.functions_of(*instance)?;
            lifts.extend(functions.into_iter().map(|(name, index)| (*interface, name, index)));
        }
        lifts.extend(flat.shape.exported_functions.iter().map(|(name, index)| (ROOT, *name, *index)));
        lifts.sort_unstable();
        let mut found = Vec::new();
        for (interface, name, index) in lifts {
            let profile = flat.export_profile(interface, name);
            let Some((_, Func::Lift(core, _, options))) = flat.shape.lift(index) else { continue };
            if self.needs_adapters(profile) && self.is_exported(interface, name) {
                let key = (interface.to_owned(), name.to_owned());
                let way = self.way(&key, profile, Role::Callee)?;
                let options = options::options_of(&flat.shape, options)?;
                found.push(Found { key, profile, index: *core, options, way });
            }
        }
        self.crossings(&found, Role::Callee)
    }

    fn needs_adapters(self, profile: Profile) -> bool {
        profile != Profile::Eager && !(self.native_gc && profile.data() == Data::Gc)
    }

    /// How a function that is not eager passes between the guest and the host.
    fn way(self, key: &(String, String), profile: Profile, guest: Role) -> Result<Way> {
        Ok(direct::way(&self.wit.resolve, profile, guest, function(self.wit, key, guest)?.function))
    }

    /// Whether the host provides or calls a function of the guest as the skeleton says, though its core name is of another ABI.
    pub(crate) fn is_direct(self, key: &(String, String), profile: Profile) -> Result<bool> {
        let connected = self.graph.nodes[self.node].source(&key.0, &key.1).is_some();
        Ok(!connected && self.way(key, profile, Role::Caller)? != Way::Adapted)
    }

    fn crossings(self, found: &[Found], guest: Role) -> Result<Crossings> {
        let direction = match guest {
            Role::Caller => Direction::Import,
            Role::Callee => Direction::Export,
        };
        let areas = direct::areas(self.wit, found, direction)?;
        let adapted: Vec<&Found> = found.iter().filter(|one| one.way == Way::Adapted).collect();
        let profiles: BTreeSet<Profile> = adapted.iter().map(|one| one.profile).collect();
        let each = profiles.into_iter().map(|profile| {
            let found: Vec<&Found> = adapted.iter().copied().filter(|one| one.profile == profile).collect();
            self.boundary(&found, profile, guest)
        });
        Ok(Crossings { adapted: each.collect::<Result<_>>()?, areas })
    }

    /// `guest` is the guest's role: the host has the other one.
    fn boundary(self, found: &[&Found], profile: Profile, guest: Role) -> Result<Boundary> {
        let (flat, wit) = (self.flat, self.wit);
        let mut owner = Owner::default();
        let peer = lazy::peer(self.shared, self.node, profile);
        let (realloc, never_reads_all) = (guest_realloc(flat, guest), flat.never_reads_all());
        let is_woven = flat.is_woven();
        let mut side = Side { profile, realloc, peer, never_reads_all, is_woven, ..Side::default() };
        let outside = self.shared.map_or(0, |shared| shared.kinds.outside());
        let outside = Side { peer: outside, is_outside: true, ..Side::default() };
        for one in found {
            owner.add(&one.options.owner)?;
            side.encoding = one.options.encoding.unwrap_or(side.encoding);
        }
        let (caller, callee) = match guest {
            Role::Caller => (side, outside),
            Role::Callee => (outside, side),
        };
        let mut module = lazy::module(self.shared, self.graph, (self.node, wit), caller, callee)?;
        let mut functions = BTreeMap::new();
        for one in found {
            let name = format!("{}.{}", one.key.0, one.key.1);
            let function = function(wit, &one.key, guest)?;
            // The outside's blocks are freed by what is around an adapter.
            let post_return = guest == Role::Callee && one.options.post_return.is_some();
            let references = match guest {
                Role::Caller => flat.import_gc(&one.key.0, &one.key.1),
                Role::Callee => flat.export_gc(&one.key.0, &one.key.1),
            };
            match (references, guest) {
                (None, _) => module.add(&name, function.function, FuncOptions { post_return })?,
                (caller, Role::Caller) => {
                    module.add_gc(
                        &name,
                        function.function,
                        FuncOptions::default(),
                        GcSides { caller, callee: None },
                    )?;
                }
                (callee, Role::Callee) => {
                    module.add_gc(
                        &name,
                        function.function,
                        FuncOptions::default(),
                        GcSides { caller: None, callee },
                    )?;
                }
            }
            functions.insert(name.clone(), crossing(wit, &name, one, &function, guest, references)?);
        }
        Ok(Boundary { profile, adapter: module.finish(), functions, owner })
    }
}

/// The interface and name of an imported function.
pub(crate) fn imported<'s>(shape: &'s Shape, function: u32) -> Option<(&'s str, &'s str)> {
    match shape.funcs.get(function as usize)? {
        Func::Alias(instance, name) => {
            let import = shape.imports.iter().find(|(_, import)| import == instance)?;
            Some((import.0, name))
        }
        Func::Import(name) => Some((ROOT, name)),
        Func::Lift(..) | Func::Same(_) => None,
    }
}

fn guest_realloc(flat: &Flat, guest: Role) -> onramp_adapter::Realloc {
    match guest {
        Role::Caller => joint::realloc(flat),
        Role::Callee => onramp_adapter::Realloc::Direct,
    }
}

fn function<'w>(wit: &'w Wit, (interface, name): &(String, String), guest: Role) -> Result<WorldFunction<'w>> {
    let functions = match guest {
        Role::Caller => wit.imported_functions(),
        Role::Callee => wit.exported_functions(),
    };
    let mut all = functions.into_iter();
    let found = all.find(|one| one.interface == *interface && one.function.name == *name);
    found.with_context(|| format!("the WIT lacks `{name}` of `{interface}`"))
}

/// `references`: those that the guest has, with its types.
fn crossing(
    wit: &Wit,
    name: &str,
    one: &Found,
    function: &WorldFunction,
    guest: Role,
    references: Option<(&CoreTypes, &gc::Function)>,
) -> Result<Crossing> {
    let resolve = &wit.resolve;
    let function = function.function;
    let in_memory = passes_memory(resolve, Profile::Eager, Role::Caller, function);
    let as_caller = Signature::new(resolve, Profile::Eager, Role::Caller, function);
    let area = match (&as_caller.result_passing, &function.result) {
        (Passing::Memory, Some(result)) => Some(layout(resolve, result)?),
        _ => None,
    };
    let ty = |inner: &Signature| FuncType::from(&CoreSignature::from(inner));
    let thunk = |inner: &Signature, around| Thunk {
        name: name.to_owned(),
        inner: ty(inner),
        inner_type: None,
        outer_type: None,
        around,
    };
    let (host_side, guest_side) = match guest {
        Role::Caller => {
            let guests = match references.and_then(|(types, gc)| Some((types.function(gc.ty)?, gc.ty))) {
                Some((inner, own)) => Thunk {
                    name: name.to_owned(),
                    inner: inner.clone(),
                    inner_type: Some(own),
                    outer_type: Some(own),
                    around: Around::Import,
                },
                None => thunk(&Signature::new(resolve, one.profile, Role::Caller, function), Around::Import),
            };
            let host = area.map(|(size, align)| thunk(&as_caller, Around::ReturnArea(size, align)));
            (host, in_memory.then_some(guests))
        }
        Role::Callee => (in_memory.then(|| thunk(&as_caller, Around::Export(area))), None),
    };
    let post_return = one.options.post_return;
    Ok(Crossing { key: one.key.clone(), index: one.index, post_return, in_memory, host_side, guest_side })
}

/// The size and the alignment of a type.
fn layout(resolve: &Resolve, ty: &Type) -> Result<(u32, u32)> {
    let mut types = Types::new(resolve)?;
    let ty = types.add(ty)?;
    Ok((types[ty].size, types[ty].align))
}
