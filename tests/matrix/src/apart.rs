//! Two guests side by side: each is a component of its own under a stock engine, and the host carries every value between them.
//!
//! What a caller imports, the host implements by calling the callee. So each guest meets nothing but a host, and values pass
//! through its standard component interface in both directions. A resource of the callee is one of the host's for the caller.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result as Anyhow;
use onramp_compose::{Graph, Input};
use wasmtime::component::types::{self, ComponentItem, Type};
use wasmtime::component::{Component, Func, Instance, InstancePre, Resource, ResourceAny, ResourceType, Val};
use wasmtime::{Engine, Result, Store, StoreContextMut, format_err};

use crate::host::{self, Host, Ticket};
use crate::scenario::Role;

/// Two guests, compiled and linked with the host.
pub struct Apart {
    caller: InstancePre<Host>,
    callee: InstancePre<Host>,
    /// The callee's exported functions and resources that the caller imports: interface and name.
    exports: Vec<(String, String)>,
}

/// What the host knows of a callee: the part of a store's state that carries values.
#[derive(Default)]
pub struct Callee {
    functions: HashMap<(String, String), Func>,
    /// The types of its own resources.
    resources: Vec<ResourceType>,
    /// Handles of its resources that the caller has, by the numbers that the caller's handles stand for.
    handles: HashMap<u32, ResourceAny>,
    handles_made: u32,
}

/// A resource of the callee, as the caller has it.
struct Lent;

/// The caller's imports that the callee has, under the names of the callee's exports.
///
/// # Errors
/// When either is not a component, or a name connects but the types do not fit.
pub fn connections(caller: &[u8], callee: &[u8]) -> Anyhow<BTreeMap<String, String>> {
    let input = |role: Role, bytes: &[u8]| Input { name: role.name().to_owned(), bytes: bytes.to_owned() };
    let graph = Graph::plug(vec![input(Role::Caller, caller), input(Role::Callee, callee)], &[])?;
    let connected = graph.nodes.into_iter().flat_map(|node| node.connections);
    Ok(connected.map(|(import, (_, export))| (import, export)).collect())
}

impl Apart {
    /// Links two components with the host, and the caller's imports with the callee's exports that `connections` names.
    ///
    /// # Errors
    /// When a component wants something of WASI that this host lacks.
    pub fn new(
        engine: &Engine,
        caller: &Component,
        callee: &Component,
        connections: &BTreeMap<String, String>,
    ) -> Result<Self> {
        let mut exports = Vec::new();
        let ticket = host::ticket_of(caller);
        let mut linker = host::linker(engine)?;
        for (import, export) in connections {
            let ty = caller.component_type();
            let Some(item) = ty.get_import(engine, import) else { continue };
            let ComponentItem::ComponentInstance(interface) = item.ty else { continue };
            let mut instance = linker.instance(import)?;
            for (name, item) in interface.exports(engine) {
                let path = (export.clone(), name.to_owned());
                match item.ty {
                    ComponentItem::ComponentFunc(function) => {
                        let path = path.clone();
                        let carry = if passes_handles(&function) { forward } else { forward_plain };
                        instance.func_new(name, move |store, _, arguments, results| {
                            carry(store, &path, arguments, results)
                        })?;
                    }
                    ComponentItem::Resource(ty) if Some(ty) == ticket => {
                        instance.resource(name, ResourceType::host::<Ticket>(), host::drop_ticket)?;
                        continue;
                    }
                    ComponentItem::Resource(_) => {
                        instance.resource(name, ResourceType::host::<Lent>(), destroy)?;
                    }
                    _ => continue,
                }
                exports.push(path);
            }
        }
        host::define_missing(&mut linker, caller, |import| connections.contains_key(import))?;
        let caller = linker.instantiate_pre(caller)?;
        let mut linker = host::linker(engine)?;
        host::define_missing(&mut linker, callee, |_| false)?;
        Ok(Apart { caller, callee: linker.instantiate_pre(callee)?, exports })
    }

    /// The engine of both.
    pub fn engine(&self) -> &Engine {
        self.caller.engine()
    }

    /// Instantiates both in a fresh store and returns the caller.
    ///
    /// # Errors
    /// When one of them traps meanwhile.
    pub fn instantiate(&self, store: &mut Store<Host>) -> Result<Instance> {
        let callee = self.callee.instantiate(&mut *store)?;
        for (interface, name) in &self.exports {
            let index = callee
                .get_export_index(&mut *store, None, interface)
                .and_then(|interface| callee.get_export_index(&mut *store, Some(&interface), name))
                .ok_or_else(|| format_err!("the callee does not export `{name}` of `{interface}`"))?;
            if let Some(function) = callee.get_func(&mut *store, index) {
                store.data_mut().callee.functions.insert((interface.clone(), name.clone()), function);
            } else if let Some(resource) = callee.get_resource(&mut *store, index) {
                store.data_mut().callee.resources.push(resource);
            }
        }
        self.caller.instantiate(store)
    }
}

/// Whether a function's types have handles in them.
fn passes_handles(function: &types::ComponentFunc) -> bool {
    function.params().any(|(_, ty)| has_handles(&ty)) || function.results().any(|ty| has_handles(&ty))
}

