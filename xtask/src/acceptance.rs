//! `cargo xtask acceptance`: somebody else's tests.

mod bindings;
mod examples;
mod panics;
mod threads;
pub mod types;

use anyhow::Result;
use clap::{Args, Subcommand};
use onramp_threads::suite::Suite;

use crate::Outcome;

/// The flags of `cargo xtask acceptance`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    suite: Name,
}

/// The suites.
#[derive(Subcommand)]
enum Name {
    /// wasi-libc's own tests of cooperative threads, without those that need a network.
    WasiLibc(threads::Arguments),
    /// The Open POSIX Test Suite: threads, semaphores, sched_yield, nanosleep.
    OpenPosix(threads::Arguments),
    /// The Rust crate where panics unwind: with a standard library that is built for it, in minutes.
    RustPanics(panics::Arguments),
    /// wit-bindgen's tests of its Rust and C generators, with guests of every profile.
    WitBindgen(bindings::Arguments),
    /// componentize-py's example apps, unchanged, on our runtime.
    ComponentizePy(examples::Arguments),
    /// mypy and pyright, both strict, on the Python packages of many worlds and on the scenarios' guests.
    PythonTypes(types::Arguments),
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        match self.suite {
            Name::WasiLibc(arguments) => arguments.run(Suite::WasiLibc),
            Name::OpenPosix(arguments) => arguments.run(Suite::OpenPosix),
            Name::RustPanics(arguments) => arguments.run(),
            Name::WitBindgen(arguments) => arguments.run(),
            Name::ComponentizePy(arguments) => arguments.run(),
            Name::PythonTypes(arguments) => arguments.run(),
        }
    }
}
