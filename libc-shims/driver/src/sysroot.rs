//! The sysroot of threaded programs: the toolchain's own with the headers and libraries of threads laid over it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use onramp_toolchain::c::{self, C};
use onramp_toolchain::{Cache, Key, component_ld};

use crate::target::Target;
use crate::tools::Tools;
use crate::{archive, files, metadata};

/// The libraries: the folder of the sources, and the archive.
const LIBRARIES: [(&str, &str); 2] = [("coop/src", "libonramp-coop.a"), ("pthread/src", "libonramp-pthread.a")];

/// The archive that stands in for exceptions where the toolchain has none.
const NO_EXCEPTIONS: &str = "libonramp-cxx.a";

/// A sysroot for one target, with the tools that it is used with.
#[derive(Clone, Debug)]
pub struct Sysroot {
    /// What it is for.
    pub target: Target,
    /// Where it is.
    pub folder: PathBuf,
    /// The tools.
    pub tools: Tools,
}

impl Sysroot {
    /// The sysroot, made if it is not in the cache. Looking for it runs no program: a build calls the driver often.
    ///
    /// # Errors
    /// When a tool is missing and cannot be fetched, or when the libraries do not build.
    pub fn open(cache: &Cache, target: Target) -> Result<Self> {
        if let Some(folder) = key(cache, target).and_then(|key| cache.get("threads", &key))
            && let Some(tools) = Tools::read(&folder)
        {
            return Ok(Sysroot { target, folder, tools });
        }
        let c = c::ensure(cache)?;
        let tools = Tools::new(&c, component_ld::ensure(cache)?.path);
        let key = key(cache, target).context("the toolchain that was just there is gone")?;
        let make = |folder: &Path| {
            let sysroot = Sysroot { target, folder: folder.to_owned(), tools: tools.clone() };
            sysroot.fill(&c)
        };
        let folder = cache.make("threads", &key, make)?;
        Ok(Sysroot { target, folder, tools })
    }

    /// The arguments that every compilation takes, in front of the user's own.
    pub fn compile_flags(&self) -> Vec<String> {
        let mut flags = self.tools.flags();
        flags.push(format!("--target={}", self.target.triple()));
        flags.push(format!("--sysroot={}", self.folder.display()));
        flags
    }

    /// The folder with our headers, and libc++'s.
    fn headers(&self) -> PathBuf {
        self.folder.join("include").join(self.target.triple())
    }

    /// The folder with the libraries.
    pub fn libraries(&self) -> PathBuf {
        self.folder.join("lib").join(self.target.triple())
    }

    fn fill(&self, c: &C) -> Result<()> {
        self.lay_over(c)?;
        self.write_headers()?;
        self.build_libraries()?;
        metadata::write(self)?;
        self.tools.write(&self.folder)
    }

    /// Links to everything that the toolchain has for the target.
    fn lay_over(&self, c: &C) -> Result<()> {
        let of = |part: &str, target: Target| c.root.join(part).join(target.triple());
        // The folder that comes behind the target's own, in which ours are: ours can include the libc's next.
        link_entries(&of("include", self.target), &self.folder.join("include"), |name| name != "c++")?;
        link_entries(&of("lib", self.target), &self.libraries(), |_| true)?;
        // Debian has libc++ for wasm32-wasip1 alone; it uses nothing of libc that differs.
        for target in [self.target, Target::Wasip1] {
            link_entries(&of("include", target), &self.headers(), |name| name == "c++")?;
            link_entries(&of("lib", target), &self.libraries(), |name| name.starts_with("libc++"))?;
        }
        Ok(())
    }

    fn write_headers(&self) -> Result<()> {
        for (name, text) in files::under("coop/include").chain(files::under("pthread/include")) {
            let path = self.headers().join(name);
            fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        Ok(())
    }

    fn build_libraries(&self) -> Result<()> {
        let scratch = self.folder.join("scratch");
        let mut libraries = LIBRARIES.to_vec();
        if lacks_throw(&self.libraries().join("libc++abi.a")) {
            libraries.push(("cxx", NO_EXCEPTIONS));
        }
        let folders: Vec<&str> = libraries.iter().map(|(folder, _)| *folder).collect();
        for folder in &folders {
            archive::write_sources(folder, &scratch)?;
        }
        let clang = || {
            let mut clang = self.tools.command(&self.tools.clang);
            clang.args(self.compile_flags()).args(files::flags("compile.txt")).args(files::flags("archive.txt"));
            clang.args(folders.iter().map(|folder| format!("-I{}", scratch.join(folder).display())));
            clang
        };
        for (folder, name) in libraries {
            archive::build(folder, self.target, &scratch, &self.libraries().join(name), &clang)?;
        }
        // wasi-libc's is empty: what asks for `-lpthread` means these.
        let placeholder = self.libraries().join("libpthread.a");
        if placeholder.symlink_metadata().is_ok() {
            fs::remove_file(&placeholder)?;
        }
        symlink("libonramp-pthread.a", &placeholder)?;
        Ok(fs::remove_dir_all(scratch)?)
    }

    /// True when libc++abi has no exceptions, so that C++ is compiled to ignore them and linked with [`NO_EXCEPTIONS`].
    pub fn lacks_exceptions(&self) -> bool {
        self.libraries().join(NO_EXCEPTIONS).exists()
    }
}

/// True when an archive, if there is one, does not define `__cxa_throw`. (In a symbol table, a name's length stands before it.)
fn lacks_throw(archive: &Path) -> bool {
    const NAME: &[u8] = b"\x0b__cxa_throw";
    fs::read(archive).is_ok_and(|bytes| !bytes.windows(NAME.len()).any(|part| part == NAME))
}

/// What a sysroot is made from: the sources, this recipe, and the compiler, known by its file.
fn key(cache: &Cache, target: Target) -> Option<String> {
    let clang = c::locate(cache)?;
    let changed = clang.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let key = Key::new()
        .with("target", target.triple())
        .with("files", files::digest())
        .with("recipe", concat!(include_str!("sysroot.rs"), include_str!("archive.rs"), include_str!("metadata.rs")))
        .with("clang", clang.as_os_str().as_encoded_bytes())
        .with("changed", changed.as_nanos().to_le_bytes());
    Some(key.finish())
}

/// Links to the entries of a folder whose names are wanted and which are not there yet.
fn link_entries(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from).with_context(|| format!("the toolchain has no `{}`", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let link = to.join(entry.file_name());
        if wanted(&entry.file_name().to_string_lossy()) && link.symlink_metadata().is_err() {
            symlink(entry.path(), &link).with_context(|| format!("cannot write `{}`", link.display()))?;
        }
    }
    Ok(())
}
