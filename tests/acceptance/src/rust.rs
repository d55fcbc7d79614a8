//! Compiling a Rust guest to a core module: rustc itself, with the crate `wit_bindgen` beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_matrix::language::clean;
use onramp_toolchain::{Cache, Key, Tool, rust, tool};
use serde::Deserialize;

use crate::header::OfLanguage;

/// The edition that upstream compiles its guests with.
pub const EDITION: &str = "2021";

/// What upstream's guests ask of `wit-bindgen` beside what it has by default.
const FEATURES: &str = r#"features = ["async-spawn", "inter-task-wakeup", "futures-stream"]"#;

/// A crate that upstream's guests use, in the version that `wit-bindgen` uses.
const FUTURES: &str = "futures";

/// The variable that has the profile of the macro's bindings, for sources that do not say one.
const PROFILE: &str = "ONRAMP_PROFILE";

/// The allocation that the engine calls, by the guest's own allocator. Upstream's guests count on that; since 0.63 `wit-bindgen` leaves it to
/// the standard library, which takes memory past a guest's `#[global_allocator]`.
const REALLOC: &str = include_str!("realloc.rs.txt");

/// rustc, the linker, and the crate that generated code uses.
pub struct Rust {
    rust: rust::Rust,
    component_ld: Tool,
    upstream: Crate,
    ours: Option<Crate>,
    /// The object file of [`REALLOC`].
    realloc: PathBuf,
}

/// The crate `wit_bindgen`, compiled.
struct Crate {
    /// Arguments that rustc finds it with.
    arguments: Vec<String>,
    /// A digest of it.
    digest: String,
}

/// What Cargo tells of a build.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message {
    CompilerArtifact {
        package_id: String,
        filenames: Vec<PathBuf>,
    },
    BuildScriptExecuted {
        linked_paths: Vec<String>,
    },
    #[serde(other)]
    Other,
}

/// One guest to compile.
pub struct Job<'a> {
    /// Its source.
    pub source: &'a Path,
    /// The generated file.
    pub bindings: &'a Path,
    /// What the source wants of rustc.
    pub header: &'a OfLanguage,
    /// The profile.
    pub profile: Profile,
    /// A folder to work in.
    pub folder: &'a Path,
    /// The linker that makes a component of it; without one, it becomes a core module.
    pub program: Option<&'a Path>,
}

impl Rust {
    /// Finds the tools and compiles the crates: upstream's, and ours when a profile other than eager is wanted.
    ///
    /// # Errors
    /// When a tool is missing, or a crate does not compile.
    pub fn set_up(cache: &Cache, component_ld: &Tool, workspace: &Path, ours: bool) -> Result<Self> {
        let rust = rust::ensure(cache)?;
        let lock = fs::read_to_string(workspace.join("Cargo.lock"))?;
        let compile = |package: &str, dependency: &str| {
            let dependency = format!("{package} = {{ {dependency}, {FEATURES} }}\n{FUTURES} = \"0.3\"\n");
            // Another worktree may run this at the same time, with a crate of its own.
            let folder = cache.folder("acceptance").join(Key::new().with("dependency", &dependency).finish());
            compile_crate(&rust, &folder, package, &dependency, &lock).with_context(|| format!("the crate `{package}`"))
        };
        let guest = workspace.join("bindgen-backends/rust/guest");
        let ours = match ours {
            true => Some(compile("onramp-guest", &format!("path = {guest:?}"))?),
            false => None,
        };
        let upstream = compile("wit-bindgen", "version = \"=0.63.0\"")?;
        let realloc = compile_realloc(&rust, &cache.folder("acceptance"))?;
        Ok(Rust { component_ld: component_ld.clone(), upstream, ours, realloc, rust })
    }

    /// What everything that is compiled depends on.
    pub fn fingerprint(&self, profile: Profile) -> Result<String> {
        let key = Key::new().with("rustc", &self.rust.rustc.version).with("recipe", include_str!("rust.rs"));
        Ok(key.with("realloc", REALLOC).with("crate", &self.krate(profile)?.digest).finish())
    }

    fn krate(&self, profile: Profile) -> Result<&Crate> {
        match profile {
            Profile::Eager => Ok(&self.upstream),
            Profile::Multivalue | Profile::Lazy | Profile::Cm1 | Profile::Gc => {
                self.ours.as_ref().context("the crate for profiles was not compiled")
            }
        }
    }

    /// Compiles a guest to a core module, or to a component.
    ///
    /// # Errors
    /// When rustc or the linker refuses.
    pub fn compile(&self, job: &Job) -> Result<PathBuf> {
        let beside = job.source.parent().context("a source is in a folder")?;
        let mut guest = self.rustc(job, EDITION)?;
        for file in &job.header.externs {
            let (file, name) = (beside.join(file), Path::new(file).file_stem().unwrap_or_default().to_string_lossy());
            let library = job.folder.join(format!("lib{name}.rlib"));
            tool::output(self.rustc(job, EDITION)?.arg(file).arg("--crate-type=rlib").arg("-o").arg(&library))?;
            guest.arg(format!("--extern={name}={}", library.display()));
        }
        let module = job.folder.join("guest.wasm");
        guest.arg(job.source).arg("--crate-type=cdylib").arg("-o").arg(&module).env("BINDINGS", job.bindings);
        guest.arg(format!("-Clinker={}", job.program.unwrap_or(&self.component_ld.path).display()));
        guest.arg(format!("-Clink-arg=--wasm-ld-path={}", self.rust.wasm_ld.display()));
        guest.arg(format!("-Clink-arg={}", self.realloc.display()));
        match job.program {
            Some(_) => guest.env("WASM_COMPONENT_LD", &self.component_ld.path),
            None => guest.arg("-Clink-arg=--skip-wit-component"),
        };
        tool::output(&mut guest)?;
        Ok(module)
    }

