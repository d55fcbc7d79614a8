//! Adapters, run for real: between two small guests in Wasmtime.

mod chain;
mod errors;
mod gates;
mod gc;
mod harness;
mod lazy;
mod oracle;
mod output;
mod random;
mod reader;
mod resources;
mod traps;
mod values;
