//! Which resource is which: a guest knows a resource by a type of its own, a composition by who defines it.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use onramp_abi::wit::dealiased;
use wasmparser::{ComponentAlias, ComponentExternalKind, ComponentTypeRef, Parser, Payload};
use wit_parser::{Function, Handle, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldItem, WorldKey};

use crate::graph::Graph;
use crate::prelude::Wit;
use crate::shape::{ComponentInst, Shape, TypeSource};

/// A resource of a composition: who defines it, its interface there, its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource {
    /// Who defines it.
    pub definer: Definer,
    /// The name of the interface that defines it, as the definer exports it or the guests import it.
    pub interface: String,
    /// Its name.
    pub name: String,
}

/// Who defines a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Definer {
    /// The node that exports it.
    Guest(usize),
    /// Somebody outside of the composition.
    Host,
}

/// Where a guest has a resource from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Owner {
    Import(String),
    Export(String),
}

/// The resource that a type of a node's WIT stands for.
///
/// # Errors
/// When the type belongs to no interface of the node's world.
pub fn of_type(graph: &Graph, node: usize, wit: &Wit, ty: TypeId) -> Result<Resource> {
    let ty = dealiased(&wit.resolve, ty);
    let definition = &wit.resolve.types[ty];
    let name = definition.name.clone().context("a resource has a name")?;
    let TypeOwner::Interface(interface) = definition.owner else {
        bail!("the resource `{name}` belongs to no interface")
    };
    Ok(match owner(wit, interface)? {
        Owner::Export(interface) => Resource { definer: Definer::Guest(node), interface, name },
        Owner::Import(import) => match graph.nodes[node].connections.get(&import) {
            Some((provider, interface)) => {
                Resource { definer: Definer::Guest(*provider), interface: interface.clone(), name }
            }
            None => Resource { definer: Definer::Host, interface: import, name },
        },
    })
}

/// The resource that a type index of a node's component stands for; `None` for one that is nobody else's business.
///
/// # Errors
/// As [`of_type`].
pub fn of_index(graph: &Graph, node: usize, wit: &Wit, shape: &Shape, index: u32) -> Result<Option<Resource>> {
    let (interface, name) = match shape.types.get(index as usize).context("there is no such type")? {
        TypeSource::Alias(instance, name) => {
            let import = shape.imports.iter().find(|(_, import)| import == instance);
            let Some((import, _)) = import else { return Ok(None) };
            (wit.import_id(import), *name)
        }
        TypeSource::Defined => match exported_as(shape, index)? {
            Some((interface, name)) => (wit.export_id(interface), name),
            None => return Ok(None),
        },
    };
    let interface = interface.context("the WIT lacks an interface of the component")?;
    match wit.resolve.interfaces[interface].types.get(name) {
        Some(ty) => of_type(graph, node, wit, *ty).map(Some),
        None => Ok(None),
    }
}

/// The resources in a function's type, in the order in which they are first met.
pub fn in_function(resolve: &Resolve, function: &Function) -> Vec<TypeId> {
    let mut found = Vec::new();
    for ty in function.params.iter().map(|param| &param.ty).chain(&function.result) {
        collect(resolve, ty, &mut found);
    }
    found
}

/// True when a type that an export has (an interface, or a function at the level of the world) is this resource, or is made of it.
///
/// # Errors
/// When the WIT lacks the export.
pub fn leaves(graph: &Graph, node: usize, wit: &Wit, export: &str, resource: &Resource) -> Result<bool> {
    let found = match (wit.export_id(export), wit.exported_function(export)) {
        (Some(interface), _) => in_interface(&wit.resolve, interface),
        (None, Some(function)) => in_function(&wit.resolve, function),
        (None, None) => bail!("the WIT lacks the export `{export}`"),
    };
    for ty in found {
        if of_type(graph, node, wit, ty)? == *resource {
            return Ok(true);
        }
    }
    Ok(false)
}

fn in_interface(resolve: &Resolve, interface: InterfaceId) -> Vec<TypeId> {
    let interface = &resolve.interfaces[interface];
    let mut found = Vec::new();
    for ty in interface.types.values() {
        collect(resolve, &Type::Id(*ty), &mut found);
    }
    for function in interface.functions.values() {
        found.extend(in_function(resolve, function));
    }
    found
}

