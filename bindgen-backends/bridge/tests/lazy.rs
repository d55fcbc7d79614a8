//! For each WIT file in `lazy/`: its functions as the patterns in its first line rewrite them, for a language that sends lists of
//! numbers and lifts everything else. The expected text is beside it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use onramp_abi::{Profile, Types};
use onramp_bridge::{Direction, Export, functions, lazy};
use wit_parser::{Resolve, Type, WorldId};

#[test]
fn functions_are_rewritten_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lazy");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wit"));
    files.sort();
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    for file in files {
        let text = rewritten(&fs::read_to_string(&file).unwrap());
        settings.bind(|| insta::assert_snapshot!(file.file_stem().unwrap().to_str().unwrap(), text));
    }
}

fn rewritten(wit: &str) -> String {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = resolve.push_str("test.wit", wit).unwrap();
    let world = resolve.select_world(&[package], Some("guest")).unwrap();
    let options = wit.lines().next().unwrap().trim_start_matches("//");
    let patterns: Vec<String> = options.split("--lazy").map(|text| text.trim().to_owned()).skip(1).collect();
    let numbers = |resolve: &Resolve, ty: &Type| resolve.all_bits_valid(ty);
    let others = |resolve: &Resolve, ty: &Type| !resolve.all_bits_valid(ty);
    let language = lazy::Language { lifts: &others, sends: &numbers };
    match lazy::rewrite(&mut resolve, world, &patterns, &language) {
        Ok(records) => describe(&resolve, world, &records),
        Err(error) => error.to_string(),
    }
}

fn describe(resolve: &Resolve, world: WorldId, records: &[lazy::LazyType]) -> String {
    let mut types = Types::new(resolve).unwrap();
    let mut out = String::new();
    for one in functions(resolve, world) {
        let mut name = |ty: &Type| {
            let ty = types.add(ty).unwrap();
            types[ty].name.clone()
        };
        let params: Vec<_> =
            one.function.params.iter().map(|param| format!("{}: {}", param.name, name(&param.ty))).collect();
        let result = one.function.result.as_ref().map_or_else(String::new, |ty| format!(" -> {}", name(ty)));
        let (direction, params) = (direction(one.direction), params.join(", "));
        let interface = one.interface.map(|key| resolve.name_world_key(key) + "#").unwrap_or_default();
        writeln!(out, "{direction} {interface}{}: func({params}){result}", one.function.name).unwrap();
        if one.direction == Direction::Export {
            for profile in [Profile::Lazy, Profile::Cm1] {
                let results = Export::new(&mut types, profile, one.interface, one.function).unwrap().results;
                for step in lazy::given(&mut types, records, one.function, &results).unwrap() {
                    writeln!(out, "  {profile}: {step:?}").unwrap();
                }
            }
        }
    }
    for (index, record) in records.iter().enumerate() {
        let of = record.element.map(|element| {
            let ty = types.add(&element).unwrap();
            types[ty].name.clone()
        });
        let lift = record.lift.as_ref().map(|lift| format!(", lifted by {lift}")).unwrap_or_default();
        let interface = record.interface.as_ref().map_or("the world".to_owned(), |key| resolve.name_world_key(key));
        let (direction, of) = (direction(record.direction), of.unwrap_or_else(|| "text".to_owned()));
        writeln!(out, "{index}: {} ({:?}, {direction} {interface}) of {of}{lift}", record.name, record.position)
            .unwrap();
    }
    out
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Import => "import",
        Direction::Export => "export",
    }
}
