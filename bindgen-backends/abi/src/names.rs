//! What the core imports and exports of a guest are called.
//!
//! Those of the eager profile are wit-component's. Every other profile puts `[abi=profile]` in front of the interface, or of
//! `$root` for a function at the level of the world. What concerns resources and not functions (`[resource-drop]r`, `[dtor]r`)
//! has its eager name in every profile.

use wit_parser::{Function, LiftLowerAbi, ManglingAndAbi, Resolve, WasmExport, WasmExportKind, WasmImport, WorldKey};

use crate::{Error, Profile};

/// The custom section that says which draft of an ABI a module was built for.
pub const ABI_SECTION: &str = "onramp:abi";

const EAGER: ManglingAndAbi = ManglingAndAbi::Legacy(LiftLowerAbi::Sync);

/// What stands for the interface in names of functions at the level of the world, in profiles other than eager.
const ROOT: &str = "$root";

/// The module of the lazy ABI's built-in functions.
pub const BUILT_INS: &str = "[lazy]";

/// The module of the functions that stand for results beyond the first, in code of languages whose functions have one.
pub const RESULTS: &str = "[results]";

/// The function as people read it: `test:demo/lists.join`, or `run` at the level of the world.
pub fn function(resolve: &Resolve, interface: Option<&WorldKey>, func: &Function) -> String {
    match interface {
        Some(key) => format!("{}.{}", resolve.name_world_key(key), func.name),
        None => func.name.clone(),
    }
}

/// Module and field of the core import.
pub fn import(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>, func: &Function) -> (String, String) {
    match profile {
        Profile::Eager => resolve.wasm_import_name(EAGER, WasmImport::Func { interface, func }),
        Profile::Multivalue | Profile::Lazy | Profile::Cm1 | Profile::Gc => {
            (prefixed(resolve, profile, interface), func.name.clone())
        }
    }
}

/// The core export.
pub fn export(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>, func: &Function) -> String {
    match profile {
        Profile::Eager => {
            resolve.wasm_export_name(EAGER, WasmExport::Func { interface, func, kind: WasmExportKind::Normal })
        }
        Profile::Multivalue | Profile::Lazy | Profile::Cm1 | Profile::Gc => {
            format!("{}#{}", prefixed(resolve, profile, interface), func.name)
        }
    }
}

/// The core export that frees the results of a function.
pub fn post_return(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>, func: &Function) -> String {
    format!("cabi_post_{}", export(resolve, profile, interface, func))
}

/// An interface in names of a profile other than eager.
fn prefixed(resolve: &Resolve, profile: Profile, interface: Option<&WorldKey>) -> String {
    let interface = interface.map_or_else(|| ROOT.to_owned(), |key| resolve.name_world_key(key));
    format!("[abi={profile}]{interface}")
}

/// The profile and the interface that a core import's module, or the part of a core export's name before `#`, means;
/// `None`: it is an eager one.
///
/// # Errors
/// When it names a profile that there is not.
pub fn parse(name: &str) -> Result<Option<(Profile, &str)>, Error> {
    parse_prefixed(name, "[abi=")
}

/// The same for the name of a thunk: a function with the first of its results, which linking makes one with all of them.
///
/// # Errors
/// When it names a profile that there is not.
pub fn parse_thunk(name: &str) -> Result<Option<(Profile, &str)>, Error> {
    parse_prefixed(name, THUNK)
}

/// What a thunk's name becomes in linking.
pub fn without_thunk(name: &str) -> String {
    name.replacen(THUNK, "[abi=", 1)
}

const THUNK: &str = "[thunk=";

/// The same for the name of a linear function that linking weaves: it adds one that passes references under the profile's name.
///
/// # Errors
/// When it names a profile that there is not.
pub fn parse_woven(name: &str) -> Result<Option<(Profile, &str)>, Error> {
    parse_prefixed(name, WEAVE)
}

/// What the function is called that weaving makes of one with this name.
pub fn without_weave(name: &str) -> String {
    name.replacen(WEAVE, "[abi=", 1)
}

/// What a function of this name of the profile [`Gc`](Profile::Gc) is called before it is woven.
pub fn with_weave(name: &str) -> String {
    name.replacen("[abi=", WEAVE, 1)
}

const WEAVE: &str = "[weave=";

fn parse_prefixed<'n>(name: &'n str, prefix: &str) -> Result<Option<(Profile, &'n str)>, Error> {
    let Some((profile, interface)) = name.strip_prefix(prefix).and_then(|rest| rest.split_once(']')) else {
        return Ok(None);
    };
    Ok(Some((profile.parse()?, interface)))
}