fn collect(resolve: &Resolve, ty: &Type, found: &mut Vec<TypeId>) {
    let Type::Id(id) = ty else { return };
    let kind = &resolve.types[*id].kind;
    if *kind == TypeDefKind::Resource && !found.contains(id) {
        found.push(*id);
    }
    let mut each = |types: &mut dyn Iterator<Item = &Type>| types.for_each(|ty| collect(resolve, ty, found));
    match kind {
        TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => {
            collect(resolve, &Type::Id(dealiased(resolve, *id)), found);
        }
        TypeDefKind::Record(record) => each(&mut record.fields.iter().map(|field| &field.ty)),
        TypeDefKind::Tuple(tuple) => each(&mut tuple.types.iter()),
        TypeDefKind::Variant(variant) => each(&mut variant.cases.iter().filter_map(|case| case.ty.as_ref())),
        TypeDefKind::Result(result) => each(&mut [&result.ok, &result.err].into_iter().flatten()),
        TypeDefKind::Map(key, value) => each(&mut [key, value].into_iter()),
        TypeDefKind::Option(ty)
        | TypeDefKind::List(ty)
        | TypeDefKind::FixedLengthList(ty, _)
        | TypeDefKind::Type(ty) => each(&mut std::iter::once(ty)),
        _ => {}
    }
}

fn owner(wit: &Wit, interface: InterfaceId) -> Result<Owner> {
    let world = &wit.resolve.worlds[wit.world];
    let is = |(_, item): &(&WorldKey, &WorldItem)| matches!(item, WorldItem::Interface { id, .. } if *id == interface);
    let name = |(key, _): (&WorldKey, &WorldItem)| wit.resolve.name_world_key(key);
    let export = world.exports.iter().find(is).map(name).map(Owner::Export);
    let import = || world.imports.iter().find(is).map(name).map(Owner::Import);
    export.or_else(import).context("a resource's interface is neither imported nor exported")
}

/// The interface and the name under which a component exports a type that it defines.
fn exported_as<'a>(shape: &Shape<'a>, index: u32) -> Result<Option<(&'a str, &'a str)>> {
    for (interface, instance) in &shape.exports {
        let ComponentInst::Instantiate(component, arguments) = &shape.instances[*instance as usize] else { continue };
        let given =
            arguments.iter().find(|argument| argument.kind == ComponentExternalKind::Type && argument.index == index);
        let Some(given) = given else { continue };
        let component = shape.components.get(*component as usize).context("there is no such component")?;
        if let Some(name) = types_passed_through(component)?.get(given.name) {
            return Ok(Some((interface, name)));
        }
    }
    Ok(None)
}

/// The types that a nested component exports as it imports them: export names by import names.
fn types_passed_through(component: &[u8]) -> Result<HashMap<&str, &str>> {
    let mut types: Vec<Option<&str>> = Vec::new();
    let mut passed = HashMap::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component) {
        match payload? {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentTypeSection(section) if depth == 1 => {
                types.extend((0..section.count()).map(|_| None));
            }
            Payload::ComponentImportSection(section) if depth == 1 => {
                for import in section {
                    let import = import?;
                    if let ComponentTypeRef::Type(_) = import.ty {
                        types.push(Some(import.name.name));
                    }
                }
            }
            Payload::ComponentAliasSection(section) if depth == 1 => {
                for alias in section {
                    if let ComponentAlias::InstanceExport { kind: ComponentExternalKind::Type, .. }
                    | ComponentAlias::Outer { kind: wasmparser::ComponentOuterAliasKind::Type, .. } = alias?
                    {
                        types.push(None);
                    }
                }
            }
            Payload::ComponentExportSection(section) if depth == 1 => {
                for export in section {
                    let export = export?;
                    if export.kind == ComponentExternalKind::Type {
                        let import = types.get(export.index as usize).copied().flatten();
                        types.push(import);
                        if let Some(import) = import {
                            passed.entry(import).or_insert(export.name.name);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(passed)
}
