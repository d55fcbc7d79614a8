//! What guests in one composition may do to each other: a folder of `traps/*` is a group of cases, a folder in it a case.
//!
//! A case is the text of core modules, one per guest, and the group's `guests.wit`, of which `wit-component` makes components:
//! what is composed has the shape that real ones have. Guests that a case does not have are the group's. The first lines of
//! a guest may say how its strings are encoded (`;; strings: utf16`), and which ABI it speaks (`;; abi: lazy`): such a guest is linked
//! by us.
//!
//! One instance of each guest is composed, or what the case's `composition.wac` says.
//!
//! The host calls the `run` of a group's interface `entry`, or one that the caller exports at the level of its world.
//!
//! `host` of a group is the host's, which is in `host/mod.rs`; of what the guests use, its WIT has a part.
//!
//! `expected.txt`: a line `note <number>` for each call of `host.note` and `watch <number>` for each of `host.watch`, all of them and no
//! others; a line `memory <number> at <address>: <bytes>` for each place of a watched memory that is not at the end as it was when the
//! guest called `watch`; then texts that occur in the trap in this order, its backtrace included; none when the call returns. The
//! first of them must be there with inlining too, and the stock composition must note the same and trap or return as ours does.
//! Where it may not, because what is lazy between guests is copied by the engine, `stock.txt` says what it does.

mod host;
mod linking;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use onramp_abi::Profile;
use onramp_compose::{Graph, Input, Kind, compose, stock};
use wasmtime::component::{Component, Func, Linker, Resource};
use wasmtime::{Config, Engine, Inlining, Store, StoreLimitsBuilder};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use host::{Host, Ticket};
use linking::linked;

/// No memory may get larger, handle tables included: what grows with the number of calls traps, by its own message.
const MEMORY_LIMIT: usize = 4 * 65536;

#[test]
fn handles() {
    all_of("handles");
}

#[test]
fn lazy() {
    all_of("lazy");
}

#[test]
fn gc() {
    all_of("gc");
}

#[test]
fn chains() {
    all_of("chains");
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

#[test]
fn relays() {
    all_of("relays");
}

#[test]
fn world_visits() {
    all_of("world-visits");
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
    let expected = Expected::read(&case.join("expected.txt"))?;
    let inputs = guests(group, case)?;
    let package = format!("test:{}", group.file_name().context("a group has a name")?.to_string_lossy());
    let entry = match fs::read_to_string(group.join("guests.wit"))?.contains("interface entry") {
        true => Entry { export: format!("{package}/entry"), in_interface: true, host: format!("{package}/host") },
        false => Entry { export: "run".to_owned(), in_interface: false, host: format!("{package}/host") },
    };
    let graph = graph(case, inputs, &entry.export)?;

    let composition = compose(&graph, false)?;
    let fused = composition.report.connections.iter().all(|connection| matches!(connection.kind, Kind::Fused { .. }));
    ensure!(fused && !composition.report.connections.is_empty(), "not all is fused:\n{}", composition.report);

    let run = |component: &[u8], inlining: Inlining| run(component, &entry, inlining);
    run(&composition.component, Inlining::No)?.check(&expected, expected.texts.len())?;
    // Where it happened may be lost, what happened may not.
    run(&composition.component, Inlining::Yes)?.check(&expected, 1).context("with inlining")?;
    let own = case.join("stock.txt");
    let (expected, count) = if own.exists() { (Expected::read(&own)?, usize::MAX) } else { (expected, 0) };
    run(&stock::compose(&graph)?, Inlining::No)?.check(&expected, count).context("the stock composition")
}

/// What the host calls, and what it gives.
struct Entry {
    /// The export that has `run`, or is it.
    export: String,
    /// Whether that is an interface.
    in_interface: bool,
    /// The host's interface.
    host: String,
}

/// What a case composes: as its `composition.wac` says, in which the guests are packages `test:<file>`, or one instance of each guest.
fn graph(case: &Path, inputs: Vec<Input>, entry: &str) -> Result<Graph> {
    let document = case.join("composition.wac");
    if !document.exists() {
        return Graph::plug(inputs, &[entry.to_owned()]);
    }
    let package = |input: Input| (format!("test:{}", input.name.trim_end_matches(".wat")), input);
    let packages: Vec<(String, Input)> = inputs.into_iter().map(package).collect();
    Graph::from_wac(&fs::read_to_string(&document)?, &document.to_string_lossy(), &packages)
}

/// What `expected.txt` says.
struct Expected {
    /// The calls of the host.
    notes: Vec<String>,
    /// What is another in the memories that are watched.
    memory: Vec<String>,
    /// What the trap has.
    texts: Vec<String>,
}

impl Expected {
    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let (mut notes, mut memory, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for line in text.lines() {
            match line.split(' ').next() {
                Some("note" | "watch") => notes.push(line.to_owned()),
                Some("memory") => memory.push(line.to_owned()),
                _ => texts.push(line.to_owned()),
            }
        }
        Ok(Expected { notes, memory, texts })
    }
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
    let encoding = match header(&text, "strings") {
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
        match header(&text, "abi") {
            None => ComponentEncoder::default().module(&module)?.validate(true).encode(),
            Some(abi) => {
                let profile = Profile::ALL.into_iter().find(|profile| profile.name() == abi);
                linked(&name, module, profile.with_context(|| format!("`{abi}` is no ABI"))?)
            }
        }
    };
    let bytes = encoded().with_context(|| format!("{} does not become a component", path.display()))?;
    Ok(Input { name, bytes })
}

/// What the first lines of a guest say of something.
fn header<'t>(text: &'t str, of: &str) -> Option<&'t str> {
    let lines = text.lines().map_while(|line| line.strip_prefix(";; "));
    lines.filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == of).map(|(_, value)| value)
}

