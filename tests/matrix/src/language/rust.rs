//! Rust: the generator as a library (`wit-bindgen-rust`'s under the eager profile), Cargo, and `wasm-component-ld` as the linker.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use onramp_toolchain::{Cache, Key, Tool, component_ld, rust, tool};

use super::{Builder, Gap, Job, Language, Trial, clean, digest, write};
use crate::allocations;
use crate::scenario::{Feature, Role};

/// The language.
pub struct Rust;

const MANIFEST: &str = include_str!("../../guest-crate/Cargo.toml");
const LOCK: &str = include_str!("../../guest-crate/Cargo.lock");

/// The line of the manifest with the crate that generated code uses.
const UPSTREAM: &str = "wit-bindgen = { version = \"=0.63.0\",";

/// The versions of what our crate in that place depends on.
const OUR_LOCK: &str = include_str!("../../../../Cargo.lock");

/// Our crate.
const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bindgen-backends/rust/guest");

impl Language for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn extension(&self) -> &'static str {
        "rs"
    }

    fn profiles(&self) -> &'static [Profile] {
        &Profile::ALL
    }

    fn gaps(&self) -> &'static [Gap] {
        &[
            Gap {
                feature: Feature::FixedLengthListsOfOwned,
                role: Some(Role::Callee),
                profiles: &[Profile::Eager],
                trial: Trial::Run,
                reason: "wit-bindgen-rust 0.63 never frees fixed-length lists of strings that an export returned",
            },
            Gap {
                feature: Feature::FixedLengthListsOfOwned,
                role: Some(Role::Caller),
                profiles: &[Profile::Eager],
                trial: Trial::Build,
                reason: "wit-bindgen-rust 0.63 generates code that does not compile for fixed-length lists of strings",
            },
        ]
    }

    fn set_up(&self, cache: &Cache) -> Result<Box<dyn Builder>> {
        Ok(Box::new(Tools { rust: rust::ensure(cache)?, component_ld: component_ld::ensure(cache)? }))
    }
}

struct Tools {
    rust: rust::Rust,
    component_ld: Tool,
}

impl Builder for Tools {
    fn tools(&self) -> Vec<&Tool> {
        vec![&self.rust.rustc, &self.component_ld]
    }

    fn fingerprint(&self) -> Result<String> {
        let key = Key::new()
            .with("rustc", &self.rust.rustc.version)
            .with("linker", &self.component_ld.version)
            .with("manifest", MANIFEST)
            .with("lock", LOCK)
            .with("recipe", include_str!("rust.rs"));
        Ok(with_files(key, &Path::new(OURS).join("src"))?.finish())
    }

    fn bindings_version(&self, job: &Job) -> Result<String> {
        Ok(digest(&bindings(job)?))
    }

    fn generate_bindings(&self, job: &Job) -> Result<()> {
        write(&bindings(job)?, &job.folder.join("src"))
    }

    fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
        let name = write_crate(job)?;
        let target = job.cache.folder("rust-target").join(target_folder(job, self.fingerprint()?));
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = clean(Command::new(cargo));
        build.args(["build", "--release", "--target", rust::TARGET]);
        build.args((job.profile == Profile::Eager).then_some("--locked"));
        build.current_dir(job.folder);
        build.env("RUSTC", &self.rust.rustc.path);
        let mut flags = format!("-Clink-arg=--wasm-ld-path={}", self.rust.wasm_ld.display());
        for argument in linker_arguments(job) {
            flags += &format!(" -Clink-arg={argument}");
        }
        build.env("RUSTFLAGS", flags);
        build.env("CARGO_TARGET_WASM32_WASIP2_LINKER", &self.component_ld.path);
        build.env("CARGO_TARGET_DIR", &target);
        if !job.counting {
            // What is measured is built as what is shipped: std's allocation functions are inlined, in every column.
            build.env("CARGO_PROFILE_RELEASE_LTO", "fat");
        }
        tool::output(&mut build)?;
        Ok(target.join(rust::TARGET).join("release").join(format!("{}.wasm", name.replace('-', "_"))))
    }
}

/// Writes the crate around a job's sources and returns its name: one of its own, because crates share a target folder.
fn write_crate(job: &Job) -> Result<String> {
    let folder = job.folder.file_name().unwrap_or_default().to_string_lossy();
    let name = format!("{}-{folder}", job.role);
    let (manifest, lock) = match job.profile {
        Profile::Eager => (MANIFEST.to_owned(), LOCK),
        _ => (MANIFEST.replace(UPSTREAM, &format!("onramp-guest = {{ path = {OURS:?},")), OUR_LOCK),
    };
    fs::write(job.folder.join("Cargo.toml"), manifest.replace("{name}", &name))?;
    fs::write(job.folder.join("Cargo.lock"), lock.replace("{name}", &name))?;
    let mut root = format!("include!(\"{}.rs\");\n\n", job.role);
    root += &format!("#[path = {:?}]\npub mod check;\n", job.support.join("check.rs"));
    for (scenario, source) in &job.sources {
        root += &format!("#[path = {source:?}]\nmod scenario_{};\n", scenario.name.replace('-', "_"));
    }
    root += "\nstruct Component;\nexport!(Component);\n";
    fs::write(job.folder.join("src/lib.rs"), root)?;
    Ok(name)
}

/// What a guest's linker is told beside what every guest's is.
fn linker_arguments(job: &Job) -> Vec<String> {
    let counting = job.counting.then(allocations::linker_arguments).into_iter().flatten();
    let core = (job.profile != Profile::Eager).then(|| "--skip-wit-component".to_owned());
    counting.chain(core).collect()
}

/// The target folder of guests that are linked alike: Cargo builds everything anew when flags change.
fn target_folder(job: &Job, fingerprint: String) -> String {
    Key::new().with("fingerprint", fingerprint).with("flags", linker_arguments(job).join(" ")).finish()
}

/// A key with every file of a folder.
fn with_files(mut key: Key, folder: &Path) -> Result<Key> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        key = match path.is_dir() {
            true => with_files(key, &path)?,
            false => key.with(&path.display().to_string(), fs::read(&path)?),
        };
    }
    Ok(key)
}

fn bindings(job: &Job) -> Result<Bindings> {
    let options = wit_bindgen_rust::Opts { generate_all: true, pub_export_macro: true, ..Default::default() };
    job.generate(|resolve, world| onramp_bindgen_rust::generate(resolve, world, job.profile, options, &job.lazy))
}
