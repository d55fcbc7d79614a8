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

use std::fmt::Write as _;

use anyhow::{Context, Result};
use wasm_encoder::ExportKind;

use crate::builder::Builder;
use crate::instantiate;
use crate::link::core::CoreSignature;

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

/// A function around another one.
pub(crate) struct Thunk {
    /// The name of both.
    pub(crate) name: String,
    /// The signature of the one within.
    pub(crate) inner: CoreSignature,
    /// What is done around it.
    pub(crate) around: Around,
}

/// What is done around a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Around {
    /// The host's function within takes a pointer to a return area of this size and alignment, the adapter that calls it
    /// expects one to be returned.
    ReturnArea(u32, u32),
    /// An adapter that a guest calls: an arena for the call.
    Import,
    /// An adapter that the host calls; with a return area that it takes as its last parameter, and its caller expects to be returned.
    Export(Option<(u32, u32)>),
}

/// Instantiates thunks around core functions; gives their core functions, in order.
pub(crate) fn instantiate(
    builder: &mut Builder,
    outside: &Outside,
    label: &str,
    thunks: &[(&Thunk, u32)],
) -> Result<Vec<u32>> {
    if thunks.is_empty() {
        return Ok(Vec::new());
    }
    let used = used(thunks.iter().map(|(thunk, _)| *thunk));
    let module = module(thunks.iter().map(|(thunk, _)| *thunk), &used)?;
    let mut given = Vec::new();
    for (name, _) in &used {
        given.push((ExportKind::Func, outside.function(builder, name)?));
    }
    given.extend(thunks.iter().map(|(_, inner)| (ExportKind::Func, *inner)));
    let instance = instantiate::module(builder, label, &module, &given)?;
    thunks.iter().map(|(thunk, _)| instance.function(builder, &thunk.name)).collect()
}

/// The module of some thunks.
fn module<'t>(thunks: impl Iterator<Item = &'t Thunk>, used: &[(&str, &str)]) -> Result<Vec<u8>> {
    let (mut imports, mut functions) = (String::new(), String::new());
    for (name, ty) in used {
        let _ = writeln!(imports, "(import \"outside\" \"{name}\" (func ${name} {ty}))");
    }
    for (number, thunk) in thunks.enumerate() {
        let signature = &thunk.inner;
        let _ = writeln!(imports, "(import \"function\" \"{}\" (func $f{number} {}))", thunk.name, types(signature));
        thunk.define(number, &mut functions);
    }
    wat::parse_str(format!("(module\n{imports}{functions})")).context("functions of the outside cannot be assembled")
}

/// The functions of the outside that some thunks call, with their types.
fn used<'t>(thunks: impl Iterator<Item = &'t Thunk> + Clone) -> Vec<(&'static str, &'static str)> {
    let has = |is: fn(&Thunk) -> bool| thunks.clone().any(is);
    let brackets = has(|thunk| !matches!(thunk.around, Around::ReturnArea(..)));
    let functions = [
        (has(Thunk::has_return_area), "realloc", "(param i32 i32 i32 i32) (result i32)"),
        (brackets, "take-arena", "(result i32)"),
        (has(|thunk| thunk.around == Around::Import), "set-arena", "(param i32)"),
        (brackets, "free-arena", "(param i32)"),
    ];
    functions.into_iter().filter(|(used, ..)| *used).map(|(_, name, ty)| (name, ty)).collect()
}

impl Thunk {
    fn define(&self, number: usize, text: &mut String) {
        let area = match self.around {
            Around::ReturnArea(size, align) | Around::Export(Some((size, align))) => Some((size, align)),
            Around::Import | Around::Export(None) => None,
        };
        let outer = self.outer();
        let _ = writeln!(text, "(func (@name \"onramp: {} {}\") (export \"{}\")", self.verb(), self.name, self.name);
        let _ = writeln!(text, "  {} (local $arena i32) (local $area i32)", types(&outer));
        for (index, ty) in self.inner.results.iter().enumerate() {
            let _ = writeln!(text, "  (local $r{index} {ty})");
        }
        let begin = match self.around {
            Around::ReturnArea(..) => "",
            Around::Import | Around::Export(_) => "(local.set $arena (call $take-arena))",
        };
        let _ = writeln!(text, "  {begin}");
        if let Some((size, align)) = area {
            let _ = writeln!(
                text,
                "  (local.set $area (call $realloc (i32.const 0) (i32.const 0) (i32.const {align}) (i32.const {size})))"
            );
        }
        for index in 0..outer.params.len() {
            let _ = writeln!(text, "  (local.get {index})");
        }
        let _ = writeln!(text, "  {} (call $f{number})", if area.is_some() { "(local.get $area)" } else { "" });
        for index in (0..self.inner.results.len()).rev() {
            let _ = writeln!(text, "  (local.set $r{index})");
        }
        text.push_str(match self.around {
            Around::ReturnArea(..) => "",
            Around::Import => "  (call $free-arena (call $take-arena)) (call $set-arena (local.get $arena))\n",
            Around::Export(_) => "  (call $free-arena (local.get $arena))\n",
        });
        for index in 0..self.inner.results.len() {
            let _ = writeln!(text, "  (local.get $r{index})");
        }
        let _ = writeln!(text, "  {})", if area.is_some() { "(local.get $area)" } else { "" });
    }

    /// Whether the results of the function around are in a block that somebody has to free.
    pub(crate) fn has_return_area(&self) -> bool {
        match self.around {
            Around::ReturnArea(..) | Around::Export(Some(_)) => true,
            Around::Import | Around::Export(None) => false,
        }
    }

    /// The signature of the function around: a return area is a result of it, and a parameter of the one within.
    fn outer(&self) -> CoreSignature {
        let mut outer = self.inner.clone();
        if self.has_return_area() {
            outer.results = outer.params.pop().into_iter().collect();
        }
        outer
    }

    fn verb(&self) -> &'static str {
        match self.around {
            Around::ReturnArea(..) => "call the host's",
            Around::Import => "bracket",
            Around::Export(_) => "be called as",
        }
    }
}

/// A signature in the text format.
fn types(signature: &CoreSignature) -> String {
    let mut text = String::new();
    for ty in &signature.params {
        let _ = write!(text, "(param {ty}) ");
    }
    for ty in &signature.results {
        let _ = write!(text, "(result {ty}) ");
    }
    text
}