/// How a run ended.
struct Outcome {
    /// What the guests told the host.
    notes: Vec<String>,
    /// What is another in the memories that are watched.
    memory: Vec<String>,
    /// The trap's error chain, with its backtrace.
    trap: Option<String>,
}

impl Outcome {
    /// Compares, with the first `count` of the trap's texts.
    fn check(&self, expected: &Expected, count: usize) -> Result<()> {
        let trap = self.trap.as_deref().unwrap_or_default();
        ensure!(self.notes == expected.notes, "the guests note {:?}\n{trap}", self.notes);
        ensure!(self.trap.is_none() || !expected.texts.is_empty(), "it traps\n{trap}");
        ensure!(self.trap.is_some() || expected.texts.is_empty(), "it returns");
        ensure!(self.memory == expected.memory, "memory is not as it was:\n{}", self.memory.join("\n"));
        let mut rest = trap;
        for text in expected.texts.iter().take(count) {
            let at = rest.find(text).with_context(|| format!("`{text}` is not there, or not in this place\n{trap}"))?;
            rest = &rest[at + text.len()..];
        }
        Ok(())
    }
}

fn run(component: &[u8], entry: &Entry, inlining: Inlining) -> Result<Outcome> {
    let mut config = Config::new();
    config.compiler_inlining(inlining);
    config.wasm_component_model_fixed_length_lists(true);
    config.wasm_function_references(true);
    config.wasm_gc(true);
    let engine = Engine::new(&config)?;
    let component = Component::new(&engine, component)?;
    let mut linker: Linker<Host> = Linker::new(&engine);
    host::define(&mut linker, &entry.host)?;
    let limits = StoreLimitsBuilder::new().memory_size(MEMORY_LIMIT).build();
    let mut store = Store::new(&engine, Host { notes: Vec::new(), watched: Vec::new(), limits });
    store.limiter(|host| &mut host.limits);
    let instance = linker.instantiate(&mut store, &component)?;
    let export = instance.get_export_index(&mut store, None, &entry.export);
    let function = match entry.in_interface {
        true => instance.get_export_index(&mut store, export.as_ref(), "run"),
        false => export,
    };
    let function = function.context("the composition does not export `run`")?;
    let function = instance.get_func(&mut store, function).context("`run` is no function")?;
    let trap = call(&mut store, function)?.err().map(|error| format!("{error:?}"));
    let memory = host::changes(&store);
    Ok(Outcome { notes: store.into_data().notes, memory, trap })
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
