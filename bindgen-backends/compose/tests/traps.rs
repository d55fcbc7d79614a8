//! What guests in one composition may do to each other: a folder of `traps/*` is a group of cases, a folder in it a case.
//!
//! A case is the text of core modules, one per guest, and the group's `guests.wit`, of which `wit-component` makes components:
//! what is composed has the shape that real ones have. Guests that a case does not have are the group's. The first line of
//! a guest may say how its strings are encoded (`;; strings: utf16`).
//!
//! `host` of a group is the host's, which is in `host/mod.rs`; of what the guests use, its WIT has a part.
//!
//! `expected.txt`: a line `note <number>` for each call of `host.note`, all of them and no others; then texts that occur in the
//! trap in this order, its backtrace included; none when the call returns. The first of them must be there with inlining too, and
//! the stock composition must note the same and trap or return as ours does.

mod host;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use onramp_compose::{Graph, Input, Kind, compose, stock};
use wasmtime::component::{Component, Func, Linker, Resource};
use wasmtime::{Config, Engine, Inlining, Store, StoreLimitsBuilder};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use host::{Host, Ticket};

/// No memory may get larger, handle tables included: what grows with the number of calls traps.
const MEMORY_LIMIT: usize = 4 * 65536;

#[test]
fn handles() {
    all_of("handles");
}

#[test]
fn memory() {
    all_of("memory");
}

#[test]
fn gates() {
    all_of("gates");
}

#[test]
fn visits() {
    all_of("visits");
}

fn all_of(group: &str) {
    let group = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traps").join(group);
    let mut cases = entries(&group).expect("the group's folder can be read");
    cases.retain(|path| path.is_dir());
    assert!(!cases.is_empty(), "there are no cases in {}", group.display());
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| check(&group, case).err().map(|error| format!("{}: {error:#}", case.display())))
        .collect();
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n\n"));
}

fn check(group: &Path, case: &Path) -> Result<()> {
    let expected = fs::read_to_string(case.join("expected.txt")).context("expected.txt cannot be read")?;
    let (notes, texts): (Vec<&str>, Vec<&str>) = expected.lines().partition(|line| line.starts_with("note "));
    let inputs = guests(group, case)?;
    let entry = format!("test:{}/entry", group.file_name().context("a group has a name")?.to_string_lossy());
    let graph = Graph::plug(inputs, std::slice::from_ref(&entry))?;

    let composition = compose(&graph, false)?;
    let fused = composition.report.connections.iter().all(|connection| matches!(connection.kind, Kind::Fused { .. }));
    ensure!(fused && !composition.report.connections.is_empty(), "not all is fused:\n{}", composition.report);

    let run = |component: &[u8], inlining: Inlining| run(component, &entry, inlining);
    run(&composition.component, Inlining::No)?.check(&notes, &texts)?;
    // Where it happened may be lost, what happened may not.
    let what = &texts[..texts.len().min(1)];
    run(&composition.component, Inlining::Yes)?.check(&notes, what).context("with inlining")?;
    let any_trap: &[&str] = if texts.is_empty() { &[] } else { &[""] };
    run(&stock::compose(&graph)?, Inlining::No)?.check(&notes, any_trap).context("the stock composition")
}

