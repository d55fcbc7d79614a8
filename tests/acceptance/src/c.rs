//! Compiling a C guest to a core module, with the flags that upstream's tests use.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_matrix::language::clean;
use onramp_toolchain::{Cache, Key, Tool, c, tool};

use crate::header::OfLanguage;

/// Warnings that upstream's own tests ask for, in generated code and in the guests.
const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"];

/// What is asked of the guests' code beside: that it could be C++.
const COMPATIBLE: &str = "-Wc++-compat";

/// clang and the linker.
pub struct C {
    c: c::C,
    component_ld: Tool,
}

/// A standard that generated code keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// C of 2011.
    C11,
    /// C++ of 2017.
    Cpp17,
}

/// One guest to compile.
pub struct Job<'a> {
    /// Its source.
    pub source: &'a Path,
    /// The folder with the generated files.
    pub bindings: &'a Path,
    /// The world, which the generated files are called by.
    pub world: &'a str,
    /// What the source wants of clang.
    pub header: &'a OfLanguage,
    /// A folder to work in.
    pub folder: &'a Path,
    /// The linker that makes a component of it; without one, it becomes a core module.
    pub program: Option<&'a Path>,
}

impl C {
    /// Finds the tools.
    ///
    /// # Errors
    /// When one is missing.
    pub fn set_up(cache: &Cache, component_ld: &Tool) -> Result<Self> {
        Ok(C { c: c::ensure(cache)?, component_ld: component_ld.clone() })
    }

    /// What everything that is compiled depends on.
    pub fn fingerprint(&self) -> String {
        let key = Key::new().with("clang", &self.c.clang.version).with("flags", self.c.flags.join(" "));
        key.with("recipe", include_str!("c.rs")).finish()
    }

    /// Compiles a guest to a core module, or to a component.
    ///
    /// # Errors
    /// When clang or the linker refuses.
    pub fn compile(&self, job: &Job) -> Result<PathBuf> {
        let (bindings, guest) = (job.folder.join("bindings.o"), job.folder.join("guest.o"));
        let generated = job.bindings.join(format!("{}.c", job.world));
        let flags = job.header.cflags.list();
        let compile = |source: &Path, object: &Path, more: &[&str]| {
            let mut clang = self.clang(&self.c.clang.path, job.bindings);
            clang.args(more).args(&flags);
            tool::output(clang.arg("-c").arg(source).arg("-o").arg(object))
        };
        compile(&generated, &bindings, &[]).context("the generated source")?;
        compile(job.source, &guest, &[COMPATIBLE])?;
        let types = job.bindings.join(format!("{}_component_type.o", job.world));
        self.link(&[bindings, guest, types], &job.folder.join("guest.wasm"), job.program)
    }

    /// Compiles a generated file by itself, in a standard, with warnings as errors.
    ///
    /// # Errors
    /// When clang refuses or warns.
    pub fn check(&self, source: &Path, standard: Standard) -> Result<()> {
        let folder = source.parent().context("a source is in a folder")?;
        let mut clang = match standard {
            Standard::C11 => self.clang(&self.c.clang.path, folder),
            Standard::Cpp17 => self.clang(&self.c.clang_cpp, folder),
        };
        clang.args(match standard {
            Standard::C11 => ["-xc", "-std=c11", COMPATIBLE],
            Standard::Cpp17 => ["-xc++", "-std=c++17", "-Wno-c99-designator"],
        });
        tool::output(clang.arg("-c").arg(source).arg("-o").arg(folder.join("checked.o"))).map(drop)
    }

    fn clang(&self, program: &Path, include: &Path) -> Command {
        let mut clang = clean(Command::new(program));
        clang.args(&self.c.flags).args(WARNINGS).arg("-I").arg(include);
        clang
    }

    /// A reactor: a component without `main`.
    fn link(&self, objects: &[PathBuf], module: &Path, program: Option<&Path>) -> Result<PathBuf> {
        let mut link = clean(Command::new(program.unwrap_or(&self.component_ld.path)));
        link.arg("--wasm-ld-path").arg(&self.c.wasm_ld).args(["--entry", "_initialize"]);
        match program {
            Some(_) => link.env("WASM_COMPONENT_LD", &self.component_ld.path),
            None => link.arg("--skip-wit-component"),
        };
        link.arg(self.c.libraries.join("crt1-reactor.o")).args(objects);
        link.arg("-L").arg(&self.c.libraries).args(["-lc", "-lm"]).arg(&self.c.builtins);
        tool::output(link.arg("-o").arg(module))?;
        Ok(module.to_owned())
    }
}
