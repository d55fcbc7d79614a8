//! One function under a profile.

use onramp_abi::{CoreType, Data, Error, Lowering, Passing, Profile, Role, Signature, Ty, Types, names};
use wit_parser::abi::WasmType;
use wit_parser::{Function, Resolve, WorldKey};

use crate::Step;
use crate::passed::{Mover, Way};
use crate::received::{Finder, Words};

/// A function that the guest imports.
#[derive(Clone, Debug)]
pub struct Import {
    /// The module of the core import.
    pub module: String,
    /// Its field.
    pub field: String,
    /// The module for a guest that has one core result only, when there are several; the linker makes `module` of it.
    pub thunk_module: Option<String>,
    /// The core parameters. The eager import has one more behind these, the pointer to the return area, when `results` is
    /// [`Results::Several`].
    pub params: Vec<CoreType>,
    /// The core results: how they get into the return area that the eager code reads.
    pub results: Results,
    /// To be done in the return area, after `results`, before eager code reads it.
    pub received: Vec<Step>,
}

/// A function that the guest exports.
#[derive(Clone, Debug)]
pub struct Export {
    /// The core export.
    pub name: String,
    /// The export that frees the results, if it has any to free. With [`Results::Several`] it takes all core results.
    pub post_return: String,
    /// The core export for a guest that has one core result only, when there are several; the linker makes `name` of it.
    pub thunk_name: Option<String>,
    /// The types of the core parameters that eager code expects, before they become core types: those that steps change.
    pub slots: Vec<WasmType>,
    /// What becomes of the core parameters before eager code reads them.
    pub params: Params,
    /// The core results: how they are made of the return area that the eager code has filled.
    pub results: Results,
    /// To be done by post-return, in its core values with [`Results::Several`], else in the return area: [`Step::Free`]s.
    pub returned: Vec<Step>,
}

/// How an export gets its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Params {
    /// As eager code expects them.
    Eager,
    /// In core values, in which these steps have to be done.
    Flat(Vec<Step>),
    /// As a handle: lower the one element behind it into a block, from the allocator that the eager code gives it back to, and do
    /// the steps in it. The block's address takes the handle's place.
    Tuple {
        /// The size of the block.
        size: u32,
        /// Its alignment.
        align: u32,
        /// To be done in it.
        steps: Vec<Step>,
    },
}

/// How a function's results are passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Results {
    /// As eager code has it.
    Eager,
    /// In core values. Eager code has them in a return area: the block of the steps.
    Several {
        /// The types of the core values.
        values: Vec<CoreType>,
        /// The size of the return area.
        size: u32,
        /// Its alignment.
        align: u32,
        /// For imports [`Step::Store`]s, for exports [`Step::Load`]s.
        steps: Vec<Step>,
    },
}

impl Import {
    /// The import of a function that the profile covers.
    ///
    /// # Errors
    /// When a type is larger than a memory.
    pub fn new(
        types: &mut Types<'_>,
        profile: Profile,
        interface: Option<&WorldKey>,
        function: &Function,
    ) -> Result<Import, Error> {
        let resolve = types.resolve();
        let (module, field) = names::import(resolve, profile, interface, function);
        let module = compiled(profile, module);
        let signature = Signature::new(resolve, profile, Role::Caller, function);
        let result = result_type(types, function)?;
        let results = several(types, profile, Role::Caller, function, Way::Store)?;
        let received = match (profile.lowering(), result) {
            (Lowering::Lazy, Some(result)) => {
                Finder { types, words: Words::Handle { release: true } }.in_memory(result, 0)
            }
            (Lowering::Lazy, None) | (Lowering::Eager, _) => Vec::new(),
        };
        let thunk_module = matches!(results, Results::Several { .. }).then(|| thunk(&module));
        Ok(Import { module, field, thunk_module, params: signature.params, results, received })
    }
}

impl Export {
    /// The export of a function that the profile covers.
    ///
    /// # Errors
    /// When a type is larger than a memory.
    pub fn new(
        types: &mut Types<'_>,
        profile: Profile,
        interface: Option<&WorldKey>,
        function: &Function,
    ) -> Result<Export, Error> {
        let resolve = types.resolve();
        let name = compiled(profile, names::export(resolve, profile, interface, function));
        let results = several(types, profile, Role::Callee, function, Way::Load)?;
        let returned = returned(types, function, &results)?;
        Ok(Export {
            post_return: compiled(profile, names::post_return(resolve, profile, interface, function)),
            thunk_name: matches!(results, Results::Several { .. }).then(|| thunk(&name)),
            name,
            slots: slots(resolve, function),
            params: params(types, profile, function)?,
            results,
            returned,
        })
    }
}

/// What a function of this core name is called in what compilers for linear memory make. Where the profile passes objects that such
/// a memory has not, linking makes the function itself of it.
pub fn compiled(profile: Profile, name: String) -> String {
    match profile.data() {
        Data::Linear => name,
        Data::Gc => names::with_weave(&name),
    }
}

/// The name for a guest with one core result, of the name in the profile.
fn thunk(name: &str) -> String {
    name.replacen("[abi=", "[thunk=", 1)
}

fn slots(resolve: &Resolve, function: &Function) -> Vec<WasmType> {
    resolve.wasm_signature(wit_parser::abi::AbiVariant::GuestExport, function).params
}

fn params(types: &mut Types<'_>, profile: Profile, function: &Function) -> Result<Params, Error> {
    if profile.lowering() == Lowering::Eager {
        return Ok(Params::Eager);
    }
    let tuple = types.add_tuple(function.params.iter().map(|param| param.ty))?;
    let finder = Finder { types, words: Words::Handle { release: false } };
    match Signature::new(types.resolve(), profile, Role::Callee, function).param_passing {
        Passing::Flat => Ok(Params::Flat(finder.in_core(tuple, 0)?)),
        Passing::Memory | Passing::Handle => {
            let node = &types[tuple];
            Ok(Params::Tuple { size: node.size, align: node.align, steps: finder.in_memory(tuple, 0) })
        }
    }
}

fn result_type(types: &mut Types<'_>, function: &Function) -> Result<Option<Ty>, Error> {
    function.result.map(|ty| types.add(&ty)).transpose()
}

/// What frees the results.
fn returned(types: &mut Types<'_>, function: &Function, results: &Results) -> Result<Vec<Step>, Error> {
    let Some(result) = result_type(types, function)? else { return Ok(Vec::new()) };
    let finder = Finder { types, words: Words::Owned };
    match results {
        Results::Eager => Ok(finder.in_memory(result, 0)),
        Results::Several { .. } => finder.in_core(result, 0),
    }
}

/// The results, if the profile has them in core values and the eager ABI in memory.
fn several(
    types: &mut Types<'_>,
    profile: Profile,
    role: Role,
    function: &Function,
    way: Way,
) -> Result<Results, Error> {
    let Some(result) = result_type(types, function)? else { return Ok(Results::Eager) };
    let passing = |profile| Signature::new(types.resolve(), profile, role, function).result_passing;
    if (passing(Profile::Eager), passing(profile)) != (Passing::Memory, Passing::Flat) {
        return Ok(Results::Eager);
    }
    let values = Signature::new(types.resolve(), profile, role, function).results;
    let steps = Mover { types, way, slots: &values }.value(result, 0, 0)?;
    let node = &types[result];
    Ok(Results::Several { size: node.size, align: node.align, steps, values })
}
