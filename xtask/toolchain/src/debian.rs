//! A wasm toolchain from Debian's packages, in the cache: nothing is installed on the system.
//!
//! apt runs with a state folder of its own and an empty list of installed packages, so the whole closure comes, the
//! dynamic loader and libc included; the programs are started through that loader and so run on older systems too.

pub mod source;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cache::{Cache, Key};
use crate::tool::{on_path, output};

/// The Debian release whose packages have a whole wasm toolchain.
const SUITE: &str = "forky";

const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Unpacked packages in the cache.
#[derive(Clone, Debug)]
pub struct Root {
    folder: PathBuf,
}

/// Where a version of LLVM that is asked for is looked for besides.
const OTHER_SUITES: [&str; 2] = ["sid", "trixie"];

/// What to fetch.
#[derive(Clone, Copy, Debug)]
pub struct Packages {
    /// Package names, where `{llvm}` stands for LLVM's major version.
    names: &'static [&'static str],
    /// The version; none is the newest that has wasm libraries in [`SUITE`].
    pub(crate) llvm: Option<u32>,
}

/// clang, lld, wasi-libc, and rustc with the wasm32 standard libraries.
pub const TOOLCHAIN: Packages = Packages {
    names: &[
        "rustc",
        "libstd-rust-dev-wasm32",
        "clang-{llvm}",
        "lld-{llvm}",
        "libclang-rt-{llvm}-dev-wasm32",
        "wasi-libc",
        "libc++-{llvm}-dev-wasm32",
        "libc++abi-{llvm}-dev-wasm32",
    ],
    llvm: None,
};

/// The sources of Rust's standard library.
pub const RUST_SOURCE: Packages = Packages { names: &["rust-src"], llvm: None };

/// clippy of the same version as [`TOOLCHAIN`]'s rustc.
pub const CLIPPY: Packages = Packages { names: &["rust-clippy"], llvm: None };

/// pip, for a Python that comes without it.
pub const PIP: Packages = Packages { names: &["python3-pip-whl"], llvm: None };

impl Packages {
    /// clang of this major version, with lld, wasi-libc and libc++.
    pub const fn clang(version: u32) -> Self {
        let names = &[
            "clang-{llvm}",
            "lld-{llvm}",
            "libclang-rt-{llvm}-dev-wasm32",
            "wasi-libc",
            "libc++-{llvm}-dev-wasm32",
            "libc++abi-{llvm}-dev-wasm32",
        ];
        Packages { names, llvm: Some(version) }
    }

    /// What was unpacked of these packages before.
    pub fn get(self, cache: &Cache) -> Option<Root> {
        cache.get("debian", &self.key()).map(|folder| Root { folder })
    }

    /// The packages, fetched from this machine's Debian mirror when they are not in the cache.
    ///
    /// # Errors
    /// When this is not a Debian system, when its mirror cannot be reached, or when it does not have the version.
    pub fn fetch(self, cache: &Cache) -> Result<Root> {
        let folder = cache.make("debian", &self.key(), |folder| {
            let (apt, llvm) = self.suite(&folder.join("apt"))?;
            apt.download(&self.names(llvm))?;
            unpack(&apt.archives(), folder)?;
            write_wrappers(folder)?;
            // 300 MB that nothing reads again.
            Ok(fs::remove_dir_all(folder.join("apt"))?)
        })?;
        Ok(Root { folder })
    }

    fn key(self) -> String {
        let key = Key::new().with("suite", SUITE).with("layout", "1").with("packages", self.names.join(" "));
        match self.llvm {
            Some(version) => key.with("llvm", version.to_string()).finish(),
            None => key.finish(),
        }
    }

    /// apt for the suite that has the packages, and the version of LLVM there, if that matters.
    fn suite(self, folder: &Path) -> Result<(Apt, Option<u32>)> {
        let apt = Apt::updated(&folder.join(SUITE), Kind::Binary, SUITE)?;
        let Some(version) = self.llvm else {
            let matters = self.names.iter().any(|name| name.contains("{llvm}"));
            let newest = if matters { Some(apt.newest_llvm()?) } else { None };
            return Ok((apt, newest));
        };
        let mut versions = apt.llvm_versions()?;
        if versions.contains(&version) {
            return Ok((apt, self.llvm));
        }
        for suite in OTHER_SUITES {
            let apt = Apt::updated(&folder.join(suite), Kind::Binary, suite)?;
            let more = apt.llvm_versions()?;
            if more.contains(&version) {
                return Ok((apt, self.llvm));
            }
            versions.extend(more);
        }
        let versions: Vec<String> = versions.iter().map(u32::to_string).collect();
        bail!("Debian has no LLVM {version} for wasm: it has {}", versions.join(", "))
    }

    fn names(self, llvm: Option<u32>) -> Vec<String> {
        let version = llvm.map(|version| version.to_string()).unwrap_or_default();
        self.names.iter().map(|name| name.replace("{llvm}", &version)).collect()
    }
}

impl Root {
    /// The folder that stands for `/`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A program that can be run as it is: `rustc`, `clang`, `clang++`, `wasm-ld` or `clippy-driver`, if it came.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join("wrappers").join(name)
    }

    /// The folder of the LLVM that came, such as `usr/lib/llvm-22`.
    pub fn llvm(&self) -> Result<PathBuf> {
        llvm(&self.folder).context("Debian's packages came without LLVM")
    }
}

