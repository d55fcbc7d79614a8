//! What the generator makes.

use onramp_abi::CoreType;
use onramp_abi::kept::Place;
use onramp_python_table::Table;
use wit_bindgen_core::Files;

/// A world in Python, under a profile.
pub struct Python {
    /// The package and the modules that it needs for itself and for type checkers, by path.
    pub files: Files,
    /// What the runtime reads. Its `app` is empty: who has an app says it.
    pub table: Table,
    /// The core imports of [`Table::imports`], by the same index.
    pub imports: Vec<CoreImport>,
    /// The core exports of [`Table::exports`], by the same index.
    pub exports: Vec<CoreExport>,
    /// What the user should know: a line for each import that cannot be called, with the reason.
    pub notes: Vec<String>,
    /// The modules of imported interfaces.
    pub imported: Vec<Module>,
    /// Where values stay objects.
    pub kept: Vec<Place>,
}

/// The module of an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The interface, such as `wasi:io/poll@0.2.0`.
    pub interface: String,
    /// The module's full name.
    pub name: String,
}

/// A core function that the guest imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreImport {
    /// Its module.
    pub module: String,
    /// Its field.
    pub field: String,
    /// Its parameters.
    pub params: Vec<CoreType>,
    /// Its results.
    pub results: Vec<CoreType>,
}

/// A core function that the guest exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreExport {
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub params: Vec<CoreType>,
    /// Its results.
    pub results: Vec<CoreType>,
    /// The export that frees the results and has them as parameters; `None`: there is nothing to free.
    pub post_return: Option<String>,
}
