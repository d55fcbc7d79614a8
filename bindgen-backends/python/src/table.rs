//! The table of a world: its functions and resources.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use onramp_abi::{Lowering, Passing as AbiPassing, Profile, Role, Signature, Types, names as abi_names};
use onramp_bridge::{Direction, WorldFunction};
use onramp_python_table::{
    Class, Export, Function, Import, Own, Param, Passing, Resource, ResourceId, Shape, Table, Target, Type, TypeId,
};
use wit_parser::{FunctionKind, TypeDefKind, TypeOwner, WorldItem, WorldKey};

use crate::form::{Form, Forms};
use crate::hint::class_name;
use crate::world::{World, uncovered};
use crate::{CoreExport, CoreImport, core, function, names};

/// A table in the making, and the core functions beside it.
pub struct Tables<'t, 'r> {
    /// The world.
    pub world: &'t World<'r>,
    /// The forms of parameters and results.
    pub forms: &'t Forms,
    /// The profile.
    pub profile: Profile,
    /// Types and layouts.
    pub types: Types<'r>,
    /// The table.
    pub table: Table,
    /// The core functions of its imports.
    pub imports: Vec<CoreImport>,
    /// The core functions of its exports.
    pub exports: Vec<CoreExport>,
    /// The types that are in the table already.
    pub known: HashMap<(wit_parser::Type, Form), TypeId>,
    /// The resources that are in the table.
    pub resources: HashMap<(wit_parser::TypeId, Direction), ResourceId>,
}

impl<'t, 'r> Tables<'t, 'r> {
    /// The table of a world under a profile.
    ///
    /// # Errors
    /// When the world exports a function that Python guests do not cover, or a type is larger than a memory.
    pub fn new(world: &'t World<'r>, forms: &'t Forms, profile: Profile) -> Result<Self> {
        let mut tables = Tables {
            world,
            forms,
            profile,
            types: Types::new(world.resolve)?,
            table: Table { lazy: profile.lowering() == Lowering::Lazy, ..Table::default() },
            imports: Vec::new(),
            exports: Vec::new(),
            known: HashMap::new(),
            resources: HashMap::new(),
        };
        tables.resources();
        tables.functions()?;
        tables.built_ins();
        Ok(tables)
    }

    /// Numbers the resources. What calls their built-ins comes behind the functions.
    fn resources(&mut self) {
        for direction in [Direction::Import, Direction::Export] {
            for interface in self.world.interfaces(direction) {
                for id in self.world.resolve.interfaces[interface.id].types.values() {
                    self.resource(*id, direction);
                }
            }
        }
        for item in self.world.resolve.worlds[self.world.id].imports.values() {
            if let WorldItem::Type { id, .. } = item {
                self.resource(*id, Direction::Import);
            }
        }
    }

    fn resource(&mut self, id: wit_parser::TypeId, direction: Direction) {
        let definition = &self.world.resolve.types[id];
        if !matches!(definition.kind, TypeDefKind::Resource) {
            return;
        }
        let class = match direction {
            Direction::Import => self.class(id, direction),
            Direction::Export => Class { module: self.app_module(id), name: class_name(self.world, id) },
        };
        self.resources.insert((id, direction), ResourceId(self.table.resources.len() as u32));
        let name = definition.name.clone().unwrap_or_default();
        self.table.resources.push(Resource { name, class, drop: 0, own: None });
    }

    /// The module in which componentize-py expects the app's class of a resource.
    fn app_module(&self, id: wit_parser::TypeId) -> String {
        match self.world.resolve.types[id].owner {
            TypeOwner::Interface(interface) => {
                let interface = self.world.interface(Direction::Export, interface);
                interface.map(|interface| names::snake(&interface.name)).unwrap_or_default()
            }
            TypeOwner::World(_) | TypeOwner::None => self.world.module.clone(),
        }
    }

    /// A class of the package.
    pub fn class(&self, id: wit_parser::TypeId, direction: Direction) -> Class {
        Class { module: self.world.module_name(&self.world.home(id, direction)), name: class_name(self.world, id) }
    }

    fn functions(&mut self) -> Result<()> {
        for one in &self.world.functions {
            let name = abi_names::function(self.world.resolve, one.interface, one.function);
            match (one.direction, uncovered(self.world.resolve, one)) {
                (Direction::Import, Some(_)) => {}
                (Direction::Export, Some(reason)) => {
                    bail!("`{name}` cannot be exported by a Python guest: {reason}; a world without it works")
                }
                (Direction::Import, None) => {
                    let function = self.function(one).with_context(|| format!("`{name}`"))?;
                    self.table.imports.push(Import::Function(function));
                    self.imports.push(core::import(self.world.resolve, self.profile, one));
                }
                (Direction::Export, None) => {
                    let function = self.function(one).with_context(|| format!("`{name}`"))?;
                    let target = self.target(one);
                    self.table.exports.push(Export::Function(function, target));
                    self.exports.push(core::export(&mut self.types, self.profile, one)?);
                }
            }
        }
        Ok(())
    }

