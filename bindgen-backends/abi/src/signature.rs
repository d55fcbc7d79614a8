use wit_parser::{Function, Resolve, abi::AbiVariant};

use crate::{CoreType, Profile};

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
        let Profile::Eager = profile;
        let variant = match role {
            Role::Caller => AbiVariant::GuestImport,
            Role::Callee => AbiVariant::GuestExport,
        };
        let passing = |in_memory| if in_memory { Passing::Memory } else { Passing::Flat };
        let signature = resolve.wasm_signature(variant, func);
        Signature {
            params: signature.params.into_iter().map(CoreType::from).collect(),
            results: signature.results.into_iter().map(CoreType::from).collect(),
            param_passing: passing(signature.indirect_params),
            result_passing: passing(signature.retptr),
        }
    }
}
