//! The sysroot of threaded programs: the toolchain's own with the headers and libraries of threads laid over it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use onramp_toolchain::c::{self, C};
use onramp_toolchain::{Cache, Key, component_ld, tool};

use crate::cpp::{self, lacks_throw};
use crate::target::Target;
use crate::tools::Tools;
use crate::{archive, files, metadata};

/// The oldest major version of clang that programs are tested with.
const OLDEST: u32 = 19;

/// A file with the name of the flags for setjmp that the compiler takes, if it takes some.
const SETJMP: &str = "setjmp";

/// Those flags, the best first.
const SETJMP_FLAGS: [&str; 2] = ["setjmp.txt", "setjmp-translated.txt"];

/// A library that is built of the carried sources.
struct Library {
    /// The folder of the sources.
    folder: &'static str,
    /// The archive.
    name: &'static str,
    /// What its sources are compiled with besides.
    flags: &'static [&'static str],
}

/// The scheduler.
const COOP: Library = Library { folder: "coop/src", name: "libonramp-coop.a", flags: &[] };

/// POSIX threads.
const PTHREAD: Library = Library { folder: "pthread/src", name: "libonramp-pthread.a", flags: &[] };

/// What a libc++ without threads lacks of them.
const CPP_THREADS: Library =
    Library { folder: "cxx-threads", name: "libonramp-cxx-threads.a", flags: &["-std=c++20", "-fno-exceptions"] };

/// What stands in for exceptions in a libc++abi without.
const NO_EXCEPTIONS: Library = Library { folder: "cxx", name: "libonramp-cxx.a", flags: &[] };

/// The folder of libraries in which clang looks for a libc++ with exceptions, where a toolchain has two.
const EXCEPTIONS: &str = "eh";

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
        check_version(&c.clang.version)?;
        let mut tools = Tools::new(&c, component_ld::ensure(cache)?.path);
        let key = key(cache, target).context("the toolchain that was just there is gone")?;
        let of = |folder: &Path, tools| Sysroot { target, folder: folder.to_owned(), tools };
        let make = |folder: &Path| {
            if let Some(resources) = &mut tools.resources {
                *resources = own_resources(resources, &c, target, folder)?;
            }
            of(folder, tools.clone()).fill(&c)
        };
        let folder = cache.make("threads", &key, make)?;
        let tools = Tools::read(&folder).context("the toolchain that was just there is gone")?;
        Ok(of(&folder, tools))
    }

    /// The arguments that every compilation takes, in front of the user's own.
    pub fn compile_flags(&self) -> Vec<String> {
        let mut flags = self.tools.flags();
        flags.push(format!("--target={}", self.target.triple()));
        flags.push(format!("--sysroot={}", self.folder.display()));
        flags.extend(files::flags("compile.txt").iter().map(|&flag| flag.to_owned()));
        if let Ok(name) = fs::read_to_string(self.folder.join(SETJMP)) {
            flags.extend(files::flags(&name).iter().map(|&flag| flag.to_owned()));
        }
        flags
    }

    /// Notes which flags for setjmp the compiler takes.
    fn try_setjmp(&self) -> Result<()> {
        let source = self.folder.join("empty.c");
        fs::write(&source, "int nothing;\n")?;
        for name in SETJMP_FLAGS {
            let mut clang = self.tools.command(&self.tools.clang);
            clang.args(self.compile_flags()).args(files::flags(name));
            clang.arg("-c").arg(&source).args(["-o", "/dev/null"]);
            if tool::output(&mut clang).is_ok() {
                fs::write(self.folder.join(SETJMP), name)?;
                break;
            }
        }
        Ok(fs::remove_file(source)?)
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
        let mut libraries = vec![COOP, PTHREAD];
        if self.lay_over(c)? {
            libraries.push(CPP_THREADS);
        }
        if lacks_throw(&self.libraries().join("libc++abi.a")) && !self.has_exceptions_apart() {
            libraries.push(NO_EXCEPTIONS);
        }
        self.write_headers()?;
        self.try_setjmp()?;
        self.build_libraries(&libraries)?;
        metadata::write(self)?;
        self.tools.write(&self.folder)
    }

    /// Links to everything that the toolchain has for the target. True when its libc++ lacks threads.
    fn lay_over(&self, c: &C) -> Result<bool> {
        let of = |part: &str, target: Target| c.root.join(part).join(target.triple());
        // The folder that comes behind the target's own, in which ours are: ours can include the libc's next.
        link_entries(&of("include", self.target), &self.folder.join("include"), |name| name != "c++")?;
        link_entries(&of("lib", self.target), &self.libraries(), |_| true)?;
        // Debian has libc++ for wasm32-wasip1 alone; it uses nothing of libc that differs.
        let target =
            [self.target, Target::Wasip1].into_iter().find(|target| of("include", *target).join("c++").exists());
        let Some(target) = target else { return Ok(false) };
        link_entries(&of("lib", target), &self.libraries(), |name| name.starts_with("libc++") || name == EXCEPTIONS)?;
        cpp::link_headers(&of("include", target).join("c++/v1"), &self.headers().join("c++/v1"))
    }

    fn write_headers(&self) -> Result<()> {
        for (name, text) in files::under("coop/include").chain(files::under("pthread/include")) {
            let path = self.headers().join(name);
            fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        Ok(())
    }

    fn build_libraries(&self, libraries: &[Library]) -> Result<()> {
        let scratch = self.folder.join("scratch");
        for library in libraries {
            archive::write_sources(library.folder, &scratch)?;
        }
        for library in libraries {
            let clang = || {
                let mut clang = self.tools.command(&self.tools.clang);
                clang.args(self.compile_flags()).args(files::flags("archive.txt"));
                clang.args(libraries.iter().map(|each| format!("-I{}", scratch.join(each.folder).display())));
                clang.args(library.flags);
                clang
            };
            archive::build(library.folder, self.target, &scratch, &self.libraries().join(library.name), &clang)?;
        }
        // wasi-libc's is empty: what asks for `-lpthread` means these.
        let placeholder = self.libraries().join("libpthread.a");
        if placeholder.symlink_metadata().is_ok() {
            fs::remove_file(&placeholder)?;
        }
        symlink("libonramp-pthread.a", &placeholder)?;
        let unwind = self.libraries().join("libunwind.a");
        if unwind.symlink_metadata().is_err() {
            symlink("libonramp-coop.a", &unwind)?;
        }
        Ok(fs::remove_dir_all(scratch)?)
    }

    /// True when there is no libc++ with exceptions, so that C++ is compiled to ignore them and linked with what stands in for them.
    pub fn lacks_exceptions(&self) -> bool {
        self.libraries().join(NO_EXCEPTIONS.name).exists()
    }

    /// True when there is a libc++ with exceptions beside one without.
    pub fn has_exceptions_apart(&self) -> bool {
        self.libraries().join(EXCEPTIONS).join("libc++abi.a").exists()
    }

    /// True when C++ is linked with what libc++ lacks of threads.
    pub fn lacks_cpp_threads(&self) -> bool {
        self.libraries().join(CPP_THREADS.name).exists()
    }
}

