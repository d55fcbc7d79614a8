//! The programs that a sysroot is used with, kept in a file of it so that nobody has to look for them again.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use onramp_toolchain::c::C;

/// The file, in a sysroot.
const FILE: &str = "tools";

/// The programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// The compiler for C.
    pub clang: PathBuf,
    /// The compiler for C++.
    pub clang_cpp: PathBuf,
    /// The linker for core modules.
    pub wasm_ld: PathBuf,
    /// The linker for components.
    pub component_ld: PathBuf,
    /// The compiler's resource folder, when it does not find it by itself.
    pub resources: Option<PathBuf>,
}

impl Tools {
    /// The tools of a toolchain.
    pub fn new(c: &C, component_ld: PathBuf) -> Self {
        Tools {
            clang: c.clang.path.clone(),
            clang_cpp: c.clang_cpp.clone(),
            wasm_ld: c.wasm_ld.clone(),
            component_ld,
            resources: c.resources.clone(),
        }
    }

    /// The tools of a sysroot, when they are all still there.
    pub fn read(sysroot: &Path) -> Option<Self> {
        let text = fs::read_to_string(sysroot.join(FILE)).ok()?;
        let mut lines = text.lines().map(PathBuf::from);
        let mut program = || lines.next().filter(|path| path.exists());
        let [clang, clang_cpp, wasm_ld, component_ld] = [program()?, program()?, program()?, program()?];
        let resources = lines.next().filter(|path| !path.as_os_str().is_empty());
        Some(Tools { clang, clang_cpp, wasm_ld, component_ld, resources })
    }

    /// Writes the tools into a sysroot.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, sysroot: &Path) -> Result<()> {
        let none = PathBuf::new();
        let resources = self.resources.as_ref().unwrap_or(&none);
        let paths = [&self.clang, &self.clang_cpp, &self.wasm_ld, &self.component_ld, resources];
        let text: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
        Ok(fs::write(sysroot.join(FILE), text)?)
    }

    /// A command that runs one of the compilers. One that is started through another dynamic loader cannot tell by itself
    /// where it is, which it has to when it starts itself again: it looks for its name on the path then.
    pub fn command(&self, compiler: &Path) -> Command {
        let mut command = Command::new(compiler);
        if let (Some(_), Some(folder)) = (&self.resources, compiler.parent()) {
            let others = env::var_os("PATH").unwrap_or_default();
            let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&others));
            if let Ok(path) = env::join_paths(folders) {
                command.env("PATH", path);
            }
        }
        command
    }

    /// The arguments with which the compilers find what belongs to them.
    pub fn flags(&self) -> Vec<String> {
        match &self.resources {
            Some(folder) => {
                vec!["-no-canonical-prefixes".to_owned(), "-resource-dir".to_owned(), folder.display().to_string()]
            }
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_read_as_written_while_they_exist() {
        let folder = tempfile::tempdir().unwrap();
        let program = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            path
        };
        let [clang, clang_cpp, wasm_ld, component_ld] = ["clang", "clang++", "wasm-ld", "component-ld"].map(program);
        for resources in [None, Some(folder.path().join("resources"))] {
            let [clang, clang_cpp] = [clang.clone(), clang_cpp.clone()];
            let tools =
                Tools { clang, clang_cpp, wasm_ld: wasm_ld.clone(), component_ld: component_ld.clone(), resources };
            tools.write(folder.path()).unwrap();
            assert_eq!(Tools::read(folder.path()), Some(tools));
        }
        fs::remove_file(wasm_ld).unwrap();
        assert_eq!(Tools::read(folder.path()), None);
    }
}
