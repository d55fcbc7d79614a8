//! The names of one module: what it defines, and what it imports.

use std::collections::{BTreeMap, BTreeSet};

use onramp_bridge::Direction;

use crate::names;
use crate::world::Home;

/// A module that is being written.
pub struct Scope {
    /// Which one it is.
    pub home: Home,
    /// Names that it defines, also in its classes: another thing of such a name is written with its module.
    taken: BTreeSet<String>,
    /// What it imports from libraries, by module.
    from: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// The libraries that it imports as a whole, under a name of no other thing.
    whole: BTreeSet<&'static str>,
    /// The modules of interfaces that it imports, and what it calls them.
    modules: BTreeMap<(Direction, String), String>,
}

impl Scope {
    /// A module that defines these names.
    pub fn new(home: Home, taken: BTreeSet<String>) -> Scope {
        Scope { home, taken, from: BTreeMap::new(), whole: BTreeSet::new(), modules: BTreeMap::new() }
    }

    /// What is always there.
    pub fn builtin(&mut self, name: &'static str) -> String {
        match self.taken.contains(name) {
            true => self.whole("builtins", name),
            false => name.to_owned(),
        }
    }

    /// Something of a library.
    pub fn from(&mut self, module: &'static str, name: &'static str) -> String {
        if self.taken.contains(name) {
            return self.whole(module, name);
        }
        self.from.entry(module).or_default().insert(name);
        name.to_owned()
    }

    /// Something of a library that is written with the library's name.
    pub fn whole(&mut self, module: &'static str, name: &str) -> String {
        self.whole.insert(module);
        format!("_{module}.{name}")
    }

    /// A class of the package.
    pub fn class(&mut self, home: &Home, class: &str) -> String {
        let Home::Interface(direction, name) = home else { return class.to_owned() };
        if *home == self.home {
            return class.to_owned();
        }
        let key = (*direction, names::snake(name));
        let module = match self.modules.get(&key) {
            Some(module) => module.clone(),
            None => self.import(key),
        };
        format!("{module}.{class}")
    }

    fn import(&mut self, key: (Direction, String)) -> String {
        let used = |name: &String| self.taken.contains(name) || self.modules.values().any(|other| other == name);
        let name = match used(&key.1) {
            false => key.1.clone(),
            true => format!("_{}_{}", package(key.0), key.1),
        };
        self.modules.insert(key, name.clone());
        name
    }

    /// The import statements.
    pub fn imports(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.whole.iter().map(|module| format!("import {module} as _{module}{}\n", comment(module))));
        for (module, names) in &self.from {
            lines.push(format!("from {module} import {}\n", names.iter().copied().collect::<Vec<_>>().join(", ")));
        }
        let parent = match self.home {
            Home::World => ".",
            Home::Exports | Home::Interface(..) => "..",
        };
        for ((direction, module), name) in &self.modules {
            let renamed = if module == name { String::new() } else { format!(" as {name}") };
            lines.push(format!("from {parent}{} import {module}{renamed}\n", package(*direction)));
        }
        lines.concat()
    }
}

/// The package of a direction.
pub fn package(direction: Direction) -> &'static str {
    match direction {
        Direction::Import => "imports",
        Direction::Export => "exports",
    }
}

/// For type checkers: the runtime's module has no source, which is no fault.
fn comment(module: &str) -> &'static str {
    match module {
        "onramp_runtime" => "  # pyright: ignore[reportMissingModuleSource]",
        _ => "",
    }
}
