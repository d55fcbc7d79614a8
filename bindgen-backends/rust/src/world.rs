//! The edits of a whole world.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use onramp_abi::kept::{Kept, Place};
use onramp_abi::{Lowering, Passing, Profile, Role, Signature, Types, names};
use onramp_bridge::lazy::given;
use onramp_bridge::{Direction, Export, Import, Results, WorldFunction, functions};
use wit_bindgen_core::wit_parser::{Resolve, WorldId, WorldKey};
use wit_bindgen_rust::{Opts, WithOption};

use crate::export::ResultBlock;
use crate::lazy::{Records, Replacement};
use crate::sites::Sites;
use crate::{export, fixed, import, lazy, objects, section};
use onramp_bridge::Edits;

/// What the edits of all functions share.
pub struct Shared<'a> {
    pub sites: Sites,
    /// The path of the runtime.
    pub runtime: &'a str,
    /// What stands before each name of a core export.
    pub export_prefix: &'a str,
    /// What records of `--lazy` hold, by their numbers, in the runtime's types.
    pub given: Vec<String>,
}

/// A world whose text is edited.
struct Editor<'a, 't> {
    types: Types<'a>,
    profile: Profile,
    records: &'a Records,
    shared: Shared<'a>,
    edits: Edits<'t>,
    replacements: BTreeMap<usize, Replacement>,
    notes: Vec<String>,
}

/// The text in a profile, and the notes.
///
/// # Errors
/// When a function that the profile covers is not where upstream's text is known to have it.
pub fn edit(
    resolve: &Resolve,
    world: WorldId,
    profile: Profile,
    options: &Opts,
    (records, places, kept): (&Records, &[Place], &Kept),
    text: &str,
) -> Result<(String, Vec<String>)> {
    let runtime = options.runtime_path.as_deref().unwrap_or("wit_bindgen::rt");
    let shared = Shared {
        sites: Sites::find(text),
        runtime,
        export_prefix: options.export_prefix.as_deref().unwrap_or_default(),
        given: records.types.iter().map(|record| lazy::content(resolve, runtime, record)).collect(),
    };
    let types = Types::new(resolve)?;
    let (edits, replacements, notes) = (Edits::new(text), BTreeMap::new(), Vec::new());
    let mut editor = Editor { types, profile, records, shared, edits, replacements, notes };
    for one in functions(resolve, world).into_iter().filter(|one| is_generated(resolve, options, one)) {
        let name = names::function(resolve, one.interface, one.function);
        let edited = editor.function(&one, &name);
        edited.with_context(|| format!("wit-bindgen-rust's text for {name} is not as expected"))?;
    }
    section::add(&mut editor.edits, profile, places)?;
    objects::add(&mut editor.edits, kept)?;
    editor.finish()
}

impl Editor<'_, '_> {
    fn function(&mut self, one: &WorldFunction<'_>, name: &str) -> Result<()> {
        let resolve = self.types.resolve();
        if let Some(reason) = one.eager_because(resolve) {
            self.notes.push(format!("the {} {name} keeps the eager ABI: {reason}", direction(one.direction)));
            return Ok(());
        }
        if let Some(number) = self.records.lifted_by(resolve, one) {
            return self.lift(one, number);
        }
        let (interface, function) = (one.interface, one.function);
        match one.direction {
            Direction::Import => {
                let eager = names::import(resolve, Profile::Eager, interface, function);
                let import = Import::new(&mut self.types, self.profile, interface, function)?;
                let owning = fixed::owning(&mut self.types, function)?;
                import::edit(&mut self.edits, &self.shared, &eager, &import, &owning)
            }
            Direction::Export => {
                let eager = names::export(resolve, Profile::Eager, interface, function);
                let export = Export::new(&mut self.types, self.profile, interface, function)?;
                let block = self.result_block(one, &export.results)?;
                export::edit(&mut self.edits, &self.shared, &eager, &export, &block)
            }
        }
    }

    fn lift(&mut self, one: &WorldFunction<'_>, number: usize) -> Result<()> {
        let record = &self.records.types[number];
        let (text, shared, types) = (self.edits.text(), &self.shared, &mut self.types);
        self.replacements.insert(number, Replacement::new(text, shared, types, record, number, Some(one))?);
        match &record.element {
            Some(element) => lazy::edit_lift(&mut self.edits, shared, types, one, number, element),
            None => Ok(()),
        }
    }

    /// What an export's result is in memory.
    fn result_block(&mut self, one: &WorldFunction<'_>, results: &Results) -> Result<ResultBlock> {
        let reclaims = given(&mut self.types, &self.records.types, one.function, results)?;
        let signature = Signature::new(self.types.resolve(), self.profile, Role::Callee, one.function);
        let own = match (self.profile.lowering(), signature.result_passing, &one.function.result) {
            (Lowering::Lazy, Passing::Memory, Some(result)) => {
                let ty = self.types.add(result)?;
                Some((self.types[ty].size, self.types[ty].align))
            }
            _ => None,
        };
        Ok(ResultBlock { own, reclaims })
    }

    fn finish(mut self) -> Result<(String, Vec<String>)> {
        for (number, record) in self.records.types.iter().enumerate() {
            if !self.replacements.contains_key(&number) {
                let (text, types) = (self.edits.text(), &mut self.types);
                let replacement = Replacement::new(text, &self.shared, types, record, number, None)?;
                self.replacements.insert(number, replacement);
            }
        }
        let replacements: Vec<Replacement> = self.replacements.into_values().collect();
        let text = lazy::replace(self.edits.finish()?, self.records, &replacements)?;
        Ok((export::without_unused_areas(&text)?, self.notes))
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Import => "import",
        Direction::Export => "export",
    }
}

/// Whether upstream makes bindings for the function: it is not skipped, and its interface not bound elsewhere.
fn is_generated(resolve: &Resolve, options: &Opts, one: &WorldFunction<'_>) -> bool {
    let skipped = options.skip.contains(&one.function.name);
    let elsewhere = match (one.direction, one.interface) {
        (Direction::Import, Some(key)) => is_elsewhere(resolve, options, key),
        (Direction::Import, None) | (Direction::Export, _) => false,
    };
    !skipped && !elsewhere
}

/// Whether the imports of an interface are bound elsewhere.
pub fn is_elsewhere(resolve: &Resolve, options: &Opts, key: &WorldKey) -> bool {
    let name = resolve.name_world_key(key);
    // Of two entries for one name, upstream takes the last.
    let with = options.with.iter().rev().find(|(key, _)| *key == name);
    matches!(with, Some((_, WithOption::Path(_))))
}
