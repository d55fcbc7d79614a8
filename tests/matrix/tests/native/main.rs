//! Each guest alone, and a host that is written in Rust: what the host has of a scenario are the scenario's own Rust sources, compiled
//! natively, with the types that Wasmtime's `bindgen!` makes.
//!
//! A caller's imports are the host's functions ([`exports`]); a callee's functions are called by the host ([`test`]). No other guest is
//! there, and each value is one of Rust's on the host's side.

#[path = "../../../support/check.rs"]
mod check;
#[allow(clippy::module_inception, clippy::too_many_arguments, reason = "as in bindings")]
mod exports;
mod guests;
mod scenarios;
#[allow(clippy::module_inception, clippy::too_many_arguments, reason = "as in bindings")]
mod test;

use std::path::Path;

use anyhow::{Result, anyhow};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_matrix::scenario::Role;
use onramp_toolchain::Cache;

use guests::Guest;

/// What the scenarios' sources implement the interfaces for.
struct Component;

/// A scenario in the host: its name, what makes the checks on a guest, and what serves a guest.
struct Native {
    name: &'static str,
    /// Calls the functions of a callee and compares what they return.
    check: fn() -> Result<u32, String>,
    /// Defines the functions for a caller.
    serve: fn(&mut guests::Linker) -> wasmtime::Result<()>,
}

/// The scenarios that the host has.
const NATIVE: [Native; 6] = [
    scenarios::STRINGS,
    scenarios::RECORDS,
    scenarios::LISTS,
    scenarios::VARIANTS,
    scenarios::SCALARS,
    scenarios::OPTIONS,
];

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let guests = guests::build(&Cache::open()?, &tests)?;
    let mut trials = Vec::new();
    for guest in guests {
        for native in &NATIVE {
            let (guest, name) = (guest.clone(), format!("{}: {}", native.name, guest.name));
            trials.push(Trial::test(name, move || meet(native, &guest)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

/// Lets a guest and the host make a scenario's checks.
fn meet(native: &Native, guest: &Guest) -> Result<(), Failed> {
    let checks = match guest.role {
        Role::Caller => guest.run(native.name)?,
        Role::Callee => guest.serves(native.check)?,
    };
    let checks = checks.map_err(|message| anyhow!(message))?;
    if checks == 0 {
        return Err(Failed::from("no check was made"));
    }
    Ok(())
}
