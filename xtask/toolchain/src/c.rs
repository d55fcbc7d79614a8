//! clang with wasi-libc for wasm32-wasip2.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cache::Cache;
use crate::debian::{self, Packages, TOOLCHAIN};
use crate::tool::{Origin, Tool, output};

/// The target that C guests are built for.
pub const TARGET: &str = "wasm32-wasip2";

/// A C compiler with what it needs to compile for and link against wasi-libc.
#[derive(Clone, Debug)]
pub struct C {
    /// The compiler.
    pub clang: Tool,
    /// The arguments that every compilation takes: target, sysroot, include folders.
    pub flags: Vec<String>,
    /// The linker for core modules.
    pub wasm_ld: PathBuf,
    /// The sysroot's folder of libraries and start files.
    pub libraries: PathBuf,
    /// The compiler's runtime library.
    pub builtins: PathBuf,
    /// The compiler for C++.
    pub clang_cpp: PathBuf,
    /// The folder that has `include` and `lib`, each with a folder per target.
    pub root: PathBuf,
    /// The compiler's resource folder, when it does not find it by itself.
    pub resources: Option<PathBuf>,
}

/// The variable that names an unpacked wasi-sdk.
const SDK: &str = "WASI_SDK_PATH";

/// The variable with the major version of LLVM that Debian's packages shall have, where no wasi-sdk is named.
const LLVM: &str = "ONRAMP_LLVM";

/// Where the compiler comes from.
enum Source {
    /// The wasi-sdk that the user names.
    Sdk(PathBuf),
    /// Debian's packages.
    Debian(Packages),
}

impl Source {
    fn chosen() -> Result<Self> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        if let Some(sdk) = variable(SDK) {
            return Ok(Source::Sdk(sdk.into()));
        }
        let Some(version) = variable(LLVM) else { return Ok(Source::Debian(TOOLCHAIN)) };
        let version = version.to_string_lossy();
        match version.parse() {
            Ok(version) => Ok(Source::Debian(Packages::clang(version))),
            Err(_) => bail!("{LLVM} is `{version}`: it takes a major version, such as 22"),
        }
    }
}

/// The compiler that [`find`] would take, looked for without running anything.
pub fn locate(cache: &Cache) -> Option<PathBuf> {
    match Source::chosen().ok()? {
        Source::Sdk(sdk) => Some(sdk.join("bin/clang")),
        Source::Debian(packages) => packages.get(cache).map(|root| root.program("clang")),
    }
}

/// The wasi-sdk that `WASI_SDK_PATH` names, else what was fetched before: Debian's packages, of the version of LLVM that
/// `ONRAMP_LLVM` says.
///
/// # Errors
/// When `WASI_SDK_PATH` names a folder that is not a wasi-sdk, or when `ONRAMP_LLVM` is no version: what the user names is used
/// or refused, not passed over.
pub fn find(cache: &Cache) -> Result<Option<C>> {
    match Source::chosen()? {
        Source::Sdk(sdk) => Ok(Some(from_wasi_sdk(&sdk)?)),
        Source::Debian(packages) => packages.get(cache).map(|root| from_debian(&root)).transpose(),
    }
}

/// As [`find`], and fetches what is missing.
///
/// # Errors
/// As [`find`], and when nothing is there and nothing can be fetched: with both ways out.
pub fn ensure(cache: &Cache) -> Result<C> {
    match Source::chosen()? {
        Source::Sdk(sdk) => from_wasi_sdk(&sdk),
        Source::Debian(packages @ Packages { llvm: Some(version), .. }) => {
            let root = packages.fetch(cache).with_context(|| {
                format!(
                    "{LLVM} asks for clang {version}, which cannot be fetched from Debian's packages\n\
                     unset it for the version that the project uses, or unpack a wasi-sdk and set {SDK} to it"
                )
            })?;
            from_debian(&root)
        }
        Source::Debian(packages) => from_debian(&crate::fetch_toolchain(
            packages,
            cache,
            "WASI_SDK_PATH is not set",
            "unpack a wasi-sdk and set WASI_SDK_PATH to it",
        )?),
    }
}

fn from_wasi_sdk(sdk: &Path) -> Result<C> {
    let sysroot = sdk.join("share/wasi-sysroot");
    let clang = Tool::probe("clang", sdk.join("bin/clang"), Origin::User)
        .with_context(|| format!("WASI_SDK_PATH is `{}`, which has no working `bin/clang`", sdk.display()))?;
    let resources = output(Command::new(&clang.path).arg("-print-resource-dir"))?;
    let c = C {
        flags: vec![format!("--target={TARGET}"), format!("--sysroot={}", sysroot.display())],
        wasm_ld: sdk.join("bin/wasm-ld"),
        libraries: sysroot.join("lib").join(TARGET),
        builtins: builtins(Path::new(resources.trim()))?,
        clang_cpp: sdk.join("bin/clang++"),
        root: sysroot,
        resources: None,
        clang,
    };
    whole(c).with_context(|| format!("WASI_SDK_PATH is `{}`", sdk.display()))
}

fn from_debian(root: &debian::Root) -> Result<C> {
    let folder = root.folder();
    let resources = newest(&root.llvm()?.join("lib/clang"))?;
    whole(C {
        clang: Tool::probe("clang", root.program("clang"), Origin::Debian)?,
        flags: vec![
            format!("--target={TARGET}"),
            format!("--sysroot={}", folder.display()),
            "-isystem".to_owned(),
            folder.join("usr/include").join(TARGET).display().to_string(),
            "-resource-dir".to_owned(),
            resources.display().to_string(),
        ],
        wasm_ld: root.program("wasm-ld"),
        libraries: folder.join("usr/lib").join(TARGET),
        builtins: builtins(&resources)?,
        clang_cpp: root.program("clang++"),
        root: folder.join("usr"),
        resources: Some(resources),
    })
}

/// The toolchain, if the files that every link needs are there.
fn whole(c: C) -> Result<C> {
    for needed in [&c.wasm_ld, &c.libraries.join("libc.a"), &c.libraries.join("crt1-reactor.o")] {
        if !needed.exists() {
            bail!("the C toolchain is not whole: there is no `{}`", needed.display());
        }
    }
    Ok(c)
}

/// The compiler's runtime library in its resource folder: its place and name have changed over LLVM's versions.
fn builtins(resources: &Path) -> Result<PathBuf> {
    let places = [
        "lib/wasm32-unknown-wasip2/libclang_rt.builtins.a",
        "lib/wasm32-wasip2/libclang_rt.builtins.a",
        "lib/wasip2/libclang_rt.builtins-wasm32.a",
        "lib/wasi/libclang_rt.builtins-wasm32.a",
        "lib/wasm32-unknown-wasi/libclang_rt.builtins.a",
    ];
    let found = places.iter().map(|place| resources.join(place)).find(|file| file.exists());
    found.with_context(|| format!("`{}` has no runtime library for wasm32", resources.display()))
}

fn newest(folder: &Path) -> Result<PathBuf> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let newest = entries.filter_map(|entry| Some(entry.ok()?.path())).max();
    newest.with_context(|| format!("`{}` is empty", folder.display()))
}
