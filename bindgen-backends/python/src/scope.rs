//! The names of one module: what it defines, and what it imports.

use std::collections::{BTreeMap, BTreeSet};

use onramp_bridge::Direction;

use crate::names;
use crate::world::Home;

/// A module that is being written.
#[derive(Clone)]
pub struct Scope {
    /// Which one it is.
    pub home: Home,
    /// Names that it defines, also in its classes: another thing of such a name is written with its module.
    taken: BTreeSet<String>,
    /// The parameters of the function whose body is being written, which hide what has their names.
    hidden: BTreeSet<String>,
    /// What it imports from libraries, by module.
    from: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// The libraries that it imports as a whole, under a name of no other thing.
    whole: BTreeSet<&'static str>,
    /// What it imports from libraries under a name of no other thing.
    private: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// The modules of interfaces that it imports, and what it calls them.
    modules: BTreeMap<(Direction, String), BTreeSet<String>>,
}

impl Scope {
    /// A module that defines these names.
    pub fn new(home: Home, taken: BTreeSet<String>) -> Scope {
        Scope {
            home,
            taken,
            hidden: BTreeSet::new(),
            from: BTreeMap::new(),
            whole: BTreeSet::new(),
            private: BTreeMap::new(),
            modules: BTreeMap::new(),
        }
    }

    /// Begins the body of a function with these parameters; without any, ends it.
    pub fn hide(&mut self, params: Vec<String>) {
        self.hidden = params.into_iter().collect();
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name) || self.hidden.contains(name)
    }

    /// What is always there.
    pub fn builtin(&mut self, name: &'static str) -> String {
        match self.is_taken(name) {
            true => self.whole("builtins", name),
            false => name.to_owned(),
        }
    }

    /// Something of a library.
    pub fn from(&mut self, module: &'static str, name: &'static str) -> String {
        if self.is_taken(name) {
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

    /// Something of a library, under a name that nothing hides.
    pub fn private(&mut self, module: &'static str, name: &'static str) -> String {
        self.private.entry(module).or_default().insert(name);
        format!("_{name}")
    }

    /// A class of the package.
    pub fn class(&mut self, home: &Home, class: &str) -> String {
        let Home::Interface(direction, name) = home else { return class.to_owned() };
        if *home == self.home {
            return class.to_owned();
        }
        let module = self.module(*direction, names::snake(name));
        format!("{module}.{class}")
    }

    /// What the module of an interface is called here.
    fn module(&mut self, direction: Direction, module: String) -> String {
        let other = |(key, names): (&(Direction, String), &BTreeSet<String>)| {
            *key != (direction, module.clone()) && names.contains(&module)
        };
        let name = match self.is_taken(&module) || self.modules.iter().any(other) {
            false => module.clone(),
            true => format!("_{}_{module}", package(direction)),
        };
        self.modules.entry((direction, module)).or_default().insert(name.clone());
        name
    }

    /// The import statements.
    pub fn imports(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.whole.iter().map(|module| format!("import {module} as _{module}{}\n", comment(module))));
        let modules: BTreeSet<_> = self.from.keys().chain(self.private.keys()).collect();
        for module in modules {
            let plain = self.from.get(module).into_iter().flatten().map(|name| (*name).to_owned());
            let private = self.private.get(module).into_iter().flatten().map(|name| format!("{name} as _{name}"));
            let names: Vec<_> = plain.chain(private).collect();
            lines.push(format!("from {module} import {}{}\n", names.join(", "), comment(module)));
        }
        let parent = match self.home {
            Home::World => ".",
            Home::Exports | Home::Interface(..) => "..",
        };
        for ((direction, module), names) in &self.modules {
            for name in names {
                let renamed = if module == name { String::new() } else { format!(" as {name}") };
                lines.push(format!("from {parent}{} import {module}{renamed}\n", package(*direction)));
            }
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
