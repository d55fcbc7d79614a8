//! The program on files: each folder of `cases` holds a command (or several, a line each), the files that it names (a component
//! as text), and the texts that must occur in what it prints, in this order. The first is the exit code.
//!
//! Where a `.wit` file has the name of a `.wat` file, that is a core module of the world in it.
//!
//! What is composed twice must be equal. `calls.txt` has calls of the composition's functions, in one instance, with their
//! results: `<interface> <function> <argument>... = <result>`; the interface of functions at the level of the world is `$root`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wasmtime::component::{Component, Linker, Val, types};
use wasmtime::{Engine, Store};
use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// What belongs to a case and not to its command.
const OWN: [&str; 3] = ["command", "expected.txt", "calls.txt"];

/// Runs a case in a folder of its own, where its `.wat` files have become `.wasm` files. What it printed, and what it composed.
fn run(case: &Path) -> (String, Option<Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(case).unwrap() {
        let file = entry.unwrap().path();
        let name = Path::new(file.file_name().unwrap());
        if file.extension().is_some_and(|extension| extension == "wat") {
            let binary = folder.path().join(name.with_extension("wasm"));
            fs::write(binary, assemble(&file)).unwrap();
        } else if !OWN.iter().any(|own| name.ends_with(own)) {
            fs::copy(&file, folder.path().join(name)).unwrap();
        }
    }
    let command = fs::read_to_string(case.join("command")).unwrap();
    let run = || {
        let each = command.lines().map(|line| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_onramp"));
            program.args(line.split_whitespace()).current_dir(&folder).env("RUST_BACKTRACE", "0").output().unwrap()
        });
        each.map(|output| told(&output)).collect::<String>()
    };
    let printed = run();
    let composed = fs::read(folder.path().join("out.wasm")).ok();
    if composed.is_some() {
        run();
        let again = fs::read(folder.path().join("out.wasm")).ok();
        assert_eq!(composed, again, "{}: the same files give other bytes", case.display());
    }
    (printed, composed)
}

/// A file of text as a binary, with its world if it has one.
fn assemble(file: &Path) -> Vec<u8> {
    let mut module = wat::parse_file(file).unwrap();
    let wit = file.with_extension("wit");
    if wit.exists() {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(wit).unwrap();
        let world = resolve.select_world(&[package], None).unwrap();
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).unwrap();
    }
    module
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().unwrap_or(-1);
    format!("exit code {code}\n{}{}", text(&output.stderr), text(&output.stdout))
}

/// A host whose functions, at the level of the world, return their argument.
fn host(engine: &Engine, component: &Component) -> wasmtime::Result<Linker<()>> {
    let mut linker = Linker::new(engine);
    for (name, item) in component.component_type().imports(engine) {
        if let types::ComponentItem::ComponentFunc(_) = item.ty {
            linker.root().func_new(name, |_, _, arguments: &[Val], results: &mut [Val]| {
                results.clone_from_slice(arguments);
                Ok(())
            })?;
        }
    }
    Ok(linker)
}

/// Makes the calls of a case, all in one instance of its composition.
fn call(calls: &str, component: &[u8]) -> wasmtime::Result<()> {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let component = Component::new(&engine, component)?;
    let instance = host(&engine, &component)?.instantiate(&mut store, &component)?;
    for line in calls.lines() {
        let (call, expected) = line.split_once(" = ").unwrap();
        let [interface, function, arguments @ ..] = &call.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let interface = instance.get_export_index(&mut store, None, interface);
        let function = instance.get_export_index(&mut store, interface.as_ref(), function).unwrap();
        let function = instance.get_func(&mut store, function).unwrap();
        let arguments: Vec<Val> = arguments.iter().map(|argument| Val::U32(argument.parse().unwrap())).collect();
        let mut results = [Val::U32(0)];
        function.call(&mut store, &arguments, &mut results)?;
        assert_eq!(results, [Val::U32(expected.parse().unwrap())], "{line}");
    }
    Ok(())
}

#[test]
fn every_case_says_what_it_must() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let (output, composed) = run(&case);
        // An error is one message; a panic would be somebody else's.
        assert!(!output.contains("panicked at"), "{}: {output}", case.display());
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap();
        let mut lines = output.lines();
        if let Some(text) = expected.lines().find(|text| !lines.any(|line| line.contains(text))) {
            wrong.push(format!("{}: `{text}` is missing in:\n{output}", case.display()));
        }
        if let Ok(calls) = fs::read_to_string(case.join("calls.txt")) {
            let component = composed.unwrap_or_else(|| panic!("{}: it composes nothing\n{output}", case.display()));
            call(&calls, &component).unwrap_or_else(|error| panic!("{}: {error:?}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The guide shows the files of its case, its commands and what they print, line by line.
#[test]
fn the_guide_shows_what_its_case_has() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(own.join("../../docs/guide/lazy.md")).unwrap();
    let shown: Vec<&str> = guide.lines().map(str::trim).collect();
    for name in ["reader.wit", "reader.wat", "writer.wat", "command", "calls.txt", "expected.txt"] {
        let text = fs::read_to_string(own.join("tests/cases/guide-lazy").join(name)).unwrap();
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with("exit code")) {
            let is_shown = shown.iter().any(|other| other.strip_prefix("onramp ").unwrap_or(other).contains(line));
            assert!(is_shown, "docs/guide/lazy.md lacks a line of `{name}`: {line}");
        }
    }
}
