//! For each WIT file in `functions/`: what is to do for each function of its world `guest`, in every profile. The expected text is
//! beside it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use onramp_abi::{Profile, Types};
use onramp_bridge::{Content, Direction, Export, Import, Params, Place, Results, Scalar, Step, functions};
use wit_parser::Resolve;

#[test]
fn functions_are_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wit"));
    files.sort();
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    for file in files {
        let text = describe(&fs::read_to_string(&file).unwrap());
        settings.bind(|| insta::assert_snapshot!(file.file_stem().unwrap().to_str().unwrap(), text));
    }
}

fn describe(wit: &str) -> String {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = resolve.push_str("test.wit", wit).unwrap();
    let world = resolve.select_world(&[package], Some("guest")).unwrap();
    let mut types = Types::new(&resolve).unwrap();
    let mut out = String::new();
    for profile in [Profile::Multivalue, Profile::Lazy, Profile::Cm1] {
        writeln!(out, "{profile}").unwrap();
        for one in functions(&resolve, world) {
            if let Some(reason) = one.eager_because(&resolve) {
                writeln!(out, "  {} stays eager: {reason}", one.function.name).unwrap();
                continue;
            }
            match one.direction {
                Direction::Import => {
                    import(&mut out, Import::new(&mut types, profile, one.interface, one.function).unwrap());
                }
                Direction::Export => {
                    export(&mut out, Export::new(&mut types, profile, one.interface, one.function).unwrap());
                }
            }
        }
    }
    out
}

fn import(out: &mut String, import: Import) {
    writeln!(out, "  import {} {}: {:?}", import.module, import.field, import.params).unwrap();
    results(out, &import.results, import.thunk_module);
    steps(out, "received", &import.received);
}

fn export(out: &mut String, export: Export) {
    writeln!(out, "  export {}: {:?}, {}", export.name, export.slots, export.post_return).unwrap();
    match &export.params {
        Params::Eager => {}
        Params::Flat(flat) => steps(out, "flat", flat),
        Params::Tuple { size, align, steps: inner } => steps(out, &format!("tuple of {size} by {align}"), inner),
    }
    results(out, &export.results, export.thunk_name);
    steps(out, "returned", &export.returned);
}

fn results(out: &mut String, results: &Results, thunk: Option<String>) {
    if let Results::Several { values, size, align, steps: inner } = results {
        let thunk = thunk.unwrap();
        steps(out, &format!("results {values:?} of {size} by {align}, or {thunk}"), inner);
    }
}

fn steps(out: &mut String, title: &str, steps: &[Step]) {
    if !steps.is_empty() {
        writeln!(out, "    {title}").unwrap();
        steps.iter().for_each(|step| print(out, 3, step));
    }
}

fn print(out: &mut String, depth: usize, step: &Step) {
    let pad = "  ".repeat(depth);
    let nested = |out: &mut String, steps: &[Step]| steps.iter().for_each(|step| print(out, depth + 1, step));
    match step {
        Step::Receive { handle, length, content, release } => {
            let release = if *release { ", release" } else { "" };
            writeln!(out, "{pad}receive {} {}{release}: {}", place(handle), place(length), shown(content)).unwrap();
            nested(out, elements(content));
        }
        Step::Adopt { pointer, length, content } => {
            writeln!(out, "{pad}adopt {} {}: {}", place(pointer), place(length), shown(content)).unwrap();
            nested(out, elements(content));
        }
        Step::Free { pointer, length, content } => {
            writeln!(out, "{pad}free {} {}: {}", place(pointer), place(length), shown(content)).unwrap();
            nested(out, elements(content));
        }
        Step::Match { tag, width, cases } => {
            for (case, steps) in cases {
                writeln!(out, "{pad}when {} ({width}) is {case}", place(tag)).unwrap();
                nested(out, steps);
            }
        }
        Step::Repeat { offset, stride, count, steps } => {
            writeln!(out, "{pad}{count} times from {offset} by {stride}").unwrap();
            nested(out, steps);
        }
        Step::Reclaim { first, length, lazy } => {
            writeln!(out, "{pad}reclaim {} {}: record {lazy}", place(first), place(length)).unwrap();
        }
        Step::Store(scalar) => writeln!(out, "{pad}store {}", moved(scalar)).unwrap(),
        Step::Load(scalar) => writeln!(out, "{pad}load {}", moved(scalar)).unwrap(),
    }
}

fn elements(content: &Content) -> &[Step] {
    match content {
        Content::Text => &[],
        Content::List { elements, .. } => elements,
    }
}

fn shown(content: &Content) -> String {
    match content {
        Content::Text => "text".to_owned(),
        Content::List { size, align, deep_align, .. } => format!("list of {size} by {align} ({deep_align})"),
    }
}

fn place(place: &Place) -> String {
    match place {
        Place::Core(core) => format!("core {core}"),
        Place::Memory(offset) => format!("[{offset}]"),
    }
}

fn moved(scalar: &Scalar) -> String {
    let Scalar { core, slot, offset, width, signed } = scalar;
    format!("core {core} {slot} [{offset}] {}{width}", if *signed { "s" } else { "" })
}
