//! The objects of `cooperative-threads/prebuilt` are what the assembler makes of the sources of the same names. With
//! `ONRAMP_BLESS=1`, they are made anew.

use std::fs;
use std::path::{Path, PathBuf};

use onramp_driver::{Sysroot, Target, files};
use onramp_toolchain::{Cache, tool};
use wasmparser::Parser;

/// The sections, as the core specification numbers them.
const TYPE: u8 = 1;
const IMPORT: u8 = 2;
const CODE: u8 = 10;

/// Assembles a source with the toolchain's clang.
fn assemble(source: &Path, object: &Path) {
    let sysroot = Sysroot::open(&Cache::open().unwrap(), Target::default()).unwrap();
    let mut clang = sysroot.tools.command(&sysroot.tools.clang);
    clang.args(sysroot.compile_flags()).args(files::flags("assembly.txt")).arg("-c").arg(source).arg("-o").arg(object);
    tool::output(&mut clang).unwrap();
}

/// What an object does: its types, imports and code. Its other sections differ with the assembler's version.
fn substance(object: &[u8]) -> Vec<&[u8]> {
    let sections = Parser::new(0).parse_all(object).filter_map(|payload| payload.unwrap().as_section());
    let wanted = sections.filter(|(id, _)| matches!(*id, TYPE | IMPORT | CODE));
    wanted.map(|(_, range)| &object[range.start as usize..range.end as usize]).collect()
}

#[test]
fn objects_are_what_the_sources_assemble_to() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cooperative-threads");
    let entries = fs::read_dir(folder.join("prebuilt")).unwrap();
    let objects: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!objects.is_empty());
    let scratch = tempfile::tempdir().unwrap();
    for prebuilt in objects {
        let name = prebuilt.file_stem().unwrap();
        let source = folder.join("src").join(name).with_extension("s");
        let assembled = scratch.path().join(name);
        assemble(&source, &assembled);
        let assembled = fs::read(assembled).unwrap();
        if std::env::var_os("ONRAMP_BLESS").is_some() {
            fs::write(&prebuilt, &assembled).unwrap();
        }
        let kept = fs::read(&prebuilt).unwrap();
        let shown = prebuilt.display();
        assert_eq!(substance(&kept).len(), 3, "`{shown}` lacks a section");
        assert!(substance(&kept) == substance(&assembled), "`{shown}` is old: make it anew with ONRAMP_BLESS=1");
    }
}
