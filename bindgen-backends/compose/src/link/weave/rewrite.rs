//! Where things are in the module before and after.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use onramp_abi::CoreType;
use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::Parser;

use crate::link::core::CoreSignature;

use super::learned::Learned;
use super::plan::{Cell, Import, Plan, Thunk};

/// Rewrites a module.
///
/// # Errors
/// When it cannot be written again.
pub(super) fn rewrite(module: &[u8], plan: &Plan) -> Result<Vec<u8>> {
    let (learned, _) = Rewriter::new(plan, &Learned::default()).run(module)?;
    let (_, woven) = Rewriter::new(plan, &learned).run(module)?;
    Ok(woven)
}

/// A rewriting, which learns where things are as it goes through the sections.
pub(super) struct Rewriter<'p> {
    pub(super) plan: &'p Plan,
    /// What is seen. What is written follows from what was seen before.
    pub(super) seen: Learned,
    /// The functions that get all results themselves.
    pub(super) widened: BTreeMap<u32, &'p Thunk>,
    /// The imported functions.
    pub(super) imports: Vec<Imported>,
    /// Functions that are added, in this order, behind all others.
    pub(super) added: Vec<Added<'p>>,
    /// Types that are added, in this order, behind all others.
    pub(super) types: Vec<CoreSignature>,
    /// Globals that are added, in this order, behind all others.
    pub(super) globals: Vec<Global>,
    /// The types that the module had: how many parameters each has.
    pub(super) parameters: Vec<u32>,
    /// How many globals it had.
    pub(super) first_global: u32,
    /// The types of the functions that it defined.
    pub(super) defined: Vec<u32>,
    /// How many of them are written.
    pub(super) written: u32,
}

/// An imported function.
pub(super) struct Imported {
    pub(super) name: (String, String),
    /// Its new index; `None`: it is no more.
    pub(super) index: Option<u32>,
}

/// A function that is added.
pub(super) enum Added<'p> {
    /// An export with all results, around the function that was exported as its thunk.
    Export {
        /// The export that is replaced.
        replaced: &'p str,
        thunk: &'p Thunk,
        /// The index of the thunk in the module before; it is known when the exports were read.
        inner: u32,
    },
    /// What stands for a changed import where it is not called: in tables, say.
    Reference((String, String)),
}

/// A global. Getters and setters have their own, so that what an exported function calls after it set its results does not
/// change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Global {
    /// What a getter reads.
    Got(Cell),
    /// What a setter writes.
    Set(Cell),
}

impl Global {
    pub(super) fn ty(self) -> CoreType {
        match self {
            Global::Got(cell) | Global::Set(cell) => cell.ty,
        }
    }
}

impl<'p> Rewriter<'p> {
    fn new(plan: &'p Plan, learned: &Learned) -> Self {
        let widened = learned.widened(plan);
        let replaced = |name: &String| widened.keys().all(|function| learned.exported[function] != *name);
        let exports = plan.exports.iter().filter(|(name, _)| replaced(name));
        let exports = exports.map(|(replaced, thunk)| Added::Export { replaced, thunk, inner: 0 });
        let added = exports.chain(learned.referred.iter().cloned().map(Added::Reference)).collect();
        let mut rewriter = Rewriter {
            plan,
            seen: Learned::default(),
            widened,
            imports: Vec::new(),
            added,
            types: Vec::new(),
            globals: Vec::new(),
            parameters: Vec::new(),
            first_global: 0,
            defined: Vec::new(),
            written: 0,
        };
        rewriter.types = rewriter.signatures();
        rewriter.globals = rewriter.needed_globals(learned);
        rewriter
    }

    /// Reads the module and writes it: what was seen, and what was written.
    fn run(mut self, module: &[u8]) -> Result<(Learned, Vec<u8>)> {
        let mut out = Module::new();
        self.parse_core_module(&mut out, Parser::new(0), module)
            .map_err(|error| anyhow!("its thunks cannot be woven: {error}"))?;
        Ok((self.seen, out.finish()))
    }

    /// The signatures of what changes and what is added, each once.
    fn signatures(&self) -> Vec<CoreSignature> {
        let imported = self.plan.imports.values().filter_map(|import| match import {
            Import::Thunk(thunk) => Some(thunk.signature.clone()),
            Import::Get(_) | Import::Set(_) => None,
        });
        let widened = self.widened.values().map(|thunk| thunk.signature.clone());
        let all = imported.chain(widened).chain(self.added.iter().map(|added| self.signature(added)));
        let mut signatures = Vec::new();
        for signature in all {
            if !signatures.contains(&signature) {
                signatures.push(signature);
            }
        }
        signatures
    }

    /// The signature of a function that is added.
    pub(super) fn signature(&self, added: &Added) -> CoreSignature {
        match added {
            Added::Export { thunk, .. } => thunk.signature.clone(),
            Added::Reference(import) => self.plan.imports[import].signature(),
        }
    }

    /// The globals for results that do not stay in locals.
    fn needed_globals(&self, learned: &Learned) -> Vec<Global> {
        let mut needed: BTreeSet<Global> = learned.read_later.iter().copied().map(Global::Got).collect();
        for import in self.plan.imports.values() {
            match import {
                Import::Set(cell) if self.widened.is_empty() => needed.insert(Global::Set(*cell)),
                Import::Set(_) | Import::Get(_) | Import::Thunk(_) => false,
            };
        }
        for added in &self.added {
            match added {
                Added::Export { thunk, .. } => needed.extend(thunk.cells().map(Global::Set)),
                Added::Reference(import) => needed.extend(match self.plan.imports[import] {
                    Import::Get(cell) => Some(Global::Got(cell)),
                    Import::Set(cell) => Some(Global::Set(cell)),
                    Import::Thunk(_) => None,
                }),
            }
        }
        needed.into_iter().collect()
    }

    /// The index of a type that is added.
    pub(super) fn type_of(&self, signature: &CoreSignature) -> u32 {
        let position = self.types.iter().position(|ty| ty == signature);
        (self.parameters.len() + position.expect("all signatures are among the types")) as u32
    }

    /// The index of a global that is added.
    pub(super) fn global(&self, global: Global) -> Option<u32> {
        let position = self.globals.iter().position(|other| *other == global)?;
        Some(self.first_global + position as u32)
    }

    /// What changes of an imported function; `None`: nothing, or it is not imported.
    pub(super) fn changed(&self, function: u32) -> Option<&'p Import> {
        self.plan.imports.get(&self.imports.get(function as usize)?.name)
    }

    /// The new index of a function; `None`: it is no more.
    pub(super) fn index(&self, function: u32) -> Option<u32> {
        match self.imports.get(function as usize) {
            Some(import) => import.index,
            None => Some(function - self.imports.len() as u32 + self.kept()),
        }
    }

    /// The index of what stands for a function where it is not called.
    pub(super) fn reference(&mut self, function: u32) -> u32 {
        if self.changed(function).is_none() {
            self.seen.shared.insert(function);
            return self.index(function).expect("only changed imports are no more");
        }
        let name = self.imports[function as usize].name.clone();
        let position = self.added.iter().position(|added| matches!(added, Added::Reference(other) if *other == name));
        self.seen.referred.insert(name);
        // Before it was learned that there must be one, what is written is not used.
        position.map_or(0, |position| self.first_added() + position as u32)
    }

    /// The index of the first function that is added.
    pub(super) fn first_added(&self) -> u32 {
        self.kept() + self.defined.len() as u32
    }

    fn kept(&self) -> u32 {
        self.imports.iter().filter(|import| import.index.is_some()).count() as u32
    }
}
