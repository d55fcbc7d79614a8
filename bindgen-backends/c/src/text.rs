//! Changes of a text, each at a place that has to be there exactly once.

use std::ops::Range;

use anyhow::{Result, bail};
use onramp_bridge::Edits;

/// A text and what is to be changed in it.
pub struct Text<'t> {
    text: &'t str,
    edits: Edits<'t>,
}

impl<'t> Text<'t> {
    /// The text, without changes.
    pub fn new(text: &'t str) -> Text<'t> {
        Text { text, edits: Edits::new(text) }
    }

    /// Where `needle` is.
    ///
    /// # Errors
    /// When it is not there, or more than once.
    pub fn find(&self, needle: &str) -> Result<Range<usize>> {
        match self.maybe(needle)? {
            Some(found) => Ok(found),
            None => bail!("`{}` is not there", needle.trim()),
        }
    }

    /// Where `needle` is, if it is there.
    ///
    /// # Errors
    /// When it is there more than once.
    pub fn maybe(&self, needle: &str) -> Result<Option<Range<usize>>> {
        let mut found = self.text.match_indices(needle).map(|(start, _)| start..start + needle.len());
        let first = found.next();
        match found.next() {
            Some(_) => bail!("`{}` is there more than once", needle.trim()),
            None => Ok(first),
        }
    }

    /// The line that begins at `start`, without its end.
    pub fn line(&self, start: usize) -> Range<usize> {
        let length = self.text[start..].find('\n').unwrap_or(self.text.len() - start);
        start..start + length
    }

    /// The function whose first line begins at `start`, to the end of the line with its closing brace.
    ///
    /// # Errors
    /// When it does not end.
    pub fn function(&self, start: usize) -> Result<Range<usize>> {
        const END: &str = "\n}\n";
        match self.text[start..].find(END) {
            Some(length) => Ok(start..start + length + END.len()),
            None => bail!("`{}` does not end", self.at(&self.line(start))),
        }
    }

    /// What is there.
    pub fn at(&self, range: &Range<usize>) -> &'t str {
        &self.text[range.clone()]
    }

    /// Puts `new` in the place of what is there.
    pub fn replace(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.edits.replace(range, new);
    }

    /// The text with its changes.
    ///
    /// # Errors
    /// When two of them overlap.
    pub fn finish(self) -> Result<String> {
        Ok(self.edits.finish()?)
    }
}
