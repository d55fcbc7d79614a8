//! The world that bindings are made of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wit_parser::{PackageId, Resolve, WorldId};

use super::Common;

/// A world, and where it comes from.
pub struct World {
    /// Its types.
    pub resolve: Resolve,
    /// The world.
    pub id: WorldId,
    /// The paths that the WIT was read from, for messages.
    pub files: String,
}

impl World {
    /// Reads the WIT that a command line names.
    ///
    /// # Errors
    /// When it cannot be read or is not correct, or has no such world.
    pub fn read(arguments: &Common) -> Result<Self> {
        let wit = Wit::read(&arguments.wit, &arguments.features, arguments.all_features)?;
        let id = wit.world(arguments.world.as_deref())?;
        let files = wit.files();
        Ok(World { resolve: wit.resolve, id, files })
    }
}

/// The WIT that a command line names.
pub struct Wit {
    /// Its types.
    pub resolve: Resolve,
    packages: Vec<PackageId>,
    paths: Vec<PathBuf>,
}

impl Wit {
    /// Reads it, with features on.
    ///
    /// # Errors
    /// When it cannot be read or is not correct.
    pub fn read(paths: &[PathBuf], features: &[String], all_features: bool) -> Result<Self> {
        let mut wit = Wit::new(features, all_features);
        paths.iter().try_for_each(|path| wit.push(path))?;
        Ok(wit)
    }

    /// None yet, with features on.
    pub fn new(features: &[String], all_features: bool) -> Self {
        let mut resolve = Resolve { all_features, ..Resolve::default() };
        let features = features.iter().flat_map(|features| features.split([',', ' ']));
        resolve.features.extend(features.filter(|feature| !feature.is_empty()).map(str::to_owned));
        Wit { resolve, packages: Vec::new(), paths: Vec::new() }
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Reads what is at a path, which may depend on what was read before.
    ///
    /// # Errors
    /// When it cannot be read or is not correct.
    pub fn push(&mut self, path: &Path) -> Result<()> {
        let pushed = self.resolve.push_path(path);
        let (package, _) = pushed.map_err(|error| {
            anyhow!("the WIT `{}` is not usable: {}", path.display(), self.resolve.render_error(&error).trim_end())
        })?;
        self.packages.push(package);
        self.paths.push(path.to_owned());
        Ok(())
    }

    /// Adds what stands alone at a path, and says which of these names its worlds have: its own, and those of what it depends on.
    ///
    /// # Errors
    /// When it cannot be read or is not correct, or does not go together with what was read before.
    pub fn merge(&mut self, path: &Path, names: &[&str]) -> Result<Vec<(String, WorldId)>> {
        let features = self.resolve.features.iter().cloned().collect::<Vec<_>>();
        let alone = Wit::read(&[path.to_owned()], &features, self.resolve.all_features)?;
        let found = names.iter().filter_map(|name| Some(((*name).to_owned(), alone.world_of_all(name)?)));
        let found: Vec<_> = found.collect();
        let merged = self.resolve.merge(alone.resolve);
        let merged =
            merged.with_context(|| format!("the WIT `{}` does not go together with the rest", path.display()))?;
        self.packages.extend(alone.packages.iter().map(|package| merged.packages[package.index()]));
        self.paths.push(path.to_owned());
        Ok(found.into_iter().filter_map(|(name, world)| Some((name, merged.worlds[world.index()]?))).collect())
    }

    /// The world of this name, or the only one.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn world(&self, name: Option<&str>) -> Result<WorldId> {
        if let Some(world) = name.and_then(|name| self.world_of_packages(name)) {
            return Ok(world);
        }
        let selected = self.resolve.select_world(&self.packages, name);
        selected.map_err(|error| self.unselected(error, name))
    }

    /// The world of this plain name, if one package has it.
    fn world_of_packages(&self, name: &str) -> Option<WorldId> {
        let worlds = self.packages.iter().filter_map(|package| self.resolve.packages[*package].worlds.get(name));
        match worlds.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()[..] {
            [world] => Some(*world),
            _ => None,
        }
    }

    /// The world of this name in any package.
    fn world_of_all(&self, name: &str) -> Option<WorldId> {
        let all: Vec<PackageId> = self.resolve.packages.iter().map(|(id, _)| id).collect();
        self.world(Some(name)).or_else(|_| self.resolve.select_world(&all, Some(name))).ok()
    }

    /// The paths that it was read from, for messages.
    pub fn files(&self) -> String {
        self.paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
    }

    /// There is no such world, or more than one: what there is.
    fn unselected(&self, error: anyhow::Error, name: Option<&str>) -> anyhow::Error {
        let files = self.files();
        let worlds = self.packages.iter().flat_map(|package| self.resolve.packages[*package].worlds.keys());
        let names: Vec<String> = worlds.map(|name| format!("`{name}`")).collect();
        match (name, &names[..]) {
            (_, []) => error.context(format!("{files} has no world")),
            (Some(world), _) => anyhow!("{files} has no world `{world}`; there is {}", names.join(", ")),
            (None, _) => anyhow!("{files} has several worlds; `--world` can name {}", names.join(", ")),
        }
    }
}
