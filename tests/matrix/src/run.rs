//! Running a composition under Wasmtime.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use wasmtime::component::{Component, ComponentExportIndex, Instance, InstancePre, TypedFunc};
use wasmtime::error::Context as _;
use wasmtime::{Cache, CacheConfig, Config, Engine, Result, Store, format_err};

use crate::allocations;
use crate::apart::Apart;
use crate::compiled::Functions;
use crate::host::{self, Host};
use crate::scenario::Role;
use crate::time_limit::{describe, epochs, tick};

/// How long a guest's `run` may take, by default, before it is stopped.
pub const TIME_LIMIT: Duration = Duration::from_secs(120);

/// A Wasmtime engine with a cache of compiled code.
pub struct Runner {
    engine: Engine,
    time_limit: Duration,
}

/// A pair of guests that is compiled and linked with the host: each call of [`Prepared::run`] instantiates it afresh.
pub struct Prepared {
    guests: Guests,
    time_limit: Duration,
}

enum Guests {
    /// In one component.
    Composed(InstancePre<Host>),
    /// In a component each.
    Apart(Apart),
}

impl Guests {
    fn engine(&self) -> &Engine {
        match self {
            Guests::Composed(composition) => composition.engine(),
            Guests::Apart(apart) => apart.engine(),
        }
    }

    /// The instance that exports what the caller does.
    fn instantiate(&self, store: &mut Store<Host>) -> Result<Instance> {
        match self {
            Guests::Composed(composition) => composition.instantiate(store),
            Guests::Apart(apart) => apart.instantiate(store),
        }
    }
}

/// How one run ended.
#[derive(Debug)]
pub struct Outcome {
    /// The number of checks that the caller made, or what went wrong: its own error text, or the trap and where.
    pub result: Result<u32, String>,
    /// What the guests wrote on standard output and standard error.
    pub output: String,
}

impl Runner {
    /// An engine whose compiled code is cached under `cache`.
    ///
    /// # Errors
    /// When the cache folder cannot be used.
    pub fn new(cache: &Path, time_limit: Duration) -> Result<Self> {
        let mut cache_config = CacheConfig::new();
        cache_config.with_directory(cache.join("components"));
        let mut config = Config::new();
        config.enable_incremental_compilation(Arc::new(Functions::new(&cache.join("functions"))))?;
        config
            .cache(Some(Cache::new(cache_config)?))
            .epoch_interruption(true)
            .wasm_component_model_map(true)
            .wasm_component_model_fixed_length_lists(true);
        let engine = Engine::new(&config)?;
        tick(&engine);
        Ok(Runner { engine, time_limit })
    }

    /// Compiles a composition (or takes the compiled code from the cache) and links it with the host. An import that the
    /// host does not have traps when it is called.
    ///
    /// # Errors
    /// When the component is not valid.
    pub fn prepare(&self, component: &[u8]) -> Result<Prepared> {
        let component = Component::from_binary(&self.engine, component).context("the composition is not valid")?;
        let mut linker = host::linker(&self.engine)?;
        host::define_missing(&mut linker, &component, |_| false)?;
        let guests = Guests::Composed(linker.instantiate_pre(&component)?);
        Ok(Prepared { guests, time_limit: self.time_limit })
    }

    /// Compiles a caller and a callee that are to run side by side, with the imports of the one that exports of the other serve.
    ///
    /// # Errors
    /// When either component is not valid.
    pub fn prepare_apart(
        &self,
        caller: &[u8],
        callee: &[u8],
        connections: &BTreeMap<String, String>,
    ) -> Result<Prepared> {
        let caller = Component::from_binary(&self.engine, caller).context("the caller is not valid")?;
        let callee = Component::from_binary(&self.engine, callee).context("the callee is not valid")?;
        let guests = Guests::Apart(Apart::new(&self.engine, &caller, &callee, connections)?);
        Ok(Prepared { guests, time_limit: self.time_limit })
    }
}

impl Prepared {
    /// Instantiates the composition and calls `run: func() -> result<u32, string>` of its exported `interface`.
    pub fn run(&self, interface: &str) -> Outcome {
        let mut store = Store::new(self.guests.engine(), Host::new());
        store.set_epoch_deadline(epochs(self.time_limit));
        let result = self.checks(&mut store, interface).map_err(|error| describe(&error, self.time_limit));
        Outcome { result: result.and_then(|checks| checks), output: store.data().output() }
    }

    /// Instantiates the composition and calls a `func()` that it exports at the level of its world.
    ///
    /// # Errors
    /// When it does not instantiate, does not export the function, or traps: with what the guests wrote.
    pub fn call(&self, function: &str) -> Result<(), String> {
        let mut store = Store::new(self.guests.engine(), Host::new());
        store.set_epoch_deadline(epochs(self.time_limit));
        let call = |store: &mut Store<Host>| {
            let instance = self.guests.instantiate(store).context("the guests do not instantiate")?;
            instance.get_typed_func::<(), ()>(&mut *store, function)?.call(&mut *store, ())
        };
        let result = call(&mut store).map_err(|error| describe(&error, self.time_limit));
        result.map_err(|message| format!("{message}\n{}", store.data().output()))
    }

    fn checks(&self, store: &mut Store<Host>, interface: &str) -> Result<Result<u32, String>> {
        let instance = self.guests.instantiate(store).context("the guests do not instantiate")?;
        let function = exported(store, &instance, interface, "run")?;
        let run: TypedFunc<(), (Result<u32, String>,)> = instance.get_typed_func(&mut *store, function)?;
        let (checks,) = run.call(&mut *store, ())?;
        Ok(match checks {
            Ok(0) => Err(String::from("the caller made no check")),
            Ok(_) => leaks(store, &instance, &run)?,
            failed => failed,
        })
    }
}

/// Runs a guest again, which now has set up what it sets up once, and looks whether the guests hold as much memory as before.
fn leaks(
    store: &mut Store<Host>,
    instance: &Instance,
    run: &TypedFunc<(), (Result<u32, String>,)>,
) -> Result<Result<u32, String>> {
    let before = held(store, instance)?;
    let (checks,) = run.call(&mut *store, ())?;
    let after = held(store, instance)?;
    let compared = Role::ALL.into_iter().zip(before).zip(after);
    Ok(checks.map_err(|message| format!("when run again: {message}")).and_then(|checks| {
        compared.into_iter().try_for_each(|((role, before), after)| allocations::compare(role, before, after))?;
        Ok(checks)
    }))
}

/// How many blocks of memory caller and callee hold, where they count.
fn held(store: &mut Store<Host>, instance: &Instance) -> Result<[Option<u32>; 2]> {
    let mut ask = |role: Role| -> Result<Option<u32>> {
        let function = exported(store, instance, allocations::OF_BOTH, role.name())?;
        let held: TypedFunc<(), (Option<u32>,)> = instance.get_typed_func(&mut *store, function)?;
        Ok(held.call(&mut *store, ())?.0)
    };
    Ok([ask(Role::Caller)?, ask(Role::Callee)?])
}

/// A function of an interface that an instance exports.
fn exported(store: &mut Store<Host>, instance: &Instance, interface: &str, name: &str) -> Result<ComponentExportIndex> {
    instance
        .get_export_index(&mut *store, None, interface)
        .and_then(|interface| instance.get_export_index(&mut *store, Some(&interface), name))
        .ok_or_else(|| format_err!("the caller does not export `{name}` of `{interface}`"))
}
