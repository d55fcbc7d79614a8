//! The world of a Python app.

use std::path::PathBuf;

use anyhow::{Context, Result};
use wit_parser::{CloneMaps, Resolve, WorldId};

use super::Common;
use crate::bindgen::world::Wit;

/// A world, perhaps of several.
pub struct World {
    /// Its types.
    pub resolve: Resolve,
    /// The world.
    pub id: WorldId,
}

impl World {
    /// Reads the WIT that a command line names.
    ///
    /// # Errors
    /// When it cannot be read or is not correct, when it has no such world, or when two worlds do not go together.
    pub fn read(arguments: &Common) -> Result<Self> {
        let here = [PathBuf::from("wit")];
        let paths = if arguments.wit_path.is_empty() { &here[..] } else { &arguments.wit_path };
        let mut wit = Wit::read(paths, &arguments.features, arguments.all_features)?;
        let Some((first, others)) = arguments.world.split_first() else {
            let id = wit.world(None)?;
            return Ok(World { resolve: wit.resolve, id });
        };
        let id = wit.world(Some(first))?;
        for other in others {
            let from = wit.world(Some(other))?;
            let merged = wit.resolve.merge_worlds(from, id, &mut CloneMaps::default());
            merged.with_context(|| format!("the worlds `{first}` and `{other}` do not go together"))?;
        }
        Ok(World { resolve: wit.resolve, id })
    }
}
