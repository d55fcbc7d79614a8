//! Guests that speak other ABIs, alone and composed: each folder of `profiles` is a case.
//!
//! A case has a `world.wit` with the worlds `caller` and `callee`, and perhaps `relay`, for a guest between the two. It has the core
//! modules of guests as text (`caller.<profile>.wat`; as a language with one result makes them: `caller.<profile>.thunks.wat`;
//! with core types in which others differ: `caller.gc.own.wat`), and in
//! `expected.txt` what the host is told when the caller's `entry.run` is called: a line for each call of `host`, whose functions
//! return their argument (resources of the host are numbers to it); but none for `quiet`, which is called too often. After that come texts that must occur in the trap, if it traps.
//!
//! With `ONRAMP_ONLY` in the environment, only the case of that name runs.
//!
//! Every caller is linked and connected to every callee, in both ways: by the engine, where each is the standard component that it is
//! linked to, and core to core.

mod linking;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use onramp_abi::Profile;
use onramp_compose::{Graph, Input, Kind, compose, stock};
use wasmtime::component::{Component, Linker, LinkerInstance, Resource, ResourceType, Val, types};
use wasmtime::{Config, Engine, Inlining, Store, StoreContextMut, StoreLimits, StoreLimitsBuilder};
use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// No memory and no heap may get larger: what grows with the number of calls traps.
const MEMORY_LIMIT: usize = 8 * 65536;

#[test]
fn every_pair_of_guests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles");
    let mut cases = entries(&folder).unwrap();
    if let Ok(only) = std::env::var("ONRAMP_ONLY") {
        cases.retain(|case| case.ends_with(&only));
    }
    assert!(!cases.is_empty());
    let failures: Vec<String> = cases.iter().flat_map(|case| check(case)).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n\n"));
}

/// What is wrong with a case.
fn check(case: &Path) -> Vec<String> {
    let mut chains: Vec<Vec<Guest>> = vec![Vec::new()];
    for world in ["caller", "relay", "callee"] {
        let guests = match guests(case, world) {
            Ok(guests) => guests,
            Err(error) => return vec![format!("{}: {error:#}", case.display())],
        };
        if world != "relay" || !guests.is_empty() {
            let longer = |chain: &Vec<Guest>| {
                guests.iter().map(|guest| [&chain[..], std::slice::from_ref(guest)].concat()).collect()
            };
            chains = chains.iter().flat_map(|chain| -> Vec<Vec<Guest>> { longer(chain) }).collect();
        }
    }
    let mut failures = Vec::new();
    for chain in &chains {
        let profiles: Vec<&str> = chain.iter().map(|guest| guest.profile.name()).collect();
        let told = |error| format!("{}, {}: {error:#}", case.display(), profiles.join(" to "));
        failures.extend(connected(case, chain).err().map(told));
    }
    if chains.is_empty() {
        failures.push(format!("{}: there are no guests", case.display()));
    }
    failures
}

/// A guest of a case.
#[derive(Clone)]
struct Guest {
    profile: Profile,
    input: Input,
}

/// The guests of a case for one of its worlds.
fn guests(case: &Path, world: &'static str) -> Result<Vec<Guest>> {
    let mut guests = Vec::new();
    for profile in Profile::ALL {
        for form in ["wat", "thunks.wat", "own.wat"] {
            let path = case.join(format!("{world}.{profile}.{form}"));
            if path.exists() {
                guests.push(Guest { profile, input: linked(case, world, profile, &path)? });
            }
        }
    }
    Ok(guests)
}

/// Connects guests, each to the next, and runs the first.
fn connected(case: &Path, chain: &[Guest]) -> Result<()> {
    let expected = fs::read_to_string(case.join("expected.txt")).context("expected.txt cannot be read")?;
    let inputs = chain.iter().map(|guest| guest.input.clone()).collect();
    let entry = "test:profiles/entry".to_owned();
    let graph = Graph::plug(inputs, std::slice::from_ref(&entry))?;
    run(&stock::compose(&graph)?, &expected, Inlining::No).context("connected by the engine")?;

    let composition = compose(&graph, true)?;
    let report = &composition.report;
    for connection in &report.connections {
        let Kind::Fused { functions } = &connection.kind else { anyhow::bail!("not all is fused:\n{report}") };
        let profile = |name: &str| name.split('.').nth(1).unwrap_or_default().to_owned();
        let (from, to) = (profile(&connection.from), profile(&connection.to));
        let said = functions.iter().all(|function| function.caller == from && function.callee == to);
        ensure!(said, "the report says other profiles:\n{report}");
    }
    run(&composition.component, &expected, Inlining::No).context("core to core")?;
    run(&composition.component, &expected, Inlining::Yes).context("core to core, with inlining")
}

/// The component of a guest's core module.
fn linked(case: &Path, world: &str, profile: Profile, path: &Path) -> Result<Input> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(case.join("world.wit"))?;
    let world = resolve.select_world(&[package], Some(world))?;
    let mut module = wat::parse_file(path)?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
    let name = path.file_name().context("a guest has a name")?.to_string_lossy().into_owned();
    let bytes = linking::linked(&name, module, profile)?;
    Ok(Input { name, bytes })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

