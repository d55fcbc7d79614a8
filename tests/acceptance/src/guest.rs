//! Building a guest: bindings, a core module (kept in the cache), and a component.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use onramp_abi::Profile;
use onramp_compose::Input;
use onramp_matrix::language::catch;
use onramp_toolchain::{Cache, Key, component_ld};
use wit_component::ComponentEncoder;

use crate::bindings::{Generated, Order};
use crate::c::{self, C};
use crate::folder::{Folder, Source};
use crate::language::Language;
use crate::rust::{self, Rust};

/// The compilers, and where their work is kept.
pub struct Workshop {
    /// The cache.
    pub cache: Cache,
    /// The program that links guests to components; without one, the library does.
    pub program: Option<Program>,
    /// Rust's tools, if Rust is wanted.
    pub rust: Option<Rust>,
    /// C's tools, if C is wanted.
    pub c: Option<C>,
}

/// A linker like `onramp-component-ld`.
pub struct Program {
    /// The file.
    pub path: PathBuf,
    /// A digest of it.
    digest: String,
}

impl Program {
    /// The linker in a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(file: &Path) -> Result<Self> {
        let path = std::path::absolute(file)?;
        let bytes = fs::read(&path).with_context(|| format!("cannot read `{}`", file.display()))?;
        Ok(Program { path, digest: Key::new().with("program", bytes).finish() })
    }
}

/// A guest.
pub struct Guest {
    /// The component.
    pub component: Vec<u8>,
    /// What the generator had to say.
    pub notes: Vec<String>,
}

impl Workshop {
    /// Finds the tools for languages, and compiles what guests of all profiles share.
    ///
    /// # Errors
    /// When a tool is missing.
    pub fn set_up(workspace: &Path, languages: &[Language], profiles: &[Profile]) -> Result<Self> {
        let cache = Cache::open()?;
        let linker = component_ld::ensure(&cache)?;
        let ours = profiles.iter().any(|profile| *profile != Profile::Eager);
        let rust = languages.contains(&Language::Rust).then(|| Rust::set_up(&cache, &linker, workspace, ours));
        let c = languages.contains(&Language::C).then(|| C::set_up(&cache, &linker));
        Ok(Workshop { rust: rust.transpose()?, c: c.transpose()?, cache, program: None })
    }

    fn program(&self) -> Option<&Path> {
        self.program.as_ref().map(|program| program.path.as_path())
    }

    pub(crate) fn rust(&self) -> Result<&Rust> {
        self.rust.as_ref().context("Rust was not set up")
    }

    pub(crate) fn c(&self) -> Result<&C> {
        self.c.as_ref().context("C was not set up")
    }

    /// Builds the guest of a source in a profile.
    ///
    /// # Errors
    /// When the generator, the compiler or the linker refuses: with what it says.
    pub fn build(&self, folder: &Folder, source: &Source, profile: Profile) -> Result<Guest> {
        let bindings = bindings(folder, source, profile).context("the bindings cannot be generated")?;
        let linked = self.compiled(folder, source, profile, &bindings)?;
        let linked = fs::read(linked)?;
        // Where all functions are async, none has the profile's ABI.
        let may_be_eager = profile == Profile::Eager || folder.header.is_async && !bindings.notes.is_empty();
        ensure!(may_be_eager || speaks(&linked, profile), "the module has no function of the profile {profile}");
        let component = match self.program {
            Some(_) => linked,
            None => catch(|| component(&source.name(), linked, profile))?,
        };
        Ok(Guest { component, notes: bindings.notes })
    }

    /// The core module, or the component when a program links it; compiled when the cache does not have it.
    fn compiled(&self, folder: &Folder, source: &Source, profile: Profile, bindings: &Generated) -> Result<PathBuf> {
        let key = self.key(folder, source, profile, bindings)?;
        let entry = self.cache.make("acceptance-guests", &key, |entry| {
            write(bindings, entry)?;
            match source.language {
                Language::Rust => self.rust_module(source, profile, bindings, entry),
                Language::C => self.c_module(source, bindings, entry),
            }
        })?;
        Ok(entry.join("guest.wasm"))
    }

