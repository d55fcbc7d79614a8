//! The adapters between native guests and others, from the compiler under test.

use std::collections::HashMap;

use onramp_abi::{
    Error, Profile, Role, Types,
    gc::{self, CoreTypes},
};
use onramp_adapter::{FuncOptions, GcSides, Kinds, Module, Passage, Side};
use wasmparser::{Parser, Payload, TypeRef};
use wit_parser::{Function, Resolve};

use super::pair::Kind;

/// The core types of a native guest and its function, as the compiler sees them.
type Signature = (CoreTypes, gc::Function);

/// What an adapter is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    /// Between two guests.
    Usual,
    /// Between two guests that are to share nothing that can be written to.
    Isolated,
    /// Within one guest, between its functions for objects and those for its memory.
    Weaving,
}

/// The adapter module, whose function is `f`, and how that passes values.
pub fn adapter(
    resolve: &Resolve,
    func: &Function,
    guests: &[Kind; 2],
    kinds: &Kinds,
    making: Making,
) -> Result<(Vec<u8>, Passage), Error> {
    let [caller, callee] = [side(&guests[0], kinds, 0), side(&guests[1], kinds, 1)];
    let mut module = match making {
        Making::Weaving => Module::woven(resolve, caller, callee)?,
        Making::Usual | Making::Isolated => Module::lazy(resolve, caller, callee, kinds, HashMap::new())?,
    };
    if making == Making::Isolated {
        module.isolate();
    }
    let signatures =
        [signature(resolve, func, &guests[0], Role::Caller)?, signature(resolve, func, &guests[1], Role::Callee)?];
    let [caller, callee] = signatures.each_ref().map(|side| side.as_ref().map(|(types, func)| (types, func)));
    let post_return = matches!(guests[1], Kind::Linear(..));
    let passage = module.add_gc("f", func, FuncOptions { post_return }, GcSides { caller, callee })?;
    Ok((module.finish().wasm, passage))
}

/// What the compiler is told about a guest.
pub fn side(guest: &Kind, kinds: &Kinds, peer: u32) -> Side {
    // What a native guest sends to a lazy one is copied outside first.
    let native = Side { profile: Profile::Gc, peer: kinds.outside(), ..Side::default() };
    match guest {
        Kind::Linear(profile, encoding) => Side { profile: *profile, encoding: *encoding, peer, ..Side::default() },
        Kind::Outside => Side { peer: kinds.outside(), is_outside: true, ..Side::default() },
        Kind::Native(guest) => Side { is_woven: guest.is_woven, ..native },
        Kind::Module(_) => native,
    }
}

fn signature(resolve: &Resolve, func: &Function, guest: &Kind, role: Role) -> Result<Option<Signature>, Error> {
    let mut types = Types::new(resolve)?;
    match guest {
        Kind::Linear(..) | Kind::Outside => Ok(None),
        Kind::Native(guest) if guest.is_chosen => {
            let mut core = CoreTypes::default();
            let chosen = gc::Function::chosen(&mut types, func, &mut core)?;
            Ok(Some((core, chosen)))
        }
        Kind::Native(guest) => found(&mut types, func, role, &guest.guest.wasm()).map(Some),
        Kind::Module(text) => found(&mut types, func, role, &wat::parse_str(text).expect("a module")).map(Some),
    }
}

fn found(types: &mut Types<'_>, func: &Function, role: Role, wasm: &[u8]) -> Result<Signature, Error> {
    let (core, indices) = CoreTypes::of_module(wasm)?;
    let ty = indices[type_of_f(wasm, role) as usize];
    let function = gc::Function::found(types, func, role, &core, ty)?;
    Ok((core, function))
}

/// The type of the function `f`: a caller may import it, all others export it.
fn type_of_f(wasm: &[u8], role: Role) -> u32 {
    let (mut imported, mut exported, mut functions) = (None, None, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.expect("a module") {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let TypeRef::Func(ty) = import.expect("an import").ty else { continue };
                    imported = Some(ty);
                    functions.push(ty);
                }
            }
            Payload::FunctionSection(section) => functions.extend(section.into_iter().map(|ty| ty.expect("a type"))),
            Payload::ExportSection(section) => {
                let mut exports = section.into_iter().map(|export| export.expect("an export"));
                exported = exports.find(|export| export.name == "f").map(|export| functions[export.index as usize]);
            }
            _ => {}
        }
    }
    match role {
        Role::Caller => imported.or(exported),
        Role::Callee => exported,
    }
    .expect("a function f")
}

/// What the compiler chooses is what the document says: the same types in an engine.
#[test]
fn chosen_types() {
    use wasm_encoder::{ExportKind, ExportSection, FunctionSection, ImportSection};

    use super::{engine::ENGINE, guest::Guest};
    use crate::{harness::case, random::Random};

    for index in 0..200 {
        let mut random = Random::of_case(6, index);
        random.handles = &["own<a>"];
        let mut types = "resource a;\n".to_owned();
        let func = format!("func(x: {}) -> {}", random.wit(&mut types, 4), random.wit(&mut types, 4));
        let (resolve, func) = case(&func).types(&types).resolve();
        let mut core = CoreTypes::default();
        let mut wit = Types::new(&resolve).expect("types");
        let chosen = gc::Function::chosen(&mut wit, &func, &mut core).expect("a signature");
        let mut module = wasm_encoder::Module::new();
        module.section(&core.section());
        module.section(ImportSection::new().import("", "f", wasm_encoder::EntityType::Function(chosen.ty)));
        module.section(&FunctionSection::new());
        module.section(ExportSection::new().export("f", ExportKind::Func, 0));
        let module = wasmtime::Module::new(&ENGINE, module.finish()).expect("a module");
        let found = module.get_export("f").expect("f").unwrap_func().clone();
        let expected = Guest::new(&resolve, &func, Role::Caller, None).known(&ENGINE).func;
        assert!(wasmtime::FuncType::eq(&found, &expected), "{types}{:?}: {found}, expected {expected}", func.params);
    }
}

/// Types of a guest's own are accepted in either role.
#[test]
fn own_types() {
    use super::guest::Guest;
    use crate::{harness::case, random::Random};

    for index in 0..200 {
        let mut random = Random::of_case(7, index);
        random.handles = &["own<a>"];
        let mut types = "resource a;\n".to_owned();
        let func = format!("func(x: {}) -> {}", random.wit(&mut types, 4), random.wit(&mut types, 4));
        let (resolve, func) = case(&func).types(&types).resolve();
        for role in [Role::Caller, Role::Callee] {
            let guest = Guest::new(&resolve, &func, role, Some(&mut random));
            let mut wit = Types::new(&resolve).expect("types");
            found(&mut wit, &func, role, &guest.wasm())
                .unwrap_or_else(|error| panic!("{types}{error}\n{}", guest.text));
        }
    }
}
