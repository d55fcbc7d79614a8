//! A package that has a part of the bindings: its modules stand for the world module's, so that a class is one, wherever an app finds
//! it.

use std::collections::BTreeSet;

use onramp_bridge::{Direction, WorldFunction};
use wit_bindgen_core::Files;
use wit_parser::{Docs, TypeOwner, WorldItem};

use crate::hint::Hints;
use crate::package::{Package, module};
use crate::scope::{Scope, package};
use crate::world::{Home, Interface};
use crate::{Part, function, names};

impl<'r> Package<'_, 'r> {
    /// The modules of a part.
    pub fn write_part(&self, part: &Part, files: &mut Files) {
        let folder = part.module.replace('.', "/");
        let mut file = |name: &str, text: String| files.push(&format!("{folder}/{name}"), text.as_bytes());
        file("__init__.py", self.own_of_part(part));
        for direction in [Direction::Import, Direction::Export] {
            let interfaces = self.interfaces_of_part(part, direction);
            if interfaces.is_empty() {
                continue;
            }
            let lines = match direction {
                Direction::Import => String::new(),
                Direction::Export => self.protocols_of_part(&interfaces),
            };
            file(&format!("{}/__init__.py", package(direction)), module(&lines, &Docs::default(), &[]));
            for interface in interfaces {
                let name = format!("{}/{}.py", package(direction), names::snake(&interface.name));
                file(&name, self.stand_in(direction, interface));
            }
        }
    }

    fn interfaces_of_part(&self, part: &Part, direction: Direction) -> Vec<&Interface<'r>> {
        let keys = match direction {
            Direction::Import => &part.imports,
            Direction::Export => &part.exports,
        };
        let is_in = |interface: &&Interface<'_>| keys.contains(&self.world.resolve.name_world_key(interface.key));
        self.world.interfaces(direction).iter().filter(is_in).collect()
    }

    /// A module that is another one.
    fn stand_in(&self, direction: Direction, interface: &Interface<'r>) -> String {
        let name = names::snake(&interface.name);
        let imports = format!(
            "import sys as _sys\nfrom {}.{} import {name} as _{name}\n\n_sys.modules[__name__] = _{name}\n",
            self.world.module,
            package(direction)
        );
        module(&imports, &Docs::default(), &[])
    }

    fn protocols_of_part(&self, interfaces: &[&Interface<'r>]) -> String {
        let line = |interface: &&Interface<'r>| {
            let class = names::camel(&interface.name);
            format!("from {}.exports import {class} as {class}\n", self.world.module)
        };
        interfaces.iter().map(line).collect()
    }

    /// The part's own module: types and functions of the world, and the class of those that it exports.
    fn own_of_part(&self, part: &Part) -> String {
        let taken = self.world_items_of_part(part);
        let line = |name: &String| format!("from {} import {name} as {name}\n", self.world.module);
        let mut lines: String = taken.iter().map(line).collect();
        let exports = self.world.functions_of(Direction::Export, None);
        let exports: Vec<WorldFunction<'r>> = exports.filter(|one| is_in(part, one)).copied().collect();
        let class = names::camel(&part.module);
        let own: Vec<_> = exports.iter().filter(|one| self.world.package_of(one) == part.module).copied().collect();
        if let (Some(first), true) = (exports.first(), own.is_empty()) {
            let other = self.world.package_of(first);
            lines.push_str(&format!("from {other} import {} as {class}\n", names::camel(other)));
            return module(&lines, &Docs::default(), &[]);
        }
        let methods = own.iter().map(function::name);
        let mut scope = Scope::new(Home::World, taken.into_iter().chain(methods).chain([class.clone()]).collect());
        let mut hints = Hints { world: self.world, scope: &mut scope, inside: None };
        let block = self.protocol(&mut hints, &class, &Docs::default(), &own);
        module(&(scope.imports() + &lines), &Docs::default(), &[block])
    }

    /// The names of the world's own types and imported functions that are in a part.
    fn world_items_of_part(&self, part: &Part) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (key, item) in &self.world.resolve.worlds[self.world.id].imports {
            if !part.imports.contains(&self.world.resolve.name_world_key(key)) {
                continue;
            }
            if let WorldItem::Type { id, .. } = item
                && matches!(self.world.resolve.types[*id].owner, TypeOwner::World(_))
            {
                found.extend(self.defined(*id));
            }
        }
        let functions = self.world.functions_of(Direction::Import, None);
        let own = functions.filter(|one| one.function.kind.resource().is_none());
        found.extend(own.filter(|one| part.imports.contains(&one.function.name)).map(function::name));
        found
    }
}

fn is_in(part: &Part, function: &WorldFunction<'_>) -> bool {
    part.exports.contains(&function.function.name)
}
