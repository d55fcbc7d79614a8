//! Numbers, as they are in memory and flat.

use onramp_abi::{CoreType, Tag};
use wasm_encoder::{InstructionSink, MemArg};

/// A number. In memory it has its size; flat it is a core value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    U8,
    S8,
    U16,
    S16,
    /// Also chars, handles, pointers and lengths.
    I32,
    I64,
    F32,
    F64,
    /// A bool, a discriminant, or flags: flat it is the whole i32, never reduced to its size in memory first.
    Code(Tag),
}

impl Scalar {
    /// What it is flat.
    pub(crate) fn core(self) -> CoreType {
        match self {
            Scalar::U8 | Scalar::S8 | Scalar::U16 | Scalar::S16 | Scalar::I32 | Scalar::Code(_) => CoreType::I32,
            Scalar::I64 => CoreType::I64,
            Scalar::F32 => CoreType::F32,
            Scalar::F64 => CoreType::F64,
        }
    }

    /// The logarithm of its size in memory, which is its alignment.
    pub(crate) fn align_log2(self) -> u32 {
        match self {
            Scalar::U8 | Scalar::S8 | Scalar::Code(Tag::U8) => 0,
            Scalar::U16 | Scalar::S16 | Scalar::Code(Tag::U16) => 1,
            Scalar::I32 | Scalar::F32 | Scalar::Code(Tag::U32) => 2,
            Scalar::I64 | Scalar::F64 => 3,
        }
    }

    pub(crate) fn load(self, code: &mut InstructionSink<'_>, at: MemArg) {
        match self {
            Scalar::U8 | Scalar::Code(Tag::U8) => code.i32_load8_u(at),
            Scalar::S8 => code.i32_load8_s(at),
            Scalar::U16 | Scalar::Code(Tag::U16) => code.i32_load16_u(at),
            Scalar::S16 => code.i32_load16_s(at),
            Scalar::I32 | Scalar::Code(Tag::U32) => code.i32_load(at),
            Scalar::I64 => code.i64_load(at),
            Scalar::F32 => code.f32_load(at),
            Scalar::F64 => code.f64_load(at),
        };
    }

    pub(crate) fn store(self, code: &mut InstructionSink<'_>, at: MemArg) {
        match self {
            Scalar::U8 | Scalar::S8 | Scalar::Code(Tag::U8) => code.i32_store8(at),
            Scalar::U16 | Scalar::S16 | Scalar::Code(Tag::U16) => code.i32_store16(at),
            Scalar::I32 | Scalar::Code(Tag::U32) => code.i32_store(at),
            Scalar::I64 => code.i64_store(at),
            Scalar::F32 => code.f32_store(at),
            Scalar::F64 => code.f64_store(at),
        };
    }

    /// Reduces the core value on the stack, which a guest may have put anything into, to what it stands for
    /// (`lift_flat_unsigned`, `lift_flat_signed`).
    pub(crate) fn reduce(self, code: &mut InstructionSink<'_>) {
        match self {
            Scalar::U8 => code.i32_const(0xff).i32_and(),
            Scalar::S8 => code.i32_extend8_s(),
            Scalar::U16 => code.i32_const(0xffff).i32_and(),
            Scalar::S16 => code.i32_extend16_s(),
            Scalar::I32 | Scalar::I64 | Scalar::F32 | Scalar::F64 | Scalar::Code(_) => code,
        };
    }
}

/// Turns the core value on the stack from what it is to what it is joined with, or back (`lift_flat_variant`,
/// `lower_flat_variant`).
pub(crate) fn coerce(code: &mut InstructionSink<'_>, from: CoreType, to: CoreType) {
    use CoreType::{F32, F64, I32, I64};
    match (from, to) {
        (I32, I32) | (I64, I64) | (F32, F32) | (F64, F64) => code,
        (F32, I32) => code.i32_reinterpret_f32(),
        (I32, I64) => code.i64_extend_i32_u(),
        (F32, I64) => code.i32_reinterpret_f32().i64_extend_i32_u(),
        (F64, I64) => code.i64_reinterpret_f64(),
        (I32, F32) => code.f32_reinterpret_i32(),
        (I64, I32) => code.i32_wrap_i64(),
        (I64, F32) => code.i32_wrap_i64().f32_reinterpret_i32(),
        (I64, F64) => code.f64_reinterpret_i64(),
        (I32 | F32, F64) | (F64, I32 | F32) => unreachable!("{from} and {to} are joined to i64"),
    };
}
