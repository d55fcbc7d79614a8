//! Text.

use wit_parser::Docs;

/// One level deeper.
pub(crate) fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// A comment, if there is something to say.
pub(crate) fn docs(docs: &Docs) -> String {
    match &docs.contents {
        Some(text) => {
            // A comment's end and Unicode escapes mean something in comments too.
            let text = text.trim().replace("*/", "*&#47;").replace("\\u", "&#92;u");
            let lines: String = text.lines().map(|line| format!(" * {line}\n")).collect();
            format!("/**\n{lines} */\n")
        }
        None => String::new(),
    }
}
