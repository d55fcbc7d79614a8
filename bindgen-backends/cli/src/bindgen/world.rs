//! The world that bindings are made of.

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
        let mut resolve = Resolve { all_features: arguments.all_features, ..Resolve::default() };
        let features = arguments.features.iter().flat_map(|features| features.split([',', ' ']));
        resolve.features.extend(features.filter(|feature| !feature.is_empty()).map(str::to_owned));
        let mut packages = Vec::new();
        for path in &arguments.wit {
            let pushed = resolve.push_path(path);
            let (package, _) = pushed.map_err(|error| {
                anyhow!("the WIT `{}` is not usable: {}", path.display(), resolve.render_error(&error).trim_end())
            })?;
            packages.push(package);
        }
        let shown: Vec<String> = arguments.wit.iter().map(|path| format!("`{}`", path.display())).collect();
        let files = shown.join(", ");
        let selected = resolve.select_world(&packages, arguments.world.as_deref());
        let id = selected.map_err(|error| unselected(error, &resolve, &packages, arguments, &files))?;
        Ok(World { resolve, id, files })
    }
}

/// There is no such world, or more than one: what there is.
fn unselected(
    error: anyhow::Error,
    resolve: &Resolve,
    packages: &[PackageId],
    arguments: &Common,
    files: &str,
) -> anyhow::Error {
    let worlds = packages.iter().flat_map(|package| resolve.packages[*package].worlds.keys());
    let names: Vec<String> = worlds.map(|name| format!("`{name}`")).collect();
    match (&arguments.world, &names[..]) {
        (_, []) => error.context(format!("{files} has no world")),
        (Some(world), _) => anyhow!("{files} has no world `{world}`; there is {}", names.join(", ")),
        (None, _) => anyhow!("{files} has several worlds; `--world` can name {}", names.join(", ")),
    }
}
