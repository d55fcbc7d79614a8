//! Upstream's generator, for a world that has more in it than its component's type is to say.

use anyhow::Result;
use wit_bindgen_core::wit_parser::{Function, InterfaceId, Resolve, TypeId, WorldId, WorldKey};
use wit_bindgen_core::{Files, WorldGenerator};

/// The generator, which leaves type ids as they are, and writes the component's type of another [`Resolve`].
pub struct Upstream<'r> {
    /// The generator.
    pub generator: Box<dyn WorldGenerator>,
    /// What has the world as people wrote it.
    pub original: &'r Resolve,
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

    fn finish(&mut self, _: &Resolve, world: WorldId, files: &mut Files) -> Result<()> {
        self.generator.finish(self.original, world, files)
    }
}
