//! Upstream's generators, for a world whose types are nominal already: it may have more in it than its component's type is to say.

use anyhow::Result;
use wit_bindgen_core::{Files, WorldGenerator};
use wit_parser::{Function, InterfaceId, Resolve, TypeId, WorldId, WorldKey};

/// A generator that leaves type ids as they are: making them nominal again would not accept what was put in behind.
pub struct Upstream<'r> {
    /// Upstream's.
    pub generator: Box<dyn WorldGenerator>,
    /// What has the world whose component's type is written; `None`: what the bindings are made of.
    pub original: Option<&'r Resolve>,
}

impl WorldGenerator for Upstream<'_> {
    fn uses_nominal_type_ids(&self) -> bool {
        false
    }

    fn preprocess(&mut self, resolve: &Resolve, world: WorldId) -> Result<()> {
        self.generator.preprocess(resolve, world)
    }

    fn import_interface(
        &mut self,
        resolve: &Resolve,
        name: &WorldKey,
        interface: InterfaceId,
        files: &mut Files,
    ) -> Result<()> {
        self.generator.import_interface(resolve, name, interface, files)
    }

    fn import_types(
        &mut self,
        resolve: &Resolve,
        world: WorldId,
        types: &[(&str, TypeId)],
        files: &mut Files,
    ) -> Result<()> {
        self.generator.import_types(resolve, world, types, files)
    }

    fn import_funcs(
        &mut self,
        resolve: &Resolve,
        world: WorldId,
        functions: &[(&str, &Function)],
        files: &mut Files,
    ) -> Result<()> {
        self.generator.import_funcs(resolve, world, functions, files)
    }

    fn finish_imports(&mut self, resolve: &Resolve, world: WorldId, files: &mut Files) -> Result<()> {
        self.generator.finish_imports(resolve, world, files)
    }

    fn export_funcs(
        &mut self,
        resolve: &Resolve,
        world: WorldId,
        functions: &[(&str, &Function)],
        files: &mut Files,
    ) -> Result<()> {
        self.generator.export_funcs(resolve, world, functions, files)
    }

    fn pre_export_interface(&mut self, resolve: &Resolve, files: &mut Files) -> Result<()> {
        self.generator.pre_export_interface(resolve, files)
    }

    fn export_interface(
        &mut self,
        resolve: &Resolve,
        name: &WorldKey,
        interface: InterfaceId,
        files: &mut Files,
    ) -> Result<()> {
        self.generator.export_interface(resolve, name, interface, files)
    }

    fn finish(&mut self, resolve: &Resolve, world: WorldId, files: &mut Files) -> Result<()> {
        self.generator.finish(self.original.unwrap_or(resolve), world, files)
    }
}
