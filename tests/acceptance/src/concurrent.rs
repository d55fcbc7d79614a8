//! Running compositions whose functions are async.

use std::time::Duration;

use anyhow::Result;
use onramp_matrix::time_limit::{describe, epochs, tick};
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime::{Config, Engine, Store};
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;
use wasmtime_wasi::runtime::in_tokio;
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

/// How much of a guest's standard error is kept.
const OUTPUT_LIMIT: usize = 64 * 1024;

/// An engine with the component model's async features, as upstream's tests ask for.
pub struct Concurrent {
    engine: Engine,
    linker: Linker<Host>,
    time_limit: Duration,
}

/// The state of one run.
struct Host {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl Concurrent {
    /// Sets up the engine, and a host that has WASI.
    ///
    /// # Errors
    /// When the engine refuses its settings.
    pub fn new(time_limit: Duration) -> Result<Self> {
        let mut config = Config::new();
        config.wasm_component_model_async(true).wasm_component_model_map(true).epoch_interruption(true);
        let engine = Engine::new(&config)?;
        let mut linker = Linker::new(&engine);
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
        tick(&engine);
        Ok(Concurrent { engine, linker, time_limit })
    }

    /// Instantiates a component and calls the `run` that it exports at the level of its world.
    ///
    /// # Errors
    /// When it does not instantiate, or traps: with what the guests wrote on standard error.
    pub fn run(&self, component: &[u8]) -> Result<(), String> {
        let stderr = MemoryOutputPipe::new(OUTPUT_LIMIT);
        let wasi = WasiCtxBuilder::new().stderr(stderr.clone()).build();
        let mut store = Store::new(&self.engine, Host { wasi, table: ResourceTable::new() });
        store.set_epoch_deadline(epochs(self.time_limit));
        let ended = in_tokio(self.call(&mut store, component));
        ended.map_err(|error| {
            let said = String::from_utf8_lossy(&stderr.contents()).into_owned();
            format!("{}\n{said}", describe(&error, self.time_limit))
        })
    }

    async fn call(&self, store: &mut Store<Host>, component: &[u8]) -> wasmtime::Result<()> {
        let component = Component::from_binary(&self.engine, component).context("the composition is not valid")?;
        let instance = self.linker.instantiate_async(&mut *store, &component).await;
        let instance = instance.context("the guests do not instantiate")?;
        let run = instance.get_typed_func::<(), ()>(&mut *store, "run")?;
        run.call_async(&mut *store, ()).await
    }
}
