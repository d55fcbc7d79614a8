//! Makes components of Python apps.
//!
//! An app becomes a component in four steps, and no compiler runs: the bindings of its world are generated
//! (`onramp-bindgen-python`), the runtime imports the app and a snapshot is taken (`onramp-python-runtime`), [`glue`] gives the
//! snapshot the world's core functions, and `onramp-compose` links it.

pub mod glue;
mod link;
mod weave;

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_python_runtime::app::{App, Module};
use onramp_python_runtime::{Runtime, snapshot};
use onramp_toolchain::Cache;
use wit_parser::{Resolve, WorldId};

use glue::{BuiltIns, Glue};

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
    pub hash_seed: u32,
    /// Whether the app can start threads. The engine must have the Component Model's threads then.
    pub threads: bool,
}

/// A finished component.
#[derive(Clone, Debug)]
pub struct Component {
    /// The component.
    pub bytes: Vec<u8>,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// Makes a component of an app: the module `name` among these modules. They are found in their order; the bindings come before
/// them.
///
/// # Errors
/// When there are no bindings of the world, when the app cannot be imported or does not have what the world exports, or when the result is no
/// valid component.
pub fn componentize(
    runtime: &Runtime,
    target: &Target,
    name: &str,
    modules: Vec<Module>,
    options: &Options,
    cache: &Cache,
) -> Result<Component> {
    let mut python = onramp_bindgen_python::generate(
        target.resolve,
        target.world,
        target.profile,
        target.bindings,
        target.lazy,
    )?;
    python.table.app = name.to_owned();
    let app = App {
        modules: bundle(&python.files, modules),
        imports: vec![name.to_owned()],
        table: Some(python.table.to_bytes()),
        left_out: options.left_out.clone(),
        hash_seed: options.hash_seed,
    };
    let module = snapshot::take(runtime, &app, &[], cache)?;
    let glue = Glue { imports: &python.imports, exports: &python.exports };
    let module = glue.weave(&module, BuiltIns { lazy: python.table.lazy, threads: options.threads })?;
    let bytes = link::link(module, target, name).context("the app does not become a component")?;
    Ok(Component { bytes, notes: python.notes })
}

/// The bindings, and the modules that they do not replace.
fn bundle(bindings: &wit_bindgen_core::Files, modules: Vec<Module>) -> Vec<Module> {
    let generated = bindings.iter().filter_map(|(path, source)| Module::at(path, source.to_vec()));
    let mut all: Vec<Module> = Vec::new();
    for module in generated.chain(modules) {
        if !all.iter().any(|other| other.name == module.name) {
            all.push(module);
        }
    }
    all
}
