//! The engine.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use wasmtime::component::{Component, Linker};
use wasmtime::error::Context as _;
use wasmtime::{Cache, CacheConfig, Config, Engine};

use crate::file::expect_component;
use crate::program::{Host, Program};

/// The length of one epoch: how exactly a time limit is kept.
pub(crate) const EPOCH: Duration = Duration::from_millis(100);

/// How much of this process's memory the calls of a thread may take. Interpreters recurse deeply and count their calls: CPython
/// allows 5 000 of those in C, for which its documentation asks for this much (Wasmtime's default is 512 KiB).
const CALLS: usize = 8 << 20;

/// What a thread's stack has beside that, for calls of the host.
const HOST_CALLS: usize = 2 << 20;

/// The interface that a command exports, without its version.
const RUN: &str = "wasi:cli/run";

/// How an engine is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How long a program may run. Code that can be stopped is a little slower.
    pub time_limit: Option<Duration>,
    /// A folder for compiled code.
    pub cache: Option<PathBuf>,
}

/// An engine with the features that cooperative threads need, maps, and lists of fixed length.
pub struct Runner {
    engine: Engine,
    time_limit: Option<Duration>,
}

impl Runner {
    /// Sets up an engine.
    ///
    /// # Errors
    /// When the folder for compiled code cannot be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        let mut config = Config::new();
        config
            .wasm_component_model_async(true)
            .wasm_component_model_async_stackful(true)
            .wasm_component_model_more_async_builtins(true)
            .wasm_component_model_threading(true)
            .wasm_component_model_map(true)
            .wasm_component_model_fixed_length_lists(true)
            .wasm_exceptions(true)
            .max_wasm_stack(CALLS)
            .async_stack_size(CALLS + HOST_CALLS)
            .epoch_interruption(settings.time_limit.is_some());
        if let Some(folder) = &settings.cache {
            let mut cache = CacheConfig::new();
            cache.with_directory(folder);
            config.cache(Some(Cache::new(cache)?));
        }
        let engine = Engine::new(&config)?;
        if settings.time_limit.is_some() {
            tick(&engine);
        }
        Ok(Runner { engine, time_limit: settings.time_limit })
    }

    /// Compiles a component and links it with WASI. `name` is what messages call it.
    ///
    /// # Errors
    /// When it is no component, no command, or imports what is not WASI.
    pub fn load(&self, name: &str, bytes: &[u8]) -> Result<Program> {
        expect_component(name, bytes)?;
        let component =
            Component::from_binary(&self.engine, bytes).with_context(|| format!("`{name}` is not valid"))?;
        let ty = component.component_type();
        if !ty.exports(&self.engine).any(|(export, _)| export.split('@').next() == Some(RUN)) {
            let exports: Vec<String> = ty.exports(&self.engine).map(|(name, _)| format!("`{name}`")).collect();
            let exports = if exports.is_empty() { "nothing".to_owned() } else { exports.join(", ") };
            bail!("`{name}` is not a command: it does not export `{RUN}` (it exports {exports}), so it cannot be run");
        }
        let mut linker = Linker::<Host>::new(&self.engine);
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
        let linked = linker.instantiate_pre(&component);
        let linked = linked.with_context(|| format!("`{name}` imports what is not there: only WASI 0.2 is"))?;
        Program::new(linked, self.time_limit)
    }
}

/// Advances the engine's epoch for as long as the engine lives.
fn tick(engine: &Engine) {
    let engine = engine.weak();
    std::thread::spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(EPOCH);
        }
    });
}
