//! Changes of a generated text, collected and then made at once.

use std::ops::Range;

use onramp_abi::Error;

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
    pub fn finish(mut self) -> Result<String, Error> {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() * 11 / 10);
        let mut end = 0;
        for (range, with) in &self.changes {
            if range.start < end {
                let line = line(self.text, range.start);
                return Err(Error::new(format!("two changes of the generated text overlap at {line:?}")));
            }
            out.push_str(&self.text[end..range.start]);
            out.push_str(with);
            end = range.end;
        }
        out.push_str(&self.text[end..]);
        Ok(out)
    }
}

fn line(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_in_the_order_of_the_text() {
        let mut edits = Edits::new("one two three");
        edits.replace(8..13, "3");
        edits.replace(0..3, "1");
        edits.insert(4, "and ");
        assert_eq!(edits.finish().unwrap(), "1 and two 3");
    }

    #[test]
    fn changes_that_overlap_are_refused() {
        let mut edits = Edits::new("first\nsecond line\n");
        edits.replace(6..12, "");
        edits.replace(8..9, "");
        let error = edits.finish().unwrap_err().to_string();
        assert_eq!(error, "two changes of the generated text overlap at \"second line\"");
    }
}
