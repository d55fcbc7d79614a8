//! Glue: a world's core functions around the runtime's two, `call` and `onramp_python_call`.
//!
//! The runtime passes core values in *slots* (`onramp-python-table` says how). So all that differs from function to function
//! is the core signature: the glue has one function for each, without branches or types of WIT in it.

mod body;

use anyhow::Result;
use onramp_abi::CoreType;
use onramp_bindgen_python::{CoreExport, CoreImport};
use wasm_encoder::{FuncType, Function, ValType};

use crate::weave::{Added, Changes, Places, weave};

/// The core functions of a world, by the indices of the runtime's table.
#[derive(Clone, Copy)]
pub struct Glue<'g> {
    /// What the runtime can call.
    pub imports: &'g [CoreImport],
    /// What can be called in the runtime.
    pub exports: &'g [CoreExport],
}

/// What the runtime imports.
const CALL: (&str, &str) = ("onramp:python", "call");

/// The lazy ABI's built-ins, as the runtime imports them: how many i32 they take and return.
const LAZY: [(&str, usize, usize); 4] = [("lower", 4, 0), ("size", 1, 1), ("lower-all", 2, 0), ("drop", 1, 0)];

/// The built-ins of threads: how many i32 they take, and whether they return one.
const THREADS: [(&str, usize, usize); 4] = [
    ("[thread-new-indirect-v0]", 2, 1),
    ("[thread-index]", 0, 1),
    ("[thread-resume-later]", 1, 0),
    ("[thread-suspend-then-resume]", 1, 1),
];

/// What the runtime has for its first life only, and for the glue.
const HIDDEN: [&str; 1] = ["onramp_python_"];

/// Which built-ins a component has. Those that it has not become functions that trap; nobody calls them.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIns {
    /// Those of the lazy ABI.
    pub lazy: bool,
    /// Those of threads.
    pub threads: bool,
}

impl Glue<'_> {
    /// Weaves the glue into the runtime's module.
    ///
    /// # Errors
    /// When the module is none of this runtime's.
    pub fn weave(&self, module: &[u8], built_ins: BuiltIns) -> Result<Vec<u8>> {
        let mut changes = Changes { hidden: HIDDEN.to_vec(), ..Changes::default() };
        self.imports(&mut changes);
        self.exports(&mut changes);
        if !built_ins.lazy {
            absent(&mut changes, onramp_abi::names::BUILT_INS, &LAZY);
        }
        if !built_ins.threads {
            absent(&mut changes, "$root", &THREADS);
        }
        weave(module, &changes)
    }

    /// A function for each import, and `call`, which chooses among them.
    fn imports(&self, changes: &mut Changes) {
        let first = changes.functions.len();
        for (index, import) in self.imports.iter().enumerate() {
            let ty = core(&import.params, &import.results);
            changes.imports.push((import.module.clone(), import.field.clone(), ty));
            let import = import.clone();
            add(changes, format!("onramp: call {} {}", import.module, import.field), i32s(1, 0), move |places| {
                Ok(body::import(&import, places.import(index)))
            });
        }
        let functions = first..changes.functions.len();
        let call = add(changes, "onramp: call".to_owned(), i32s(2, 0), move |places| {
            Ok(body::choose(functions.clone().map(|function| places.added(function))))
        });
        changes.defined.insert((CALL.0.to_owned(), CALL.1.to_owned()), call);
    }

    fn exports(&self, changes: &mut Changes) {
        for (index, export) in self.exports.iter().enumerate() {
            let this = export.clone();
            let ty = core(&export.params, &export.results);
            let function = add(changes, export.name.clone(), ty, move |places| {
                Ok(body::export(index, &this, places.exported("onramp_python_call")?))
            });
            changes.exports.push((export.name.clone(), function));
            let Some(name) = &export.post_return else { continue };
            let results = export.results.clone();
            let function = add(changes, name.clone(), core(&results, &[]), move |places| {
                Ok(body::post_return(index, &results, places.exported("onramp_python_post_return")?))
            });
            changes.exports.push((name.clone(), function));
        }
    }
}

fn core(params: &[CoreType], results: &[CoreType]) -> FuncType {
    let types = |types: &[CoreType]| types.iter().copied().map(ValType::from).collect::<Vec<_>>();
    FuncType::new(types(params), types(results))
}

/// Adds a function; its index among those that are added.
fn add(
    changes: &mut Changes,
    name: String,
    ty: FuncType,
    body: impl Fn(&Places) -> Result<Function> + 'static,
) -> usize {
    changes.functions.push(Added { name, ty, body: Box::new(body) });
    changes.functions.len() - 1
}

/// Defines imports as functions that trap.
fn absent(changes: &mut Changes, module: &str, functions: &[(&str, usize, usize)]) {
    for (field, params, results) in functions {
        let name = format!("onramp: absent {module} {field}");
        let function = add(changes, name, i32s(*params, *results), |_| Ok(body::absent()));
        changes.defined.insert((module.to_owned(), (*field).to_owned()), function);
    }
}

fn i32s(params: usize, results: usize) -> FuncType {
    FuncType::new(vec![ValType::I32; params], vec![ValType::I32; results])
}
