//! What stands between a profile's core functions and eager bindings.
//!
//! The generators of Rust and C take the bindings of the eager ABI from upstream, and change what a profile passes differently:
//! names, words that are handles where they would be pointers, and core results where there would be a return area. This crate
//! says what that is for each function of a world, as data ([`Step`]s) that a generator prints in its language:
//!
//! - [`functions`]: the functions of a world, and whether a profile covers them.
//! - [`Import`], [`Export`]: core names and steps of one function.
//! - [`lazy`]: what the option `--lazy` changes in a world's types.
//! - [`Edits`]: changes of upstream's text.
//! - [`Upstream`]: an upstream generator, for types that are nominal already.
//! - [`caught()`]: a panic of an upstream generator as an error.
//!
//! Steps work on two kinds of places: the core values of the function, and a *block* of memory, such as a return area.
//! Layouts, flattening and signatures are `onramp-abi`'s.

mod caught;
mod edits;
mod function;
pub mod kept;
pub mod lazy;
mod passed;
mod received;
mod step;
mod upstream;
mod world;

pub use caught::caught;
pub use edits::Edits;
pub use function::{Export, Import, Params, Results, compiled};
pub use step::{Content, Place, Scalar, Step, cores};
pub use upstream::Upstream;
pub use world::{Direction, WorldFunction, functions};

/// What a generator made.
#[derive(Default)]
pub struct Bindings {
    /// The files, by name.
    pub files: wit_bindgen_core::Files,
    /// What the user should know: a line for each function that keeps the eager ABI, with the reason.
    pub notes: Vec<String>,
}
