//! The first life of the runtime's module, and the module that goes on from its end.

use std::pin::pin;
use std::task::{Context as TaskContext, Poll, Waker};

use anyhow::{Context, Result, anyhow, bail};
use onramp_toolchain::Cache;
use wasmtime::{CacheConfig, Config, Engine, Instance, Linker, Module, Store, Val};
use wasmtime_wizer::{InstanceState, SnapshotVal, ValType, Wizer};

use crate::app::App;
use crate::host::{self, Host};
use crate::{HashSeed, Runtime};

/// Where a program finds the files of its component (`files.rs` of the embedding crate). Whoever makes a component knows them by
/// their paths below the folders that they were found in.
const ROOT: &str = "/component.wasm/";

/// A module that goes on from the end of its first life.
pub struct Snapshot {
    /// The module.
    pub module: Vec<u8>,
    /// What was written in the first life.
    pub written: String,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// How a first life ended.
enum End {
    Good,
    /// It cannot be continued with another seed of hashes: why.
    NotFresh(String),
}

/// What `onramp_python_close` returns then.
const NOT_FRESH: i32 = 2;

/// The first life of a module.
struct Life {
    told: String,
    store: Store<Host>,
    instance: Instance,
}

/// The runtime's module with an app in it: everything is imported, and instances go on from there. `renames` are functions
/// that the result exports under other names: the new name, the old one.
///
/// When instances cannot have seeds of hashes of their own, there is a second first life, with a seed that stays, and a note.
///
/// # Errors
/// When a module does not compile or an import fails: with what Python wrote.
pub fn take(runtime: &Runtime, app: &App, renames: &[(&str, &str)], cache: &Cache) -> Result<Snapshot> {
    let mut wizer = Wizer::new();
    wizer.func_rename("_initialize", "onramp_python_restored");
    for (new, old) in renames {
        wizer.func_rename(new, old);
    }
    let (context, instrumented) = wizer.instrument(&runtime.module)?;
    let mut notes = Vec::new();
    let mut life = Life::begin(&instrumented, cache)?;
    if let End::NotFresh(why) = life.lead(runtime, app)? {
        notes.push(format!(
            "every instance has the hash seed 0, because {why}; change that, or say `--hash-seed 0` to agree"
        ));
        life = Life::begin(&instrumented, cache)?;
        life.lead(runtime, &App { hash_seed: HashSeed::Fixed(0), ..app.clone() })?;
    }
    let module = at_once(wizer.snapshot(&context, &mut life))?;
    Ok(Snapshot { module, written: life.told, notes })
}

/// Compiles the runtime's module for this machine, into the cache, so that the first [`take`] is as fast as every other.
///
/// # Errors
/// When it does not compile, or the cache cannot be written.
pub fn prepare(runtime: &Runtime, cache: &Cache) -> Result<()> {
    let (_, instrumented) = Wizer::new().instrument(&runtime.module)?;
    Module::new(&engine(cache)?, instrumented)?;
    Ok(())
}

fn engine(cache: &Cache) -> Result<Engine> {
    let mut settings = CacheConfig::new();
    settings.with_directory(cache.folder("compiled").join("python"));
    let mut config = Config::new();
    config.wasm_exceptions(true).cache(Some(wasmtime::Cache::new(settings)?));
    Ok(Engine::new(&config)?)
}

impl Life {
    fn begin(module: &[u8], cache: &Cache) -> Result<Self> {
        let engine = engine(cache)?;
        let module = Module::new(&engine, module)?;
        let mut store = Store::new(&engine, Host::default());
        let mut linker = Linker::new(&engine);
        host::link(&mut linker, &mut store, &module)?;
        let instance = linker.instantiate(&mut store, &module)?;
        Ok(Life { told: String::new(), store, instance })
    }

