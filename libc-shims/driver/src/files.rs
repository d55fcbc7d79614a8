//! The C sources of the scheduler and of the shims, which the build takes into this crate.

use onramp_toolchain::Key;

/// Every file: its name and its text, in the order of the names.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Objects of assembly sources, by the sources' names without extension: for compilers that cannot assemble them.
pub const OBJECTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/objects.rs"));

/// The files of a folder, with their names in it.
pub fn under(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(move |(name, text)| Some((name.strip_prefix(folder)?.strip_prefix('/')?, *text)))
}

/// The arguments that a file of `flags` lists: one a line, `#` starts a comment.
pub fn flags(name: &str) -> Vec<&'static str> {
    let text = under("flags").find(|(file, _)| *file == name).map(|(_, text)| text).unwrap_or_default();
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// A digest of all files.
pub fn digest() -> String {
    let files = FILES.iter().fold(Key::new(), |key, (name, text)| key.with(name, text));
    OBJECTS.iter().fold(files, |key, (name, bytes)| key.with(name, bytes)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_and_flags_are_there() {
        for folder in ["coop/include", "coop/src", "pthread/include", "pthread/src"] {
            assert!(under(folder).next().is_some(), "no file in {folder}");
        }
        assert!(!flags("link.txt").is_empty());
        assert!(flags("link.txt").iter().all(|flag| !flag.contains('#') && flag.trim() == *flag));
    }
}