/// Refuses a compiler that was never tried and lacks what the headers and the linker's options need.
fn check_version(version: &str) -> Result<()> {
    let number = version.split_once("clang version ").map(|(_, number)| number);
    let major = number.and_then(|number| number.split('.').next()?.parse::<u32>().ok());
    match major {
        Some(major) if major < OLDEST => bail!(
            "`{version}` is too old for threads: they need clang {OLDEST} or newer\n\
             either set WASI_SDK_PATH to a newer wasi-sdk (25 has clang 19), or unset it and set ONRAMP_LLVM to a version from {OLDEST} on"
        ),
        _ => Ok(()),
    }
}

/// A resource folder that links to the compiler's, and has the runtime library where the compiler's version looks for it as well:
/// below LLVM 22, Debian's packages put it elsewhere.
fn own_resources(resources: &Path, c: &C, target: Target, folder: &Path) -> Result<PathBuf> {
    let own = folder.join("resources");
    link_entries(resources, &own, |name| name != "lib")?;
    link_entries(&resources.join("lib"), &own.join("lib"), |_| true)?;
    let triple = target.triple().replace('-', "-unknown-");
    let runtime = own.join("lib").join(triple);
    if runtime.symlink_metadata().is_err() {
        fs::create_dir(&runtime)?;
        symlink(&c.builtins, runtime.join("libclang_rt.builtins.a"))?;
    }
    Ok(own)
}

/// The sources of what makes a sysroot.
const RECIPE: &str = concat!(
    include_str!("sysroot.rs"),
    include_str!("archive.rs"),
    include_str!("cpp.rs"),
    include_str!("metadata.rs")
);

/// What a sysroot is made from: the sources, this recipe, and the compiler, known by its file.
fn key(cache: &Cache, target: Target) -> Option<String> {
    let clang = c::locate(cache)?;
    let changed = clang.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let key = Key::new()
        .with("target", target.triple())
        .with("files", files::digest())
        .with("recipe", RECIPE)
        .with("clang", clang.as_os_str().as_encoded_bytes())
        .with("changed", changed.as_nanos().to_le_bytes());
    Some(key.finish())
}

/// Links to the entries of a folder whose names are wanted and which are not there yet.
pub(crate) fn link_entries(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_compilers_are_refused() {
        for version in
            ["clang version 19.1.7", "Debian clang version 23.1.4 (2)", "clang version 100.0.0git", "of my own"]
        {
            assert!(check_version(version).is_ok(), "{version}");
        }
        let error = check_version("Debian clang version 18.1.8 (18+b1)").unwrap_err().to_string();
        assert!(
            error.contains("18.1.8") && error.contains("clang 19 or newer") && error.contains("ONRAMP_LLVM"),
            "{error}"
        );
    }
}
