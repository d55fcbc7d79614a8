//! Changing the core modules inside a component.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The bytes in front of a component's sections: the magic number, the version, and that it is no module.
const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

/// The section that is a core module (component-model, design/mvp/Binary.md).
const CORE_MODULE: u8 = 1;

/// Finishes the program in a file: its exceptions are translated to what engines run, and, when it shall be `guarded`, checks of the
/// stack's limit are put in. What is no component is left as it is.
///
/// # Errors
/// When the file cannot be read or written, or holds something else behind a component's preamble.
pub fn finish_file(file: &Path, guarded: bool) -> Result<()> {
    let shown = file.display();
    // Such as /dev/null.
    if !file.is_file() {
        return Ok(());
    }
    let program = fs::read(file).with_context(|| format!("cannot read `{shown}`"))?;
    if !program.starts_with(COMPONENT) {
        return Ok(());
    }
    let translated = rewrite_modules(&program, onramp_weave::translate_exceptions).with_context(|| {
        format!("the exceptions of `{shown}` cannot be translated: compile it with clang 20 or newer")
    })?;
    let guards = |program: &[u8]| {
        rewrite_modules(program, onramp_weave::guard_stacks)
            .with_context(|| format!("the stacks of `{shown}` cannot be guarded; `-fno-stack-check` leaves that out"))
    };
    let finished = match guarded {
        true => guards(translated.as_deref().unwrap_or(&program))?.or(translated),
        false => translated,
    };
    match finished {
        Some(finished) => fs::write(file, finished).with_context(|| format!("cannot write `{shown}`")),
        None => Ok(()),
    }
}

/// The component with its core modules replaced by what `rewrite` makes of them, where it makes something.
///
/// # Errors
/// When the file is cut off, or what `rewrite` returns.
pub fn rewrite_modules(
    component: &[u8],
    rewrite: impl Fn(&[u8]) -> Result<Option<Vec<u8>>>,
) -> Result<Option<Vec<u8>>> {
    let (preamble, mut rest) = component.split_at_checked(COMPONENT.len()).context("the component is cut off")?;
    let mut rewritten = preamble.to_vec();
    let mut changed = false;
    while !rest.is_empty() {
        let (id, content, behind) = section(rest).context("the component is cut off")?;
        let module = if id == CORE_MODULE { rewrite(content)? } else { None };
        match module {
            Some(module) => {
                rewritten.push(CORE_MODULE);
                write_size(&mut rewritten, u32::try_from(module.len()).context("a module of 4 GiB")?);
                rewritten.extend(module);
                changed = true;
            }
            None => rewritten.extend(&rest[..rest.len() - behind.len()]),
        }
        rest = behind;
    }
    Ok(changed.then_some(rewritten))
}

/// The first section: its id, its content, and what is behind it.
fn section(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (id, mut rest) = bytes.split_first()?;
    let mut size = 0u64;
    for shift in (0..35).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        size |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let (content, behind) = rest.split_at_checked(usize::try_from(size).ok()?)?;
            return Some((*id, content, behind));
        }
    }
    None
}

/// Writes an unsigned LEB128.
fn write_size(bytes: &mut Vec<u8>, mut size: u32) {
    while size >= 0x80 {
        bytes.push((size & 0x7f) as u8 | 0x80);
        size >>= 7;
    }
    bytes.push(size as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A custom section, two modules (as far as sections go), and a long one.
    fn component() -> Vec<u8> {
        let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
        bytes.extend([0, 3, 1, b'x', 9]);
        bytes.extend([1, 2, 7, 7, 1, 1, 8]);
        bytes.extend([4, 0x80, 0x01]);
        bytes.extend([5; 128]);
        bytes
    }

    #[test]
    fn modules_are_replaced_and_nothing_else() {
        let long = vec![6; 300];
        let replace = |module: &[u8]| Ok((module == [7, 7]).then(|| long.clone()));
        let rewritten = rewrite_modules(&component(), replace).unwrap().unwrap();
        let mut expected = component()[..13].to_vec();
        expected.extend([1, 0xac, 0x02]);
        expected.extend(&long);
        expected.extend(&component()[17..]);
        assert_eq!(rewritten, expected);
        assert_eq!(rewrite_modules(&component(), |_| Ok(None)).unwrap(), None);
    }

    #[test]
    fn a_cut_off_file_is_an_error() {
        let component = component();
        for length in 0..component.len() {
            // Where a section ends, nothing is missing.
            let whole = [8, 13, 17, 20].contains(&length);
            assert_eq!(rewrite_modules(&component[..length], |_| Ok(None)).is_ok(), whole, "{length}");
        }
    }
}
