//! Building a component in which nothing is aliased twice.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

use wasm_encoder::{ComponentBuilder, ExportKind};

/// `wasm-encoder`'s builder, which knows what it has aliased.
#[derive(Default)]
pub(crate) struct Builder {
    inner: ComponentBuilder,
    aliases: HashMap<(u32, String, u8), u32>,
}

impl Builder {
    /// The alias of a core instance's export, in the index space of its kind.
    pub(crate) fn core_alias_export(
        &mut self,
        debug_name: Option<&str>,
        instance: u32,
        name: &str,
        kind: ExportKind,
    ) -> u32 {
        let new = || self.inner.core_alias_export(debug_name, instance, name, kind);
        *self.aliases.entry((instance, name.to_owned(), kind as u8)).or_insert_with(new)
    }

    /// The component.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.inner.finish()
    }
}

impl Deref for Builder {
    type Target = ComponentBuilder;

    fn deref(&self) -> &ComponentBuilder {
        &self.inner
    }
}

impl DerefMut for Builder {
    fn deref_mut(&mut self) -> &mut ComponentBuilder {
        &mut self.inner
    }
}
