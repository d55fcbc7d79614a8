//! The WIT that the macro reads.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wit_bindgen_core::wit_parser::{PackageId, ParseError, Resolve, ResolveError};

use crate::config::Config;

/// The packages that the world may be in, and the files that were read.
pub struct Source {
    pub resolve: Resolve,
    pub packages: Vec<PackageId>,
    pub files: Vec<PathBuf>,
}

/// Reads it: from `path`, else from the folder `wit` of the crate, which need not be there when there is `inline`.
///
/// # Errors
/// When a file cannot be read or is not WIT: as a message.
pub fn read(config: &Config) -> Result<Source, String> {
    let mut source = Source { resolve: Resolve::default(), packages: Vec::new(), files: Vec::new() };
    source.resolve.features.extend(config.features.iter().cloned());
    source.add_all(config).map_err(|error| message(&error, &source.resolve))?;
    Ok(source)
}

impl Source {
    fn add_all(&mut self, config: &Config) -> Result<()> {
        let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").context("Cargo does not run the compiler")?);
        match (&config.paths, &config.inline) {
            (Some(paths), _) => paths.iter().try_for_each(|path| self.add(&root.join(path)))?,
            (None, Some(_)) if !root.join("wit").exists() => {}
            (None, _) => self.add(&root.join("wit"))?,
        }
        if let Some(inline) = &config.inline {
            self.packages = vec![self.resolve.push_str("macro-input", inline)?];
        }
        Ok(())
    }

    fn add(&mut self, path: &Path) -> Result<()> {
        // A path without `..` is easier to read in a message.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (package, files) = self.resolve.push_path(path)?;
        self.packages.push(package);
        self.files.extend(files.paths().map(Path::to_owned));
        Ok(())
    }
}

/// The whole chain of an error; errors in WIT with their place.
pub fn message(error: &anyhow::Error, resolve: &Resolve) -> String {
    let one = |cause: &(dyn std::error::Error + 'static)| {
        let parse = cause.downcast_ref::<ParseError>().map(|error| error.render(&resolve.source_map));
        let resolving = cause.downcast_ref::<ResolveError>().map(|error| error.render(&resolve.source_map));
        parse.or(resolving).unwrap_or_else(|| cause.to_string())
    };
    error.chain().map(one).collect::<Vec<_>>().join(": ")
}
