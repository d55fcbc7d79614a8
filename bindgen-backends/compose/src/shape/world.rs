//! What a component imports at the level of its world: no interfaces.

use anyhow::{Result, bail};

use crate::shape::{Shape, TypeSource};

/// A type at the level of a world that is one of an interface.
#[derive(Clone, Copy)]
pub struct UsedType<'a> {
    /// What the world calls it.
    pub import: &'a str,
    /// The import that has it.
    pub interface: &'a str,
    /// What it is called there.
    pub name: &'a str,
}

impl<'a> Shape<'a> {
    /// That it imports interfaces only, and functions that are `served`. A function that it exports at the level of the world can be the
    /// host's to call.
    ///
    /// # Errors
    /// When it imports another function or a resource at the level of the world.
    pub fn refuse_functions(&self, served: impl Fn(&str) -> bool) -> Result<()> {
        let functions = self.imported_functions.iter().filter(|name| !served(name));
        match functions.chain(&self.imported_resources).next() {
            Some(name) => bail!("it imports `{name}`, which is no interface"),
            None => Ok(()),
        }
    }

    /// Whether it imports a type under this name, at the level of the world, that it has from elsewhere.
    pub fn has_imported_type(&self, import: &str) -> bool {
        self.imported_types.iter().any(|(name, _)| *name == import)
    }

    /// The types that it imports at the level of the world out of interfaces that it imports: `use interface.{type}`.
    pub fn used_types(&self) -> impl Iterator<Item = UsedType<'a>> {
        self.imported_types.iter().filter_map(|(import, index)| {
            let TypeSource::Alias(instance, name) = *self.types.get(*index as usize)? else { return None };
            let (interface, _) = self.imports.iter().find(|(_, imported)| *imported == instance)?;
            Some(UsedType { import, interface, name })
        })
    }
}
