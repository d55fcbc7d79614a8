//! Changes of a text, collected and then made at once.

use std::ops::Range;

use anyhow::{Result, anyhow, bail};

/// A text and what to change in it.
pub struct Edits<'t> {
    text: &'t str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'t> Edits<'t> {
    /// No changes yet.
    pub fn new(text: &'t str) -> Edits<'t> {
        Edits { text, changes: Vec::new() }
    }

    /// The text as it was.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Puts other text into a range.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.changes.push((range, with.into()));
    }

    /// Puts text in front of what is at `at`.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The text with all changes.
    ///
    /// # Errors
    /// When two changes overlap.
    pub fn finish(mut self) -> Result<String> {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() * 11 / 10);
        let mut end = 0;
        for (range, with) in &self.changes {
            if range.start < end {
                bail!("two changes of the generated text overlap at {:?}", line(self.text, range.start));
            }
            out.push_str(&self.text[end..range.start]);
            out.push_str(with);
            end = range.end;
        }
        out.push_str(&self.text[end..]);
        Ok(out)
    }
}

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

fn line(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}
