//! Instantiating a generated module.

use anyhow::{Context, Result, ensure};
use onramp_adapter::Adapter;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ExportKind, ExportSection, ImportSection, Module, ModuleArg};
use wasmparser::Parser;

use crate::builder::Builder;

/// An instance of a generated module.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    index: u32,
    /// The names of its exports, in order.
    exports: Vec<String>,
}

impl Instance {
    /// One of its functions, as a core function of the component.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn function(&self, builder: &mut Builder, name: &str) -> Result<u32> {
        self.export(builder, name, ExportKind::Func)
    }

    /// One of its exports, in the component's index space of that kind.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn export(&self, builder: &mut Builder, name: &str, kind: ExportKind) -> Result<u32> {
        let position = self.exports.iter().position(|known| known == name);
        let position = position.with_context(|| format!("a generated module lacks `{name}`"))?;
        Ok(builder.core_alias_export(Some(name), self.index, &position.to_string(), kind))
    }
}

/// Instantiates an adapter; `given` are its imports, in order.
///
/// # Errors
/// When the adapter is damaged, or not all imports are given.
pub(crate) fn instantiate(
    builder: &mut Builder,
    label: &str,
    adapter: &Adapter,
    given: &[(ExportKind, u32)],
) -> Result<Instance> {
    ensure!(adapter.imports.len() == given.len(), "a generated module is not given what it imports");
    module(builder, label, &adapter.wasm, given)
}

/// Instantiates a module with numbers in place of the names of imports and exports: a component has these names three times.
///
/// # Errors
/// When the module is damaged.
pub(crate) fn module(builder: &mut Builder, label: &str, wasm: &[u8], given: &[(ExportKind, u32)]) -> Result<Instance> {
    let mut numbers = Numbers::default();
    let mut numbered = Module::new();
    numbers.parse_core_module(&mut numbered, Parser::new(0), wasm).context("a generated module cannot be rewritten")?;
    let module = builder.core_module_raw(Some(label), &numbered.finish());
    let names: Vec<String> = (0..given.len()).map(|number| number.to_string()).collect();
    let imports: Vec<_> = names.iter().zip(given).map(|(name, (kind, index))| (name.as_str(), *kind, *index)).collect();
    let mut arguments = Vec::new();
    if !imports.is_empty() {
        arguments.push(("", ModuleArg::Instance(builder.core_instantiate_exports(None, imports))));
    }
    let index = builder.core_instantiate(Some(label), module, arguments);
    Ok(Instance { index, exports: numbers.exports })
}

/// Puts numbers in place of names.
#[derive(Default)]
struct Numbers {
    exports: Vec<String>,
}

impl Reencode for Numbers {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for (number, import) in section.into_imports().enumerate() {
            let ty = self.entity_type(import?.ty)?;
            imports.import("", &number.to_string(), ty);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), Error<Self::Error>> {
        exports.export(&self.exports.len().to_string(), ExportKind::from(export.kind), export.index);
        self.exports.push(export.name.to_owned());
        Ok(())
    }
}
