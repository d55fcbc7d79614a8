//! CPython's library for wasm32-wasip1, and its standard library, frozen.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_driver::command::LIBRARIES;
use onramp_driver::{Sysroot, files};
use onramp_toolchain::{Cache, Key, tool};

use crate::native;
use crate::sources::{PYTHON, Scratch};

const RECIPE: &str = include_str!("../recipe/cpython.sh");
const FREEZE: &str = include_str!("../recipe/freeze.py");

/// Parts of the standard library that cannot work here, or are not for programs.
const LEFT_OUT: [&str; 18] = [
    "test",
    "idlelib",
    "tkinter",
    "turtle",
    "turtledemo",
    "ensurepip",
    "venv",
    "lib2to3",
    "pydoc_data",
    "__phello__",
    "__hello__",
    "ctypes",
    "sqlite3",
    "dbm",
    "curses",
    "multiprocessing",
    "antigravity",
    "this",
];

/// The built parts.
pub struct CPython {
    folder: PathBuf,
}

impl CPython {
    /// The parts, built if they are not in the cache.
    ///
    /// # Errors
    /// When a source cannot be fetched or a recipe fails: with what it printed.
    pub fn ensure(cache: &Cache, sysroot: &Sysroot) -> Result<Self> {
        let folder = cache.make("cpython", &CPython::key(sysroot), |folder| {
            let python = native::ensure(cache)?;
            let scratch = Scratch::new(folder, cache, &[(PYTHON, "python"), ("zlib", "zlib")])?;
            let compiler = write_compiler(scratch.folder(), sysroot)?;
            let mut shell = scratch.shell(RECIPE);
            shell.env("CC", compiler).env("BUILD_PYTHON", &python).env("OUT", folder);
            tool::output(&mut shell).context("CPython does not build for wasm32-wasip1")?;
            let mut freeze = Command::new(python);
            freeze.args(["-I", "-c", FREEZE]).arg(scratch.folder().join("python/Lib")).arg(folder.join("stdlib"));
            tool::output(freeze.args(LEFT_OUT)).context("CPython's standard library cannot be frozen")?;
            scratch.remove()
        })?;
        Ok(CPython { folder })
    }

    /// What the parts are made from.
    pub fn key(sysroot: &Sysroot) -> String {
        let key = Key::new()
            .with("recipe", RECIPE)
            .with("freeze", FREEZE)
            .with("left out", LEFT_OUT.join(" "))
            .with("package", PYTHON)
            .with("sysroot", sysroot.folder.as_os_str().as_encoded_bytes());
        key.finish()
    }

    /// The libraries, in the order in which they need each other.
    pub fn libraries(&self) -> impl Iterator<Item = PathBuf> {
        let names = ["libpython3.13.a", "libmpdec.a", "libexpat.a", "libHacl_Hash_SHA2.a", "libz.a"];
        names.into_iter().map(|name| self.folder.join(name))
    }

    /// The folder of the headers, `pyconfig.h` and the internal ones included.
    pub fn headers(&self) -> PathBuf {
        self.folder.join("include")
    }

    /// The archive of the frozen standard library.
    pub fn standard_library(&self) -> PathBuf {
        self.folder.join("stdlib")
    }
}

/// Writes a script that is a compiler of core modules with threads: what `configure` tries is never run, and need be no
/// component.
fn write_compiler(folder: &Path, sysroot: &Sysroot) -> Result<PathBuf> {
    let tools = &sysroot.tools;
    let clang = tools.command(&tools.clang);
    let path = clang.get_envs().find_map(|(name, value)| (name == "PATH").then_some(value?));
    let mut words = vec!["exec".to_owned()];
    if let Some(path) = path {
        words.extend(["env".to_owned(), format!("PATH={}", path.display())]);
    }
    words.push(tools.clang.display().to_string());
    words.push("--start-no-unused-arguments".to_owned());
    words.extend(sysroot.compile_flags());
    words.push(format!("-fuse-ld={}", tools.wasm_ld.display()));
    words.extend(files::flags("link.txt").iter().map(|option| format!("-Wl,{option}")));
    let before = shlex::try_join(words.iter().map(String::as_str))?;
    let script = format!(
        "#!/bin/sh\n{before} --end-no-unused-arguments \"$@\" --start-no-unused-arguments {}\n",
        LIBRARIES.join(" ")
    );
    let file = folder.join("cc");
    fs::write(&file, script).with_context(|| format!("cannot write `{}`", file.display()))?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    Ok(file)
}
