//! Short names in a linked component: a component has each name of its guest twice and more, in the module and where that is wired,
//! and the names of functions of other ABIs are long. Nobody but a composition asks for them, and what they say besides the ABI, the
//! component's types say too. So the guest's functions have numbers there: `c3` is function 3 of those that the world exports, in cm1;
//! `'c3` its post-return function; `c` `3` function 3 of those that it imports.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use onramp_abi::{Profile, names};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{ExportSectionReader, ImportSectionReader, Parser, Payload};

use crate::prelude::Wit;

use super::core::Core;
use super::speech::{Speech, named_profiles};

/// Names of a guest's functions of other ABIs, and what takes their place.
pub(crate) struct Numbers {
    imports: BTreeMap<(String, String), (String, String)>,
    exports: BTreeMap<String, String>,
}

impl Numbers {
    /// The numbers of a world's functions, by their names.
    pub(crate) fn of(wit: &Wit) -> Self {
        let (mut imports, mut exports) = (BTreeMap::new(), BTreeMap::new());
        for profile in named_profiles() {
            let letter = letter(profile);
            for (number, one) in wit.imported_functions().into_iter().enumerate() {
                let name = names::import(&wit.resolve, profile, one.key, one.function);
                imports.insert(name, (letter.to_owned(), number.to_string()));
            }
            for (number, one) in wit.exported_functions().into_iter().enumerate() {
                let short = format!("{letter}{number}");
                exports.insert(names::post_return(&wit.resolve, profile, one.key, one.function), format!("'{short}"));
                exports.insert(names::export(&wit.resolve, profile, one.key, one.function), short);
            }
        }
        Numbers { imports, exports }
    }

    /// The names, by the numbers.
    pub(crate) fn reversed(self) -> Self {
        Numbers {
            imports: self.imports.into_iter().map(|(name, number)| (number, name)).collect(),
            exports: self.exports.into_iter().map(|(name, number)| (number, name)).collect(),
        }
    }

    /// Whether a module has none of what would take a name's place.
    pub(crate) fn are_free(&self, core: &Core) -> bool {
        let imported = |(module, _): &(String, String)| core.imports.iter().any(|import| import.0 == module);
        let exported = |name: &String| core.exports.contains_key(name.as_str());
        !self.imports.values().any(imported) && !self.exports.values().any(exported)
    }

    /// A module with the other names; all else stays as it is, byte for byte.
    ///
    /// # Errors
    /// When the module is damaged.
    pub(crate) fn rename(&self, module: &[u8]) -> Result<Vec<u8>> {
        let mut renamed = Module::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(section) => {
                    renamed.section(&self.imports(section.clone())?);
                }
                Payload::ExportSection(section) => {
                    renamed.section(&self.exports(section.clone())?);
                }
                other => {
                    if let Some((id, range)) = other.as_section() {
                        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                        let data = module.get(range).context("a section reaches beyond the module")?;
                        renamed.section(&RawSection { id, data });
                    }
                }
            }
        }
        Ok(renamed.finish())
    }

    fn imports(&self, section: ImportSectionReader) -> Result<ImportSection> {
        let mut imports = ImportSection::new();
        for import in section.into_imports() {
            let import = import?;
            let name = (import.module.to_owned(), import.name.to_owned());
            let (module, field) = self.imports.get(&name).unwrap_or(&name);
            imports.import(module, field, RoundtripReencoder.entity_type(import.ty)?);
        }
        Ok(imports)
    }

    fn exports(&self, section: ExportSectionReader) -> Result<ExportSection> {
        let mut exports = ExportSection::new();
        for export in section {
            let export = export?;
            let name = self.exports.get(export.name).map_or(export.name, String::as_str);
            exports.export(name, RoundtripReencoder.export_kind(export.kind)?, export.index);
        }
        Ok(exports)
    }

    /// What a guest speaks, when its module has the other names.
    pub(crate) fn rename_in(&self, speech: &mut Speech) {
        for import in speech.imports.values_mut() {
            if let Some(other) = self.imports.get(&import.core) {
                import.core.clone_from(other);
            }
        }
        for export in speech.exports.values_mut() {
            for name in std::iter::once(&mut export.core).chain(&mut export.post_return) {
                if let Some(other) = self.exports.get(name) {
                    name.clone_from(other);
                }
            }
        }
    }
}

/// What a profile's numbers begin with.
fn letter(profile: Profile) -> &'static str {
    match profile {
        Profile::Eager => "e",
        Profile::Multivalue => "m",
        Profile::Lazy => "l",
        Profile::Cm1 => "c",
        Profile::Gc => "g",
    }
}