    fn rust_module(&self, source: &Source, profile: Profile, bindings: &Generated, entry: &Path) -> Result<()> {
        let file = entry.join(format!("{}.rs", bindings.world.replace('-', "_")));
        let header = &source.header.lang;
        let program = self.program();
        let job = rust::Job { source: &source.file, bindings: &file, header, profile, folder: entry, program };
        self.rust()?.compile(&job).map(drop)
    }

    fn c_module(&self, source: &Source, bindings: &Generated, entry: &Path) -> Result<()> {
        let (world, header) = (bindings.world.replace('-', "_"), &source.header.lang);
        let program = self.program();
        let job = c::Job { source: &source.file, bindings: entry, world: &world, header, folder: entry, program };
        self.c()?.compile(&job).map(drop)
    }

    /// A digest of what a module is made from: sources in the folder may include each other.
    fn key(&self, folder: &Folder, source: &Source, profile: Profile, bindings: &Generated) -> Result<String> {
        let fingerprint = match source.language {
            Language::Rust => self.rust()?.fingerprint(profile)?,
            Language::C => self.c()?.fingerprint(),
        };
        let mut key =
            Key::new().with("tools", fingerprint).with("profile", profile.name()).with("guest", source.name());
        if let Some(program) = &self.program {
            key = key.with("linker", &program.digest);
        }
        for (name, content) in &bindings.files {
            key = key.with(name, content);
        }
        for file in files(&folder.path)? {
            key = key.with(&file.display().to_string(), fs::read(&file)?);
        }
        Ok(key.finish())
    }
}

/// Generates the bindings of a source, with upstream's arguments.
fn bindings(folder: &Folder, source: &Source, profile: Profile) -> Result<Generated> {
    let default = folder.header.default_bindgen_args != Some(false) && source.language == Language::Rust;
    let default = default.then(|| "--generate-all".to_owned());
    let arguments: Vec<String> = default.into_iter().chain(source.header.args.list()).map(of_our_version).collect();
    let wit = folder.wit();
    let order =
        Order { language: source.language, profile, wit: &wit, world: Some(&source.world), arguments: &arguments };
    order.generate()
}

/// An argument of the tests as wit-bindgen 0.63 has it: what an older version calls `--async=-f` is `--sync=f` there.
fn of_our_version(argument: String) -> String {
    match argument.strip_prefix("--async=-") {
        Some(functions) => format!("--sync={functions}"),
        None => argument,
    }
}

/// Makes a core module a component: an eager one by `wit-component`, as upstream's tests do, others as `onramp link` does.
fn component(name: &str, module: Vec<u8>, profile: Profile) -> Result<Vec<u8>> {
    match profile {
        Profile::Eager => ComponentEncoder::default().validate(true).module(&module)?.encode().context("wit-component"),
        Profile::Multivalue | Profile::Lazy | Profile::Cm1 | Profile::Gc => {
            onramp_compose::link(&Input { name: name.to_owned(), bytes: module }, &[])
        }
    }
}

/// True when a core module has a name of the profile: bindings that are eager after all must not pass for others.
fn speaks(module: &[u8], profile: Profile) -> bool {
    let has = |name: String| module.windows(name.len()).any(|window| window == name.as_bytes());
    ["abi", "thunk", "weave"].into_iter().any(|kind| has(format!("[{kind}={profile}]")))
}

/// Writes generated files into a folder.
pub(crate) fn write(bindings: &Generated, folder: &Path) -> Result<()> {
    for (name, content) in &bindings.files {
        fs::write(folder.join(name), content).with_context(|| format!("cannot write `{name}`"))?;
    }
    Ok(())
}

/// All files of a folder and its packages of WIT.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}
