//! For each world in `tests/worlds`: its files, or why there are none.

use std::fs;
use std::path::Path;

use onramp_abi::Profile;
use wit_parser::Resolve;

#[test]
fn worlds_have_the_expected_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wit"));
    files.sort();
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, generated(&file, Profile::Gc)));
    }
}

#[test]
fn other_profiles_are_refused() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds/types.wit");
    assert_eq!(generated(&file, Profile::Cm1), "error: bindings for Java are for the profile `gc`, not `cm1`\n");
}

fn generated(file: &Path, profile: Profile) -> String {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(file).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    match onramp_bindgen_java::generate(&resolve, world, profile) {
        Ok(bindings) => {
            let files = bindings.files.iter();
            files.map(|(name, text)| format!("== {name}\n{}\n", String::from_utf8_lossy(text))).collect()
        }
        Err(error) => format!("error: {error:#}\n"),
    }
}
