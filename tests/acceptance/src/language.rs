//! The languages that guests are written in.

use std::fmt;
use std::path::Path;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Language {
    /// Rust.
    Rust,
    /// C.
    C,
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::Rust, Language::C];

    /// The language of a source file.
    pub fn of(file: &Path) -> Option<Language> {
        match file.extension()?.to_str()? {
            "rs" => Some(Language::Rust),
            "c" => Some(Language::C),
            _ => None,
        }
    }

    /// The name on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Language::Rust => "rust",
            Language::C => "c",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
