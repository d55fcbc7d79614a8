//! Linking the embedding crate with CPython and the libraries of threads.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use onramp_driver::command::LIBRARIES;
use onramp_driver::{Sysroot, files};
use onramp_toolchain::{Cache, c, rust, tool};

use crate::cpython::CPython;

/// What the module exports: its two lives' functions, and what the glue of a world calls.
const EXPORTS: [&str; 14] = [
    "_initialize",
    "onramp_python_allocate",
    "onramp_python_initialize",
    "onramp_python_add_module",
    "onramp_python_add_file",
    "onramp_python_add_native",
    "onramp_python_import",
    "onramp_python_close",
    "onramp_python_restored",
    "onramp_python_run",
    "onramp_python_add_table",
    "onramp_python_call",
    "onramp_python_post_return",
    "cabi_realloc",
];

/// What the embedding crate stands in front of, so that files which a component carries can be opened (`runtime/src/files/wasi.rs`).
const FILES: [&str; 20] = [
    "__wasi_fd_close",
    "__wasi_fd_fdstat_get",
    "__wasi_fd_filestat_get",
    "__wasi_fd_pread",
    "__wasi_fd_read",
    "__wasi_fd_readdir",
    "__wasi_fd_seek",
    "__wasi_fd_tell",
    "__wasi_path_create_directory",
    "__wasi_path_filestat_get",
    "__wasi_path_filestat_set_times",
    "__wasi_path_link",
    "__wasi_path_open",
    "__wasi_path_readlink",
    "__wasi_path_remove_directory",
    "__wasi_path_rename",
    "__wasi_path_symlink",
    "__wasi_path_unlink_file",
    "__wasilibc_find_abspath",
    "__wasilibc_nocwd_faccessat",
];

/// CPython's own figure for this target: 5 000 nested calls in C fit.
const STACK: &str = "stack-size=8388608";

/// What PyO3 would otherwise ask a Python for.
const CONFIGURATION: &str = "implementation=CPython\nversion=3.13\nshared=false\nabi3=false\npointer_width=32\n\
                             suppress_build_script_link_lines=true\n";

/// What a caller's environment may hold of another build, which would end up in this one.
const OTHERS: [&str; 4] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER"];

/// The beginning of the names of the crate's own objects in its archive.
const OBJECTS: &str = "onramp_python_guest";

/// The embedding crate, compiled.
pub struct Crate {
    /// Everything that it was compiled to, the standard library included.
    archive: PathBuf,
    /// The crate's own part. It comes first on the link line, so that everything is taken out of the archives in their order:
    /// the thread-local variables of libonramp-coop have to be the last (`cooperative-threads/src/tls.c`).
    objects: Vec<PathBuf>,
}

/// The crate's part in C: what has to know CPython from within.
const PARTS: [&str; 9] = ["blocks", "callers", "hashes", "objects", "places", "remembered", "renew", "stock", "survey"];

/// What `blocks.c` wraps.
const WRAPPED: [&str; 2] = ["PyUnicode_FromKindAndData", "PyUnicode_InternFromString"];

/// Compiles the crate's part in C, which is in the folder `hashes` of its sources, in `folder`.
///
/// # Errors
/// When it does not compile: with what clang printed.
pub fn compile_parts(source: &Path, cpython: &CPython, sysroot: &Sysroot, folder: &Path) -> Result<Vec<PathBuf>> {
    let headers = cpython.headers();
    let compile = |name: &&str| {
        let object = folder.join(format!("{name}.o"));
        let mut clang = sysroot.tools.command(&sysroot.tools.clang);
        clang.args(sysroot.compile_flags()).args(["-O2", "-DNDEBUG", "-DPy_BUILD_CORE", "-Wall", "-c"]);
        for below in ["", "internal", "internal/mimalloc"] {
            clang.arg("-isystem").arg(headers.join(below));
        }
        clang.arg("-o").arg(&object).arg(source.join("src/hashes").join(format!("{name}.c")));
        tool::output(&mut clang).with_context(|| format!("`{name}.c` of the Python runtime does not build"))?;
        Ok(object)
    };
    PARTS.iter().map(compile).collect()
}

/// Compiles the embedding crate, whose source is in `source`, in `folder`.
///
/// # Errors
/// When it does not compile: with what Cargo printed.
pub fn compile(source: &Path, folder: &Path, cache: &Cache) -> Result<Crate> {
    let rust = rust::ensure(cache)?;
    let target = folder.join("target");
    let configuration = folder.join("pyo3");
    std::fs::write(&configuration, CONFIGURATION)?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "--target", "wasm32-wasip1", "-j2"]).current_dir(source);
    for variable in OTHERS {
        cargo.env_remove(variable);
    }
    cargo.env("RUSTC", &rust.rustc.path).env("PYO3_CONFIG_FILE", configuration).env("CARGO_TARGET_DIR", &target);
    tool::output(&mut cargo).context("the crate that embeds CPython does not build")?;
    let archive = target.join("wasm32-wasip1/release/libonramp_python_guest.a");
    let objects = extract(&archive, folder)?;
    Ok(Crate { archive, objects })
}

/// Writes the crate's own objects into a folder.
fn extract(archive: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut objects = Vec::new();
    let mut entries = ar::Archive::new(File::open(archive)?);
    while let Some(entry) = entries.next_entry() {
        let mut entry = entry?;
        let name = String::from_utf8_lossy(entry.header().identifier()).into_owned();
        if name.starts_with(OBJECTS) {
            let object = folder.join(name);
            io::copy(&mut entry, &mut File::create(&object)?)?;
            objects.push(object);
        }
    }
    ensure!(!objects.is_empty(), "`{}` holds no object `{OBJECTS}…`", archive.display());
    Ok(objects)
}

/// Links the module, to a file; `parts` are objects of the crate in C.
///
/// # Errors
/// When a symbol is missing: with what wasm-ld printed.
pub fn link(
    embedding: &Crate,
    parts: &[PathBuf],
    cpython: &CPython,
    sysroot: &Sysroot,
    module: &Path,
    cache: &Cache,
) -> Result<()> {
    let libraries = sysroot.libraries();
    let mut linker = Command::new(&sysroot.tools.wasm_ld);
    linker.args(["--no-entry", "--gc-sections", "--strip-debug", "--stack-first", "-z", STACK]);
    linker.args(EXPORTS.map(|name| format!("--export={name}")));
    linker.args(FILES.map(|name| format!("--wrap={name}")));
    // wasm-ld does not take them out of libc's archive by itself then.
    linker.args(FILES.map(|name| format!("--undefined={name}")));
    linker.args(WRAPPED.map(|name| format!("--wrap={name}")));
    // There is no `main` here to stand in front of.
    linker.args(files::flags("link.txt").iter().filter(|flag| !flag.contains("main")));
    linker.arg("-o").arg(module).arg(libraries.join("crt1-reactor.o"));
    linker.args(&embedding.objects).args(parts).arg(&embedding.archive);
    linker.args(cpython.libraries()).arg("-L").arg(&libraries);
    linker.args(LIBRARIES).args(["-ldl", "-lm", "-lc"]).arg(c::ensure(cache)?.builtins);
    tool::output(&mut linker).context("the Python runtime does not link").map(drop)
}
