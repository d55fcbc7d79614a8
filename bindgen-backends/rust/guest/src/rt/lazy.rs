//! Values that arrive as handles (`docs/abi/lazy.md`).

pub mod built_ins;
mod elements;
#[cfg(test)]
mod fake;
mod receive;
mod sent;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod word;

pub use elements::{Flat, Lift, Plain};
pub use receive::{
    adopt, adopt_all, argument, argument_all, parameter, parameter_all, range, result, result_all, tuple,
};
pub use sent::{Content, Forwarded, Given, Sent, reclaim, reclaim_words};
pub use text::TextChunks;
pub use value::{Chunks, Lazy};
pub use word::Word;