struct Host {
    told: Vec<String>,
    limits: StoreLimits,
}

fn run(component: &[u8], expected: &str, inlining: Inlining) -> Result<()> {
    let mut config = Config::new();
    config.compiler_inlining(inlining);
    config.wasm_component_model_map(true);
    config.wasm_function_references(true);
    config.wasm_gc(true);
    let engine = Engine::new(&config)?;
    let component = Component::new(&engine, component)?;
    let mut linker: Linker<Host> = Linker::new(&engine);
    for (name, item) in component.component_type().imports(&engine) {
        let types::ComponentItem::ComponentInstance(interface) = item.ty else { continue };
        let mut instance = linker.instance(name)?;
        for (name, item) in interface.exports(&engine) {
            match item.ty {
                types::ComponentItem::ComponentFunc(_) => define(&mut instance, name)?,
                types::ComponentItem::Resource(_) => {
                    instance.resource(name, ResourceType::host::<Token>(), |mut store, number| {
                        store.data_mut().told.push(format!("drop {number}"));
                        Ok(())
                    })?;
                }
                _ => {}
            }
        }
    }
    let limits = StoreLimitsBuilder::new().memory_size(MEMORY_LIMIT).trap_on_grow_failure(true).build();
    let mut store = Store::new(&engine, Host { told: Vec::new(), limits });
    store.limiter(|host| &mut host.limits);
    let instance = linker.instantiate(&mut store, &component)?;
    let entry = instance.get_export_index(&mut store, None, "test:profiles/entry");
    let function = instance.get_export_index(&mut store, entry.as_ref(), "run");
    let function = function.context("the component does not export `run`")?;
    let run = instance.get_typed_func::<(), ()>(&mut store, function)?;
    let trap = run.call(&mut store, ()).err().map(|error| format!("{error:?}"));
    compare(&store.data().told, trap.as_deref(), expected)
}

/// A function of the host, which tells its call and returns its argument.
fn define(instance: &mut LinkerInstance<Host>, name: &str) -> Result<()> {
    let name = name.to_owned();
    instance.func_new(&name.clone(), move |mut store, _, arguments: &[Val], results: &mut [Val]| {
        let numbers: Vec<Val> =
            arguments.iter().map(|argument| numbered(&mut store, argument)).collect::<wasmtime::Result<_>>()?;
        if name != "quiet" {
            store.data_mut().told.push(format!("{name} {numbers:?}"));
        }
        for ((result, argument), number) in results.iter_mut().zip(arguments).zip(&numbers) {
            *result = match name.starts_with("[method]") {
                true => number.clone(),
                false => given(&mut store, argument, number, name.starts_with("[constructor]"))?,
            };
        }
        Ok(())
    })?;
    Ok(())
}

/// A resource of the host, whose handles have a number.
struct Token;

/// A value with numbers in place of handles, which are taken.
fn numbered(store: &mut StoreContextMut<Host>, value: &Val) -> wasmtime::Result<Val> {
    Ok(match value {
        Val::Resource(handle) => Val::U32(handle.try_into_resource::<Token>(&mut *store)?.rep()),
        Val::List(values) => {
            Val::List(values.iter().map(|value| numbered(store, value)).collect::<wasmtime::Result<_>>()?)
        }
        other => other.clone(),
    })
}

/// A value with handles again; `is_new`: its number is to become one.
fn given(store: &mut StoreContextMut<Host>, value: &Val, number: &Val, is_new: bool) -> wasmtime::Result<Val> {
    Ok(match (value, number) {
        (Val::List(values), Val::List(numbers)) => {
            let each = values.iter().zip(numbers).map(|(value, number)| given(store, value, number, is_new));
            Val::List(each.collect::<wasmtime::Result<_>>()?)
        }
        (value, Val::U32(number)) if is_new || matches!(value, Val::Resource(_)) => {
            Val::Resource(Resource::<Token>::new_own(*number).try_into_resource_any(&mut *store)?)
        }
        (value, _) => value.clone(),
    })
}

fn compare(told: &[String], trap: Option<&str>, expected: &str) -> Result<()> {
    let lines: Vec<&str> = expected.lines().collect();
    let (calls, texts) =
        lines.split_at(lines.iter().position(|line| line.starts_with("trap: ")).unwrap_or(lines.len()));
    ensure!(told == calls, "the host is told\n{}\nnot\n{}\n{}", told.join("\n"), calls.join("\n"), trap.unwrap_or(""));
    ensure!(trap.is_some() != texts.is_empty(), "it traps, or it should: {}", trap.unwrap_or("it returns"));
    let mut rest = trap.unwrap_or_default();
    for text in texts {
        let text = text.trim_start_matches("trap: ");
        let at = rest.find(text).with_context(|| format!("`{text}` is not there:\n{}", trap.unwrap_or_default()))?;
        rest = &rest[at + text.len()..];
    }
    Ok(())
}
