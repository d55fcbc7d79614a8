//! Compiling the sources of a library, and archiving the objects.
//!
//! A source whose name ends in `.wasip1.c` or `.wasip2.c` is for that target only.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result};
use onramp_toolchain::tool;

use crate::files;
use crate::target::Target;

/// Compiles every source file of a folder of the carried [`files`] with a compiler that `clang` prepares, and archives the
/// objects as `library`. The files were [written](write_sources) to `scratch`, where the objects go too.
///
/// # Errors
/// When a source does not compile: with what clang printed.
pub fn build(
    folder: &str,
    target: Target,
    scratch: &Path,
    library: &Path,
    clang: &(dyn Fn() -> Command + Sync),
) -> Result<()> {
    let sources = files::under(folder).map(|(name, _)| name).filter(|name| is_source_for(target, name));
    let sources: Vec<PathBuf> = sources.map(|name| scratch.join(folder).join(name)).collect();
    let objects: Vec<PathBuf> = sources.iter().map(|source| object_of(scratch, source)).collect();
    let jobs = Mutex::new(sources.iter().zip(&objects));
    let failed = Mutex::new(None);
    let work = || {
        while let Some((source, object)) = next(&jobs) {
            if let Err(error) = compile(clang(), source, object) {
                failed.lock().expect("nobody panics").get_or_insert(error);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    if let Some(error) = failed.into_inner().expect("nobody panics") {
        return Err(error.context(format!("`{}` cannot be built", library.display())));
    }
    write(&objects, library)
}

/// Compiles a source. Below LLVM 20, clang can assemble neither `try_table` nor `ref.test`: there is an object then.
fn compile(mut clang: Command, source: &Path, object: &Path) -> Result<()> {
    let is_assembly = source.extension().is_some_and(|extension| extension == "s");
    if is_assembly {
        clang.args(files::flags("assembly.txt"));
    }
    let error = match tool::output(clang.arg("-c").arg(source).arg("-o").arg(object)) {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let stem = source.file_stem().unwrap_or_default();
    match files::OBJECTS.iter().find(|(name, _)| is_assembly && stem == *name) {
        Some((_, bytes)) => Ok(fs::write(object, bytes)?),
        None => Err(error),
    }
}

fn next<T>(jobs: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    jobs.lock().expect("nobody panics").next()
}

/// Writes the files of a folder, sources and the headers beside them.
///
/// # Errors
/// When a file cannot be written.
pub fn write_sources(folder: &str, scratch: &Path) -> Result<()> {
    for (name, text) in files::under(folder) {
        let path = scratch.join(folder).join(name);
        fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

/// True for a source that is for every target or for this one.
fn is_source_for(target: Target, name: &str) -> bool {
    let stem = match name.rsplit_once('.') {
        Some((stem, "c" | "cpp" | "s" | "S")) => stem,
        _ => return false,
    };
    match stem.rsplit_once('.') {
        Some((_, "wasip1")) => target == Target::Wasip1,
        Some((_, "wasip2")) => target == Target::Wasip2,
        _ => true,
    }
}

/// Objects of one library have names of their own, whatever subfolder their sources lie in.
fn object_of(scratch: &Path, source: &Path) -> PathBuf {
    let name = source.strip_prefix(scratch).unwrap_or(source).display().to_string();
    scratch.join(name.replace('/', "-") + ".o")
}

/// Writes an archive without a symbol table, which wasm-ld has not read since LLVM 18.
fn write(objects: &[PathBuf], library: &Path) -> Result<()> {
    let file = File::create(library).with_context(|| format!("cannot write `{}`", library.display()))?;
    let mut archive = ar::Builder::new(file);
    for object in objects {
        let name = object.file_name().context("an object has a name")?;
        let bytes = fs::read(object)?;
        let header = ar::Header::new(name.as_encoded_bytes().to_vec(), bytes.len() as u64);
        archive.append(&header, bytes.as_slice())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_may_be_for_one_target() {
        for (name, targets) in [
            ("a.c", &Target::ALL[..]),
            ("deep/entry.s", &Target::ALL),
            ("a.cpp", &Target::ALL),
            ("host.wasip1.c", &[Target::Wasip1]),
            ("host.wasip2.c", &[Target::Wasip2]),
            ("internal.h", &[]),
        ] {
            for target in Target::ALL {
                assert_eq!(is_source_for(target, name), targets.contains(&target), "{name} {target:?}");
            }
        }
    }
}
