//! Values of WIT types, as trees.

use std::fmt;

/// A value of a type after `despecialize`.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Value {
    Bool(bool),
    Int(i128),
    /// Its bits.
    F32(u32),
    /// Its bits.
    F64(u64),
    Char(char),
    String(String),
    List(Vec<Value>),
    Record(Vec<Value>),
    Variant(usize, Option<Box<Value>>),
    Flags(u32),
}

impl Value {
    /// Where two values of one type differ: the path to the place, what was expected, what is there. A NaN is any NaN.
    pub fn difference(&self, other: &Value) -> Option<String> {
        let all = |ones: &[Value], others: &[Value]| {
            let differences = ones.iter().zip(others).map(|(one, other)| one.difference(other));
            differences.enumerate().find_map(|(index, difference)| Some(format!(".{index}{}", difference?)))
        };
        let same = match (self, other) {
            (Value::Bool(one), Value::Bool(other)) => one == other,
            (Value::Int(one), Value::Int(other)) => one == other,
            (Value::F32(one), Value::F32(other)) => {
                one == other || (f32::from_bits(*one).is_nan() && f32::from_bits(*other).is_nan())
            }
            (Value::F64(one), Value::F64(other)) => {
                one == other || (f64::from_bits(*one).is_nan() && f64::from_bits(*other).is_nan())
            }
            (Value::Char(one), Value::Char(other)) => one == other,
            (Value::String(one), Value::String(other)) => one == other,
            (Value::Flags(one), Value::Flags(other)) => one == other,
            (Value::List(one), Value::List(other)) | (Value::Record(one), Value::Record(other))
                if one.len() == other.len() =>
            {
                return all(one, other);
            }
            (Value::Variant(one, payload), Value::Variant(other, payload_of_other)) if one == other => {
                return match (payload, payload_of_other) {
                    (Some(payload), Some(other)) => payload.difference(other).map(|place| format!("#{one}{place}")),
                    _ => None,
                };
            }
            _ => false,
        };
        (!same).then(|| format!(": expected {self}, got {other}"))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Bool(value) => write!(f, "{value}"),
            Value::Int(value) => write!(f, "{value}"),
            Value::F32(bits) => write!(f, "{:?} ({bits:#x})", f32::from_bits(*bits)),
            Value::F64(bits) => write!(f, "{:?} ({bits:#x})", f64::from_bits(*bits)),
            Value::Char(value) => write!(f, "{value:?}"),
            Value::String(value) => write!(f, "{value:?}"),
            Value::List(values) => write!(f, "[{}]", Separated(values)),
            Value::Record(values) => write!(f, "({})", Separated(values)),
            Value::Variant(case, None) => write!(f, "#{case}"),
            Value::Variant(case, Some(payload)) => write!(f, "#{case}({payload})"),
            Value::Flags(bits) => write!(f, "{bits:#b}"),
        }
    }
}

struct Separated<'v>(&'v [Value]);

impl fmt::Display for Separated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, value) in self.0.iter().enumerate() {
            write!(f, "{}{value}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
