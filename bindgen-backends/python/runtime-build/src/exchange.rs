//! The runtime as one file: the core module, with the frozen standard library and what both are made for in custom sections.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use onramp_toolchain::{Cache, Key};
use wasmparser::{Parser, Payload};

use crate::sources::VERSION;
use crate::{Runtime, snapshot};

/// The section that says what the file is: a line each for the version of Python, and for the contract.
const ABOUT: &str = "onramp:python-runtime";

/// The section with the archive of the frozen standard library.
const LIBRARY: &str = "onramp:python-library";

/// Where an imported file is in the cache.
const IMPORTED: &str = "python-runtime.wasm";

/// What the runtime and this program have to agree about: how a table is written, and the functions of both lives.
fn contract() -> String {
    let parts = [
        include_str!("../../table/src/lib.rs"),
        include_str!("../../table/src/types.rs"),
        include_str!("../../table/src/function.rs"),
        include_str!("snapshot.rs"),
    ];
    parts.iter().fold(Key::new(), |key, part| key.with("part", part)).finish()
}

fn about() -> String {
    format!("{VERSION}x\ncontract {}\n", contract())
}

/// The runtime as the bytes of one file.
pub fn to_bytes(runtime: &Runtime) -> Vec<u8> {
    let mut bytes = runtime.module.clone();
    section(&mut bytes, ABOUT, about().as_bytes());
    section(&mut bytes, LIBRARY, &runtime.standard_library);
    bytes
}

/// Appends a custom section (WebAssembly core specification, "Custom Section").
fn section(module: &mut Vec<u8>, name: &str, data: &[u8]) {
    let mut content = Vec::new();
    number(&mut content, name.len());
    content.extend(name.as_bytes());
    module.push(0);
    let length = content.len() + data.len();
    number(module, length);
    module.extend(content);
    module.extend(data);
}

/// Appends a number in LEB128.
fn number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The runtime that a file has.
///
/// # Errors
/// When it cannot be read, is none, or was exported by a program of another version.
pub fn read(file: &Path) -> Result<Runtime> {
    let bytes = fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let parts = split(&bytes).with_context(|| format!("`{}` is no exported Python runtime", file.display()))?;
    let found = String::from_utf8_lossy(parts.about);
    ensure!(
        found == about(),
        "`{}` was exported by another version of this program: export it again with this one (`onramp python-runtime export`)",
        file.display()
    );
    Ok(Runtime {
        module: bytes[..parts.module].to_vec(),
        standard_library: parts.library.to_vec(),
        folder: file.to_owned(),
    })
}

struct Parts<'a> {
    /// How long the module is without the two sections.
    module: usize,
    about: &'a [u8],
    library: &'a [u8],
}

fn split(bytes: &[u8]) -> Result<Parts<'_>> {
    let (mut end, mut about, mut library) = (0, None, None);
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::CustomSection(section) if section.name() == ABOUT => about = Some(section.data()),
            Payload::CustomSection(section) if section.name() == LIBRARY => library = Some(section.data()),
            // A module without sections ends behind its header.
            Payload::Version { range, .. } => end = usize::try_from(range.end)?,
            payload => {
                if let (Some((_, range)), None) = (payload.as_section(), about) {
                    end = usize::try_from(range.end)?;
                }
            }
        }
    }
    match (about, library) {
        (Some(about), Some(library)) => Ok(Parts { module: end, about, library }),
        (None, _) | (_, None) => bail!("it lacks the sections `{ABOUT}` and `{LIBRARY}`"),
    }
}

/// Puts a file into the cache, where [`imported`] finds it, and compiles the module for this machine.
///
/// # Errors
/// Those of [`read`], and when the cache cannot be written.
pub fn import(file: &Path, cache: &Cache) -> Result<()> {
    let runtime = read(file)?;
    let place = cache.folder(IMPORTED);
    fs::copy(file, &place).with_context(|| format!("cannot write `{}`", place.display()))?;
    snapshot::prepare(&runtime, cache)
}

/// The runtime that was imported into the cache; `None`: there was none.
///
/// # Errors
/// Those of [`read`].
pub fn imported(cache: &Cache) -> Result<Option<Runtime>> {
    let place = cache.folder(IMPORTED);
    match place.exists() {
        true => read(&place).map(Some),
        false => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: [u8; 8] = *b"\0asm\x01\0\0\0";

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("runtime");
        let runtime =
            Runtime { module: EMPTY.to_vec(), standard_library: vec![7; 70_000], folder: folder.path().to_owned() };
        fs::write(&file, to_bytes(&runtime)).unwrap();
        let again = read(&file).unwrap();
        assert_eq!((again.module, again.standard_library), (runtime.module, runtime.standard_library));
    }

    #[test]
    fn other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("runtime");
        let error = |bytes: &[u8]| {
            fs::write(&file, bytes).unwrap();
            let error = read(&file).expect_err("it is no runtime of this program");
            format!("{error:#}").replace(&*file.to_string_lossy(), "FILE")
        };
        assert!(error(b"text").starts_with("`FILE` is no exported Python runtime: "));
        assert_eq!(
            error(&EMPTY),
            "`FILE` is no exported Python runtime: it lacks the sections `onramp:python-runtime` and `onramp:python-library`"
        );
        let mut older = EMPTY.to_vec();
        section(&mut older, ABOUT, b"Python 3.13.x\ncontract 0\n");
        section(&mut older, LIBRARY, b"");
        assert!(error(&older).starts_with("`FILE` was exported by another version of this program"));
    }
}
