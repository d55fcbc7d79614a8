//! Where things are in the module before and after.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use onramp_abi::CoreType;
use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::Parser;

use crate::link::core::CoreSignature;

use super::plan::{Cell, Import, Plan, Thunk};

/// Rewrites a module.
///
/// # Errors
/// When it cannot be written again.
pub(super) fn rewrite(module: &[u8], plan: &Plan) -> Result<Vec<u8>> {
    // Which changed imports are more than called shows only in the code, and functions for them stand before it.
    let mut referred = BTreeSet::new();
    loop {
        let mut rewriter = Rewriter::new(plan, &referred);
        let mut out = Module::new();
        rewriter
            .parse_core_module(&mut out, Parser::new(0), module)
            .map_err(|error| anyhow!("its thunks cannot be woven: {error}"))?;
        if rewriter.referred == referred {
            return Ok(out.finish());
        }
        referred = rewriter.referred;
    }
}

/// A rewriting, which learns where things are as it goes through the sections.
pub(super) struct Rewriter<'p> {
    pub(super) plan: &'p Plan,
    /// The imported functions.
    pub(super) imports: Vec<Imported>,
    /// Functions that are added, in this order, behind all others.
    pub(super) added: Vec<Added<'p>>,
    /// The changed imports that something refers to other than by calling them: in the code seen until now and before.
    pub(super) referred: BTreeSet<(String, String)>,
    /// Types that are added, in this order, behind all others.
    pub(super) types: Vec<CoreSignature>,
    /// Globals that are added, in this order, behind all others.
    pub(super) globals: Vec<Global>,
    /// How many types the module had.
    pub(super) first_type: u32,
    /// How many globals it had.
    pub(super) first_global: u32,
    /// How many functions it defined.
    pub(super) defined: u32,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    fn new(plan: &'p Plan, referred: &BTreeSet<(String, String)>) -> Self {
        let exports = plan.exports.iter().map(|(replaced, thunk)| Added::Export { replaced, thunk, inner: 0 });
        let references = referred.iter().cloned().map(Added::Reference);
        let mut rewriter = Rewriter {
            plan,
            imports: Vec::new(),
            added: exports.chain(references).collect(),
            referred: referred.clone(),
            types: Vec::new(),
            globals: globals(plan),
            first_type: 0,
            first_global: 0,
            defined: 0,
        };
        for signature in rewriter.signatures() {
            if !rewriter.types.contains(&signature) {
                rewriter.types.push(signature);
            }
        }
        rewriter
    }

    /// The signatures of what changes and what is added.
    fn signatures(&self) -> Vec<CoreSignature> {
        let thunks = self.plan.imports.values().filter_map(|import| match import {
            Import::Thunk(thunk) => Some(thunk.signature.clone()),
            Import::Get(_) | Import::Set(_) => None,
        });
        thunks.chain(self.added.iter().map(|added| self.signature(added))).collect()
    }

    /// The signature of a function that is added.
    pub(super) fn signature(&self, added: &Added) -> CoreSignature {
        match added {
            Added::Export { thunk, .. } => thunk.signature.clone(),
            Added::Reference(import) => self.plan.imports[import].signature(),
        }
    }

    /// The index of a type that is added.
    pub(super) fn type_of(&self, signature: &CoreSignature) -> u32 {
        let position = self.types.iter().position(|ty| ty == signature);
        self.first_type + position.expect("all signatures are among the types") as u32
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
            return self.index(function).expect("only changed imports are no more");
        }
        let name = self.imports[function as usize].name.clone();
        let position = self.added.iter().position(|added| matches!(added, Added::Reference(other) if *other == name));
        self.referred.insert(name);
        // In the first round it has no index yet, and what is written is not used.
        position.map_or(0, |position| self.first_added() + position as u32)
    }

    /// The index of the first function that is added.
    pub(super) fn first_added(&self) -> u32 {
        self.kept() + self.defined
    }

    fn kept(&self) -> u32 {
        self.imports.iter().filter(|import| import.index.is_some()).count() as u32
    }
}

/// The globals that are needed.
fn globals(plan: &Plan) -> Vec<Global> {
    let accessed = plan.imports.values().filter_map(|import| match import {
        Import::Get(cell) => Some(Global::Got(*cell)),
        Import::Set(cell) => Some(Global::Set(*cell)),
        Import::Thunk(_) => None,
    });
    let returned = plan.exports.values().flat_map(Thunk::cells).map(Global::Set);
    let mut all: BTreeMap<(bool, Cell), Global> = BTreeMap::new();
    for global in accessed.chain(returned) {
        match global {
            Global::Got(cell) => all.insert((false, cell), global),
            Global::Set(cell) => all.insert((true, cell), global),
        };
    }
    all.into_values().collect()
}
