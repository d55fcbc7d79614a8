//! Upstream's generators panic on what they lack.

use std::panic::{self, AssertUnwindSafe};

use onramp_abi::Error;

use crate::Bindings;

/// Generates. A panic is an error that says which generator gave up, and why.
///
/// # Errors
/// What `generate` returns, or its panic.
pub fn caught<E: From<Error>>(language: &str, generate: impl FnOnce() -> Result<Bindings, E>) -> Result<Bindings, E> {
    panic::catch_unwind(AssertUnwindSafe(generate)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        let text = text.replace('\n', " ");
        let told = format!("the generator for {language} gave up: {text}; a world without what it names there works");
        Err(Error::new(told).into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_generator_is_an_error() {
        let Err(error) = caught::<Error>("C", || todo!("maps of\nmaps")) else { panic!("it is none") };
        let told =
            "the generator for C gave up: not yet implemented: maps of maps; a world without what it names there works";
        assert_eq!(error.to_string(), told);
    }
}