    /// Compiles a file to a library that nobody uses, with warnings as errors.
    ///
    /// # Errors
    /// When rustc refuses or warns.
    pub fn check(&self, job: &Job, edition: &str) -> Result<()> {
        let mut rustc = self.rustc(job, edition)?;
        rustc.args(["-Dwarnings", "--crate-type=rlib"]).env("BINDINGS", job.bindings);
        tool::output(rustc.arg(job.source).arg("-o").arg(job.folder.join("checked.rlib"))).map(drop)
    }

    fn rustc(&self, job: &Job, edition: &str) -> Result<Command> {
        let mut rustc = clean(Command::new(&self.rust.rustc.path));
        rustc.args(["--edition", edition, "--target", rust::TARGET]).args(&self.krate(job.profile)?.arguments);
        rustc.args(job.header.rustflags.list());
        rustc.env("CARGO_MANIFEST_DIR", job.source.parent().unwrap_or(job.folder));
        match job.profile {
            Profile::Eager => rustc.env_remove(PROFILE),
            profile => rustc.env(PROFILE, profile.name()),
        };
        Ok(rustc)
    }
}

/// Compiles [`REALLOC`].
fn compile_realloc(rust: &rust::Rust, folder: &Path) -> Result<PathBuf> {
    let (source, object) = (folder.join("realloc.rs"), folder.join("realloc.o"));
    fs::write(&source, REALLOC)?;
    let mut rustc = clean(Command::new(&rust.rustc.path));
    rustc.args(["--edition=2024", "--target", rust::TARGET, "--crate-type=lib", "--emit=obj", "-Copt-level=2"]);
    tool::output(rustc.arg(&source).arg("-o").arg(&object))?;
    Ok(object)
}

/// Compiles the library `wit_bindgen` of a dependency, with the workspace's versions.
fn compile_crate(rust: &rust::Rust, folder: &Path, package: &str, dependency: &str, lock: &str) -> Result<Crate> {
    fs::create_dir_all(folder)?;
    let manifest =
        "[package]\nname = \"guest\"\nedition = \"2021\"\n[workspace]\n[lib]\npath = \"lib.rs\"\n[dependencies]\n";
    fs::write(folder.join("Cargo.toml"), manifest.to_owned() + dependency)?;
    fs::write(folder.join("Cargo.lock"), lock)?;
    fs::write(folder.join("lib.rs"), "")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = clean(Command::new(cargo));
    build.args(["build", "--target", rust::TARGET, "--message-format=json"]).current_dir(folder);
    build.env("RUSTC", &rust.rustc.path).env("CARGO_TARGET_DIR", folder.join("target"));
    let told = tool::output(&mut build)?;
    let messages = told.lines().filter_map(|line| serde_json::from_str(line).ok()).collect::<Vec<Message>>();
    crate_of(package, &messages, &folder.join("target"))
}

fn crate_of(package: &str, messages: &[Message], target: &Path) -> Result<Crate> {
    let mut arguments = Vec::new();
    for folder in [target.join("debug/deps"), target.join(rust::TARGET).join("debug/deps")] {
        arguments.push(format!("-Ldependency={}", folder.display()));
    }
    let (mut library, mut futures) = (None, None);
    for message in messages {
        match message {
            // A package's identifier ends with `#name@version`; both libraries are called `wit_bindgen`.
            Message::CompilerArtifact { package_id, filenames } if package_id.contains(&format!("#{package}@")) => {
                library = rlib(filenames).or(library);
            }
            Message::CompilerArtifact { package_id, filenames } if package_id.contains(&format!("#{FUTURES}@")) => {
                futures = rlib(filenames).or(futures);
            }
            Message::BuildScriptExecuted { linked_paths } => {
                arguments.extend(linked_paths.iter().map(|path| format!("-L{path}")));
            }
            Message::CompilerArtifact { .. } | Message::Other => {}
        }
    }
    let library = library.context("Cargo made no library `wit_bindgen`")?;
    let futures = futures.context("Cargo made no library `futures`")?;
    arguments.push(format!("--extern=wit_bindgen={}", library.display()));
    arguments.push(format!("--extern={FUTURES}={}", futures.display()));
    let digest = Key::new().with("library", fs::read(library)?).finish();
    Ok(Crate { arguments, digest })
}

fn rlib(files: &[PathBuf]) -> Option<&PathBuf> {
    files.iter().find(|file| file.extension().is_some_and(|extension| extension == "rlib"))
}