    fn function(&mut self, one: &WorldFunction<'r>) -> Result<Function> {
        let resolve = self.world.resolve;
        let role = match one.direction {
            Direction::Import => Role::Caller,
            Direction::Export => Role::Callee,
        };
        let signature = Signature::new(resolve, self.profile, role, one.function);
        let tuple = self.types.add_tuple(one.function.params.iter().map(|param| param.ty))?;
        let (params_size, params_align) = (self.types[tuple].size, self.types[tuple].align);
        let result = match &one.function.result {
            Some(result) => Some(self.ty(result, self.forms.of(resolve, one, None))?),
            None => None,
        };
        Ok(Function {
            name: abi_names::function(resolve, one.interface, one.function),
            params: self.params(one, tuple)?,
            param_passing: passing(signature.param_passing),
            params_size,
            params_align,
            result,
            result_passing: passing(signature.result_passing),
        })
    }

    fn params(&mut self, one: &WorldFunction<'r>, tuple: onramp_abi::Ty) -> Result<Vec<Param>> {
        let onramp_abi::Shape::Record(fields) = self.types[tuple].shape.clone() else { return Ok(Vec::new()) };
        let mut slot: u32 = 0;
        let mut params = Vec::new();
        for ((name, param), field) in function::params(one).into_iter().zip(&one.function.params).zip(fields) {
            let form = self.forms.of(self.world.resolve, one, Some(&param.name));
            let ty = self.ty(&param.ty, form)?;
            params.push(Param { name, ty, offset: field.offset, slot });
            slot = slot.saturating_add(self.table.ty(ty).slots);
        }
        Ok(params)
    }

    fn target(&self, one: &WorldFunction<'r>) -> Target {
        let method = function::name(one);
        let class = |id| Class { module: self.app_module(id), name: class_name(self.world, id) };
        match &one.function.kind {
            FunctionKind::Constructor(id) => Target::Constructor(class(*id)),
            FunctionKind::Static(id) => Target::Static(class(*id), method),
            FunctionKind::Method(_) => Target::Method(method),
            _ => {
                let scope = self.world.of(one).map_or(self.world.package_of(one), |interface| &interface.name);
                Target::Function { class: names::camel(scope), method }
            }
        }
    }

    /// What calls the resources' built-ins, and the destructors.
    fn built_ins(&mut self) {
        let mut resources: Vec<_> = self.resources.iter().map(|(key, id)| (*id, *key)).collect();
        resources.sort_by_key(|(id, _)| id.0);
        let resolve = self.world.resolve;
        for (number, (id, direction)) in resources {
            let interface = self.key(id, direction);
            let drop = self.built_in(core::drop(resolve, interface, id, direction));
            let own = match (direction, interface) {
                (Direction::Export, Some(key)) => {
                    let new = self.built_in(core::new(resolve, interface, id));
                    let rep = self.built_in(core::rep(resolve, interface, id));
                    self.table.exports.push(Export::Destructor(number));
                    self.exports.push(core::destructor(resolve, key, id));
                    Some(Own { new, rep })
                }
                (Direction::Import | Direction::Export, _) => None,
            };
            let resource = &mut self.table.resources[number.0 as usize];
            (resource.drop, resource.own) = (drop, own);
        }
    }

    fn built_in(&mut self, import: CoreImport) -> u32 {
        self.table.imports.push(Import::BuiltIn);
        self.imports.push(import);
        self.imports.len() as u32 - 1
    }

    /// The interface of a resource.
    fn key(&self, id: wit_parser::TypeId, direction: Direction) -> Option<&'r WorldKey> {
        match self.world.resolve.types[id].owner {
            TypeOwner::Interface(interface) => self.world.interface(direction, interface).map(|found| found.key),
            TypeOwner::World(_) | TypeOwner::None => None,
        }
    }

    /// Puts a type into the table, each once.
    pub fn intern(&mut self, ty: Type) -> TypeId {
        let known = self.table.types.iter().position(|other| *other == ty);
        let index = known.unwrap_or_else(|| {
            self.table.types.push(ty);
            self.table.types.len() - 1
        });
        TypeId(index as u32)
    }

    /// A lazy one of this type.
    pub fn lazy(&mut self, ty: TypeId) -> TypeId {
        let whole = self.table.ty(ty).clone();
        self.intern(Type { shape: Shape::Lazy(ty), ..whole })
    }
}

fn passing(passing: AbiPassing) -> Passing {
    match passing {
        AbiPassing::Flat => Passing::Flat,
        AbiPassing::Memory => Passing::Memory,
        AbiPassing::Handle => Passing::Handle,
    }
}
