//! Handles go through the importer's functions, each once, in the scope of the call.

use onramp_adapter::Adapter;

use crate::{
    harness::case,
    oracle::V,
    values::{NONE, some},
};

fn imports(adapter: &Adapter) -> Vec<String> {
    adapter.imports.iter().map(|import| format!("{} {}", import.module(), import.name())).collect()
}

fn handles(handles: &[i128]) -> V {
    V::List(handles.iter().copied().map(V::Int).collect())
}

#[test]
fn numbered_by_first_use() {
    let case = case("func(x: own<b>, y: borrow<a>, z: list<own<b>>) -> own<a>").types("resource a; resource b;");
    let (resolve, func) = case.resolve();
    let adapter = case.adapter_of(&resolve, &func).expect("an adapter");
    let names: Vec<_> = adapter.resources.iter().map(|id| resolve.types[*id].name.clone().unwrap()).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(
        imports(&adapter),
        [
            "caller memory",
            "callee memory",
            "resource enter call",
            "resource call own 0",
            "resource call borrow 1",
            "function test:demo/api.f",
            "resource leave call",
            "resource return own 1",
            "post-return test:demo/api.f",
            "callee realloc",
        ]
    );
}

#[test]
fn translated_in_the_scope_of_the_call() {
    let case = case("func(x: borrow<a>, y: list<own<a>>) -> list<own<a>>").types("resource a;");
    let mut pair = case.instantiate();
    pair.store.data_mut().answer = Some(handles(&[2001, 2002]));
    let answer = pair.call(&[V::Int(7), handles(&[8, 9])]).expect("no trap");
    assert_eq!(answer, Some(handles(&[1001, 1002])));
    assert_eq!(pair.store.data().received, Some(vec![V::Int(1007), handles(&[1008, 1009])]));
    assert_eq!(
        pair.store.data().log,
        [
            "resource enter call",
            "resource call borrow 0: 7",
            "resource call own 0: 8",
            "resource call own 0: 9",
            "callee",
            "resource leave call",
            "resource return own 0: 2001",
            "resource return own 0: 2002",
        ]
    );
}

#[test]
fn only_what_is_there() {
    let case = case("func(x: option<own<a>>) -> option<own<a>>").types("resource a;");
    for (arg, received, log) in
        [(NONE, NONE, vec!["callee"]), (some(V::Int(3)), some(V::Int(1003)), vec!["resource call own 0: 3", "callee"])]
    {
        let mut pair = case.instantiate();
        pair.store.data_mut().answer = Some(NONE);
        pair.call(&[arg]).expect("no trap");
        assert_eq!(pair.store.data().received, Some(vec![received]));
        assert_eq!(pair.store.data().log, log);
    }
}

#[test]
fn aliases_are_one_resource() {
    let mut resolve = wit_parser::Resolve::new();
    let wit = "package test:demo; interface types { resource a; }
               interface api { use types.{a as b}; use types.{a}; f: func(x: own<a>, y: own<b>); }";
    resolve.push_source("test.wit", wit).expect("WIT");
    let api = resolve.interfaces.iter().find(|(_, i)| i.name.as_deref() == Some("api")).expect("api").1;
    let mut module = onramp_adapter::Module::new(&resolve, Default::default(), Default::default()).expect("a module");
    module.add("f", &api.functions["f"], Default::default()).expect("a function");
    let adapter = module.finish();
    assert_eq!(adapter.resources.len(), 1);
    assert_eq!(resolve.types[adapter.resources[0]].name.as_deref(), Some("a"));
}

#[test]
fn methods() {
    let mut resolve = wit_parser::Resolve::new();
    let wit = "package test:demo; interface api { resource a { constructor(x: string); f: func() -> u32; s: static func() -> a; } }";
    resolve.push_source("test.wit", wit).expect("WIT");
    let api = resolve.interfaces.iter().next().expect("api").1;
    let mut module = onramp_adapter::Module::new(&resolve, Default::default(), Default::default()).expect("a module");
    for (name, func) in &api.functions {
        module.add(&format!("test:demo/api.{name}"), func, Default::default()).expect("a function");
    }
    let imports = imports(&module.finish());
    assert!(imports.contains(&"function test:demo/api.[method]a.f".to_owned()), "{imports:?}");
    assert!(imports.contains(&"resource call borrow 0".to_owned()), "{imports:?}");
}
