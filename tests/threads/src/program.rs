//! Programs that nobody here wrote: each folder of `programs` has
//!
//! - `packages`: Debian's source packages that it is built from, one a line;
//! - `build.sh`: builds it in a folder that has each package's unpacked source, with the compiler `$CC`, to `$PROGRAM`
//!   (`$HOST` is what a `configure` script has to be told when it cannot run what it compiles);
//! - `commands`: lines of arguments. The program reads a file `input`, and what it writes is compared.
//!
//! Each is built twice, natively and with `onramp cc`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use onramp_driver::{Driver, Sysroot, Target};
use onramp_toolchain::debian::source::SourcePackage;
use onramp_toolchain::{Cache, Key, tool};

/// How many bytes the programs' input has.
const INPUT: usize = 1 << 20;

/// A program.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Its name: the folder's.
    pub name: String,
    packages: Vec<String>,
    script: String,
    /// The lines of arguments.
    pub commands: Vec<Vec<String>>,
}

/// What a program is built for.
#[derive(Clone, Copy, Debug)]
pub enum Build<'a> {
    /// This machine, by its own compiler.
    Native,
    /// A target with threads, by this `onramp` program.
    Threads(Target, &'a Path),
}

/// The recipes of a folder, in the order of their names.
///
/// # Errors
/// When one is not whole.
pub fn all(folder: &Path) -> Result<Vec<Recipe>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    folders.iter().map(|folder| Recipe::read(folder)).collect()
}

impl Recipe {
    fn read(folder: &Path) -> Result<Self> {
        let text = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))
        };
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
        let recipe = Recipe {
            name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            packages: words(&text("packages")?),
            script: text("build.sh")?,
            commands: text("commands")?.lines().map(words).collect(),
        };
        ensure!(!recipe.packages.is_empty(), "`{}/packages` names none", folder.display());
        ensure!(!recipe.commands.is_empty(), "`{}/commands` has none", folder.display());
        Ok(recipe)
    }

    /// Builds the program, or takes it from the cache.
    ///
    /// # Errors
    /// When the sources cannot be fetched, or do not build: with what the build printed.
    pub fn build(&self, cache: &Cache, build: Build) -> Result<PathBuf> {
        let (compiler, host) = match build {
            Build::Native => ("cc".to_owned(), ""),
            Build::Threads(target, onramp) => {
                (format!("{} cc --target={}", onramp.display(), target.triple()), "--host=wasm32-wasi")
            }
        };
        let key = Key::new()
            .with("packages", self.packages.join(" "))
            .with("script", &self.script)
            .with("build", build.fingerprint(cache)?);
        let folder = cache.make("programs", &key.finish(), |folder| {
            let sources = folder.join("sources");
            fs::create_dir(&sources)?;
            for package in &self.packages {
                let source = SourcePackage(package).fetch(cache)?;
                // With the times, by which a makefile knows that nothing has to be generated anew.
                tool::output(Command::new("cp").arg("-rp").arg(source).arg(sources.join(package)))?;
            }
            let mut shell = Command::new("sh");
            shell.args(["-e", "-c", &self.script]).current_dir(&sources);
            shell.env("CC", &compiler).env("HOST", host).env("PROGRAM", folder.join("program")).env_remove("MAKEFLAGS");
            tool::output(&mut shell).with_context(|| format!("`{}` does not build with `{compiler}`", self.name))?;
            Ok(fs::remove_dir_all(sources)?)
        })?;
        Ok(folder.join("program"))
    }
}

impl Build<'_> {
    /// What the compiler depends on.
    fn fingerprint(self, cache: &Cache) -> Result<String> {
        match self {
            Build::Native => tool::output(Command::new("cc").arg("--version")),
            Build::Threads(target, _) => {
                let sysroot = Sysroot::open(cache, target)?.folder.display().to_string();
                Ok(Key::new().with("sysroot", sysroot).with("driver", Driver::RECIPE).finish())
            }
        }
    }
}

/// Runs a native program in a folder: what it writes.
///
/// # Errors
/// When it fails.
pub fn run_native(program: &Path, arguments: &[String], folder: &Path) -> Result<Vec<u8>> {
    let output = Command::new(program).args(arguments).current_dir(folder).output()?;
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "`{}` failed: {stderr}", program.display());
    Ok(output.stdout)
}

/// Writes the programs' input: words that occur often and seldom, as texts have them, the same each time.
///
/// # Errors
/// When the file cannot be written.
pub fn write_input(folder: &Path) -> Result<()> {
    let mut bytes = Vec::with_capacity(INPUT + 16);
    let mut state: u64 = 1;
    while bytes.len() < INPUT {
        // Knuth's constants for a linear congruential generator; the upper half is what is random.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = state >> 40;
        let word = if random & 7 == 0 { random } else { random % 97 };
        bytes.extend(format!("{word:x}").bytes());
        bytes.push(if random & 0x700 == 0 { b'\n' } else { b' ' });
    }
    bytes.truncate(INPUT);
    fs::write(folder.join(OsStr::new("input")), bytes).context("cannot write the programs' input")
}
