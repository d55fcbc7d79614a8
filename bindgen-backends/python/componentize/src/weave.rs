//! A module with more functions than it had: imports that become functions of its own, other imports, other exports.

mod facts;
mod rewrite;

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{FuncType, Function, Module};
use wasmparser::Parser;

use facts::Facts;
use rewrite::Rewriter;

/// What is changed in a module.
#[derive(Default)]
pub struct Changes {
    /// Functions that it imports in addition: module, field, type.
    pub imports: Vec<(String, String, FuncType)>,
    /// Functions that it has in addition.
    pub functions: Vec<Added>,
    /// Imported functions, by module and field, that become functions of [`Changes::functions`].
    pub defined: BTreeMap<(String, String), usize>,
    /// What is exported in addition: the name, and the index in [`Changes::functions`].
    pub exports: Vec<(String, usize)>,
    /// What the names of exports begin with that are taken away.
    pub hidden: Vec<&'static str>,
}

/// A function that is added.
pub struct Added {
    /// Its name, for backtraces.
    pub name: String,
    /// Its type.
    pub ty: FuncType,
    /// Its body.
    pub body: Body,
}

/// Makes a function's body, once it is known where the functions are that it calls.
pub type Body = Box<dyn Fn(&Places) -> Result<Function>>;

/// Where functions are in the module that is written.
pub struct Places {
    exported: BTreeMap<String, u32>,
    first_import: u32,
    first_added: u32,
}

impl Places {
    /// A function of [`Changes::imports`].
    pub fn import(&self, index: usize) -> u32 {
        self.first_import + index as u32
    }

    /// A function of [`Changes::functions`].
    pub fn added(&self, index: usize) -> u32 {
        self.first_added + index as u32
    }

    /// A function that the module exported before.
    ///
    /// # Errors
    /// When it has none of this name.
    pub fn exported(&self, name: &str) -> Result<u32> {
        self.exported.get(name).copied().with_context(|| format!("the Python runtime has no function `{name}`"))
    }
}

/// Changes a module. An import of [`Changes::defined`] that the module does not have is no error: it had no use for it.
///
/// # Errors
/// When the bytes are no core module, or a body cannot be made.
pub fn weave(module: &[u8], changes: &Changes) -> Result<Vec<u8>> {
    let facts = Facts::of(module).context("the Python runtime is not a core module")?;
    let mut rewriter = Rewriter::new(&facts, changes)?;
    let mut out = Module::new();
    rewriter
        .parse_core_module(&mut out, Parser::new(0), module)
        .map_err(|error| anyhow!("the Python runtime's module cannot be changed: {error}"))?;
    Ok(out.finish())
}
