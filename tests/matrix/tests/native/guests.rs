//! The guests, each in a store of its own.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use onramp_matrix::guest::{Kind, Workshop};
use onramp_matrix::host::{self, Host};
use onramp_matrix::language;
use onramp_matrix::progress::Progress;
use onramp_matrix::scenario::{Role, Scenario};
use onramp_toolchain::Cache;
use wasmtime::component::{Component, ComponentNamedList, Instance, Lift, Lower};
use wasmtime::{Config, Engine, Store};

use crate::NATIVE;

/// A linker of the host.
pub type Linker = wasmtime::component::Linker<Host>;

/// A guest that has all scenarios of one role.
pub struct Guest {
    /// Its language, profile and role.
    pub name: String,
    /// Its role.
    pub role: Role,
    component: Component,
}

thread_local! {
    /// The callee that is checked on this thread.
    static CALLEE: RefCell<Option<(Store<Host>, Instance)>> = const { RefCell::new(None) };
}

/// Builds the guests in Rust and C of every profile, for the scenarios that the host has.
pub fn build(cache: &Cache, tests: &Path) -> Result<Vec<Arc<Guest>>> {
    let mut config = Config::new();
    config.wasm_component_model_map(true);
    let engine = Engine::new(&config)?;
    let load = |native: &crate::Native| Scenario::load(&tests.join("scenarios").join(native.name));
    let scenarios = NATIVE.iter().map(load).collect::<Result<Vec<_>>>()?;
    let mut guests = Vec::new();
    for language in language::named(&["rust".to_owned(), "c".to_owned()])? {
        let (builder, support) = (language.set_up(cache)?, tests.join("support"));
        let workshop = Workshop { language, builder, support: &support, counting: None, lazy: &[], cache };
        for (profile, role) in language.profiles().iter().flat_map(|profile| Role::ALL.map(|role| (*profile, role))) {
            let all: Vec<&Scenario> = scenarios.iter().collect();
            let built = workshop.build(Kind { role, profile }, &all, &Progress::hidden());
            let guest = built.into_values().next().context("the workshop built nothing")?;
            let name = format!("{} {profile}, {role}", language.name());
            let guest = guest.map_err(|error| anyhow!("{name} does not build: {error}"))?;
            let component = Component::from_file(&engine, &guest.component)?;
            guests.push(Arc::new(Guest { name, role, component }));
        }
    }
    Ok(guests)
}

impl Guest {
    fn instantiate(&self, serve: impl Fn(&mut Linker) -> wasmtime::Result<()>) -> Result<(Store<Host>, Instance)> {
        let mut linker = host::linker(self.component.engine())?;
        serve(&mut linker)?;
        let mut store = Store::new(self.component.engine(), Host::new());
        let instance = linker.instantiate(&mut store, &self.component)?;
        Ok((store, instance))
    }

    /// Lets a caller make the checks of a scenario on the host.
    pub fn run(&self, scenario: &str) -> Result<Result<u32, String>> {
        let (mut store, instance) =
            self.instantiate(|linker| NATIVE.iter().try_for_each(|native| (native.serve)(linker)))?;
        let entry = format!("test:{scenario}/check-{scenario}");
        let (checks,) = call::<_, (Result<u32, String>,)>(&mut store, &instance, &entry, "run", ())?;
        Ok(checks)
    }

    /// Lets the host make checks on a callee.
    pub fn serves(&self, check: fn() -> Result<u32, String>) -> Result<Result<u32, String>> {
        let guest = self.instantiate(|_| Ok(()))?;
        CALLEE.set(Some(guest));
        let checks = check();
        CALLEE.set(None);
        Ok(checks)
    }
}

/// Calls a function of the callee that is checked on this thread. A trap ends the check.
pub fn of_callee<Params, Return>(interface: &str, function: &str, arguments: Params) -> Return
where
    Params: ComponentNamedList + Lower,
    (Return,): ComponentNamedList + Lift + 'static,
{
    CALLEE.with_borrow_mut(|callee| {
        let (store, instance) = callee.as_mut().expect("a callee is checked");
        let returned: Result<(Return,)> = call(store, instance, interface, function, arguments);
        returned.unwrap_or_else(|error| panic!("{function}: {error:?}")).0
    })
}

fn call<Params, Return>(
    store: &mut Store<Host>,
    instance: &Instance,
    interface: &str,
    function: &str,
    arguments: Params,
) -> Result<Return>
where
    Params: ComponentNamedList + Lower,
    Return: ComponentNamedList + Lift + 'static,
{
    let interface = instance.get_export_index(&mut *store, None, interface).context("the interface is not exported")?;
    let index = instance.get_export_index(&mut *store, Some(&interface), function);
    let index = index.with_context(|| format!("`{function}` is not exported"))?;
    let function = instance.get_typed_func::<Params, Return>(&mut *store, &index)?;
    Ok(function.call(store, arguments)?)
}
