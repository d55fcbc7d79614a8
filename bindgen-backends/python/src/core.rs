//! The core functions behind the table's imports and exports.

use onramp_abi::{CoreType, Error, Passing, Profile, Role, Signature, Types, names};
use onramp_bridge::{Direction, WorldFunction, compiled};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, ResourceIntrinsic, TypeId, WasmExport, WasmImport, WorldKey};

use crate::{CoreExport, CoreImport};

/// What concerns resources has its eager name in every profile.
const EAGER: ManglingAndAbi = ManglingAndAbi::Legacy(LiftLowerAbi::Sync);

/// A function of the world that the guest imports.
pub fn import(resolve: &Resolve, profile: Profile, one: &WorldFunction<'_>) -> CoreImport {
    let (module, field) = names::import(resolve, profile, one.interface, one.function);
    let signature = Signature::new(resolve, profile, Role::Caller, one.function);
    CoreImport { module: compiled(profile, module), field, params: signature.params, results: signature.results }
}

/// A function of the world that the guest exports.
///
/// # Errors
/// When its result is larger than a memory.
pub fn export(types: &mut Types<'_>, profile: Profile, one: &WorldFunction<'_>) -> Result<CoreExport, Error> {
    let resolve = types.resolve();
    let signature = Signature::new(resolve, profile, Role::Callee, one.function);
    let dynamic = match &one.function.result {
        Some(result) => {
            let ty = types.add(result)?;
            types[ty].has_dynamic
        }
        None => false,
    };
    let post_return = (dynamic || signature.result_passing == Passing::Memory)
        .then(|| compiled(profile, names::post_return(resolve, profile, one.interface, one.function)));
    Ok(CoreExport {
        name: compiled(profile, names::export(resolve, profile, one.interface, one.function)),
        params: signature.params,
        results: signature.results,
        post_return,
    })
}

/// `[resource-drop]` of an imported or an exported resource.
pub fn drop(resolve: &Resolve, interface: Option<&WorldKey>, resource: TypeId, direction: Direction) -> CoreImport {
    let intrinsic = match direction {
        Direction::Import => ResourceIntrinsic::ImportedDrop,
        Direction::Export => ResourceIntrinsic::ExportedDrop,
    };
    built_in(resolve, interface, resource, intrinsic, &[])
}

/// `[resource-new]` of an exported resource.
pub fn new(resolve: &Resolve, interface: Option<&WorldKey>, resource: TypeId) -> CoreImport {
    built_in(resolve, interface, resource, ResourceIntrinsic::ExportedNew, &[CoreType::I32])
}

/// `[resource-rep]` of an exported resource.
pub fn rep(resolve: &Resolve, interface: Option<&WorldKey>, resource: TypeId) -> CoreImport {
    built_in(resolve, interface, resource, ResourceIntrinsic::ExportedRep, &[CoreType::I32])
}

/// The destructor of an exported resource.
pub fn destructor(resolve: &Resolve, interface: &WorldKey, resource: TypeId) -> CoreExport {
    CoreExport {
        name: resolve.wasm_export_name(EAGER, WasmExport::ResourceDtor { interface, resource }),
        params: vec![CoreType::I32],
        results: Vec::new(),
        post_return: None,
    }
}

fn built_in(
    resolve: &Resolve,
    interface: Option<&WorldKey>,
    resource: TypeId,
    intrinsic: ResourceIntrinsic,
    results: &[CoreType],
) -> CoreImport {
    let import = WasmImport::ResourceIntrinsic { interface, resource, intrinsic };
    let (module, field) = resolve.wasm_import_name(EAGER, import);
    CoreImport { module, field, params: vec![CoreType::I32], results: results.to_vec() }
}
