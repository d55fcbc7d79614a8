//! The targets that programs are built for.

use anyhow::{Result, bail};

/// A target with threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// wasm32-wasip1: a core module for WASI 0.1, made a component by wasm-component-ld's adapter.
    Wasip1,
    /// wasm32-wasip2.
    #[default]
    Wasip2,
}

impl Target {
    /// Both.
    pub const ALL: [Target; 2] = [Target::Wasip1, Target::Wasip2];

    /// The target's name, as in `--target=`.
    pub fn triple(self) -> &'static str {
        match self {
            Target::Wasip1 => "wasm32-wasip1",
            Target::Wasip2 => "wasm32-wasip2",
        }
    }

    /// The target of this name; wasm32-wasi is the old name of wasm32-wasip1.
    ///
    /// # Errors
    /// When there is none: with the names that there are.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "wasm32-wasip1" | "wasm32-unknown-wasip1" | "wasm32-wasi" | "wasm32-unknown-wasi" => Ok(Target::Wasip1),
            "wasm32-wasip2" | "wasm32-unknown-wasip2" => Ok(Target::Wasip2),
            _ => bail!("there is no target `{name}` with threads: wasm32-wasip1 and wasm32-wasip2 are"),
        }
    }
}
