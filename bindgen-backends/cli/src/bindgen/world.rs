//! The world that bindings are made of.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
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
        Ok(World { resolve: wit.resolve, id, files: wit.files })
    }
}

/// The WIT that a command line names.
pub struct Wit {
    /// Its types.
    pub resolve: Resolve,
    packages: Vec<PackageId>,
    files: String,
}

impl Wit {
    /// Reads it, with features on.
    ///
    /// # Errors
    /// When it cannot be read or is not correct.
    pub fn read(paths: &[PathBuf], features: &[String], all_features: bool) -> Result<Self> {
        let mut resolve = Resolve { all_features, ..Resolve::default() };
        let features = features.iter().flat_map(|features| features.split([',', ' ']));
        resolve.features.extend(features.filter(|feature| !feature.is_empty()).map(str::to_owned));
        let mut packages = Vec::new();
        for path in paths {
            let pushed = resolve.push_path(path);
            let (package, _) = pushed.map_err(|error| {
                anyhow!("the WIT `{}` is not usable: {}", path.display(), resolve.render_error(&error).trim_end())
            })?;
            packages.push(package);
        }
        let shown: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        Ok(Wit { resolve, packages, files: shown.join(", ") })
    }

    /// The world of this name, or the only one.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn world(&self, name: Option<&str>) -> Result<WorldId> {
        let selected = self.resolve.select_world(&self.packages, name);
        selected.map_err(|error| self.unselected(error, name))
    }

    /// There is no such world, or more than one: what there is.
    fn unselected(&self, error: anyhow::Error, name: Option<&str>) -> anyhow::Error {
        let files = &self.files;
        let worlds = self.packages.iter().flat_map(|package| self.resolve.packages[*package].worlds.keys());
        let names: Vec<String> = worlds.map(|name| format!("`{name}`")).collect();
        match (name, &names[..]) {
            (_, []) => error.context(format!("{files} has no world")),
            (Some(world), _) => anyhow!("{files} has no world `{world}`; there is {}", names.join(", ")),
            (None, _) => anyhow!("{files} has several worlds; `--world` can name {}", names.join(", ")),
        }
    }
}
