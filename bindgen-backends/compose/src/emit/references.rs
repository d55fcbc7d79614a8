//! Writing the built-in functions for resources of a guest in the GC ABI: around the eager ones, they make references of handles and
//! handles of references.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use onramp_abi::gc::CoreTypes;
use wasm_encoder::ExportKind;

use crate::instantiate;
use crate::link::Overlay;
use crate::link::core::stands_alone;
use crate::link::handles::{BuiltIn, Kind};
use crate::thunks::{self, Around, Thunk};

use super::Writer;
use super::direct::skeletons;

/// The functions that all built-ins share.
const SHARED: &str = r#"
  ;; What a reference to a handle is, if the handle is no i31ref.
  (type $handle (struct (field i32)))

  (func $wrap (@name "onramp: make a reference of a handle") (param $handle i32) (result externref)
    (extern.convert_any
      (if (result anyref) (i32.lt_u (local.get $handle) (i32.const 0x4000_0000))
        (then (ref.i31 (local.get $handle)))
        (else (struct.new $handle (local.get $handle))))))
"#;

/// A trap, whose name says why.
const TRAP: &str = r#"
  ;; It calls itself once: an engine that inlines would inline a function without a call, and its name would be lost.
  (func $ID (@name "onramp: WHY") (param $again i32)
    (if (i32.eqz (local.get $again)) (then (call $ID (i32.const 1))))
    unreachable)
"#;

/// What makes a handle of a reference, for one type.
const UNWRAP: &str = r#"
  (func $unwrap-NUMBER (@name "onramp: handle of a reference") (param $reference externref) (result i32)
    (local $any anyref)
    (if (ref.is_null (local.get $reference)) (then (call $null-NUMBER (i32.const 0))))
    (local.set $any (any.convert_extern (local.get $reference)))
    (if (ref.test (ref i31) (local.get $any))
      (then (return (i31.get_u (ref.cast (ref i31) (local.get $any))))))
    (if (ref.test (ref $handle) (local.get $any))
      (then (return (struct.get $handle 0 (ref.cast (ref $handle) (local.get $any))))))
    (call $no-handle-NUMBER (i32.const 0))
    unreachable)
"#;

impl Writer<'_> {
    /// The functions for the built-ins of a guest, in order.
    pub(super) fn built_ins_over_references(&mut self, node: usize, overlay: &Overlay) -> Result<Vec<u32>> {
        let built_ins = &overlay.speech.resources;
        if built_ins.is_empty() {
            return Ok(Vec::new());
        }
        let mut given = Vec::new();
        for built_in in built_ins.values().filter(|built_in| built_in.kind != Kind::BorrowRep) {
            let key = (built_in.module.clone(), built_in.eager_field());
            let index = skeletons(self.part.flats[node], overlay, &key)?;
            given.push((ExportKind::Func, self.maps[node].core_funcs[index as usize]));
        }
        let module = wat::parse_str(text(built_ins.values())).context("built-in functions cannot be assembled")?;
        let instance = instantiate::module(&mut self.builder, "references", &module, &given)?;
        let mut functions = Vec::new();
        for (number, ((_, field), built_in)) in built_ins.iter().enumerate() {
            let function = instance.function(&mut self.builder, &number.to_string())?;
            functions.push(self.of_type(&overlay.speech.types, field, function, built_in.ty)?);
        }
        Ok(functions)
    }

    /// A function of a type that stands alone, as one of the type that a guest imports it with.
    pub(super) fn of_type(&mut self, types: &CoreTypes, name: &str, function: u32, ty: u32) -> Result<u32> {
        self.retyped(types, name, function, (None, Some(ty)))
    }

    /// A function of a guest, as one of a type that stands alone.
    pub(super) fn alone(&mut self, types: &CoreTypes, name: &str, function: u32, ty: u32) -> Result<u32> {
        self.retyped(types, name, function, (Some(ty), None))
    }

    fn retyped(
        &mut self,
        types: &CoreTypes,
        name: &str,
        function: u32,
        (inner_type, outer_type): (Option<u32>, Option<u32>),
    ) -> Result<u32> {
        let guests = inner_type.or(outer_type).context("neither type is the guest's")?;
        if stands_alone(types, guests) {
            return Ok(function);
        }
        let inner = types.function(guests).context("a function of the guest is of no function type")?.clone();
        let thunk = Thunk { name: name.to_owned(), inner, inner_type, outer_type, around: Around::Nothing };
        let functions = thunks::instantiate(&mut self.builder, None, "type", types, &[(&thunk, function)])?;
        functions.first().copied().context("a function is missing")
    }
}

/// The module of some built-ins, which are exported by their numbers and import their eager forms.
fn text<'b>(built_ins: impl Iterator<Item = &'b BuiltIn>) -> String {
    let (mut imports, mut functions) = (String::new(), String::new());
    for (number, built_in) in built_ins.enumerate() {
        let (kind, resource) = (built_in.kind, &built_in.resource);
        let eager = match kind {
            Kind::Drop => "(param i32)",
            Kind::New | Kind::Rep => "(param i32) (result i32)",
            Kind::BorrowRep => "",
        };
        if !eager.is_empty() {
            let _ = writeln!(imports, "  (import \"\" \"{number}\" (func $eager-{number} {eager}))");
        }
        let ty = if kind == Kind::BorrowRep { "borrow" } else { "own" };
        if kind != Kind::New {
            functions.push_str(&unwrap(number, &format!("{ty}<{resource}>")));
        }
        let name = format!("onramp: {}", built_in.eager_field());
        let (types, body) = match kind {
            Kind::Drop => {
                ("(param externref)", format!("(call $eager-{number} (call $unwrap-{number} (local.get 0)))"))
            }
            Kind::New => {
                ("(param i32) (result externref)", format!("(call $wrap (call $eager-{number} (local.get 0)))"))
            }
            Kind::Rep => (
                "(param externref) (result i32)",
                format!("(call $eager-{number} (call $unwrap-{number} (local.get 0)))"),
            ),
            Kind::BorrowRep => ("(param externref) (result i32)", format!("(call $unwrap-{number} (local.get 0))")),
        };
        let _ = writeln!(functions, "  (func (@name \"{name}\") (export \"{number}\") {types} {body})");
    }
    format!("(module\n{imports}{SHARED}{functions})")
}

/// The function that makes a handle of a reference, for the built-in of this number, with its traps (rules G1 and G5).
fn unwrap(number: usize, ty: &str) -> String {
    let trap = |id: &str, why: &str| TRAP.replace("ID", id).replace("WHY", &format!("{why} in {ty}"));
    let null = trap(&format!("null-{number}"), "null");
    let no_handle = trap(&format!("no-handle-{number}"), "no handle");
    null + &no_handle + &UNWRAP.replace("NUMBER", &number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::core::{Core, Item};

    #[test]
    fn every_built_in_has_its_type() {
        let kinds = [Kind::Drop, Kind::New, Kind::Rep, Kind::BorrowRep];
        let built_ins = kinds.map(|kind| BuiltIn { kind, resource: "r".to_owned(), module: "i".to_owned(), ty: 0 });
        let module = wat::parse_str(text(built_ins.iter())).unwrap();
        wasmparser::validate(&module).unwrap();
        let core = Core::read(&module).unwrap();
        for (number, kind) in kinds.into_iter().enumerate() {
            let Item::Func(function) = &core.exports[number.to_string().as_str()] else { panic!("{kind:?}") };
            assert_eq!(core.types.function(function.ty), Some(&kind.ty()));
            assert!(stands_alone(&core.types, function.ty));
        }
    }
}
