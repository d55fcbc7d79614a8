//! Counts the checks of a caller and words the first that fails.

use std::fmt::{self, Debug, Display, Formatter};

/// The checks of one run.
#[derive(Default)]
pub struct Checks {
    /// How many have been made.
    pub count: u32,
}

impl Checks {
    /// Makes one check: `call` should have given `expected` and gave `actual`.
    ///
    /// The `Debug` forms are compared: generated types need not have `PartialEq`, any NaN is as good as any other, and
    /// 0.0 is not -0.0.
    pub fn equal(&mut self, call: impl Display, expected: impl Debug, actual: impl Debug) -> Result<(), String> {
        self.count += 1;
        let (expected, actual) = (format!("{expected:?}"), format!("{actual:?}"));
        if expected == actual {
            return Ok(());
        }
        Err(format!("{call}: expected {}, got {}", brief(expected), brief(actual)))
    }
}

/// Calls an imported function and checks its result: `check!(checks, concat("a", "b") == "ab")?`.
#[macro_export]
macro_rules! check {
    ($checks:expr, $function:ident($($argument:expr),* $(,)?) == $expected:expr) => {
        $checks.equal(
            $crate::check::Call(stringify!($function), &[$(&$argument),*]),
            &$expected,
            &$function($($argument),*),
        )
    };
}

/// A function and its arguments. It is shown under its name in WIT.
pub struct Call<'a>(pub &'a str, pub &'a [&'a dyn Debug]);

impl Display for Call<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let arguments: Vec<String> = self.1.iter().map(|argument| brief(format!("{argument:?}"))).collect();
        write!(f, "{}({})", self.0.replace('_', "-"), arguments.join(", "))
    }
}

/// The text, cut after 80 characters.
fn brief(text: String) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}... ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}
