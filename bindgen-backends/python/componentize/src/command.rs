//! The component that is `python`.

use anyhow::{Context, Result};
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::App;
use onramp_python_runtime::snapshot::{self, Snapshot};
use onramp_toolchain::Cache;
use wasi_preview1_component_adapter_provider::WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER as ADAPTER;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::glue::{BuiltIns, Glue};

/// The world of a command.
const COMMAND: &str = "package onramp:python;
world command { export wasi:cli/run@0.2.0; }
package wasi:cli@0.2.0 { interface run { run: func() -> result; } }
";

/// The name under which the world has the function.
const RUN: &str = "wasi:cli/run@0.2.0#run";

/// A command that is `python`: its arguments are a file, `-c CODE` or `-m MODULE`, and arguments for that. What imports write
/// goes to standard error.
///
/// # Errors
/// When the snapshot cannot be taken.
pub fn command(runtime: &Runtime, app: &App, cache: &Cache) -> Result<Vec<u8>> {
    let Snapshot { module, written, notes } = snapshot::take(runtime, app, &[(RUN, "onramp_python_run")], cache)?;
    eprint!("{written}");
    for note in notes {
        eprintln!("note: {note}");
    }
    let nothing = Glue { imports: &[], exports: &[] };
    let module = nothing.weave(&module, BuiltIns { lazy: false, threads: true })?;
    let mut resolve = Resolve::default();
    let package = resolve.push_str("command.wit", COMMAND)?;
    let world = resolve.select_world(&[package], Some("command"))?;
    encode(module, &resolve, world)
}

/// The component of a module that has a world's functions.
fn encode(mut module: Vec<u8>, resolve: &Resolve, world: wit_parser::WorldId) -> Result<Vec<u8>> {
    embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false)?;
    let mut encoder = ComponentEncoder::default();
    encoder.module(&module)?.adapter("wasi_snapshot_preview1", ADAPTER)?;
    encoder.encode().context("the Python runtime does not fit its world")
}
