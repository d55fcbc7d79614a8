//! What is at the top of a folder that modules are looked for in.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::entries;

/// A module or package, with its name and place.
pub enum Unit {
    /// A file.
    Module(String, PathBuf),
    /// A folder.
    Package(String, PathBuf),
    /// A shared library.
    Native(String, PathBuf),
}

/// Whether a unit is all that there is by its name.
pub enum Kind {
    /// It is.
    Whole,
    /// It is a folder without `__init__.py`: others may add to it.
    Portion,
}

/// What a folder has by a name: a package before a module, before a native module, before a mere folder. Python's own finder has native
/// modules before others, but these cannot run.
///
/// # Errors
/// When the folder cannot be read.
pub fn find(name: &str, folder: &Path) -> Result<Option<(Unit, Kind)>> {
    let package = folder.join(name);
    if package.join("__init__.py").is_file() {
        return Ok(Some((Unit::Package(name.to_owned(), package), Kind::Whole)));
    }
    let module = folder.join(format!("{name}.py"));
    if module.is_file() {
        return Ok(Some((Unit::Module(name.to_owned(), module), Kind::Whole)));
    }
    for path in entries(folder)? {
        let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if native(file) == Some(name) {
            return Ok(Some((Unit::Native(name.to_owned(), path), Kind::Whole)));
        }
    }
    Ok(package.is_dir().then(|| (Unit::Package(name.to_owned(), package), Kind::Portion)))
}

/// The name of the module that a shared library is, by its file's name (PEP 3149); `None`: it is none.
pub fn native(file: &str) -> Option<&str> {
    let (stem, _) = file.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "so" | "pyd"))?;
    // `name.cpython-313-x86_64-linux-gnu.so`, `name.abi3.so`, `name.so`
    stem.split('.').next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::native;

    #[test]
    fn shared_libraries_are_modules() {
        assert_eq!(native("_speedups.cpython-313-x86_64-linux-gnu.so"), Some("_speedups"));
        assert_eq!(native("_rust.abi3.so"), Some("_rust"));
        assert_eq!(native("x.pyd"), Some("x"));
        assert_eq!(native("libz.so.1"), None);
        assert_eq!(native("x.py"), None);
    }
}
