//! The names behind `import` and `from` in a source.

/// The first parts of the names that a source may import. What only looks like an import, in a text, may be among them; what is
/// imported by a name that is worked out is not.
pub fn of(source: &[u8]) -> Vec<String> {
    let source = String::from_utf8_lossy(source);
    let mut names = Vec::new();
    for statement in source.split(['\n', ';', ':']) {
        let statement = statement.trim_start();
        if let Some(modules) = statement.strip_prefix("import ") {
            names.extend(modules.split(',').filter_map(name));
        } else if let Some(module) = statement.strip_prefix("from ") {
            names.extend(name(module));
        }
        for call in ["import_module(", "__import__("] {
            if let Some((_, argument)) = statement.split_once(call) {
                names.extend(name(argument.trim_start_matches(['"', '\''])));
            }
        }
    }
    names
}

/// The identifier that a text begins with.
fn name(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn imports_are_found() {
        let source = b"import a.b as c, d\nfrom e.f import (\n    g)\nfrom . import h\nfrom .i import j\n\
                       try: import k\nexcept ImportError: pass\n    import l; import m\nx = import_module(\"n.o\")\n\
                       important = 1\nfrom\n";
        assert_eq!(super::of(source), ["a", "d", "e", "k", "l", "m", "n"]);
    }
}
