//! The words, signs and texts of a Python source (docs.python.org, "Lexical analysis"), without comments.

/// A word or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'s> {
    /// An identifier, a keyword, a number, or what stands before a text and says how it is to be read.
    Word(&'s str),
    /// What a text has between its quotes, as the source has it.
    Text(&'s str),
    /// Any other sign.
    Sign(char),
    /// The end of a line, outside of brackets.
    End,
}

/// The tokens of a source, each with its line. What is no Python gives some tokens too.
pub fn tokens(source: &str) -> Vec<(usize, Token<'_>)> {
    let mut found = Vec::new();
    let (mut rest, mut line, mut depth) = (source, 1, 0_usize);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => {
                let (text, length) = text(rest);
                found.push((line, Token::Text(text)));
                length
            }
            _ if is_word(first) => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                found.push((line, Token::Word(&rest[..length])));
                length
            }
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '\n' => {
                if depth == 0 {
                    found.push((line, Token::End));
                }
                1
            }
            _ => {
                match first {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if !first.is_whitespace() {
                    found.push((line, Token::Sign(first)));
                }
                first.len_utf8()
            }
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text that a source begins with, and its length with the quotes. A backslash keeps a quote from ending it, raw or not.
fn text(source: &str) -> (&str, usize) {
    let quote = &source[..1];
    let triple = quote.repeat(3);
    let end = if source.starts_with(&triple) { &triple } else { quote };
    let mut place = end.len();
    while let Some(next) = source[place..].chars().next() {
        if source[place..].starts_with(end) {
            return (&source[end.len()..place], place + end.len());
        }
        place += next.len_utf8();
        match next {
            '\\' => place += source[place..].chars().next().map_or(0, char::len_utf8),
            // It has no end.
            '\n' if end.len() == 1 => break,
            _ => {}
        }
    }
    ("", place)
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    #[test]
    fn texts_and_comments_hold_no_words() {
        let source = "a.b('no', r\"no\\\", no\") # no\n\"\"\"no 'no'\nno\"\"\"\nf(\n\n1)\n";
        let words: Vec<_> = tokens(source)
            .into_iter()
            .filter_map(|(line, token)| match token {
                Token::Word(word) => Some((line, word)),
                _ => None,
            })
            .collect();
        assert_eq!(words, [(1, "a"), (1, "b"), (1, "r"), (4, "f"), (6, "1")]);
    }

    #[test]
    fn texts_are_what_is_between_quotes() {
        let source = "'a', \"\"\"b'\n\"\"\", '', f'{c}', 'd\\'e', 'not closed\n";
        let tokens = tokens(source).into_iter();
        let texts: Vec<_> =
            tokens.filter_map(|(_, token)| if let Token::Text(text) = token { Some(text) } else { None }).collect();
        assert_eq!(texts, ["a", "b'\n", "", "{c}", "d\\'e", ""]);
    }

    #[test]
    fn lines_end_outside_of_brackets() {
        let ends = |source| tokens(source).into_iter().filter(|(_, token)| *token == Token::End).count();
        assert_eq!(ends("a\nb\n"), 2);
        assert_eq!(ends("a(\n[\n], {\n})\nb \\\n c\n"), 2);
        assert_eq!(ends("'not closed\nb"), 0);
    }
}
