//! Pieces of Python's text.

/// The text, each line that is not empty four columns further right.
pub fn indented(text: &str) -> String {
    let line = |line: &str| match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("    {line}\n"),
    };
    text.lines().map(line).collect()
}

/// A docstring of these paragraphs, those that are there; nothing if none is.
pub fn docstring(paragraphs: &[Option<&str>]) -> String {
    let paragraphs: Vec<String> =
        paragraphs.iter().flatten().map(|text| escaped(text.trim())).filter(|text| !text.is_empty()).collect();
    match &paragraphs[..] {
        [] => String::new(),
        [one] if !one.contains('\n') && !one.starts_with('"') && !one.ends_with('"') => format!("\"\"\"{one}\"\"\"\n"),
        many => format!("\"\"\"\n{}\n\"\"\"\n", many.join("\n\n")),
    }
}

/// A class: its head without the colon, and what is in it.
pub fn class(head: &str, docs: &str, body: &str) -> String {
    let gap = if docs.is_empty() || body.is_empty() { "" } else { "\n" };
    let body = match (docs.is_empty(), body.is_empty()) {
        (true, true) => "pass\n".to_owned(),
        (false, true) | (true, false) | (false, false) => format!("{docs}{gap}{body}"),
    };
    format!("class {head}:\n{}", indented(&body))
}

fn escaped(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n").replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
}