/// The guests of a case: its own, and those of its group that it does not replace. The caller is the first.
fn guests(group: &Path, case: &Path) -> Result<Vec<Input>> {
    let mut paths = entries(group)?;
    for own in entries(case)? {
        paths.retain(|path| path.file_name() != own.file_name());
        paths.push(own);
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wat"));
    paths.sort_by_key(|path| path.file_name().map(std::ffi::OsStr::to_owned));
    ensure!(paths.iter().any(|path| path.ends_with("caller.wat")), "the case has no caller.wat");
    paths.sort_by_key(|path| !path.ends_with("caller.wat"));
    paths.iter().map(|path| guest(&group.join("guests.wit"), path)).collect()
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// A component of a guest's core module; its world is called as its file.
fn guest(wit: &Path, path: &Path) -> Result<Input> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let encoding = match text.lines().next().and_then(|line| line.strip_prefix(";; strings: ")) {
        None => StringEncoding::UTF8,
        Some("utf16") => StringEncoding::UTF16,
        Some("latin1+utf16") => StringEncoding::CompactUTF16,
        Some(other) => bail!("{}: `{other}` is no encoding of strings", path.display()),
    };
    let name = path.file_name().context("a guest has a name")?.to_string_lossy().into_owned();
    let encoded = || {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(wit)?;
        let world = resolve.select_world(&[package], Some(name.trim_end_matches(".wat")))?;
        let mut module = wat::parse_str(&text)?;
        embed_component_metadata(&mut module, &resolve, world, encoding, false)?;
        ComponentEncoder::default().module(&module)?.validate(true).encode()
    };
    let bytes = encoded().with_context(|| format!("{} does not become a component", path.display()))?;
    Ok(Input { name, bytes })
}

/// How a run ended.
struct Outcome {
    /// What the guests told the host.
    notes: Vec<String>,
    /// The trap's error chain, with its backtrace.
    trap: Option<String>,
}

impl Outcome {
    fn check(&self, notes: &[&str], texts: &[&str]) -> Result<()> {
        let trap = self.trap.as_deref().unwrap_or_default();
        ensure!(self.notes == notes, "the guests note {:?}\n{trap}", self.notes);
        ensure!(self.trap.is_none() || !texts.is_empty(), "it traps\n{trap}");
        ensure!(self.trap.is_some() || texts.is_empty(), "it returns");
        let mut rest = trap;
        for text in texts {
            let at = rest.find(text).with_context(|| format!("`{text}` is not there, or not in this place\n{trap}"))?;
            rest = &rest[at + text.len()..];
        }
        Ok(())
    }
}

fn run(component: &[u8], entry: &str, inlining: Inlining) -> Result<Outcome> {
    let mut config = Config::new();
    config.compiler_inlining(inlining);
    let engine = Engine::new(&config)?;
    let component = Component::new(&engine, component)?;
    let mut linker: Linker<Host> = Linker::new(&engine);
    host::define(&mut linker, &entry.replace("/entry", "/host"))?;
    let limits = StoreLimitsBuilder::new().memory_size(MEMORY_LIMIT).trap_on_grow_failure(true).build();
    let mut store = Store::new(&engine, Host { notes: Vec::new(), limits });
    store.limiter(|host| &mut host.limits);
    let instance = linker.instantiate(&mut store, &component)?;
    let entry = instance.get_export_index(&mut store, None, entry);
    let function = instance.get_export_index(&mut store, entry.as_ref(), "run");
    let function = function.context("the composition does not export `run`")?;
    let function = instance.get_func(&mut store, function).context("`run` is no function")?;
    let trap = call(&mut store, function)?.err().map(|error| format!("{error:?}"));
    Ok(Outcome { notes: store.into_data().notes, trap })
}

/// Calls `run`, which takes nothing or tickets. What it returns is noted.
fn call(store: &mut Store<Host>, run: Func) -> Result<wasmtime::Result<()>> {
    if let Ok(run) = run.typed::<(), ()>(&store) {
        return Ok(run.call(store, ()));
    }
    type Tickets = (Resource<Ticket>, Resource<Ticket>, Vec<Resource<Ticket>>);
    let run = run.typed::<Tickets, (Vec<Resource<Ticket>>,)>(&store)?;
    let ticket = Resource::<Ticket>::new_own;
    let result = run.call(&mut *store, (ticket(1), ticket(2), vec![ticket(3), ticket(4)]));
    Ok(result.map(|(tickets,)| {
        let notes = tickets.iter().map(|ticket| format!("note {}", 2000 + ticket.rep()));
        store.data_mut().notes.extend(notes);
    }))
}
