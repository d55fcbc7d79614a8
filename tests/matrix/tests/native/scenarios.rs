//! The scenarios' Rust sources, and the types of their interfaces.

use crate::{Component, Native, exports};

#[allow(missing_docs, reason = "generated from the scenarios' WIT, which documents it")]
pub mod bindings {
    wasmtime::component::bindgen!({
        inline: "
            package onramp:native;
            world native {
                import test:strings/strings;
                import test:records/records;
                import test:lists/lists;
                import test:variants/variants;
                import test:scalars/scalars;
                import test:options/options;
            }
        ",
        path: [
            "../scenarios/strings/world.wit",
            "../scenarios/records/world.wit",
            "../scenarios/lists/world.wit",
            "../scenarios/variants/world.wit",
            "../scenarios/scalars/world.wit",
            "../scenarios/options/world.wit",
        ],
    });
}

/// A scenario: its callee's source serves, its caller's source checks.
macro_rules! scenario {
    ($constant:ident $name:ident $check:ident) => {
        /// The scenario of this name.
        pub const $constant: Native = Native {
            name: stringify!($name),
            check: <Component as exports::test::$name::$check::Guest>::run,
            serve: exports::test::$name::$name::serve,
        };
    };
}

#[path = "../../../scenarios/lists/callee.rs"]
mod lists_callee;
#[path = "../../../scenarios/lists/caller.rs"]
mod lists_caller;
#[path = "../../../scenarios/options/callee.rs"]
mod options_callee;
#[path = "../../../scenarios/options/caller.rs"]
mod options_caller;
#[path = "../../../scenarios/records/callee.rs"]
mod records_callee;
#[path = "../../../scenarios/records/caller.rs"]
mod records_caller;
#[path = "../../../scenarios/scalars/callee.rs"]
mod scalars_callee;
#[path = "../../../scenarios/scalars/caller.rs"]
mod scalars_caller;
#[path = "../../../scenarios/strings/callee.rs"]
mod strings_callee;
#[path = "../../../scenarios/strings/caller.rs"]
mod strings_caller;
#[path = "../../../scenarios/variants/callee.rs"]
mod variants_callee;
#[path = "../../../scenarios/variants/caller.rs"]
mod variants_caller;

scenario!(STRINGS strings check_strings);
scenario!(RECORDS records check_records);
scenario!(LISTS lists check_lists);
scenario!(VARIANTS variants check_variants);
scenario!(SCALARS scalars check_scalars);
scenario!(OPTIONS options check_options);
