//! A command component that is ready to run.

use std::time::Duration;

use anyhow::{Result, anyhow};
use wasmtime::component::{InstancePre, ResourceTable};
use wasmtime::{Store, Trap};
use wasmtime_wasi::p2::bindings::CommandPre;
use wasmtime_wasi::runtime::in_tokio;
use wasmtime_wasi::{I32Exit, WasiCtx, WasiCtxView, WasiView};

use crate::invocation::Invocation;
use crate::runner::EPOCH;

/// A command component, compiled and linked with WASI.
pub struct Program {
    command: CommandPre<Host>,
    time_limit: Option<Duration>,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It returned from `main` or called `exit`.
    Exited(i32),
    /// It trapped: what the engine says, and the guest's backtrace.
    Trapped {
        /// Why, in a line.
        cause: String,
        /// The functions that were active, the innermost first, a line each.
        backtrace: String,
    },
    /// It was stopped at the runner's time limit.
    StoppedAfter(Duration),
}

/// How a program ended, and what it wrote if its streams were captured.
#[derive(Clone, Debug)]
pub struct Output {
    /// How it ended.
    pub ended: Ended,
    /// What it wrote on standard output.
    pub stdout: Vec<u8>,
    /// What it wrote on standard error.
    pub stderr: Vec<u8>,
}

/// The state of one store: one run.
pub(crate) struct Host {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl Program {
    pub(crate) fn new(linked: InstancePre<Host>, time_limit: Option<Duration>) -> Result<Self> {
        Ok(Program { command: CommandPre::new(linked)?, time_limit })
    }

    /// Runs the program to its end, in an instance of its own.
    ///
    /// # Errors
    /// When it cannot be started: a directory that cannot be opened. How the program ends is not an error here.
    pub fn run(&self, invocation: &Invocation) -> Result<Output> {
        let (wasi, captured) = invocation.context()?;
        let mut store = Store::new(self.command.engine(), Host { wasi, table: ResourceTable::new() });
        if let Some(limit) = self.time_limit {
            store.set_epoch_deadline((limit.as_millis() / EPOCH.as_millis()).max(1) as u64);
        }
        let ended = in_tokio(self.call(&mut store))?;
        drop(store);
        let bytes = |pipe: wasmtime_wasi::p2::pipe::MemoryOutputPipe| pipe.contents().to_vec();
        Ok(Output { ended, stdout: bytes(captured.stdout), stderr: bytes(captured.stderr) })
    }

    async fn call(&self, store: &mut Store<Host>) -> Result<Ended> {
        let command = self.command.instantiate_async(&mut *store).await;
        let command = command.map_err(|error| anyhow!("the component does not instantiate: {error:#}"))?;
        match command.wasi_cli_run().call_run(&mut *store).await {
            Ok(Ok(())) => Ok(Ended::Exited(0)),
            Ok(Err(())) => Ok(Ended::Exited(1)),
            Err(error) => Ok(self.ended(&error)),
        }
    }

    fn ended(&self, error: &wasmtime::Error) -> Ended {
        if let Some(I32Exit(code)) = error.downcast_ref() {
            return Ended::Exited(*code);
        }
        match (error.downcast_ref::<Trap>(), self.time_limit) {
            (Some(Trap::Interrupt), Some(limit)) => Ended::StoppedAfter(limit),
            _ => trapped(error),
        }
    }
}

/// The engine's error in its two parts: its root is the cause, and what stands around it has the backtrace.
fn trapped(error: &wasmtime::Error) -> Ended {
    let cause = error.root_cause().to_string();
    let around: Vec<String> = error.chain().map(ToString::to_string).filter(|part| *part != cause).collect();
    let lines = around.iter().flat_map(|part| part.lines());
    let frames: Vec<&str> = lines.filter(|line| !line.starts_with("error while executing")).collect();
    Ended::Trapped { backtrace: frames.join("\n"), cause }
}
