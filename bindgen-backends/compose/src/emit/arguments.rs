//! What modules of a skeleton are given of the guest, such as the one that calls its `_initialize`.

use anyhow::{Context, Result};
use wasm_encoder::ExportKind;
use wasmparser::{InstantiationArg, Parser, Payload, TypeRef};

use crate::plan::Flat;

use super::Writer;
use super::overlay::is_guest;

impl<'a> Writer<'a> {
    /// The instance that a module is given for an argument. Where that is the guest, whose functions are of types in larger groups, and the
    /// module imports such functions, these are given as functions of plain types.
    pub(super) fn given(
        &mut self,
        node: usize,
        flat: &Flat<'a>,
        module: u32,
        argument: &InstantiationArg<'a>,
    ) -> Result<u32> {
        let instance = self.maps[node].core_instances[argument.index as usize];
        let overlay = flat.overlay.as_ref().filter(|overlay| is_guest(&flat.shape, overlay, argument.index));
        let Some(overlay) = overlay.filter(|overlay| !overlay.speech.grouped.is_empty()) else { return Ok(instance) };
        let module = flat.shape.modules.get(module as usize).context("there is no such module")?;
        let imports = imports_from(module, argument.name)?;
        if !imports.iter().any(|(name, _)| overlay.speech.grouped.contains_key(*name)) {
            return Ok(instance);
        }
        let mut exports = Vec::new();
        for (name, kind) in imports {
            let index = match kind {
                ExportKind::Func => self.overlay_export(node, flat, argument.index, name)?,
                kind => self.builder.core_alias_export(None, instance, name, kind),
            };
            exports.push((name, kind, index));
        }
        Ok(self.builder.core_instantiate_exports(None, exports))
    }
}

/// What a module imports from another: fields and kinds.
fn imports_from<'m>(module: &'m [u8], from: &str) -> Result<Vec<(&'m str, ExportKind)>> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(section) = payload? else { continue };
        for import in section.into_imports() {
            let import = import?;
            let kind = match import.ty {
                TypeRef::Func(_) | TypeRef::FuncExact(_) => ExportKind::Func,
                TypeRef::Table(_) => ExportKind::Table,
                TypeRef::Memory(_) => ExportKind::Memory,
                TypeRef::Global(_) => ExportKind::Global,
                TypeRef::Tag(_) => ExportKind::Tag,
            };
            if import.module == from {
                found.push((import.name, kind));
            }
        }
    }
    Ok(found)
}
