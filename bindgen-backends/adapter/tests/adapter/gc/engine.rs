//! An engine with a garbage collector.

use std::sync::LazyLock;

use wasmtime::{Config, Engine};

pub static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&config()).expect("an engine with a garbage collector"));

pub fn config() -> Config {
    let mut config = Config::new();
    config.wasm_gc(true);
    config.wasm_function_references(true);
    config
}
