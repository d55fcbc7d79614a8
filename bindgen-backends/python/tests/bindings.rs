//! For each WIT file in `bindings/`: what is made of its world `guest`, once for each of the comments that it begins with: a profile
//! and options. What is expected is beside it: the package, and table and core functions in a readable form, or the error.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use onramp_bindgen_python::{Options, Python, generate};
use onramp_python_table::Table;
use wit_parser::Resolve;

#[test]
fn bindings_are_as_expected() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for case in cases() {
        settings.set_description(case.line.clone());
        settings.bind(|| insta::assert_snapshot!(case.name(), case.text()));
    }
}

#[test]
fn tables_can_be_read_back() {
    for case in cases() {
        if let Ok(python) = case.python() {
            let table = Table::from_bytes(&python.table.to_bytes()).unwrap();
            assert_eq!(table, python.table, "{}", case.name());
            assert_eq!(table.imports.len(), python.imports.len(), "{}", case.name());
            assert_eq!(table.exports.len(), python.exports.len(), "{}", case.name());
        }
    }
}

/// A line of a file.
struct Case {
    file: PathBuf,
    line: String,
    number: usize,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bindings")
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wit"));
    files.sort();
    let cases = files.into_iter().flat_map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<_> = text.lines().map_while(|line| line.strip_prefix("// ")).map(str::to_owned).collect();
        lines.into_iter().enumerate().map(move |(number, line)| Case { file: file.clone(), line, number })
    });
    let cases: Vec<_> = cases.collect();
    assert!(!cases.is_empty());
    cases
}

impl Case {
    fn name(&self) -> String {
        format!("{}-{}-{}", self.file.file_stem().unwrap().to_str().unwrap(), self.number + 1, self.profile())
    }

    fn profile(&self) -> &str {
        self.line.split(' ').next().unwrap()
    }

    fn python(&self) -> Result<Python> {
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        let package = resolve.push_str(&self.file, &fs::read_to_string(&self.file)?)?;
        let world = resolve.select_world(&[package], Some("guest"))?;
        let (mut options, mut lazy) = (Options::default(), Vec::new());
        let mut words = self.line.split(' ').skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().map(str::to_owned).with_context(|| format!("`{word}` has a value"));
            match word {
                "--lazy" => lazy.push(value()?),
                "--arrays" => options.arrays.push(value()?),
                "--world-module" => options.world_module = Some(value()?),
                "--full-names" => options.full_names = true,
                "--import-interface-name" => options.import_interface_name.push(pair(&value()?)?),
                "--export-interface-name" => options.export_interface_name.push(pair(&value()?)?),
                other => bail!("`{other}` is no option here"),
            }
        }
        generate(&resolve, world, self.profile().parse()?, &options, &lazy)
    }

    fn text(&self) -> String {
        let python = match self.python() {
            Ok(python) => python,
            Err(error) => return format!("error: {error:#}"),
        };
        let mut text: String = python.notes.iter().map(|note| format!("note: {note}\n")).collect();
        for (name, contents) in python.files.iter() {
            // What is the same for every world is in `src/library`.
            if name.contains('/') && !contents.is_empty() {
                text.push_str(&format!("──── {name}\n{}", str::from_utf8(contents).unwrap()));
            }
        }
        text.push_str(&format!("──── table, lazy: {}\n", python.table.lazy));
        text.push_str(&numbered("type", &python.table.types));
        text.push_str(&numbered("resource", &python.table.resources));
        text.push_str(&numbered("import", python.table.imports.iter().zip(&python.imports)));
        text.push_str(&numbered("export", python.table.exports.iter().zip(&python.exports)));
        text
    }
}

fn numbered<T: std::fmt::Debug>(what: &str, items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().enumerate().map(|(number, item)| format!("{what} {number}: {item:?}\n")).collect()
}

fn pair(text: &str) -> Result<(String, String)> {
    let (interface, name) = text.split_once('=').context("`INTERFACE=NAME`")?;
    Ok((interface.to_owned(), name.to_owned()))
}
