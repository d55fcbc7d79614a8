//! Java bindings under the GC ABI.
//!
//! For compilers that know numbers and `externref` only where a function is imported or exported, such as TeaVM: [`generate()`] makes a class
//! for each interface, whose values are Java's (records, enums, sealed interfaces, arrays, lists, maps, `Optional`). They are converted
//! to and from the ABI's objects by accessors, which `onramp link` fills in (`docs/abi/gc.md`, "Opaque references").

mod definition;
mod generate;
mod glue;
mod interface;
mod names;
mod scope;
mod text;
mod types;

pub use generate::generate;
