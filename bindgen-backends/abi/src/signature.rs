use wit_parser::{
    Function, Resolve,
    abi::{AbiVariant, FlatTypes, WasmType},
};

use crate::{CoreType, Lowering, MAX_FLAT_RESULTS, Profile, Results};

/// Which side of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The guest that imports the function.
    Caller,
    /// The guest that exports it.
    Callee,
}

/// Where the parameters, or the results, are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passing {
    /// In core values.
    Flat,
    /// In the memory of this side, as a tuple; one core value points to it.
    Memory,
    /// As a lazy handle for the tuple.
    Handle,
}

/// The core signature of a function on one side (`flatten_functype`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The core parameters. A caller whose results are in memory passes the pointer as the last one.
    pub params: Vec<CoreType>,
    /// The core results. A callee whose results are in memory returns the pointer. A callee's post-return function takes them
    /// as its parameters.
    pub results: Vec<CoreType>,
    /// Where the parameters are.
    pub param_passing: Passing,
    /// Where the results are.
    pub result_passing: Passing,
}

impl Signature {
    /// The core signature of a synchronous function on one side.
    pub fn new(resolve: &Resolve, profile: Profile, role: Role, func: &Function) -> Signature {
        let variant = match role {
            Role::Caller => AbiVariant::GuestImport,
            Role::Callee => AbiVariant::GuestExport,
        };
        let eager = resolve.wasm_signature(variant, func);
        let core = |types: Vec<WasmType>| types.into_iter().map(CoreType::from).collect::<Vec<_>>();
        let mut signature = Signature {
            params: core(eager.params),
            results: core(eager.results),
            param_passing: match (eager.indirect_params, role, profile.lowering()) {
                (false, ..) => Passing::Flat,
                (true, Role::Callee, Lowering::Lazy) => Passing::Handle,
                (true, Role::Caller, _) | (true, Role::Callee, Lowering::Eager) => Passing::Memory,
            },
            result_passing: if eager.retptr { Passing::Memory } else { Passing::Flat },
        };
        if let (true, Results::Multi, Some(flat)) = (eager.retptr, profile.results(), flat_result(resolve, func)) {
            signature.results = core(flat);
            signature.result_passing = Passing::Flat;
            if role == Role::Caller {
                signature.params.pop();
            }
        }
        signature
    }
}

/// The core values that the result flattens to, if a profile with several may return so many.
fn flat_result(resolve: &Resolve, func: &Function) -> Option<Vec<WasmType>> {
    let mut storage = [WasmType::I32; MAX_FLAT_RESULTS];
    let mut flat = FlatTypes::new(&mut storage);
    resolve.push_flat(func.result.as_ref()?, &mut flat).then(|| flat.to_vec())
}
