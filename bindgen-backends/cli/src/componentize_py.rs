//! `onramp componentize-py`: componentize-py's command line.

mod settings;
mod site;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use onramp_abi::Profile;
use onramp_componentize::{Component, Options, Target, bundle};
use onramp_python_runtime::{HashSeed, Runtime, exchange};
use onramp_toolchain::Cache;

use crate::bindgen::output::Output;
use world::{Choice, World};

/// The flags of `onramp componentize-py`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    common: Common,

    /// The app's module: short for `componentize APP`.
    #[arg(value_name = "APP")]
    app: Option<String>,
}

/// What is to be done.
#[derive(Subcommand)]
enum Command {
    /// Makes a component of an app.
    Componentize {
        /// The app's module.
        #[arg(value_name = "APP")]
        app: String,
    },
    /// Writes the bindings of the world to a folder: for editors and type checkers. A component gets its own.
    Bindings {
        /// The folder. It is made if it is not there.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// What can stand before the command and behind it.
#[derive(Args)]
#[command(mut_args(|argument| if argument.is_positional() { argument } else { argument.global(true) }))]
struct Common {
    /// Where the WIT is: a file, or a folder with `*.wit` files and perhaps a folder `deps`; may be given several times (default: `wit`).
    #[arg(short = 'd', long, value_name = "WIT")]
    wit_path: Vec<PathBuf>,

    /// The world of the app; the component of several has the imports and exports of all. It may be left out when there is one.
    #[arg(short, long, value_name = "WORLD")]
    world: Vec<String>,

    /// Says nothing but errors.
    #[arg(short, long)]
    quiet: bool,

    /// Features of the WIT that are on (`@unstable(feature = …)`), separated by commas; may be given several times.
    #[arg(long, value_name = "FEATURES")]
    features: Vec<String>,

    /// All features of the WIT are on.
    #[arg(long)]
    all_features: bool,

    #[command(flatten)]
    bindings: onramp_bindgen_python::Options,

    /// The ABI that the app speaks inside a composition; the component itself runs anywhere.
    #[arg(long, value_name = "PROFILE", default_value_t = Profile::Eager, value_parser = crate::bindgen::profile)]
    profile: Profile,

    /// Functions whose strings and lists arrive as lazy values, or under gc stay objects, as in `onramp bindgen`; for the profiles lazy, cm1 and gc.
    #[arg(long, value_name = "PATTERN")]
    lazy: Vec<String>,

    /// A folder with the app's modules and packages, or with those that it needs, such as the `site-packages` of a virtual environment;
    /// may be given several times (default: `.`). The active one's is the last. What the app cannot reach by its imports is left
    /// out.
    #[arg(short, long, value_name = "PATH")]
    python_path: Vec<PathBuf>,

    /// The world of a package that has a file `componentize-py.toml`; may be given several times, with what a package depends on before
    /// it (default: those of `--world` that the package's WIT has).
    #[arg(short, long, value_name = "PACKAGE=WORLD", value_parser = pair)]
    module_worlds: Vec<(String, String)>,

    /// Imports and exports that this world does not have are left out: for an environment that has less than a package asks for.
    #[arg(short, long, value_name = "WORLD")]
    intersect_world: Option<String>,

    /// Where the component is written.
    #[arg(short, long, value_name = "FILE", default_value = "index.wasm")]
    output: PathBuf,

    /// The component imports nothing of WASI: it has no files but its own, no clock, no output, and the same random numbers each time.
    #[arg(short, long)]
    stub_wasi: bool,

    /// The app can start threads. The engine must have the Component Model's threads, as `onramp run` has; a composition leaves the
    /// component nested.
    #[arg(long)]
    threads: bool,

    /// A module or package of the standard library that is left out; may be given several times.
    #[arg(long, value_name = "MODULE")]
    leave_out: Vec<String>,

    /// The seed of the hashes of texts: `fresh`, so that each instance has its own, or a number, which all instances have.
    #[arg(long, value_name = "fresh|NUMBER", default_value_t = HashSeed::Fresh)]
    hash_seed: HashSeed,

    /// An exported runtime to use (default: the one that was imported, else one that is built from source).
    #[arg(long, value_name = "FILE", env = "ONRAMP_PYTHON_RUNTIME")]
    runtime: Option<PathBuf>,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        match (self.command, self.app) {
            (Some(Command::Componentize { app }), None) | (None, Some(app)) => self.common.componentize(&app),
            (Some(Command::Bindings { folder }), None) => self.common.write_bindings(&folder),
            (Some(_), Some(app)) => bail!("`{app}` stands before a command: an app is named behind `componentize`"),
            (None, None) => bail!("there is no app: name its module, as in `onramp componentize-py -w WORLD APP`"),
        }
    }
}

impl Common {
    fn componentize(&self, app: &str) -> Result<()> {
        let bundle = self.bundle(app)?;
        let settings = settings::read(&bundle.settings, &self.module_worlds)?;
        let intersection = self.intersect_world.as_deref();
        let world =
            World::read(self, &Choice { settings: &settings, module_worlds: &self.module_worlds, intersection })?;
        let cache = Cache::open()?;
        let target = Target {
            resolve: &world.resolve,
            world: world.id,
            profile: self.profile,
            bindings: &world.bindings,
            lazy: &self.lazy,
        };
        let options = Options {
            left_out: self.leave_out.clone(),
            hash_seed: self.hash_seed,
            threads: self.threads,
            stub_wasi: self.stub_wasi,
        };
        let made = onramp_componentize::componentize(&self.runtime(&cache)?, &target, app, bundle, &options, &cache);
        let Component { bytes, notes, written } =
            made.with_context(|| format!("`{app}` does not become a component"))?;
        if !self.quiet {
            eprint!("{written}");
            notes.iter().for_each(|note| eprintln!("note: {note}"));
        }
        fs::write(&self.output, bytes).with_context(|| format!("cannot write `{}`", self.output.display()))
    }

    fn bundle(&self, app: &str) -> Result<bundle::Bundle> {
        let mut paths = self.python_path.clone();
        if paths.is_empty() {
            paths.push(PathBuf::from("."));
        }
        paths.extend(site::packages()?);
        let others: Vec<String> = self.module_worlds.iter().map(|(package, _)| package.clone()).collect();
        bundle::Bundle::read_with(app, &others, &paths)
    }

    fn write_bindings(&self, folder: &Path) -> Result<()> {
        let world = World::read(self, &Choice::default())?;
        let python =
            onramp_bindgen_python::generate(&world.resolve, world.id, self.profile, &world.bindings, &self.lazy)?;
        python.files.iter().try_for_each(|(name, contents)| Output::new(folder, name, contents).write())
    }

    fn runtime(&self, cache: &Cache) -> Result<Runtime> {
        if let Some(file) = &self.runtime {
            return exchange::read(file);
        }
        match exchange::imported(cache)? {
            Some(runtime) => Ok(runtime),
            None => Runtime::ensure(cache).context(
                "there is no Python runtime: `onramp python-runtime import FILE` takes one that was exported elsewhere, and \
                 building one failed",
            ),
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((package, world)) => Ok((package.to_owned(), world.to_owned())),
        None => Err(format!("`{text}` is not of the form `PACKAGE=WORLD`")),
    }
}
