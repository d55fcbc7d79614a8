//! What cannot be connected is an error that says why, and leaves the module as it was.

use onramp_adapter::Module;

use crate::harness::case;

#[test]
fn not_supported() {
    for (func, expected) in [
        ("async func()", "test:demo/api.f: async functions are not supported here"),
        ("func(x: stream<u8>)", "test:demo/api.f: stream is not supported here"),
        ("func(x: list<future<u8>>)", "test:demo/api.f: future is not supported here"),
        ("func() -> result<u8, error-context>", "test:demo/api.f: error-context is not supported here"),
    ] {
        assert_eq!(case(func).adapter().err().map(|error| error.to_string()).as_deref(), Some(expected));
    }
}

#[test]
fn leaves_the_module_as_it_was() {
    let case = case("func(x: stream<u8>)").types("g: func(x: list<string>) -> string;");
    let (resolve, bad) = case.resolve();
    let good = &resolve.interfaces.iter().next().unwrap().1.functions["g"];
    let finish = |with_error| {
        let mut module = Module::new(&resolve, case.caller, case.callee).unwrap();
        if with_error {
            module.add("f", &bad, Default::default()).expect_err("a stream");
        }
        module.add("g", good, Default::default()).unwrap();
        module.add("g", good, Default::default()).expect_err("it is there");
        module.finish().wasm
    };
    assert_eq!(finish(true), finish(false));
}
