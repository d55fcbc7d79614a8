//! The C type of a core value.

use onramp_abi::CoreType;

/// The type of a core value.
pub fn core(ty: CoreType) -> &'static str {
    match ty {
        CoreType::I32 => "int32_t",
        CoreType::I64 => "int64_t",
        CoreType::F32 => "float",
        CoreType::F64 => "double",
    }
}

/// How many bytes it has.
pub fn width(ty: CoreType) -> u32 {
    match ty {
        CoreType::I32 | CoreType::F32 => 4,
        CoreType::I64 | CoreType::F64 => 8,
    }
}
