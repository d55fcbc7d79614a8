//! Instantiating a generated module.

use std::collections::BTreeMap;

use onramp_adapter::Adapter;
use wasm_encoder::{ComponentBuilder, ExportKind, ModuleArg};

/// Instantiates an adapter; `given` are its imports, in order.
pub(crate) fn instantiate(
    builder: &mut ComponentBuilder,
    label: &str,
    adapter: &Adapter,
    given: &[(ExportKind, u32)],
) -> u32 {
    let mut modules: BTreeMap<&str, Vec<(String, ExportKind, u32)>> = BTreeMap::new();
    for (import, (kind, index)) in adapter.imports.iter().zip(given) {
        modules.entry(import.module()).or_default().push((import.name(), *kind, *index));
    }
    let mut arguments = Vec::new();
    for (module, exports) in &modules {
        let exports: Vec<_> = exports.iter().map(|(name, kind, index)| (name.as_str(), *kind, *index)).collect();
        let instance = builder.core_instantiate_exports(None, exports);
        arguments.push((*module, ModuleArg::Instance(instance)));
    }
    let module = builder.core_module_raw(Some(label), &adapter.wasm);
    builder.core_instantiate(Some(label), module, arguments)
}
