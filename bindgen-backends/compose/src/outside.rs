//! The outside: what stands for the host where a guest does not speak the host's ABI. It is an eager guest without code: a memory,
//! where values are on their way, and a `realloc`, which the canonical options of the engine's own adapters name.
//!
//! Blocks belong to *arenas*, and the functions here say when an arena ends:
//!
//! - A call of the host (`import`): what the adapter and the engine allocate during the call is freed when the adapter has brought the
//!   results to the guest. The arena that was current before is current again, since calls nest.
//! - A call from the host (`export`): the engine allocates arguments before it calls. They are freed when the guest has returned;
//!   results are freed by the post-return function, after the engine has read them.
//!
//! Nothing is left over after a call, so the memory does not grow with the number of calls.

use anyhow::{Context, Result};
use wasm_encoder::ExportKind;

use crate::builder::Builder;
use crate::instantiate;

/// The module of the outside, with `memory`, `realloc`, `take-arena`, `set-arena`, `free-arena` and `free-results`.
const MODULE: &str = include_str!("outside.wat");

/// The module of what stands for handle tables where there are none: `same`, `nothing` and `forget`.
const NO_TABLES: &str = include_str!("no-tables.wat");

/// Defines and instantiates what stands for handle tables where there are none.
///
/// # Errors
/// When the module is damaged.
pub(crate) fn no_tables(builder: &mut Builder) -> Result<instantiate::Instance> {
    let module = wat::parse_str(NO_TABLES).context("what stands for handle tables cannot be assembled")?;
    instantiate::module(builder, "no tables", &module, &[])
}

/// The outside of a composition.
#[derive(Clone, Debug)]
pub(crate) struct Outside {
    /// Its core instance.
    instance: instantiate::Instance,
    /// Its memory.
    pub(crate) memory: u32,
    /// Its realloc.
    pub(crate) realloc: u32,
}

impl Outside {
    /// Defines and instantiates it.
    pub(crate) fn define(builder: &mut Builder) -> Result<Self> {
        let module = wat::parse_str(MODULE).context("the outside cannot be assembled")?;
        let instance = instantiate::module(builder, "outside", &module, &[])?;
        let memory = instance.export(builder, "memory", ExportKind::Memory)?;
        let realloc = instance.function(builder, "realloc")?;
        Ok(Outside { instance, memory, realloc })
    }

    /// One of its functions, as a core function of the composition.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn function(&self, builder: &mut Builder, name: &str) -> Result<u32> {
        self.instance.function(builder, name)
    }
}
