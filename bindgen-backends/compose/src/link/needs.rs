//! What a guest must have beside its functions: a memory and a `cabi_realloc`, unless it passes nothing that needs them.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};
use onramp_abi::{Data, Profile, Role, names};
use wit_parser::Type;

use crate::prelude::{Wit, WorldFunction};
use crate::report::{contains, is_in_memory, passes_memory};

use super::core::Core;
use super::speech::{MEMORY, REALLOC, Speech};

impl Speech {
    /// Checks that a guest that is lazy has a `cabi_realloc` if it needs one: for what it receives in eager functions.
    ///
    /// # Errors
    /// When it has none, with the function.
    pub(crate) fn check_realloc(&self, core: &Core, wit: &Wit) -> Result<()> {
        if core.exports.contains_key(REALLOC) {
            return Ok(());
        }
        let gets = |types: &mut dyn Iterator<Item = &Type>| {
            types.filter(|ty| contains(&wit.resolve, ty, &|ty| is_in_memory(&wit.resolve, ty))).count() > 0
        };
        let imported = |one: &WorldFunction| {
            let (module, field) = names::import(&wit.resolve, Profile::Eager, one.key, one.function);
            let is_there = core.imports.iter().any(|import| (import.0, import.1) == (&*module, &*field));
            is_there && gets(&mut one.function.result.iter())
        };
        let exported = |one: &WorldFunction| {
            let name = names::export(&wit.resolve, Profile::Eager, one.key, one.function);
            self.core_exports.contains(&name) && gets(&mut one.function.params.iter().map(|param| &param.ty))
        };
        let imports = wit.imported_functions().into_iter().filter(imported);
        let mut needing = imports.chain(wit.exported_functions().into_iter().filter(exported));
        match needing.next() {
            Some(one) => bail!(
                "`{}` is eager and gives the guest strings or lists, so the module must export `{REALLOC}`",
                names::function(&wit.resolve, one.key, one.function)
            ),
            None => Ok(()),
        }
    }

    /// Checks that a core module which exports no memory passes nothing in one: it may do without only where it passes references.
    ///
    /// # Errors
    /// When it does, with the function.
    pub(crate) fn check_memory(&self, core: &Core, wit: &Wit, adapters: &BTreeSet<&str>) -> Result<()> {
        if !self.lacks_memory() {
            return Ok(());
        }
        let adapted = core.imports.iter().find(|(module, ..)| adapters.contains(module));
        if let Some((module, field, _)) = adapted {
            bail!(
                "the adapter for `{module}` `{field}` reads the guest's memory, so the module must export it as `{MEMORY}`"
            );
        }
        let imported = |one: &WorldFunction| {
            let profile = self.of_import(&one.interface, &one.function.name);
            let (module, field) = names::import(&wit.resolve, profile, one.key, one.function);
            let is_there = core.imports.iter().any(|import| (import.0, import.1) == (&*module, &*field));
            (is_there, profile, Role::Caller)
        };
        let exported = |one: &WorldFunction| {
            let profile = self.of_export(&one.interface, &one.function.name);
            let name = names::export(&wit.resolve, profile, one.key, one.function);
            (self.core_exports.contains(&name), profile, Role::Callee)
        };
        let imports = wit.imported_functions().into_iter().map(|one| (imported(&one), one));
        let exports = wit.exported_functions().into_iter().map(|one| (exported(&one), one));
        for ((is_there, profile, role), one) in imports.chain(exports) {
            let in_memory = profile.data() == Data::Linear && passes_memory(&wit.resolve, profile, role, one.function);
            ensure!(
                !is_there || !in_memory,
                "`{}` is {profile} and passes values in memory, so the module must export its memory as `{MEMORY}`",
                names::function(&wit.resolve, one.key, one.function)
            );
        }
        Ok(())
    }
}
