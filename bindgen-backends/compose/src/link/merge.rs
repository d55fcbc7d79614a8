//! Merging: several core modules become one. What one of them imports may be what another exports.
//!
//! Types that are equal are there once. The first module is the one that the others are added to: custom sections are its own, and so
//! is the start function. Functions keep their names.

mod names;
mod part;
mod sections;
mod spaces;
mod types;

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, ensure};
use wasm_encoder::Module;

use part::Read;
use spaces::Spaces;

/// A core module that is merged with others.
pub(super) struct Part<'m> {
    /// Its bytes.
    pub(super) module: &'m [u8],
    /// Imports that do not stay what they are, by module and field.
    pub(super) imports: BTreeMap<(String, String), Source>,
    /// Exports that there will be, and what they are called now. All others are not exported.
    pub(super) exports: BTreeMap<String, String>,
}

impl Part<'_> {
    /// What an import becomes; `None`: it stays.
    fn source(&self, import: &wasmparser::Import) -> Option<&Source> {
        self.imports.get(&(import.module.to_owned(), import.name.to_owned()))
    }

    /// Whether what another module exports takes an import's place.
    fn is_replaced(&self, import: &wasmparser::Import) -> bool {
        matches!(self.source(import), Some(Source::Export(..)))
    }
}

/// What an import becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// An import of this module and field.
    Import(String, String),
    /// What the module of this index exports under this name.
    Export(usize, String),
}

/// Merges modules.
///
/// # Errors
/// When a module is damaged, or lacks an export that another is to have.
pub(super) fn merge(parts: &[Part]) -> Result<Vec<u8>> {
    let read = parts.iter().map(|part| Read::of(part.module)).collect::<Result<Vec<_>>>()?;
    let starts = read.iter().skip(1).any(|read| read.start.is_some());
    ensure!(!starts, "a module that is added to another has a start function, which nothing would call");
    let spaces = Spaces::of(parts, &read)?;
    let mut module = Module::new();
    sections::write(&mut module, parts, &read, spaces).map_err(|error| anyhow!("{error}"))?;
    Ok(module.finish())
}

/// One module with the imports and exports of several that do not know each other.
///
/// # Errors
/// When a module is damaged, or one but the first has a start function.
pub fn joined(modules: &[&[u8]]) -> Result<Vec<u8>> {
    let part = |module| {
        let exports = Read::of(module)?.exports;
        let exports = exports.keys().map(|name| ((*name).to_owned(), (*name).to_owned())).collect();
        Ok(Part { module, imports: BTreeMap::new(), exports })
    };
    merge(&modules.iter().copied().map(part).collect::<Result<Vec<_>>>()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::{Part, Source, merge};

    /// For each folder in `tests/merge/`: its modules, in the order of their names, become `merged.wat`. A module whose import is called
    /// as a file there imports what that one exports; what is imported from `host` is renamed.
    #[test]
    fn modules_become_one() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge");
        let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        cases.sort();
        assert!(!cases.is_empty());
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        for case in cases {
            settings.set_snapshot_path(&case);
            settings.bind(|| insta::assert_snapshot!("merged", merged(&case)));
        }
    }

    fn merged(case: &Path) -> String {
        let mut files: Vec<_> = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "wat"));
        files.sort();
        let names: Vec<_> = files.iter().map(|file| file.file_stem().unwrap().to_str().unwrap()).collect();
        let modules: Vec<_> = files.iter().map(|file| wat::parse_file(file).unwrap()).collect();
        let parts: Vec<_> = modules.iter().map(|module| part(module, &names)).collect();
        let merged = match merge(&parts) {
            Ok(merged) => merged,
            Err(error) => return format!("error: {error:#}\n"),
        };
        wasmparser::Validator::new_with_features(crate::features()).validate_all(&merged).unwrap();
        wasmprinter::print_bytes(merged).unwrap()
    }

    fn part<'m>(module: &'m [u8], names: &[&str]) -> Part<'m> {
        let mut part = Part { module, imports: BTreeMap::new(), exports: BTreeMap::new() };
        let read = super::Read::of(module).unwrap();
        for import in &read.imports {
            let name = (import.module.to_owned(), import.name.to_owned());
            if import.module == "host" {
                part.imports.insert(name, Source::Import("new-host".to_owned(), format!("new-{}", import.name)));
            } else if let Some(of) = names.iter().position(|name| *name == import.module) {
                let source = Source::Export(of, import.name.to_owned());
                part.imports.insert(name, source);
            }
        }
        let public = read.exports.keys().filter(|name| !name.starts_with("private"));
        part.exports = public.map(|name| ((*name).to_owned(), format!("new-{name}"))).collect();
        part
    }
}
