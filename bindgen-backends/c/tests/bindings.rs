//! For each WIT file in `bindings/`: the bindings of its world `guest`, once for each of the comments that it begins with: a profile
//! and options. What is expected is beside it: header, source and notes, or the error; of the header that is the same for all worlds,
//! only that it is there. And all of it compiles, as C and as C++, with several results by clang and by the linker, without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use onramp_bindgen_c::generate;
use onramp_bridge::Bindings;
use onramp_toolchain::{Cache, c, tool};
use wit_bindgen_c::Opts;
use wit_component::StringEncoding;
use wit_parser::Resolve;

/// What generated source has to compile with; the last two are those of upstream's own tests.
const WARNINGS: [&str; 5] = ["-Wall", "-Wextra", "-Werror", "-Wc++-compat", "-Wno-unused-parameter"];

/// `char16_t` is a type of C's library and a word of C++.
const UTF16_WARNINGS: [&str; 1] = ["-Wno-c++-keyword"];

const NATIVE: [&str; 6] =
    ["-DONRAMP_MULTIVALUE", "-mmultivalue", "-Xclang", "-target-abi", "-Xclang", "experimental-mv"];

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
fn bindings_compile_without_warnings() {
    let clang = c::ensure(&Cache::open().unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut failures = Vec::new();
    for case in cases() {
        if let Ok(bindings) = case.bindings() {
            failures.extend(
                compile(&clang, folder.path(), &bindings).err().map(|error| format!("{}: {error:#}", case.name())),
            );
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
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

    fn bindings(&self) -> Result<Bindings> {
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        let package = resolve.push_str(&self.file, &fs::read_to_string(&self.file)?)?;
        let world = resolve.select_world(&[package], Some("guest"))?;
        let (mut options, mut lazy) = (Opts::default(), Vec::new());
        let mut words = self.line.split(' ').skip(1);
        while let Some(word) = words.next() {
            match word {
                "--lazy" => lazy.push(words.next().context("`--lazy` has a pattern")?.to_owned()),
                "--no-helpers" => options.no_helpers = true,
                "--string-encoding" => options.string_encoding = encoding(words.next().unwrap_or_default())?,
                other => bail!("`{other}` is no option here"),
            }
        }
        generate(&resolve, world, self.profile().parse()?, options, &lazy)
    }

    fn text(&self) -> String {
        let bindings = match self.bindings() {
            Ok(bindings) => bindings,
            Err(error) => return format!("error: {error:#}"),
        };
        let mut text: String = bindings.notes.iter().map(|note| format!("note: {note}\n")).collect();
        for (name, contents) in bindings.files.iter().filter(|(name, _)| !name.ends_with(".o")) {
            let contents = if name == "onramp-guest.h" { "" } else { str::from_utf8(contents).unwrap() };
            text.push_str(&format!("──── {name}\n{contents}"));
        }
        text
    }
}

fn encoding(name: &str) -> Result<StringEncoding> {
    match name {
        "utf16" => Ok(StringEncoding::UTF16),
        "compact-utf16" => Ok(StringEncoding::CompactUTF16),
        _ => bail!("`{name}` is no encoding of strings"),
    }
}

fn compile(clang: &c::C, folder: &Path, bindings: &Bindings) -> Result<()> {
    for (name, contents) in bindings.files.iter() {
        fs::write(folder.join(name), contents)?;
    }
    ensure!(folder.join("guest_component_type.o").exists(), "there is no object file with the world's types");
    for language in [["c", "-std=c11"], ["c++", "-std=c++17"]] {
        for native in [&NATIVE[..], &[]] {
            let mut command = Command::new(&clang.clang.path);
            command.args(&clang.flags).args(["-O2", "-c", "-x"]).args(language).args(WARNINGS).args(UTF16_WARNINGS);
            command.args(native).arg(folder.join("guest.c")).arg("-o").arg(folder.join("guest.o"));
            tool::output(&mut command).with_context(|| format!("as {} {native:?}", language[1]))?;
        }
    }
    Ok(())
}
