//! What a snapshot holds beside the interpreter.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::HashSeed;

/// A module of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its full name.
    pub name: String,
    /// What tracebacks call its file.
    pub file: String,
    /// Its source.
    pub source: Vec<u8>,
    /// Whether it is a package.
    pub is_package: bool,
}

impl Module {
    /// The module that a file is, by its path below a folder that modules are looked for in; `None`: it is none.
    pub fn at(path: &str, source: Vec<u8>) -> Option<Module> {
        let stem = path.strip_suffix(".py")?;
        let (stem, is_package) = match stem.strip_suffix("/__init__") {
            Some(package) => (package, true),
            None => (stem, false),
        };
        Some(Module { name: stem.replace('/', "."), file: path.to_owned(), source, is_package })
    }
}

/// What a snapshot is made with.
#[derive(Clone, Debug, Default)]
pub struct App {
    /// The modules that can be imported, beside the standard library.
    pub modules: Vec<Module>,
    /// The other files of its packages: the path below the folder that they were found in, and the content.
    pub files: Vec<(String, Vec<u8>)>,
    /// The native modules of its packages, which cannot run: the full name and the file's path.
    pub natives: Vec<(String, String)>,
    /// What is imported before the snapshot is taken, in this order.
    pub imports: Vec<String>,
    /// What the runtime has to know of a world (`onramp-python-table`), once everything is imported.
    pub table: Option<Vec<u8>>,
    /// Parts of the standard library to leave out.
    pub left_out: Vec<String>,
    /// The seed of the hashes of texts.
    pub hash_seed: HashSeed,
}

/// The modules in a folder, and in the folders of packages in it, in the order of their names.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn modules(folder: &Path) -> Result<Vec<Module>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    Ok(found)
}

fn collect(folder: &Path, package: &str, found: &mut Vec<Module>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{package}{stem}");
        let initial = path.join("__init__.py");
        if initial.is_file() {
            found.push(read(&initial, name.clone(), true)?);
            collect(&path, &format!("{name}."), found)?;
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "py") && stem != "__init__" {
            found.push(read(&path, name, false)?);
        }
    }
    Ok(())
}

fn read(path: &Path, name: String, is_package: bool) -> Result<Module> {
    let source = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let file = match is_package {
        true => format!("{}/__init__.py", name.replace('.', "/")),
        false => format!("{}.py", name.replace('.', "/")),
    };
    Ok(Module { name, file, source, is_package })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_walked() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        };
        for name in ["b.py", "a/__init__.py", "a/c.py", "data/d.py", "a/notes.txt"] {
            write(name);
        }
        let found = modules(folder.path()).unwrap();
        let found: Vec<_> = found.iter().map(|module| (&*module.name, &*module.file, module.is_package)).collect();
        assert_eq!(found, [("a", "a/__init__.py", true), ("a.c", "a/c.py", false), ("b", "b.py", false)]);
    }
}
