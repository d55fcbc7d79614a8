//! The C type of a core value.

use onramp_abi::CoreType;
use wit_parser::abi::WasmType;

/// As upstream writes a core value's type before it becomes one.
pub fn wide(slot: WasmType) -> &'static str {
    wit_bindgen_c::wasm_type(slot)
}

/// The type of a core value.
pub fn core(ty: CoreType) -> &'static str {
    match ty {
        CoreType::I32 => "int32_t",
        CoreType::I64 => "int64_t",
        CoreType::F32 => "float",
        CoreType::F64 => "double",
    }
}

/// The word that such a variable holds, as a `uint32_t`.
pub fn word(slot: WasmType, name: &str) -> String {
    match slot {
        WasmType::Pointer => format!("(uint32_t) (uintptr_t) {name}"),
        WasmType::I32 | WasmType::I64 | WasmType::PointerOrI64 | WasmType::Length => format!("(uint32_t) {name}"),
        WasmType::F32 | WasmType::F64 => unreachable!("a word never lies in a float"),
    }
}

/// A `uint8_t *`, as such a variable holds it.
pub fn pointer(slot: WasmType, pointer: &str) -> String {
    match slot {
        WasmType::Pointer => pointer.to_owned(),
        _ => format!("({}) (uintptr_t) {pointer}", wide(slot)),
    }
}
