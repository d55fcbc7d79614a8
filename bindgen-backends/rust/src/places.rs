//! Finding places in a generated text.

use std::ops::Range;

use anyhow::{Result, anyhow, bail};

/// Where the needle is in a range of the text.
///
/// # Errors
/// When it is not there exactly once.
pub fn only(text: &str, range: Range<usize>, needle: &str) -> Result<usize> {
    let mut found = text[range.clone()].match_indices(needle);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(range.start + at),
        (None, _) => Err(anyhow!("there is no `{needle}` in it")),
        (Some(_), Some(_)) => Err(anyhow!("there is more than one `{needle}` in it")),
    }
}

/// Where the needle is first, from `from` on: the range that it takes.
///
/// # Errors
/// When it is not there.
pub fn next(text: &str, from: usize, needle: &str) -> Result<Range<usize>> {
    let at = text[from..].find(needle).ok_or_else(|| anyhow!("there is no `{needle}` behind it"))?;
    Ok(from + at..from + at + needle.len())
}

/// Behind the bracket that closes the one at `open`. Only the two brackets count: upstream's functions have neither text nor
/// characters in them.
///
/// # Errors
/// When it is not closed.
pub fn closed(text: &str, open: usize, brackets: [char; 2]) -> Result<usize> {
    let mut depth = 0;
    for (at, character) in text[open..].char_indices() {
        if character == brackets[0] {
            depth += 1;
        } else if character == brackets[1] {
            depth -= 1;
        }
        if depth == 0 {
            return Ok(open + at + character.len_utf8());
        }
    }
    bail!("a `{}` is not closed", brackets[0])
}
