//! Upstream's generator, for a world whose types are nominal already.

use anyhow::Result;
use wit_bindgen_core::{Files, WorldGenerator};
use wit_parser::{Function, InterfaceId, Resolve, TypeId, WorldId, WorldKey};

/// The generator, which leaves type ids as they are: making them nominal again would not accept what [`crate::gaps`] puts in.
pub struct Upstream(pub Box<dyn WorldGenerator>);

impl WorldGenerator for Upstream {
    fn uses_nominal_type_ids(&self) -> bool {
        false
    }

    fn preprocess(&mut self, resolve: &Resolve, world: WorldId) -> Result<()> {
        self.0.preprocess(resolve, world)
    }

    fn import_interface(
        &mut self,
        resolve: &Resolve,
        name: &WorldKey,
        interface: InterfaceId,
        files: &mut Files,
    ) -> Result<()> {
        self.0.import_interface(resolve, name, interface, files)
    }

    fn import_types(
        &mut self,
        resolve: &Resolve,
        world: WorldId,
        types: &[(&str, TypeId)],
        files: &mut Files,
    ) -> Result<()> {
        self.0.import_types(resolve, world, types, files)
    }

    fn import_funcs(
        &mut self,
        resolve: &Resolve,
        world: WorldId,
        functions: &[(&str, &Function)],
        files: &mut Files,
    ) -> Result<()> {
        self.0.import_funcs(resolve, world, functions, files)
    }

    fn finish_imports(&mut self, resolve: &Resolve, world: WorldId, files: &mut Files) -> Result<()> {
        self.0.finish_imports(resolve, world, files)
    }

    fn export_funcs(
        &mut self,
        resolve: &Resolve,
        world: WorldId,
        functions: &[(&str, &Function)],
        files: &mut Files,
    ) -> Result<()> {
        self.0.export_funcs(resolve, world, functions, files)
    }

    fn pre_export_interface(&mut self, resolve: &Resolve, files: &mut Files) -> Result<()> {
        self.0.pre_export_interface(resolve, files)
    }

    fn export_interface(
        &mut self,
        resolve: &Resolve,
        name: &WorldKey,
        interface: InterfaceId,
        files: &mut Files,
    ) -> Result<()> {
        self.0.export_interface(resolve, name, interface, files)
    }

    fn finish(&mut self, resolve: &Resolve, world: WorldId, files: &mut Files) -> Result<()> {
        self.0.finish(resolve, world, files)
    }
}
