//! Values that arrive as handles (`docs/abi/lazy.md`).

pub mod built_ins;
mod receive;
mod word;

pub use receive::{adopt, adopt_all, argument, argument_all, parameter, parameter_all, result, result_all, tuple};
pub use word::Word;