/// What apt fetches.
#[derive(Clone, Copy)]
enum Kind {
    /// Packages to unpack and run.
    Binary,
    /// What they were built from.
    Source,
}

/// apt with a state of its own.
struct Apt {
    folder: PathBuf,
}

impl Apt {
    /// apt that knows what a suite has.
    fn updated(folder: &Path, kind: Kind, suite: &str) -> Result<Self> {
        for program in ["apt-get", "dpkg-deb"] {
            if on_path(program).is_none() {
                bail!("this is not a Debian system: there is no `{program}`");
            }
        }
        for needed in ["state/lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(needed))?;
        }
        fs::write(folder.join("status"), "")?;
        let kind = match kind {
            Kind::Binary => "deb",
            Kind::Source => "deb-src",
        };
        let source = format!("{kind} [signed-by={KEYRING}] {} {suite} main\n", mirror()?);
        fs::write(folder.join("sources.list"), source)?;
        let apt = Apt { folder: folder.to_owned() };
        output(apt.command("apt-get").arg("update"))?;
        Ok(apt)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.arg("-q");
        for (option, file) in [
            ("Dir::State", "state"),
            ("Dir::State::status", "status"),
            ("Dir::Cache", "cache"),
            ("Dir::Etc::SourceList", "sources.list"),
        ] {
            command.arg("-o").arg(format!("{option}={}", self.folder.join(file).display()));
        }
        // A missing index is an error, not a warning; `_apt` may not read a cache folder in somebody's home.
        command.args(["-o", "Dir::Etc::SourceParts=-", "-o", "APT::Update::Error-Mode=any"]);
        command.args(["-o", "APT::Sandbox::User=root", "-o", "Acquire::Languages=none"]);
        command
    }

    fn download(&self, names: &[String]) -> Result<()> {
        let mut command = self.command("apt-get");
        command.args(["install", "-y", "--no-install-recommends", "--download-only"]).args(names);
        output(&mut command).map(drop)
    }

    fn archives(&self) -> PathBuf {
        self.folder.join("cache/archives")
    }

    /// Each N for which there is a package `libclang-rt-N-dev-wasm32`.
    fn llvm_versions(&self) -> Result<BTreeSet<u32>> {
        let listed =
            output(self.command("apt-cache").args(["search", "--names-only", "^libclang-rt-[0-9]+-dev-wasm32$"]))?;
        Ok(listed.lines().filter_map(|line| line.split('-').nth(2)?.parse().ok()).collect())
    }

    fn newest_llvm(&self) -> Result<u32> {
        self.llvm_versions()?.pop_last().with_context(|| format!("Debian `{SUITE}` has no libclang-rt-N-dev-wasm32"))
    }
}

/// The machine's own Debian mirror, as its configuration has it. (`apt-get indextargets` would say so too, but on a machine
/// that never ran `apt-get update` it says nothing.)
fn mirror() -> Result<String> {
    let listed = output(Command::new("apt-get").args(["update", "--print-uris"]))?;
    let archives = listed.lines().filter_map(|line| line.trim_start_matches('\'').split_once("/dists/"));
    let mirror = archives.map(|(archive, _)| archive).find(|archive| archive.ends_with("/debian"));
    mirror.map(str::to_owned).context("apt's configuration names no Debian mirror")
}

fn unpack(archives: &Path, root: &Path) -> Result<()> {
    for entry in fs::read_dir(archives)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            output(Command::new("dpkg-deb").arg("-x").arg(&path).arg(root))?;
        }
    }
    Ok(())
}

/// Writes one script a program that starts it through the loader that came with it.
fn write_wrappers(root: &Path) -> Result<()> {
    // rustc and clippy bring LLVM's library and no folder of LLVM.
    let llvm = llvm(root).unwrap_or_else(|| root.join("usr/lib/llvm"));
    let llvm = llvm.strip_prefix(root)?.display().to_string();
    let folder = root.join("wrappers");
    fs::create_dir_all(&folder)?;
    let programs = [
        ("rustc", "usr/bin/rustc".to_owned(), "--sysroot \"$root/usr\""),
        ("clang", format!("{llvm}/bin/clang"), ""),
        ("clang++", format!("{llvm}/bin/clang++"), ""),
        ("wasm-ld", format!("{llvm}/bin/wasm-ld"), ""),
        ("clippy-driver", "usr/bin/clippy-driver".to_owned(), ""),
    ];
    for (name, program, arguments) in programs {
        if !root.join(&program).exists() {
            continue;
        }
        let script = format!(
            "#!/bin/sh\nroot=$(cd \"$(dirname \"$0\")/..\" && pwd)\n\
             libraries=\"$root/usr/lib/x86_64-linux-gnu:$root/{llvm}/lib\"\n\
             exec \"$root/usr/lib64/ld-linux-x86-64.so.2\" --library-path \"$libraries\" --argv0 {name} \"$root/{program}\" {arguments} \"$@\"\n"
        );
        let file = folder.join(name);
        fs::write(&file, script)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn llvm(root: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(root.join("usr/lib")).ok()?;
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("llvm-"));
    folders.filter_map(|entry| Some(entry.ok()?.path())).filter(named).max()
}
