//! The adapters between native guests and others, from the compiler under test.

use std::collections::HashMap;

use onramp_abi::Error;
use onramp_adapter::{FuncOptions, Kinds, Module, Side};
use wit_parser::{Function, Resolve};

use super::pair::Kind;

/// The adapter module: its function is `f`.
pub fn adapter(
    resolve: &Resolve,
    func: &Function,
    guests: &[Kind; 2],
    kinds: &Kinds,
    _is_one: bool,
) -> Result<Vec<u8>, Error> {
    let side = |peer: u32| match &guests[peer as usize] {
        Kind::Linear(profile, encoding) => Side { profile: *profile, encoding: *encoding, peer, ..Side::default() },
        _ => todo!(),
    };
    let mut module = Module::lazy(resolve, side(0), side(1), kinds, HashMap::new())?;
    module.add("f", func, FuncOptions { post_return: true })?;
    Ok(module.finish().wasm)
}
