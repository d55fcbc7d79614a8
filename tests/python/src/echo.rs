//! Random values of random types, from the host into a Python callee and back.
//!
//! The types and values are those of `onramp-conformance`. Each of its functions becomes one that returns its parameters as a tuple;
//! the app returns what it is given. So every value is lifted and lowered by the runtime, and what comes back must be what
//! was sent.

mod vals;

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use onramp_abi::Profile;
use onramp_componentize::bundle::Bundle;
use onramp_componentize::{Options, Target, componentize};
use onramp_conformance::generate::case;
use onramp_conformance::random::Random;
use onramp_conformance::types::{Type, Wit};
use onramp_conformance::value::Value;
use onramp_matrix::host::{self, Host};
use onramp_python_runtime::Runtime;
use onramp_python_runtime::app::Module;
use onramp_toolchain::Cache;
use wasmtime::component::{Component, InstancePre, Val};
use wasmtime::{CacheConfig, Config, Engine, Store};
use wit_parser::Resolve;

/// The interface.
const SUBJECT: &str = "test:echo/subject";

/// The app's module.
const APP: &str = "app";

/// Which values are tried.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The seed.
    pub seed: u64,
    /// How many cases of the generator there are; each has up to three functions, and eight calls.
    pub cases: u64,
}

/// What is sent: functions, and calls of them.
struct Subject {
    functions: Vec<Vec<Type>>,
    calls: Vec<(usize, Vec<Value>)>,
}

impl Subject {
    fn new(choice: Choice) -> Self {
        let (mut functions, mut calls) = (Vec::new(), Vec::new());
        for index in 0..choice.cases {
            let case = case(&mut Random::of_case(choice.seed, index));
            let first = functions.len();
            calls.extend(case.calls.into_iter().map(|call| (first + call.function, call.args)));
            functions.extend(case.functions.into_iter().map(|function| function.params));
        }
        calls.retain(|(_, args)| !args.is_empty());
        Subject { functions, calls }
    }

    fn wit(&self) -> String {
        let (mut wit, mut lines) = (Wit::default(), String::new());
        for (index, types) in self.functions.iter().enumerate().filter(|(_, types)| !types.is_empty()) {
            let types: Vec<String> = types.iter().map(|ty| wit.ty(ty)).collect();
            let params: Vec<String> = types.iter().enumerate().map(|(index, ty)| format!("p{index}: {ty}")).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "  echo{index}: func({}) -> tuple<{}>;", params.join(", "), types.join(", "));
        }
        let declarations = &wit.declarations;
        format!(
            "package test:echo;\ninterface subject {{\n{declarations}{lines}}}\nworld callee {{ export subject; }}\n"
        )
    }

    fn app(&self) -> String {
        let mut app = "from wit_world import exports\n\n\nclass Subject(exports.Subject):\n".to_owned();
        for index in (0..self.functions.len()).filter(|&index| !self.functions[index].is_empty()) {
            let _ = write!(app, "    def echo{index}(self, *values):\n        return values\n\n");
        }
        app
    }
}

/// The WIT of a choice: a package with the world `callee`.
pub fn wit(choice: Choice) -> String {
    Subject::new(choice).wit()
}

/// Builds the callee of a profile and makes the calls: how many there were.
///
/// # Errors
/// When the callee does not build or traps, or the first value that came back different: its call, and where it differs.
pub fn run(runtime: &Runtime, profile: Profile, choice: Choice, cache: &Cache) -> Result<usize> {
    let subject = Subject::new(choice);
    let prepared = prepare(&component(runtime, profile, &subject, cache)?, cache)?;
    let mut store = Store::new(prepared.engine(), Host::new());
    let instance = prepared.instantiate(&mut store)?;
    let interface = instance.get_export_index(&mut store, None, SUBJECT).context("there is no interface")?;
    for (function, args) in &subject.calls {
        let types = &subject.functions[*function];
        let args: Vec<Value> = types.iter().zip(args).map(|(ty, value)| vals::with_unique_keys(ty, value)).collect();
        let index = instance.get_export_index(&mut store, Some(&interface), &format!("echo{function}"));
        let called = instance.get_func(&mut store, index.context("a function is missing")?);
        let sent: Vec<Val> = types.iter().zip(&args).map(|(ty, value)| vals::to_val(ty, value)).collect();
        let mut returned = [Val::Bool(false)];
        let result = called.context("a function is missing")?.call(&mut store, &sent, &mut returned);
        if let Err(error) = result {
            bail!("echo{function}({}) traps: {error:?}\n{}", shown(&args), store.data().output());
        }
        let returned = vals::from_val(&Type::Tuple(types.clone()), &returned[0])?;
        if let Some(difference) = Value::Record(args.clone()).difference(&returned) {
            bail!("echo{function}({}) gives something else{difference}\n{}", shown(&args), subject.wit());
        }
    }
    Ok(subject.calls.len())
}

fn shown(values: &[Value]) -> String {
    values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}

fn component(runtime: &Runtime, profile: Profile, subject: &Subject, cache: &Cache) -> Result<Vec<u8>> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("echo.wit", &subject.wit())?;
    let world = resolve.select_world(&[package], Some("callee"))?;
    let target = Target { resolve: &resolve, world, profile, bindings: &Default::default(), lazy: &[] };
    let module = Module::at("app.py", subject.app().into_bytes());
    let bundle = Bundle { modules: module.into_iter().collect(), ..Bundle::default() };
    Ok(componentize(runtime, &target, APP, bundle, &Options::default(), cache)?.bytes)
}

fn prepare(component: &[u8], cache: &Cache) -> Result<InstancePre<Host>> {
    let mut compiled = CacheConfig::new();
    compiled.with_directory(cache.folder("compiled").join("components"));
    let mut config = Config::new();
    config
        .cache(Some(wasmtime::Cache::new(compiled)?))
        .wasm_component_model_map(true)
        .wasm_component_model_fixed_length_lists(true);
    let engine = Engine::new(&config)?;
    Ok(host::linker(&engine)?.instantiate_pre(&Component::from_binary(&engine, component)?)?)
}
