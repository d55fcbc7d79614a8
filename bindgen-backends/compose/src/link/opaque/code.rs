//! The code of what is made for a guest.

use wasm_encoder::{Function, HeapType, InstructionSink, StorageType, ValType};

use super::accessor::Accessor;
use super::guest::Path;
use super::objects::Value;
use super::world::Signature;

/// A function that is called with opaque references, around one that is called with typed ones.
pub(super) fn import(signature: &Signature, inner: u32) -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    for (local, value) in (0..).zip(&signature.params) {
        code.local_get(local);
        typed(&mut code, value);
    }
    code.call(inner);
    signature.result.iter().for_each(|value| opaque(&mut code, value));
    code.end();
    function
}

/// A function that is called with typed references, around one that is called with opaque ones.
pub(super) fn export(signature: &Signature, inner: u32) -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    for (local, value) in (0..).zip(&signature.params) {
        code.local_get(local);
        opaque(&mut code, value);
    }
    code.call(inner);
    signature.result.iter().for_each(|value| typed(&mut code, value));
    code.end();
    function
}

/// An accessor. `path` leads to the guest's own array, of those that have one.
pub(super) fn accessor(accessor: &Accessor, path: Option<Path>) -> Function {
    match accessor {
        Accessor::Case(cases) => case(cases),
        Accessor::Read(object, _) | Accessor::Write(object, _) => {
            let path = path.expect("the guest's own array was found");
            copy(*object, path, matches!(accessor, Accessor::Read(..)))
        }
        simple => {
            let mut function = Function::new([]);
            access(&mut function.instructions(), simple);
            function
        }
    }
}

fn access(code: &mut InstructionSink, accessor: &Accessor) {
    match accessor {
        Accessor::New(object, fields) => {
            for (local, value) in (0..).zip(fields) {
                code.local_get(local);
                typed(code, value);
            }
            code.struct_new(*object).extern_convert_any();
        }
        Accessor::Get(object, field, value) => {
            object_in(code, 0, *object);
            match packing(value) {
                Packing::Signed => code.struct_get_s(*object, *field),
                Packing::Unsigned => code.struct_get_u(*object, *field),
                Packing::None => code.struct_get(*object, *field),
            };
            opaque(code, value);
        }
        Accessor::Length(object) => {
            object_in(code, 0, *object);
            code.array_len();
        }
        Accessor::NewArray(object) => {
            code.local_get(0).array_new_default(*object).extern_convert_any();
        }
        Accessor::At(object, value) => {
            object_in(code, 0, *object);
            code.local_get(1);
            match packing(value) {
                Packing::Signed => code.array_get_s(*object),
                Packing::Unsigned => code.array_get_u(*object),
                Packing::None => code.array_get(*object),
            };
            opaque(code, value);
        }
        Accessor::Put(object, value) => {
            object_in(code, 0, *object);
            code.local_get(1).local_get(2);
            typed(code, value);
            code.array_set(*object);
        }
        Accessor::Case(_) | Accessor::Read(..) | Accessor::Write(..) => {}
    }
    code.end();
}

/// Which case an object is of, by casts.
fn case(cases: &[u32]) -> Function {
    let mut function = Function::new([(1, ValType::Ref(wasm_encoder::RefType::ANYREF))]);
    let mut code = function.instructions();
    code.local_get(0).any_convert_extern().local_set(1);
    for (number, case) in (0..).zip(cases) {
        code.local_get(1).ref_test_non_null(HeapType::Concrete(*case));
        code.if_(wasm_encoder::BlockType::Empty).i32_const(number).return_().end();
    }
    code.unreachable().end();
    function
}

/// Copies elements between an object (parameters 0 and 1: which, and from where on), and an array of the guest's own (2 and 3);
/// 4 is how many.
fn copy(object: u32, path: Path, is_read: bool) -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    match is_read {
        true => {
            own(&mut code, path);
            object_in(&mut code, 0, object);
            code.local_get(1).local_get(4).array_copy(path.array, object);
        }
        false => {
            object_in(&mut code, 0, object);
            code.local_get(1);
            own(&mut code, path);
            code.local_get(4).array_copy(object, path.array);
        }
    }
    code.end();
    function
}

/// The guest's own array, and where in it.
fn own(code: &mut InstructionSink, path: Path) {
    code.local_get(2);
    path.holder.inspect(|(holder, field)| {
        code.struct_get(*holder, *field);
    });
    code.local_get(3);
}

/// How a number is kept in less than the bits of its core type.
enum Packing {
    Signed,
    Unsigned,
    None,
}

fn packing(value: &Value) -> Packing {
    match value {
        Value::Number { storage: StorageType::I8 | StorageType::I16, is_signed: true } => Packing::Signed,
        Value::Number { storage: StorageType::I8 | StorageType::I16, is_signed: false } => Packing::Unsigned,
        Value::Number { .. } | Value::Handle | Value::Object(_) => Packing::None,
    }
}

/// The object that a parameter refers to.
fn object_in(code: &mut InstructionSink, local: u32, object: u32) {
    code.local_get(local).any_convert_extern().ref_cast_non_null(HeapType::Concrete(object));
}

/// An opaque reference becomes a typed one; what is none stays.
fn typed(code: &mut InstructionSink, value: &Value) {
    if let Value::Object(object) = value {
        code.any_convert_extern().ref_cast_non_null(HeapType::Concrete(object.index));
    }
}

/// The other way round.
fn opaque(code: &mut InstructionSink, value: &Value) {
    if let Value::Object(_) = value {
        code.extern_convert_any();
    }
}
