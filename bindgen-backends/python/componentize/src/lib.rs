//! Makes components of Python apps.
//!
//! An app becomes a component in four steps, and no compiler runs: the bindings of its world are generated
//! (`onramp-bindgen-python`), the runtime imports the app and a snapshot is taken (`onramp-python-runtime`), [`glue`] gives the
//! snapshot the world's core functions, and `onramp-compose` links it.

pub mod bundle;
pub mod command;
pub mod glue;
mod library;
mod link;
mod weave;

use anyhow::Result;
use onramp_abi::Profile;
use onramp_python_runtime::app::{App, Module};
use onramp_python_runtime::snapshot::{self, Snapshot};
use onramp_python_runtime::{HashSeed, Runtime};
use onramp_toolchain::Cache;
use wit_parser::{Resolve, WorldId};

use bundle::Bundle;
use glue::{BuiltIns, Glue};
use library::Library;

/// A world, and how an app meets it.
pub struct Target<'a> {
    /// The types.
    pub resolve: &'a Resolve,
    /// The world.
    pub world: WorldId,
    /// The ABI that the component speaks inside a composition.
    pub profile: Profile,
    /// The generator's options.
    pub bindings: &'a onramp_bindgen_python::Options,
    /// Functions whose strings and lists arrive as lazy values.
    pub lazy: &'a [String],
}

/// What a component has beside its app.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Parts of the standard library to leave out.
    pub left_out: Vec<String>,
    /// The seed of the hashes of texts.
    pub hash_seed: HashSeed,
    /// Whether the app can start threads. The engine must have the Component Model's threads then.
    pub threads: bool,
    /// Whether functions that answer nothing stand for WASI.
    pub stub_wasi: bool,
}

/// A finished component.
#[derive(Clone, Debug)]
pub struct Component {
    /// The component.
    pub bytes: Vec<u8>,
    /// What the user should know.
    pub notes: Vec<String>,
    /// What was written while the app was imported.
    pub written: String,
}

/// Makes a component of an app: the module `name` of a bundle.
///
/// # Errors
/// When there are no bindings of the world, when the app cannot be imported or does not have what the world exports, or when the result
/// is no valid component.
pub fn componentize(
    runtime: &Runtime,
    target: &Target,
    name: &str,
    bundle: Bundle,
    options: &Options,
    cache: &Cache,
) -> Result<Component> {
    let mut python =
        onramp_bindgen_python::generate(target.resolve, target.world, target.profile, target.bindings, target.lazy)?;
    python.table.app = name.to_owned();
    if !options.threads {
        python.notes.extend(threads_note(&bundle));
    }
    let parts = target.bindings.parts.iter().map(|part| part.module.as_str());
    let packages: Vec<&str> = parts.chain([target.bindings.world_module.as_deref().unwrap_or("wit_world")]).collect();
    let mut modules = with_bindings(&python.files, &packages, bundle.modules);
    let library = Library::new(&python.imported, &modules);
    modules.extend(library.modules);
    let mut imports = library.imports;
    imports.push(name.to_owned());
    if !options.threads {
        modules.push(no_threads());
        imports.insert(0, no_threads().name);
    }
    let app = App {
        modules,
        files: bundle.files,
        natives: bundle.natives,
        imports,
        table: Some(python.table.to_bytes()),
        left_out: options.left_out.clone(),
        hash_seed: options.hash_seed,
    };
    let Snapshot { module, written, notes } = snapshot::take(runtime, &app, &[], cache)?;
    let glue = Glue { imports: &python.imports, exports: &python.exports };
    let module = glue.weave(&module, BuiltIns { lazy: python.table.lazy, threads: options.threads })?;
    let bytes = link::link(module, target, name, (&python.kept, options.stub_wasi))?;
    let notes = python.notes.into_iter().chain(notes).collect();
    Ok(Component { bytes, notes, written })
}

/// What to say of an app that starts threads and cannot: the first places.
fn threads_note(bundle: &Bundle) -> Option<String> {
    const SHOWN: usize = 3;
    let starts = bundle.thread_starts();
    let places: Vec<String> =
        starts.iter().map(|(file, start)| format!("`{file}:{}` (`{}`)", start.line, start.name)).collect();
    let more = match places.len().saturating_sub(SHOWN) {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    (!places.is_empty()).then(|| {
        format!(
            "threads are started at {}{more}: without the option `--threads` that raises `RuntimeError`",
            places[..places.len().min(SHOWN)].join(", ")
        )
    })
}

/// What takes threads away.
fn no_threads() -> Module {
    Module {
        name: "_onramp_no_threads".to_owned(),
        file: "<onramp>/no_threads.py".to_owned(),
        source: include_bytes!("no_threads.py").to_vec(),
        is_package: false,
    }
}

/// The bindings, and the modules that they do not replace: an app may have bindings beside it, for editors.
fn with_bindings(bindings: &wit_bindgen_core::Files, packages: &[&str], modules: Vec<Module>) -> Vec<Module> {
    let mut all: Vec<Module> = bindings.iter().filter_map(|(path, source)| Module::at(path, source.to_vec())).collect();
    let names: Vec<String> = all.iter().map(|module| module.name.clone()).collect();
    let is_inside = |name: &str| {
        packages.iter().any(|package| name.strip_prefix(package).is_some_and(|rest| rest.starts_with('.')))
    };
    all.extend(modules.into_iter().filter(|module| !names.contains(&module.name) && !is_inside(&module.name)));
    all
}
