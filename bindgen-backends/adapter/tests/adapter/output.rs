//! What the compiler puts out: the text of some modules, and how much of it there is.

use std::{fs, path::Path};

use onramp_adapter::{FuncOptions, Module, Side};
use wit_parser::Resolve;

use crate::harness::case;

/// `tests/cases/*.wit`: an interface, and beside it the adapter module of its functions.
#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = fs::read_dir(&folder).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wit"));
    paths.sort();
    for path in paths {
        let mut resolve = Resolve::new();
        resolve.push_file(&path).expect("WIT");
        let mut module = Module::new(&resolve, Side::default(), Side::default()).expect("a module");
        for (id, interface) in &resolve.interfaces {
            for (name, func) in &interface.functions {
                let name = format!("{}.{name}", resolve.id_of(id).expect("a name"));
                let post_return = func.result.is_some();
                module.add(&name, func, FuncOptions { post_return }).expect("an adapter");
            }
        }
        let text = wasmprinter::print_bytes(module.finish().wasm).expect("a module");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), text));
    }
}

#[test]
fn deterministic() {
    let case = case("func(x: list<t>, y: t) -> result<list<t>, string>")
        .types("record t { a: string, b: list<list<u8>>, c: option<tuple<bool, char>> }");
    assert_eq!(case.adapter().unwrap().wasm, case.adapter().unwrap().wasm);
}

/// Types in which each contains the one before three times: there are 3¹² paths, but 12 types.
#[test]
fn code_grows_with_the_type_graph() {
    for kind in ["record", "variant"] {
        let size = |depth: usize| {
            let part = |i: usize, name| match (i, kind) {
                (0, "record") => format!("{name}: string"),
                (0, _) => format!("{name}(string)"),
                (i, "record") => format!("{name}: t{}", i - 1),
                (i, _) => format!("{name}(tuple<u8, t{}>)", i - 1),
            };
            let types: Vec<String> = (0..depth)
                .map(|i| format!("{kind} t{i} {{ {}, {}, {} }}", part(i, "a"), part(i, "b"), part(i, "c")))
                .collect();
            let func = format!("func(x: t{0}) -> t{0}", depth - 1);
            case(&func).types(&types.join("\n")).adapter().unwrap().wasm.len()
        };
        let (half, full) = (size(6), size(12));
        assert!(full < 3 * half, "{kind}: {half} → {full} bytes");
    }
}
