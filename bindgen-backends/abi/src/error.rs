use std::fmt;

/// A type or function that the ABI here does not cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl Error {
    /// An error with this message: a sentence in lower case.
    pub fn new(message: impl Into<String>) -> Error {
        Error(message.into())
    }

    /// The same error, in front of it where it occurred.
    pub fn context(self, place: impl fmt::Display) -> Error {
        Error(format!("{place}: {}", self.0))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
