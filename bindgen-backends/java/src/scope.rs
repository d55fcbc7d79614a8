//! Where things are in Java.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wit_parser::{InterfaceId, PackageId, Resolve, TypeId, TypeOwner, WorldId, WorldItem, WorldKey};

use crate::names;

/// The class of an interface, or of the functions of a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// Its package.
    pub(crate) package: String,
    /// Its name in there.
    pub(crate) name: String,
}

impl Class {
    /// Its full name.
    pub(crate) fn path(&self) -> String {
        format!("{}.{}", self.package, self.name)
    }

    /// Its file.
    pub(crate) fn file(&self) -> String {
        format!("{}.java", self.path().replace('.', "/"))
    }
}

/// The classes of a world.
pub(crate) struct Scope<'r> {
    pub(crate) resolve: &'r Resolve,
    world: WorldId,
    /// Their classes, and what they are called in core names.
    interfaces: BTreeMap<InterfaceId, (Class, String)>,
}

/// What is imported is in packages that begin with this.
pub(crate) const IMPORTS: &str = "wit";
/// What is exported is in packages that begin with this.
pub(crate) const EXPORTS: &str = "exports";

impl<'r> Scope<'r> {
    /// The classes of a world of which what is imported and exported has types of its own.
    pub(crate) fn new(resolve: &'r Resolve, world: WorldId) -> Self {
        let mut scope = Scope { resolve, world, interfaces: BTreeMap::new() };
        let items = &resolve.worlds[world];
        for (root, items) in [(IMPORTS, &items.imports), (EXPORTS, &items.exports)] {
            for (key, item) in items {
                if let WorldItem::Interface { id, .. } = item {
                    scope.interfaces.insert(*id, (scope.class(root, key, *id), resolve.name_world_key(key)));
                }
            }
        }
        scope
    }

    /// The class of an interface.
    ///
    /// # Errors
    /// When the world has no such interface.
    pub(crate) fn interface(&self, id: InterfaceId) -> Result<&Class> {
        let found = self.interfaces.get(&id).map(|(class, _)| class);
        found.context("a type is of an interface that the world does not have")
    }

    /// What the interface is called in core names that a type with a name is of.
    pub(crate) fn owner(&self, id: TypeId) -> Option<&str> {
        let ty = &self.resolve.types[id];
        match (ty.owner, &ty.name) {
            (TypeOwner::Interface(interface), Some(_)) => self.interfaces.get(&interface).map(|(_, name)| &**name),
            _ => None,
        }
    }

    /// The class of a world's own functions and types.
    pub(crate) fn root(&self, root: &str) -> Class {
        Class { package: root.to_owned(), name: names::upper(&self.resolve.worlds[self.world].name) + "World" }
    }

    fn class(&self, root: &str, key: &WorldKey, id: InterfaceId) -> Class {
        let package = self.resolve.interfaces[id].package;
        match (key, package) {
            (WorldKey::Interface(_), Some(package)) => {
                let name = self.resolve.interfaces[id].name.as_deref().unwrap_or("interface");
                Class { package: format!("{root}.{}", self.package(package)), name: names::inner(name, &[]) }
            }
            (key, _) => Class {
                package: format!("{root}.interfaces"),
                name: names::inner(&self.resolve.name_world_key(key), &[]),
            },
        }
    }

    /// Versions are in the name where there are several.
    fn package(&self, id: PackageId) -> String {
        let name = &self.resolve.packages[id].name;
        let same = self
            .resolve
            .packages
            .iter()
            .filter(|(_, other)| other.name.namespace == name.namespace && other.name.name == name.name);
        let version = match (&name.version, same.count()) {
            (Some(version), 2..) => format!(".v{}", version.to_string().replace(['.', '-', '+'], "_")),
            _ => String::new(),
        };
        format!("{}.{}{version}", names::package(&name.namespace), names::package(&name.name))
    }

    /// The full name of the class of a type with a name.
    ///
    /// # Errors
    /// When the world does not have it.
    pub(crate) fn path(&self, id: TypeId) -> Result<String> {
        let ty = &self.resolve.types[id];
        let class = match ty.owner {
            TypeOwner::Interface(interface) => self.interface(interface)?.clone(),
            TypeOwner::World(_) | TypeOwner::None => self.root(IMPORTS),
        };
        Ok(format!("{}.{}", class.path(), names::inner(ty.name.as_deref().unwrap_or("type"), &[&class.name])))
    }
}
