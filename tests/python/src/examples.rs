//! componentize-py's example apps, unchanged, on our runtime: their sources are in a checkout of theirs, in `examples`.
//!
//! Each is made a component as its README says, and then tried, or is refused with a reason.

mod http;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use onramp_abi::Profile;
use onramp_componentize::bundle::Bundle;
use onramp_componentize::{Options, Target, componentize};
use onramp_matrix::host::{self, Host};
use onramp_python_runtime::Runtime;
use onramp_run::{Ended, Invocation, Runner, Settings, Streams};
use onramp_toolchain::Cache;
use sha2::{Digest, Sha256};
use wasmtime::component::{Component, Instance};
use wasmtime::{Config, Engine, Store};
use wit_parser::Resolve;

use http::{Answer, Handler, Request, Web};

/// An example.
struct Example {
    name: &'static str,
    /// The app's module.
    app: &'static str,
    /// Where its WIT is, from the example's folder.
    wit: &'static str,
    world: Option<&'static str>,
    stub_wasi: bool,
    then: Then,
}

/// What is to become of a component.
enum Then {
    /// It is a command, which writes this.
    Writes(&'static str),
    /// Its functions `exec` and `eval` are called.
    Evaluates,
    /// It is a command, which speaks to a server.
    Connects,
    /// It answers requests.
    Answers,
    /// Not made: the error has this in it.
    IsRefused(&'static str),
}

const COMMAND: Option<&str> = Some("wasi:cli/command@0.2.0");

/// Every example that exports a function which is not async.
const ALL: [Example; 6] = [
    example("cli", "app", "../../wit", COMMAND, Then::Writes("Hello, world!\n")),
    Example { stub_wasi: true, ..example("sandbox", "guest", "sandbox.wit", None, Then::Evaluates) },
    example("http", "app", "../../wit", Some("wasi:http/proxy@0.2.0"), Then::Answers),
    example("tcp", "app", "../../wit", COMMAND, Then::Connects),
    example("matrix-math", "app", "../../wit", Some("matrix-math"), Then::IsRefused("No module named 'numpy'")),
    example("cli-p3", "app", "../../wit", Some("wasi:cli/command@0.3.0"), Then::IsRefused("it is async")),
];

const fn example(
    name: &'static str,
    app: &'static str,
    wit: &'static str,
    world: Option<&'static str>,
    then: Then,
) -> Example {
    Example { name, app, wit, world, stub_wasi: false, then }
}

/// Tries examples of a checkout under a profile, those that are `named` or all, and tells how each ended. True when all ended as they
/// should.
///
/// # Errors
/// When the checkout has no examples, or there is none of a name.
pub fn run(runtime: &Runtime, checkout: &Path, profile: Profile, named: &[String], cache: &Cache) -> Result<bool> {
    if let Some(other) = named.iter().find(|name| ALL.iter().all(|example| example.name != **name)) {
        let names: Vec<&str> = ALL.iter().map(|example| example.name).collect();
        bail!("there is no example `{other}`; there is {}", names.join(", "));
    }
    let folder = checkout.join("examples");
    ensure!(folder.is_dir(), "`{}` is no checkout of componentize-py: it has no folder `examples`", checkout.display());
    let mut good = true;
    for example in ALL.iter().filter(|example| named.is_empty() || named.iter().any(|name| name == example.name)) {
        let made = example.make(runtime, &folder.join(example.name), profile, cache);
        let ended = match (&example.then, made) {
            (Then::Writes(expected), Ok(bytes)) => example.run(&bytes, expected, cache).map(|()| "runs".to_owned()),
            (Then::Evaluates, Ok(bytes)) => evaluate(&bytes).map(|()| "evaluates".to_owned()),
            (Then::Connects, Ok(bytes)) => example.connect(&bytes, cache).map(|()| "speaks to a server".to_owned()),
            (Then::Answers, Ok(bytes)) => answer(&bytes).map(|()| "answers requests".to_owned()),
            (Then::IsRefused(part), Err(error)) if format!("{error:#}").contains(part) => {
                Ok(format!("is refused, as it must be: {part}"))
            }
            (Then::IsRefused(part), Ok(_)) => {
                bail!("{} is made, which says `{part}` with componentize-py", example.name)
            }
            (_, Err(error)) => Err(error),
        };
        good &= ended.is_ok();
        println!("{} ({profile}): {}", example.name, ended.unwrap_or_else(|error| format!("FAILED: {error:#}")));
    }
    Ok(good)
}

impl Example {
    fn make(&self, runtime: &Runtime, folder: &Path, profile: Profile, cache: &Cache) -> Result<Vec<u8>> {
        let mut resolve = Resolve::default();
        let wit =
            fs::canonicalize(folder.join(self.wit)).with_context(|| format!("`{}` has no WIT", folder.display()))?;
        let (package, _) =
            resolve.push_path(&wit).map_err(|error| anyhow::anyhow!("{}", resolve.render_error(&error)))?;
        let world = resolve.select_world(&[package], self.world)?;
        let bundle = Bundle::read(self.app, &[folder.to_owned()])?;
        let target = Target { resolve: &resolve, world, profile, bindings: &Default::default(), lazy: &[] };
        let options = Options { stub_wasi: self.stub_wasi, ..Options::default() };
        Ok(componentize(runtime, &target, self.app, bundle, &options, cache)?.bytes)
    }

    fn run(&self, component: &[u8], expected: &str, cache: &Cache) -> Result<()> {
        self.command(component, expected, &[], cache)
    }

    /// Runs a command with arguments, and a network.
    fn command(&self, component: &[u8], expected: &str, arguments: &[String], cache: &Cache) -> Result<()> {
        let folder = cache.folder("compiled").join("components");
        let program = Runner::new(&Settings { time_limit: None, cache: Some(folder) })?.load(self.name, component)?;
        let output = program.run(&Invocation {
            arguments: [self.name.to_owned()].iter().chain(arguments).cloned().collect(),
            network: true,
            streams: Streams::Captured(Vec::new()),
            ..Invocation::default()
        })?;
        let written = String::from_utf8_lossy(&output.stdout);
        ensure!(output.ended == Ended::Exited(0), "{:?}: {}", output.ended, String::from_utf8_lossy(&output.stderr));
        ensure!(written == expected, "it wrote {written:?}");
        Ok(())
    }

    /// Runs the example against a server here, which hears it and answers.
    fn connect(&self, component: &[u8], cache: &Cache) -> Result<()> {
        let server = TcpListener::bind("127.0.0.1:0")?;
        let address = server.local_addr()?.to_string();
        // A thread that nobody waits for: when the example does not connect, the server never hears anything.
        let (tell, told) = std::sync::mpsc::channel();
        thread::spawn(move || tell.send(hear(&server)));
        self.command(component, "received: b'what the server says'\n", &[address], cache)?;
        let heard = told.try_recv().context("the server heard nothing")??;
        ensure!(heard == b"hello, world!", "the server heard {:?}", String::from_utf8_lossy(&heard));
        Ok(())
    }
}

/// A server of one connection: what it hears first.
fn hear(server: &TcpListener) -> Result<Vec<u8>> {
    let (mut connection, _) = server.accept()?;
    let mut heard = vec![0; 100];
    let length = connection.read(&mut heard)?;
    heard.truncate(length);
    connection.write_all(b"what the server says")?;
    Ok(heard)
}

/// What the README of `http` shows, with servers that are known.
fn answer(component: &[u8]) -> Result<()> {
    let handler = Handler::new(component)?;
    let web: Web = [("one", b"a short page".to_vec()), ("two", (0..200_000).map(|place| place as u8).collect())]
        .map(|(name, page)| (format!("http://pages.test/{name}"), page))
        .into();
    let text = "what is said comes back, ".repeat(5_000).into_bytes();
    let headers = vec![("content-type", "text/plain".to_owned())];
    let request = Request { method: "post", path: "/echo", headers, body: text.clone() };
    let echoed = handler.answer(request, &web)?;
    ensure!(echoed == Answer { status: 200, body: text }, "/echo answers {} bytes", echoed.body.len());
    let headers = web.keys().cloned().chain(["http://pages.test/none".to_owned()]).map(|url| ("url", url)).collect();
    let hashed = handler.answer(Request { method: "get", path: "/hash-all", headers, body: Vec::new() }, &web)?;
    let mut expected: Vec<String> =
        web.iter().map(|(url, page)| format!("{url}: {:x}", Sha256::digest(page))).collect();
    expected.push("http://pages.test/none: unexpected status: 404".to_owned());
    let body = String::from_utf8(hashed.body)?;
    let mut lines: Vec<&str> = body.lines().collect();
    expected.sort();
    lines.sort_unstable();
    ensure!(hashed.status == 200 && lines == expected, "/hash-all answers {} {lines:?}", hashed.status);
    let request = Request { method: "get", path: "/", headers: Vec::new(), body: Vec::new() };
    let other = handler.answer(request, &web)?;
    ensure!(other == Answer { status: 400, body: Vec::new() }, "/ answers {other:?}");
    Ok(())
}

/// What the sandbox's README shows.
fn evaluate(component: &[u8]) -> Result<()> {
    let engine = Engine::new(&Config::new())?;
    let component = Component::from_binary(&engine, component)?;
    let mut store = Store::new(&engine, Host::new());
    let instance = host::linker(&engine)?.instantiate(&mut store, &component)?;
    let mut eval = |expression: &str| call::<String>(&mut store, &instance, "eval", expression);
    ensure!(eval("2 + 2")? == Ok("4".to_owned()), "2 + 2 is something else");
    ensure!(eval("1 / 0")? == Err("ZeroDivisionError: division by zero".to_owned()), "1 / 0 is no error");
    let defined = call::<()>(&mut store, &instance, "exec", "global foo\ndef foo(): return 42")?;
    ensure!(defined == Ok(()), "a function cannot be defined: {defined:?}");
    ensure!(call::<String>(&mut store, &instance, "eval", "foo()")? == Ok("42".to_owned()), "foo() is something else");
    Ok(())
}

fn call<T>(store: &mut Store<Host>, instance: &Instance, function: &str, text: &str) -> Result<Result<T, String>>
where
    T: wasmtime::component::Lift + Send + Sync + 'static,
    Result<T, String>: wasmtime::component::Lift,
{
    let function = instance.get_typed_func::<(&str,), (Result<T, String>,)>(&mut *store, function)?;
    Ok(function.call(store, (text,))?.0)
}
