//! What the core imports and exports of a guest are called.
//!
//! Those of the eager profile are wit-component's. Every other profile puts `[abi=profile]` in front of the interface.

use wit_parser::{Function, LiftLowerAbi, ManglingAndAbi, Resolve, WasmExport, WasmExportKind, WasmImport, WorldKey};

use crate::Profile;

/// The custom section that says which draft of an ABI a module was built for.
pub const ABI_SECTION: &str = "onramp:abi";

const EAGER: ManglingAndAbi = ManglingAndAbi::Legacy(LiftLowerAbi::Sync);

/// What stands in front of an interface's name.
fn prefix(profile: Profile) -> &'static str {
    match profile {
        Profile::Eager => "",
    }
}

/// The function as people read it: `test:demo/lists.join`, or `run` at the level of the world.
pub fn function(resolve: &Resolve, interface: Option<&WorldKey>, func: &Function) -> String {
    match interface {
        Some(key) => format!("{}.{}", resolve.name_world_key(key), func.name),
        None => func.name.clone(),
    }
}

/// Module and field of the core import.
pub fn import(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>, func: &Function) -> (String, String) {
    let (module, field) = resolve.wasm_import_name(EAGER, WasmImport::Func { interface, func });
    (format!("{}{module}", prefix(profile)), field)
}

/// The core export.
pub fn export(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>, func: &Function) -> String {
    let export = WasmExport::Func { interface, func, kind: WasmExportKind::Normal };
    format!("{}{}", prefix(profile), resolve.wasm_export_name(EAGER, export))
}

/// The core export that frees the results of a function.
pub fn post_return(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>, func: &Function) -> String {
    let export = WasmExport::Func { interface, func, kind: WasmExportKind::PostReturn };
    format!("{}{}", prefix(profile), resolve.wasm_export_name(EAGER, export))
}
