//! The program on files: each folder of `cases` holds a command (or several, a line each), the files that it names (a component
//! as text), and the texts that must occur in what it prints, in this order. The first is the exit code.
//!
//! What is composed twice must be equal. `calls.txt` has calls of the composition's functions, in one instance, with their
//! results: `<interface> <function> <argument>... = <result>`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wasmtime::component::{Component, Linker, Val};
use wasmtime::{Engine, Store};

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
            fs::write(binary, wat::parse_file(&file).unwrap()).unwrap();
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

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().unwrap_or(-1);
    format!("exit code {code}\n{}{}", text(&output.stderr), text(&output.stdout))
}

/// Makes the calls of a case, all in one instance of its composition.
fn call(calls: &str, component: &[u8]) -> wasmtime::Result<()> {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let component = Component::new(&engine, component)?;
    let instance = Linker::new(&engine).instantiate(&mut store, &component)?;
    for line in calls.lines() {
        let (call, expected) = line.split_once(" = ").unwrap();
        let [interface, function, arguments @ ..] = &call.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let interface = instance.get_export_index(&mut store, None, interface).unwrap();
        let function = instance.get_export_index(&mut store, Some(&interface), function).unwrap();
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
