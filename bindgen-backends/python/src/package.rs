//! The package: which module has what.

use std::collections::BTreeSet;

use onramp_abi::kept::INTERFACE;
use onramp_abi::wit::dealiased;
use onramp_bridge::{Direction, WorldFunction};
use wit_bindgen_core::Files;
use wit_parser::{Docs, TypeDefKind, TypeId, TypeOwner, WorldItem};

use crate::form::{Form, Forms};
use crate::hint::{Hints, class_name};
use crate::scope::{Scope, package};
use crate::text::{class, docstring};
use crate::world::{Home, Interface, World};
use crate::{definition, function, names, resource};

/// The head of every module.
const HEAD: &str = "# Made by `onramp bindgen python`. Changes here are lost.\n";

/// A package in the making.
pub struct Package<'p, 'r> {
    /// Its world.
    pub world: &'p World<'r>,
    /// The forms of parameters and results.
    pub forms: &'p Forms,
}

impl<'r> Package<'_, 'r> {
    /// All modules.
    pub fn write(&self, files: &mut Files) {
        let folder = self.world.module.replace('.', "/");
        let mut file = |name: &str, text: String| files.push(&format!("{folder}/{name}"), text.as_bytes());
        file("__init__.py", self.own());
        file("py.typed", String::new());
        if !self.world.imports.is_empty() {
            file("imports/__init__.py", String::new());
        }
        if !self.world.exports.is_empty() {
            file("exports/__init__.py", self.protocols());
        }
        for direction in [Direction::Import, Direction::Export] {
            for interface in self.world.interfaces(direction) {
                let name = format!("{}/{}.py", package(direction), names::snake(&interface.name));
                file(&name, self.interface(direction, interface));
            }
        }
    }

    /// The module of an interface.
    fn interface(&self, direction: Direction, interface: &Interface<'r>) -> String {
        let home = Home::Interface(direction, interface.name.clone());
        let types: Vec<TypeId> = self.world.resolve.interfaces[interface.id].types.values().copied().collect();
        let (here, elsewhere): (Vec<TypeId>, Vec<TypeId>) =
            types.into_iter().partition(|id| self.world.home(*id, direction) == home);
        let functions: Vec<WorldFunction<'r>> = match direction {
            Direction::Import => self.free(direction, interface),
            Direction::Export => Vec::new(),
        };
        let mut scope = Scope::new(home, self.taken(&here, &functions, direction));
        let mut hints = Hints { world: self.world, scope: &mut scope, inside: None };
        let mut blocks = self.types(&mut hints, &here, direction);
        blocks.extend(functions.iter().map(|one| function::import(&mut hints, self.forms, one)));
        let imports = scope.imports() + &self.again(&elsewhere, direction, "..");
        module(&imports, &self.world.resolve.interfaces[interface.id].docs, &blocks)
    }

    /// What imports types whose definitions are in the module of another interface: apps find them in both. `above` leads to the package.
    fn again(&self, types: &[TypeId], direction: Direction, above: &str) -> String {
        let mut lines = BTreeSet::new();
        for id in types {
            let Home::Interface(other, name) = self.world.home(*id, direction) else { continue };
            for class in self.defined(*id) {
                lines.insert(format!(
                    "from {above}{}.{} import {class} as {class}\n",
                    package(other),
                    names::snake(&name)
                ));
            }
        }
        lines.into_iter().collect()
    }

    /// The module of the protocols of exported interfaces.
    fn protocols(&self) -> String {
        let taken = self.world.exports.iter().flat_map(|interface| {
            let functions = self.free(Direction::Export, interface);
            let methods = functions.iter().map(function::name).collect::<Vec<_>>();
            methods.into_iter().chain([names::camel(&interface.name)])
        });
        let mut scope = Scope::new(Home::Exports, taken.collect());
        let mut hints = Hints { world: self.world, scope: &mut scope, inside: None };
        let protocol = |interface: &Interface<'r>| {
            let functions = self.free(Direction::Export, interface);
            let docs = &self.world.resolve.interfaces[interface.id].docs;
            self.protocol(&mut hints, &names::camel(&interface.name), docs, &functions)
        };
        let blocks: Vec<String> = self.world.exports.iter().map(protocol).collect();
        module(&scope.imports(), &Docs::default(), &blocks)
    }

    /// The package's own module: types and functions of the world.
    fn own(&self) -> String {
        let world = &self.world.resolve.worlds[self.world.id];
        let items = world.imports.values().chain(world.exports.values());
        let types: Vec<TypeId> = items
            .filter_map(|item| match item {
                WorldItem::Type { id, .. } => Some(*id),
                WorldItem::Interface { .. } | WorldItem::Function(_) => None,
            })
            .filter(|id| matches!(self.world.resolve.types[*id].owner, TypeOwner::World(_)))
            .collect();
        let own = |direction| -> Vec<WorldFunction<'r>> {
            let free = |one: &&WorldFunction<'_>| one.function.kind.resource().is_none();
            self.world.functions_of(direction, None).filter(free).copied().collect()
        };
        let (imports, mut exports) = (own(Direction::Import), own(Direction::Export));
        exports.retain(|one| self.world.package_of(one) == self.world.module);
        let class = names::camel(&self.world.module);
        let mut taken = self.taken(&types, &imports, Direction::Import);
        taken.extend(exports.iter().map(function::name).chain([class.clone()]));
        let mut scope = Scope::new(Home::World, taken);
        let mut hints = Hints { world: self.world, scope: &mut scope, inside: None };
        let mut blocks = self.types(&mut hints, &types, Direction::Import);
        blocks.extend(imports.iter().map(|one| function::import(&mut hints, self.forms, one)));
        blocks.push(self.protocol(&mut hints, &class, &Docs::default(), &exports));
        let imports = scope.imports() + &self.again(&self.moved(&types), Direction::Import, ".");
        module(&imports, &world.docs, &blocks)
    }

    /// The definitions, of these types of the world, that are in the module of values that stay objects
    /// ([`onramp_abi::kept::rewrite`]).
    fn moved(&self, types: &[TypeId]) -> Vec<TypeId> {
        let objects = Home::Interface(Direction::Import, INTERFACE.to_owned());
        let resolve = self.world.resolve;
        let is_moved = |id: &TypeId| {
            self.world.home(*id, Direction::Import) == objects
                && !matches!(resolve.types[*id].kind, TypeDefKind::Resource)
        };
        types.iter().map(|id| dealiased(resolve, *id)).filter(is_moved).collect()
    }

    fn types(&self, hints: &mut Hints<'_, 'r>, types: &[TypeId], direction: Direction) -> Vec<String> {
        let mut blocks = Vec::new();
        for id in types {
            blocks.extend(match (&self.world.resolve.types[*id].kind, direction) {
                (TypeDefKind::Resource, Direction::Import) => Some(resource::imported(hints, self.forms, *id)),
                (TypeDefKind::Resource, Direction::Export) => Some(resource::exported(hints, self.forms, *id)),
                _ => definition::classes(hints, *id, Form::plain(direction)),
            });
        }
        blocks
    }

    /// A class of methods that an app implements.
    pub(crate) fn protocol(
        &self,
        hints: &mut Hints<'_, 'r>,
        name: &str,
        docs: &Docs,
        functions: &[WorldFunction<'r>],
    ) -> String {
        let base = hints.scope.from("typing", "Protocol");
        let methods: Vec<_> = functions.iter().map(|one| function::export(hints, self.forms, one)).collect();
        class(&format!("{name}({base})"), &docstring(&[docs.contents.as_deref()]), &methods.join("\n"))
    }

    /// The functions of an interface that belong to no resource.
    fn free(&self, direction: Direction, interface: &Interface<'r>) -> Vec<WorldFunction<'r>> {
        let functions = self.world.functions_of(direction, Some(interface.key));
        functions.filter(|one| one.function.kind.resource().is_none()).copied().collect()
    }

    /// The names that types and functions of a module define.
    fn taken(&self, types: &[TypeId], functions: &[WorldFunction<'r>], direction: Direction) -> BTreeSet<String> {
        let mut taken: BTreeSet<String> = functions.iter().map(function::name).collect();
        for id in types {
            taken.extend(self.defined(*id));
            taken.extend(definition::members(self.world.resolve, *id));
            let its =
                |one: &&WorldFunction<'_>| one.direction == direction && one.function.kind.resource() == Some(*id);
            taken.extend(self.world.functions.iter().filter(its).map(function::name));
        }
        taken
    }

    /// The names that a type's definition gives to classes.
    pub(crate) fn defined(&self, id: TypeId) -> Vec<String> {
        definition::defined(self.world.resolve, id, &class_name(self.world, id))
    }
}

/// A module of import statements and blocks.
pub(crate) fn module(imports: &str, docs: &Docs, blocks: &[String]) -> String {
    let docs = docstring(&[docs.contents.as_deref()]);
    let gap = if imports.is_empty() { "" } else { "\n" };
    let blocks: String = blocks.iter().map(|block| format!("\n\n{block}")).collect();
    format!("{HEAD}{docs}\nfrom __future__ import annotations\n{gap}{imports}{blocks}")
}
