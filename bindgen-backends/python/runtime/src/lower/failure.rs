//! What is wrong with a value, and where.

use std::fmt::Write;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// Why a value cannot be sent.
pub enum Failure {
    /// It is not of its type.
    Mismatch(Box<Mismatch>),
    /// Python raised something.
    Raised(PyErr),
}

/// A value that is not of its type.
pub struct Mismatch {
    /// The way to it, the last step first.
    path: Vec<Step>,
    /// What was expected, and what was found.
    problem: String,
}

/// A step into a value.
pub enum Step {
    /// Into an attribute.
    Attribute(String),
    /// Into an element.
    Index(usize),
    /// Into the key of an entry, and not its value.
    Key(String),
    /// Into the value of this key.
    Value(String),
}

/// The result of sending a value.
pub type Lowered<T = ()> = Result<T, Failure>;

/// A failure of a part, told as one of the whole.
pub trait Within {
    /// Says which part it is.
    fn within(self, step: impl FnOnce() -> Step) -> Self;
}

impl<T> Within for Lowered<T> {
    fn within(self, step: impl FnOnce() -> Step) -> Self {
        self.map_err(|mut failure| {
            if let Failure::Mismatch(mismatch) = &mut failure {
                mismatch.path.push(step());
            }
            failure
        })
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Failure::Raised(error)
    }
}

impl Failure {
    /// A value that is not of its type, because of this.
    pub fn because(problem: String) -> Self {
        Failure::Mismatch(Box::new(Mismatch { path: Vec::new(), problem }))
    }

    /// A value that is of another class than its type's.
    pub fn expected(ty: &str, found: &Bound<'_, PyAny>) -> Self {
        Failure::because(format!("expected `{ty}`, found `{}`", class_name(found)))
    }

    /// A value of its type's class that has lost an attribute.
    pub fn lacking(ty: &str, found: &Bound<'_, PyAny>, attribute: &str) -> Self {
        Failure::because(format!("expected `{ty}`, found `{}` without `{attribute}`", class_name(found)))
    }

    /// A value that is not among those of its type, because of this.
    pub fn value(ty: &str, found: &Bound<'_, PyAny>, reason: &str) -> Self {
        let told = found.repr().map(|text| shortened(&text.to_string_lossy())).unwrap_or_default();
        Failure::because(format!("expected `{ty}`, found {told}: {reason}"))
    }

    /// What Python raises for it. `argument` is the name of the parameter, or `None` for the result.
    pub fn into_error(self, function: &str, argument: Option<&str>) -> PyErr {
        let mismatch = match self {
            Failure::Raised(error) => return error,
            Failure::Mismatch(mismatch) => mismatch,
        };
        let mut path = String::new();
        for step in mismatch.path.iter().rev() {
            // Writing to a text does not fail.
            let _ = match step {
                Step::Attribute(name) => write!(path, ".{name}"),
                Step::Index(index) => write!(path, "[{index}]"),
                Step::Key(key) => write!(path, " key {key}"),
                Step::Value(key) => write!(path, "[{key}]"),
            };
        }
        let part = match argument {
            Some(name) => format!("argument `{name}{path}`"),
            None if path.is_empty() => "result".to_owned(),
            None => format!("result `{}`", path.trim_start()),
        };
        PyTypeError::new_err(format!("{function}: {part}: {}", mismatch.problem))
    }
}

/// The name of a value's class.
fn class_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map(|name| name.to_string()).unwrap_or_default()
}

/// Text that fits into a message.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.chars().count() {
        count if count > MOST => text.chars().take(MOST).chain(['…']).collect(),
        _ => text.to_owned(),
    }
}
