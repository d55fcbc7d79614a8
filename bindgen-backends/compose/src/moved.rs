//! Moving the indices in a type that is written again in another place.

use anyhow::Context;
use wasm_encoder::reencode::{Error as ReencodeError, Reencode, ReencodeComponent};
use wasmparser::ComponentType;

/// Writes a type with its indices moved: `types` and `core_funcs` are new indices by old ones.
///
/// # Errors
/// When the type has what cannot be written, or a destructor that is not there yet.
pub(crate) fn write(
    encoder: wasm_encoder::ComponentTypeEncoder,
    ty: ComponentType,
    types: &[u32],
    core_funcs: &[u32],
) -> anyhow::Result<()> {
    let mut indices = Indices { types, core_funcs, depth: 0 };
    indices.parse_component_type(encoder, ty).map_err(|error| match error {
        ReencodeError::UserError(error) => error,
        other => anyhow::anyhow!("{other}"),
    })
}

struct Indices<'m> {
    types: &'m [u32],
    core_funcs: &'m [u32],
    /// How many types (of instances or components) are around the current one: indices in them are their own.
    depth: u32,
}

impl Reencode for Indices<'_> {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, ReencodeError<Self::Error>> {
        let moved = self.core_funcs.get(function as usize).copied();
        moved.context("a destructor comes behind its type").map_err(ReencodeError::UserError)
    }
}

impl ReencodeComponent for Indices<'_> {
    fn component_type_index(&mut self, ty: u32) -> u32 {
        if self.depth == 0 { self.types[ty as usize] } else { ty }
    }

    fn outer_component_type_index(&mut self, count: u32, ty: u32) -> u32 {
        if count == self.depth { self.types[ty as usize] } else { ty }
    }

    fn push_depth(&mut self) {
        self.depth += 1;
    }

    fn pop_depth(&mut self) {
        self.depth -= 1;
    }
}
