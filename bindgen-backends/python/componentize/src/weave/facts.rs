//! What has to be known of a module before it is written again.

use std::collections::BTreeMap;

use anyhow::Result;
use wasmparser::{ExternalKind, Parser, Payload, TypeRef};

/// A module's functions.
pub struct Facts {
    /// The imported ones: module and field.
    pub imported: Vec<(String, String)>,
    /// How many it defines.
    pub defined: u32,
    /// How many types it has.
    pub types: u32,
    /// The exported ones.
    pub exported: BTreeMap<String, u32>,
}

impl Facts {
    /// Of a module.
    ///
    /// # Errors
    /// When it is none.
    pub fn of(module: &[u8]) -> Result<Self> {
        let mut facts = Facts { imported: Vec::new(), defined: 0, types: 0, exported: BTreeMap::new() };
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section {
                        facts.types += group?.types().len() as u32;
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        if let TypeRef::Func(_) = import.ty {
                            facts.imported.push((import.module.to_owned(), import.name.to_owned()));
                        }
                    }
                }
                Payload::FunctionSection(section) => facts.defined = section.count(),
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            facts.exported.insert(export.name.to_owned(), export.index);
                        }
                    }
                }
                Payload::CodeSectionStart { .. } => break,
                _ => {}
            }
        }
        Ok(facts)
    }
}
