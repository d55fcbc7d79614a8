//! Functions that pass between a guest of another ABI and the host without an adapter, because what they pass is the same in the
//! eager ABI: the engine reads and writes the guest's own memory. Where the guest has several core results, these go through a
//! return area in that memory (`onramp_adapter::Areas`).

use std::collections::BTreeMap;

use anyhow::Result;
use onramp_abi::{Data, Lowering, MAX_FLAT_PARAMS, Profile, Role, Signature};
use onramp_adapter::{Adapter, Areas, Boundary};
use wit_parser::{Function, Resolve, Type, TypeDefKind};

use crate::boundary::Found;
use crate::link::core::CoreSignature;
use crate::prelude::Wit;
use crate::report::passes_dynamic;

/// How a function passes between a guest and the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As it is: both ABIs say the same.
    Same,
    /// The results are core values for the guest, and in its memory for the host.
    Area,
    /// Through an adapter.
    Adapted,
}

/// How a function passes between the host and a guest of this profile and role.
pub(crate) fn way(resolve: &Resolve, profile: Profile, role: Role, function: &Function) -> Way {
    if profile.data() == Data::Gc {
        return if passes_numbers(resolve, function) { Way::Same } else { Way::Adapted };
    }
    if profile.lowering() == Lowering::Lazy && passes_dynamic(resolve, function) {
        return Way::Adapted;
    }
    let guest = Signature::new(resolve, profile, role, function);
    let host = Signature::new(resolve, Profile::Eager, role, function);
    match () {
        () if guest.param_passing != host.param_passing => Way::Adapted,
        () if CoreSignature::from(&guest) == CoreSignature::from(&host) => Way::Same,
        () => Way::Area,
    }
}

/// Whether a function passes numbers only, in core values: these are the same in the eager ABI and in that of references.
pub(crate) fn passes_numbers(resolve: &Resolve, function: &Function) -> bool {
    function.params.len() <= MAX_FLAT_PARAMS && is_of_numbers(resolve, function)
}

/// Whether a function has numbers only in its type. In the ABI of references, they are core values, however many they are.
pub(crate) fn is_of_numbers(resolve: &Resolve, function: &Function) -> bool {
    function.params.iter().map(|param| &param.ty).chain(&function.result).all(|ty| is_number(resolve, ty))
}

fn is_number(resolve: &Resolve, ty: &Type) -> bool {
    match ty {
        Type::Id(id) => match &resolve.types[*id].kind {
            TypeDefKind::Type(ty) => is_number(resolve, ty),
            TypeDefKind::Flags(_) | TypeDefKind::Enum(_) => true,
            _ => false,
        },
        Type::String | Type::ErrorContext => false,
        _ => true,
    }
}

/// The return areas of functions that go one way between the host and a guest.
pub(crate) struct Direct {
    /// The module.
    pub(crate) adapter: Adapter,
    /// Its functions, by their names there.
    pub(crate) functions: BTreeMap<String, DirectFunction>,
}

/// A function with a return area.
pub(crate) struct DirectFunction {
    /// Its interface and name.
    pub(crate) key: (String, String),
    /// Of one that comes from the host: the guest's core function.
    pub(crate) index: u32,
    /// The guest's post-return function.
    pub(crate) post_return: Option<u32>,
}

/// The return areas of some functions; `None`: there are no functions.
///
/// # Errors
/// When a function is not in the WIT, or a type cannot be passed.
pub(crate) fn areas(wit: &Wit, found: &[Found], boundary: Boundary) -> Result<Option<Direct>> {
    let mut areas = Areas::new(&wit.resolve, boundary)?;
    let mut functions = BTreeMap::new();
    for one in found.iter().filter(|one| one.way == Way::Area) {
        let name = format!("{}.{}", one.key.0, one.key.1);
        let (index, post_return) = (one.index, one.options.post_return);
        areas.add(&name, one.function(wit, boundary)?.function, one.profile, post_return.is_some())?;
        functions.insert(name, DirectFunction { key: one.key.clone(), index, post_return });
    }
    Ok((!functions.is_empty()).then(|| Direct { adapter: areas.finish(), functions }))
}
