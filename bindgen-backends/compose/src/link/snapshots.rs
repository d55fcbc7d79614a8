//! Tests of what linking makes of a module: folders of modules, each with its world and its snapshot beside it.

use std::fs;
use std::path::Path;

use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// Compares what becomes of each module in `tests/FOLDER` with its snapshot.
pub(super) fn each_module(folder: &str, outcome: impl Fn(&Path) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wat"));
    files.sort();
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, outcome(&file)));
    }
}

/// The module of a file, with its world in it.
pub(super) fn guest(file: &Path, encoding: StringEncoding) -> Vec<u8> {
    let mut module = wat::parse_file(file).unwrap();
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(file.with_extension("wit")).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    embed_component_metadata(&mut module, &resolve, world, encoding, false).unwrap();
    module
}

/// A module as text, without its world; only the lines that are wanted.
pub(super) fn text(module: &[u8], is_wanted: impl Fn(&str) -> bool) -> String {
    let text = wasmprinter::print_bytes(module).unwrap();
    let lines = text.lines().filter(|line| is_wanted(line) && !line.contains("component-type"));
    lines.map(|line| format!("{line}\n")).collect()
}
