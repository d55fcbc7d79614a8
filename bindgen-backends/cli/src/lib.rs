//! The `onramp` program, as a library of its two names: `onramp --help` lists what it does, and `onramp-component-ld` is
//! `onramp component-ld`, for where a linker is one word.

mod bindgen;
mod cc;
mod component_ld;
mod componentize_py;
mod compose;
mod inspect;
mod link;
mod python_runtime;
mod run;

use std::io::Write as _;
use std::panic;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow};
use clap::{Parser, Subcommand, ValueEnum};
use onramp_compose::Input;
use onramp_driver::Language;

/// Connects WebAssembly components core to core, on an unmodified engine.
#[derive(Parser)]
#[command(name = "onramp", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes bindings of a WIT world for guests that speak the ABI of a profile, with the options of upstream's generators.
    #[command(subcommand)]
    Bindgen(bindgen::Arguments),
    /// Compiles and links C with POSIX threads: clang's command line, `-###` shows what it runs.
    #[command(disable_help_flag = true)]
    Cc(cc::Arguments),
    /// The same for C++.
    #[command(name = "c++", disable_help_flag = true)]
    Cpp(cc::Arguments),
    /// Makes one component of several: imports are connected to exports by interface name and compatible version, or as a WAC
    /// document says.
    Compose(compose::Arguments),
    /// Makes a component of a Python app, with componentize-py's command line: `onramp componentize-py -d wit -w WORLD APP -o FILE`.
    ComponentizePy(Box<componentize_py::Arguments>),
    /// Makes a component of a core module, whatever ABIs it speaks: any runtime runs it, and `compose` connects it in its own ABIs.
    Link(link::Arguments),
    /// Links object files as wasm-component-ld does, whose arguments it takes; modules that speak other ABIs become components as
    /// `link` makes them.
    #[command(disable_help_flag = true)]
    ComponentLd(component_ld::Arguments),
    /// Shows a component's interfaces and whether `compose` can flatten it.
    Inspect(inspect::Arguments),
    /// Carries the runtime of Python guests from one machine to another.
    #[command(subcommand)]
    PythonRuntime(python_runtime::Command),
    /// Runs a command component with the engine's features on that cooperative threads need.
    Run(run::Arguments),
}

/// The program `onramp`.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    exit(told(|| arguments.run()))
}

/// The program `onramp-component-ld`.
pub fn component_ld_main() -> ExitCode {
    let arguments = component_ld::Arguments::of(std::env::args_os().skip(1));
    exit(told(|| arguments.run().map(|()| ExitCode::SUCCESS)))
}

fn exit(result: Result<ExitCode>) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Arguments {
    fn run(self) -> Result<ExitCode> {
        match self.command {
            Command::Bindgen(arguments) => arguments.run().map(|()| ExitCode::SUCCESS),
            Command::Cc(arguments) => arguments.run(Language::C),
            Command::Cpp(arguments) => arguments.run(Language::Cpp),
            Command::Compose(arguments) => arguments.run().map(|()| ExitCode::SUCCESS),
            Command::ComponentizePy(arguments) => arguments.run().map(|()| ExitCode::SUCCESS),
            Command::PythonRuntime(command) => command.run().map(|()| ExitCode::SUCCESS),
            Command::Link(arguments) => arguments.run().map(|()| ExitCode::SUCCESS),
            Command::ComponentLd(arguments) => arguments.run().map(|()| ExitCode::SUCCESS),
            Command::Inspect(arguments) => arguments.run().map(|()| ExitCode::SUCCESS),
            Command::Run(arguments) => arguments.run(),
        }
    }
}

/// Does some work in which a panic is not told when it happens: libraries panic on some components, which `onramp-compose`
/// makes errors of. One that it does not expect is an error too.
fn told<T>(work: impl FnOnce() -> Result<T> + panic::UnwindSafe) -> Result<T> {
    static LAST: Mutex<String> = Mutex::new(String::new());
    panic::set_hook(Box::new(|panic| {
        if let Ok(mut last) = LAST.lock() {
            *last = panic.to_string();
        }
    }));
    panic::catch_unwind(work).unwrap_or_else(|_| {
        let what = LAST.lock().map(|last| last.replace('\n', " ")).unwrap_or_default();
        Err(anyhow!("this is a bug in onramp: {what}"))
    })
}

/// The forms of what is shown.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A component file. In messages, reports and traps it has the name of the file without its folder, so that a composition does
/// not depend on where it was made.
fn read(file: &Path) -> Result<Input> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    Ok(Input { name, bytes })
}

/// Writes to standard output, and ends the program quietly when nobody reads it any more.
fn say(text: impl std::fmt::Display) {
    if write!(std::io::stdout(), "{text}").is_err() {
        std::process::exit(0);
    }
}
