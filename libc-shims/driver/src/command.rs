//! A compiler's command line, as clang's.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result};
use onramp_toolchain::Cache;

use crate::component;
use crate::files;
use crate::line::{Finish, Line, Link};
use crate::sysroot::Sysroot;

/// The libraries of threads, in the order in which they need each other, and those that wasi-libc has only on demand.
pub const LIBRARIES: [&str; 7] = [
    "-lonramp-pthread",
    "-lonramp-coop",
    "-lwasi-emulated-signal",
    "-lwasi-emulated-mman",
    "-lwasi-emulated-process-clocks",
    "-lwasi-emulated-getpid",
    "-lsetjmp",
];

/// The language that a driver is for: which libraries are linked, and what a file is taken for whose name does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `onramp cc`.
    C,
    /// `onramp c++`.
    Cpp,
}

/// What C++ has of exceptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exceptions {
    /// What the command line says and libc++ has.
    AsAsked,
    /// A libc++ beside the one without, which clang finds.
    Apart,
    /// None: `try` and `catch` compile, and a `throw` ends the program.
    Ignored,
}

impl Exceptions {
    fn compile_flag(self) -> Option<&'static str> {
        match self {
            Exceptions::AsAsked => None,
            Exceptions::Apart => Some("-fwasm-exceptions"),
            Exceptions::Ignored => Some("-fignore-exceptions"),
        }
    }

    fn library(self) -> Option<&'static str> {
        match self {
            // The scheduler's archive unwinds.
            Exceptions::AsAsked | Exceptions::Apart => None,
            Exceptions::Ignored => Some("-lonramp-cxx"),
        }
    }
}

/// A command line that was read, and the sysroot for it.
pub struct Driver {
    language: Language,
    line: Line,
    sysroot: Sysroot,
}

impl Driver {
    /// What a program that was built before depends on, beside its sysroot: this driver's own sources.
    pub const RECIPE: &str = concat!(include_str!("command.rs"), include_str!("line.rs"), include_str!("component.rs"));

    /// Reads a compiler's arguments, and makes the sysroot if need be.
    ///
    /// # Errors
    /// When the line asks for what wasm does not have, or when the sysroot cannot be made.
    pub fn new(cache: &Cache, language: Language, arguments: Vec<OsString>) -> Result<Self> {
        let line = Line::parse(arguments)?;
        let sysroot = Sysroot::open(cache, line.target)?;
        Ok(Driver { language, line, sysroot })
    }

    /// What to print instead of running anything.
    pub fn answer(&self) -> Option<String> {
        self.line.print_sysroot.then(|| self.sysroot.folder.display().to_string())
    }

    /// The command to run.
    pub fn command(&self) -> Command {
        let tools = &self.sysroot.tools;
        let mut command = tools.command(match self.language {
            Language::C => &tools.clang,
            Language::Cpp => &tools.clang_cpp,
        });
        command.arg("--start-no-unused-arguments").args(self.sysroot.compile_flags());
        let exceptions = self.exceptions();
        command.args(exceptions.compile_flag()).args(self.linker()).arg("--end-no-unused-arguments");
        command.args(&self.line.arguments);
        if self.line.link == Link::Program {
            if self.language == Language::Cpp && self.sysroot.lacks_cpp_threads() {
                command.arg("-lonramp-cxx-threads");
            }
            command.args(LIBRARIES).args(exceptions.library());
        }
        command
    }

    /// What C++ has of exceptions with this toolchain and command line.
    fn exceptions(&self) -> Exceptions {
        let asked = |option: &str| self.line.arguments.iter().any(|argument| argument == option);
        let apart = self.sysroot.has_exceptions_apart() && !asked("-fno-exceptions");
        match self.language {
            Language::Cpp if apart => Exceptions::Apart,
            Language::Cpp if self.sysroot.lacks_exceptions() && !asked("-fwasm-exceptions") => Exceptions::Ignored,
            Language::C | Language::Cpp => Exceptions::AsAsked,
        }
    }

    /// Runs the command to its end: its exit code.
    ///
    /// # Errors
    /// When it cannot be started, or when the program that it linked cannot be finished.
    pub fn run(&self) -> Result<i32> {
        let mut command = self.command();
        let status = command.status();
        let status = status.with_context(|| format!("cannot run `{}`", command.get_program().display()))?;
        if status.success() {
            self.finish()?;
        }
        Ok(status.code().unwrap_or(1))
    }

    /// What is left to do when clang has done its work: a program's exceptions are translated to what engines run, and it is made
    /// to notice that a stack overflows.
    ///
    /// # Errors
    /// When the program cannot be read, changed or written.
    pub fn finish(&self) -> Result<()> {
        match (self.line.link, self.line.finish) {
            (Link::Program, Finish::Guarded) => component::finish_file(&self.line.output, true),
            (Link::Program, Finish::Unguarded) => component::finish_file(&self.line.output, false),
            _ => Ok(()),
        }
    }

    fn linker(&self) -> Vec<String> {
        let tools = &self.sysroot.tools;
        match self.line.link {
            Link::Nothing => Vec::new(),
            Link::Object => vec![format!("-fuse-ld={}", tools.wasm_ld.display()), "-nostdlib".to_owned()],
            Link::Bare | Link::Program => link_flags(&self.sysroot),
        }
    }
}

/// The arguments with which a program is linked, in front of its own.
pub fn link_flags(sysroot: &Sysroot) -> Vec<String> {
    let tools = &sysroot.tools;
    let mut flags = vec![
        format!("-fuse-ld={}", tools.component_ld.display()),
        format!("-Wl,--wasm-ld-path={}", tools.wasm_ld.display()),
    ];
    flags.extend(files::flags("link.txt").iter().map(|flag| format!("-Wl,{flag}")));
    flags
}