fn has_handles(ty: &Type) -> bool {
    match ty {
        Type::Own(_) | Type::Borrow(_) => true,
        Type::List(list) => has_handles(&list.ty()),
        Type::FixedLengthList(list) => has_handles(&list.ty()),
        Type::Map(map) => has_handles(&map.key()) || has_handles(&map.value()),
        Type::Record(record) => record.fields().any(|field| has_handles(&field.ty)),
        Type::Tuple(tuple) => tuple.types().any(|ty| has_handles(&ty)),
        Type::Variant(variant) => variant.cases().filter_map(|case| case.ty).any(|ty| has_handles(&ty)),
        Type::Option(option) => has_handles(&option.ty()),
        Type::Result(result) => result.ok().into_iter().chain(result.err()).any(|ty| has_handles(&ty)),
        _ => false,
    }
}

/// The callee's function of a name.
fn function_of(store: &StoreContextMut<'_, Host>, path: &(String, String)) -> Result<Func> {
    let function = store.data().callee.functions.get(path).copied();
    function.ok_or_else(|| format_err!("`{}#{}` is no function", path.0, path.1))
}

/// Calls a function of the callee for the caller, whose values are the same for both.
fn forward_plain(
    store: StoreContextMut<'_, Host>,
    path: &(String, String),
    arguments: &[Val],
    results: &mut [Val],
) -> Result<()> {
    function_of(&store, path)?.call(store, arguments, results)
}

/// Calls a function of the callee for the caller, with each handle in its values replaced.
fn forward(
    mut store: StoreContextMut<'_, Host>,
    path: &(String, String),
    arguments: &[Val],
    results: &mut [Val],
) -> Result<()> {
    let function = function_of(&store, path)?;
    let mut borrowed = Vec::new();
    let given = arguments
        .iter()
        .map(|value| with_handles(value.clone(), &mut |handle| to_callee(&mut store, handle, &mut borrowed)))
        .collect::<Result<Vec<_>>>()?;
    let mut returned = vec![Val::Bool(false); results.len()];
    function.call(&mut store, &given, &mut returned)?;
    for handle in borrowed {
        handle.resource_drop(&mut store)?;
    }
    for (result, value) in results.iter_mut().zip(returned) {
        *result = with_handles(value, &mut |handle| to_caller(&mut store, handle))?;
    }
    Ok(())
}

/// The callee's form of a handle that the caller gave: what stands behind one of its own, and a handle of the host as it is. Those of
/// the host that are lent only are kept, to end the loan after the call.
fn to_callee(
    store: &mut StoreContextMut<'_, Host>,
    handle: ResourceAny,
    borrowed: &mut Vec<ResourceAny>,
) -> Result<ResourceAny> {
    if handle.ty() != ResourceType::host::<Lent>() {
        borrowed.extend((!handle.owned()).then_some(handle));
        return Ok(handle);
    }
    let lent: Resource<Lent> = handle.try_into_resource(&mut *store)?;
    let handles = &mut store.data_mut().callee.handles;
    let behind = if lent.owned() { handles.remove(&lent.rep()) } else { handles.get(&lent.rep()).copied() };
    behind.ok_or_else(|| format_err!("the caller gave a handle that it does not have"))
}

/// The caller's form of a handle that the callee gave.
fn to_caller(store: &mut StoreContextMut<'_, Host>, handle: ResourceAny) -> Result<ResourceAny> {
    let callee = &mut store.data_mut().callee;
    if !callee.resources.contains(&handle.ty()) {
        return Ok(handle);
    }
    callee.handles_made += 1;
    let number = callee.handles_made;
    callee.handles.insert(number, handle);
    Resource::<Lent>::new_own(number).try_into_resource_any(store)
}

/// The caller dropped its own handle.
fn destroy(mut store: StoreContextMut<'_, Host>, number: u32) -> Result<()> {
    let handle = store.data_mut().callee.handles.remove(&number);
    let handle = handle.ok_or_else(|| format_err!("the caller dropped a handle that it does not have"))?;
    handle.resource_drop(store)
}

/// The value with each handle in it replaced.
fn with_handles(value: Val, replace: &mut dyn FnMut(ResourceAny) -> Result<ResourceAny>) -> Result<Val> {
    let mut all = |values: Vec<Val>| -> Result<Vec<Val>> {
        values.into_iter().map(|value| with_handles(value, &mut *replace)).collect()
    };
    Ok(match value {
        Val::Resource(handle) => Val::Resource(replace(handle)?),
        Val::List(values) => Val::List(all(values)?),
        Val::Tuple(values) => Val::Tuple(all(values)?),
        Val::FixedLengthList(values) => Val::FixedLengthList(all(values)?),
        Val::Record(fields) => {
            let field = |(name, value)| Ok((name, with_handles(value, &mut *replace)?));
            Val::Record(fields.into_iter().map(field).collect::<Result<_>>()?)
        }
        Val::Map(entries) => {
            let entry = |(key, value)| Ok((with_handles(key, &mut *replace)?, with_handles(value, &mut *replace)?));
            Val::Map(entries.into_iter().map(entry).collect::<Result<_>>()?)
        }
        Val::Variant(case, payload) => Val::Variant(case, boxed(payload, replace)?),
        Val::Option(payload) => Val::Option(boxed(payload, replace)?),
        Val::Result(Ok(payload)) => Val::Result(Ok(boxed(payload, replace)?)),
        Val::Result(Err(payload)) => Val::Result(Err(boxed(payload, replace)?)),
        scalar => scalar,
    })
}

fn boxed(
    payload: Option<Box<Val>>,
    replace: &mut dyn FnMut(ResourceAny) -> Result<ResourceAny>,
) -> Result<Option<Box<Val>>> {
    payload.map(|value| Ok(Box::new(with_handles(*value, replace)?))).transpose()
}