    fn lead(&mut self, runtime: &Runtime, app: &App) -> Result<End> {
        self.call("_initialize", &[]).context("the Python runtime does not start")?;
        let archive = crate::archive::without(&runtime.standard_library, &app.left_out)?;
        let [start, length] = self.give(&archive)?;
        let (seed, is_fresh) = app.hash_seed.in_first_life();
        let arguments = [start, length, Val::I32(seed as i32), Val::I32(is_fresh.into())];
        self.call("onramp_python_initialize", &arguments).context("the Python runtime does not start")?;
        for module in &app.modules {
            let [name, name_length] = self.give(module.name.as_bytes())?;
            let [file, file_length] = self.give(module.file.as_bytes())?;
            let [source, source_length] = self.give(&module.source)?;
            let is_package = Val::I32(module.is_package.into());
            let arguments = [name, name_length, file, file_length, source, source_length, is_package];
            self.call("onramp_python_add_module", &arguments).context("the Python runtime does not take a module")?;
        }
        for (path, content) in &app.files {
            let arguments = [self.give(path.as_bytes())?, self.give(content)?].concat();
            self.call("onramp_python_add_file", &arguments).context("the Python runtime does not take a file")?;
        }
        for (name, file) in &app.natives {
            let arguments = [self.give(name.as_bytes())?, self.give(file.as_bytes())?].concat();
            self.call("onramp_python_add_native", &arguments).context("the Python runtime does not take a name")?;
        }
        for name in &app.imports {
            let [start, length] = self.give(name.as_bytes())?;
            self.call("onramp_python_import", &[start, length])
                .with_context(|| format!("the Python module `{name}` cannot be imported"))?;
        }
        if let Some(table) = &app.table {
            let [start, length] = self.give(table)?;
            self.call("onramp_python_add_table", &[start, length]).context("the app does not fit its world")?;
        }
        self.close()
    }

    fn close(&mut self) -> Result<End> {
        let (result, written) = self.result_of("onramp_python_close", &[])?;
        match result {
            Some(NOT_FRESH) => Ok(End::NotFresh(written)),
            None | Some(0) => {
                self.tell(&written);
                Ok(End::Good)
            }
            Some(_) => Err(anyhow!("{written}").context("the Python runtime cannot be stopped")),
        }
    }

    /// Writes an argument into the module's memory: its start and its length.
    fn give(&mut self, bytes: &[u8]) -> Result<[Val; 2]> {
        let length = Val::I32(i32::try_from(bytes.len()).context("an argument of 2 GiB")?);
        let mut start = [Val::I32(0)];
        let allocate = self.instance.get_func(&mut self.store, "onramp_python_allocate");
        allocate.context("the Python runtime is none")?.call(&mut self.store, &[length], &mut start)?;
        let memory = self.instance.get_memory(&mut self.store, "memory").context("the Python runtime has no memory")?;
        let [Val::I32(place)] = start else { bail!("the Python runtime is none") };
        memory.write(&mut self.store, place as u32 as usize, bytes)?;
        Ok([start[0], length])
    }

    /// Calls a function that returns nothing, or 0 when all is well.
    fn call(&mut self, name: &str, arguments: &[Val]) -> Result<()> {
        let (result, written) = self.result_of(name, arguments)?;
        match result {
            None | Some(0) => {
                self.tell(&written);
                Ok(())
            }
            Some(_) => bail!("{written}"),
        }
    }

    /// Calls a function: what it returns, and what was written.
    fn result_of(&mut self, name: &str, arguments: &[Val]) -> Result<(Option<i32>, String)> {
        let function = self.instance.get_func(&mut self.store, name);
        let function = function.with_context(|| format!("the Python runtime has no function `{name}`"))?;
        let mut results = vec![Val::I32(0); function.ty(&self.store).results().len()];
        let called = function.call(&mut self.store, arguments, &mut results);
        let written =
            String::from_utf8_lossy(&std::mem::take(&mut self.store.data_mut().written)).trim_end().replace(ROOT, "");
        match called {
            Ok(()) => Ok((results.first().and_then(Val::i32), written)),
            // The engine's own account has addresses in CPython, which tell nobody anything.
            Err(error) if written.is_empty() => bail!("{}", error.root_cause()),
            Err(error) => bail!("{written}\n{}", error.root_cause()),
        }
    }

    fn tell(&mut self, written: &str) {
        if !written.is_empty() {
            self.told.push_str(written);
            self.told.push('\n');
        }
    }
}

impl InstanceState for Life {
    async fn global_get(&mut self, name: &str, _: ValType) -> SnapshotVal {
        let global =
            self.instance.get_global(&mut self.store, name).expect("an instrumented module exports its globals");
        match global.get(&mut self.store) {
            Val::I32(value) => SnapshotVal::I32(value),
            Val::I64(value) => SnapshotVal::I64(value),
            Val::F32(value) => SnapshotVal::F32(value),
            Val::F64(value) => SnapshotVal::F64(value),
            Val::V128(value) => SnapshotVal::V128(value.as_u128()),
            _ => unreachable!("a module with references in globals is not instrumented"),
        }
    }

    async fn memory_contents(&mut self, name: &str, contents: impl FnOnce(&[u8]) + Send) {
        let memory =
            self.instance.get_memory(&mut self.store, name).expect("an instrumented module exports its memories");
        contents(memory.data(&self.store));
    }
}

/// The result of a future that waits for nothing.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut TaskContext::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("the state of an instance is always there"),
    }
}
