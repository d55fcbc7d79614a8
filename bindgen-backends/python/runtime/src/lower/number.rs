//! Numbers.

use std::ffi::c_int;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt};

use super::failure::{Failure, Lowered};
use crate::place::Place;
use crate::world::kind::Number;

/// Writes a number. Whatever is an `int` by its `__index__`, or a `float` by being a number, may be given.
///
/// # Errors
/// When it is none, or not in the type's range.
pub fn lower(number: Number, ty: &str, value: &Bound<'_, PyAny>, place: Place) -> Lowered {
    place.write(bits(number, ty, value)?, number.size());
    Ok(())
}

/// A number's bits, zero-extended from its core type.
///
/// # Errors
/// As [`lower`].
#[inline]
pub fn bits(number: Number, ty: &str, value: &Bound<'_, PyAny>) -> Lowered<u64> {
    match number {
        Number::F32 => Ok((float(ty, value)? as f32).to_bits().into()),
        Number::F64 => Ok(float(ty, value)?.to_bits()),
        _ if !value.is_instance_of::<PyInt>() => bits(number, ty, &index(ty, value)?),
        Number::U64 => unsigned(ty, value),
        _ => {
            let (least, most) = range(number);
            match signed(value)? {
                Some(found) if (least..=most).contains(&found) => Ok(extended(number, found)),
                _ => Err(out_of_range(ty, value)),
            }
        }
    }
}

fn range(number: Number) -> (i64, i64) {
    match number {
        Number::U8 => (0, u8::MAX.into()),
        Number::S8 => (i8::MIN.into(), i8::MAX.into()),
        Number::U16 => (0, u16::MAX.into()),
        Number::S16 => (i16::MIN.into(), i16::MAX.into()),
        Number::U32 => (0, u32::MAX.into()),
        Number::S32 => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    }
}

/// Only an s64 has a core type of 64 bits.
fn extended(number: Number, found: i64) -> u64 {
    match number {
        Number::S64 => found as u64,
        _ => u64::from(found as u32),
    }
}

/// An `int` that fits into 64 bits.
fn signed(value: &Bound<'_, PyAny>) -> Lowered<Option<i64>> {
    let mut overflow: c_int = 0;
    let found = unsafe { ffi::PyLong_AsLongLongAndOverflow(value.as_ptr(), &mut overflow) };
    Ok((overflow == 0).then_some(found))
}

fn unsigned(ty: &str, value: &Bound<'_, PyAny>) -> Lowered<u64> {
    let found = unsafe { ffi::PyLong_AsUnsignedLongLong(value.as_ptr()) };
    match found == u64::MAX && PyErr::take(value.py()).is_some() {
        true => Err(out_of_range(ty, value)),
        false => Ok(found),
    }
}

fn out_of_range(ty: &str, value: &Bound<'_, PyAny>) -> Failure {
    Failure::value(ty, value, "out of range")
}

/// What stands for an `int`.
fn index<'py>(ty: &str, value: &Bound<'py, PyAny>) -> Lowered<Bound<'py, PyAny>> {
    unsafe {
        if ffi::PyIndex_Check(value.as_ptr()) == 0 {
            return Err(Failure::expected(ty, value));
        }
        Ok(Bound::from_owned_ptr_or_err(value.py(), ffi::PyNumber_Index(value.as_ptr()))?)
    }
}

fn float(ty: &str, value: &Bound<'_, PyAny>) -> Lowered<f64> {
    if let Ok(value) = value.cast::<PyFloat>() {
        return Ok(value.value());
    }
    let found = unsafe { ffi::PyFloat_AsDouble(value.as_ptr()) };
    if found == -1.0
        && let Some(error) = PyErr::take(value.py())
    {
        return Err(match error.is_instance_of::<pyo3::exceptions::PyOverflowError>(value.py()) {
            true => out_of_range(ty, value),
            false => Failure::expected(ty, value),
        });
    }
    Ok(found)
}

/// Writes a truth value.
///
/// # Errors
/// When it is no `bool`.
pub fn boolean(ty: &str, value: &Bound<'_, PyAny>, place: Place) -> Lowered {
    let value = value.cast::<PyBool>().map_err(|_| Failure::expected(ty, value))?;
    place.write(value.is_true().into(), 1);
    Ok(())
}
