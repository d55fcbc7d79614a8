//! Takes the C sources into the program, so that an installed `onramp` has them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folders that are taken, beside what they are called inside.
const FOLDERS: [(&str, &str); 8] = [
    ("../../cooperative-threads/include", "coop/include"),
    ("../../cooperative-threads/src", "coop/src"),
    ("../include", "pthread/include"),
    ("../src", "pthread/src"),
    ("../cxx", "cxx"),
    ("../cxx-threads", "cxx-threads"),
    ("../flags", "flags"),
    // Not to be compiled: programs that were built before depend on it.
    ("../../cooperative-threads/weave/src", "weave"),
];

/// The folder of objects, for compilers that cannot assemble the sources of the same names.
const PREBUILT: &str = "../../cooperative-threads/prebuilt";

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for (folder, name) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        collect(&here.join(folder), name, &mut files);
    }
    files.sort();
    let mut table = String::from("&[\n");
    for (name, path) in &files {
        writeln!(table, "    ({name:?}, include_str!({path:?})),").expect("a string takes it");
    }
    table.push_str("]\n");
    let objects = format!("&[{}]", prebuilt(&here));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("files.rs"), table).expect("cargo's folder can be written");
    fs::write(out.join("objects.rs"), objects).expect("cargo's folder can be written");
}

/// The entries of the objects' table.
fn prebuilt(here: &Path) -> String {
    println!("cargo::rerun-if-changed={PREBUILT}");
    let entries = fs::read_dir(here.join(PREBUILT)).expect("the folder of objects is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    let entry = |path: &PathBuf| format!("({:?}, include_bytes!({path:?})),", path.file_stem().unwrap_or_default());
    paths.iter().map(entry).collect()
}

/// Adds what a folder and its subfolders hold of sources and text.
fn collect(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), format!("{name}/{}", entry.file_name().to_string_lossy()));
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
        match extension.as_deref() {
            _ if path.is_dir() => collect(&path, &name, files),
            Some("c" | "cpp" | "h" | "s" | "S" | "txt" | "rs") => files.push((name, path)),
            _ => {}
        }
    }
}
