//! For each file in `tests/cases/`: a call of the macro, and in the first line what is wrong with it, or `ok` and what was understood.

use std::fs;
use std::path::Path;

use crate::config::Config;

#[test]
fn calls_are_understood() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (expected, call) = text.split_once('\n').unwrap();
        let understood = match syn::parse_str::<Config>(call) {
            Ok(config) => format!("ok: {}", shown(&config)),
            Err(error) => error.to_string(),
        };
        assert_eq!(understood, expected, "{}", file.display());
    }
}

fn shown(config: &Config) -> String {
    let lazy: Vec<_> = config.lazy.iter().map(syn::LitStr::value).collect();
    let world = config.world.as_ref().map(syn::LitStr::value);
    let options = &config.options;
    let with = &options.with;
    format!(
        "{world:?} of {:?} as {:?}, lazy {lazy:?}, with {with:?}, derives {:?}, {}, prefix {:?}",
        config.paths, config.profile, options.additional_derive_attributes, options.ownership, options.export_prefix
    )
}
