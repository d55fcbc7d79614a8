//! Values as the engine has them.

use anyhow::{Context, Result, bail};
use onramp_conformance::types::Type;
use onramp_conformance::value::Value;
use wasmtime::component::Val;

/// A value whose maps have each key once, as a map in Python has; of equal keys, the first stays.
pub fn with_unique_keys(ty: &Type, value: &Value) -> Value {
    let each = |types: &mut dyn Iterator<Item = &Type>, values: &[Value]| {
        types.zip(values).map(|(ty, value)| with_unique_keys(ty, value)).collect()
    };
    match (ty, value) {
        (Type::List(element), Value::List(values)) => Value::List(each(&mut std::iter::repeat(&**element), values)),
        (Type::FixedList(element, _), Value::List(values)) => {
            Value::List(each(&mut std::iter::repeat(&**element), values))
        }
        (Type::Map(key, of), Value::List(entries)) => {
            let entry = Type::Tuple(vec![(**key).clone(), (**of).clone()]);
            let mut unique: Vec<Value> = Vec::new();
            for entry in entries.iter().map(|one| with_unique_keys(&entry, one)) {
                if unique.iter().all(|other| key_of(other).difference(key_of(&entry)).is_some()) {
                    unique.push(entry);
                }
            }
            Value::List(unique)
        }
        (Type::Record(types) | Type::Tuple(types), Value::Record(values)) => {
            Value::Record(each(&mut types.iter(), values))
        }
        (ty, Value::Variant(case, Some(payload))) => match payload_of(ty, *case) {
            Some(ty) => Value::Variant(*case, Some(Box::new(with_unique_keys(ty, payload)))),
            None => value.clone(),
        },
        _ => value.clone(),
    }
}

fn key_of(entry: &Value) -> &Value {
    match entry {
        Value::Record(parts) => &parts[0],
        other => other,
    }
}

/// The payload's type of a case of what is a variant after `despecialize`.
fn payload_of(ty: &Type, case: usize) -> Option<&Type> {
    match (ty, case) {
        (Type::Variant(cases), _) => cases.get(case)?.as_ref(),
        (Type::Option(some), 1) => Some(some),
        (Type::Result(ok, _), 0) => ok.as_deref(),
        (Type::Result(_, err), 1) => err.as_deref(),
        _ => None,
    }
}

/// A value as the engine has it.
///
/// # Panics
/// When the value is not of this type: a generator made both.
pub fn to_val(ty: &Type, value: &Value) -> Val {
    let all = |ty: &Type, values: &[Value]| values.iter().map(|value| to_val(ty, value)).collect();
    match (ty, value) {
        (Type::Bool, Value::Bool(value)) => Val::Bool(*value),
        (Type::Int { bits, signed }, Value::Int(value)) => int(*bits, *signed, *value),
        (Type::F32, Value::F32(bits)) => Val::Float32(f32::from_bits(*bits)),
        (Type::F64, Value::F64(bits)) => Val::Float64(f64::from_bits(*bits)),
        (Type::Char, Value::Char(value)) => Val::Char(*value),
        (Type::String, Value::String(value)) => Val::String(value.clone()),
        (Type::List(element), Value::List(values)) => Val::List(all(element, values)),
        (Type::FixedList(element, _), Value::List(values)) => Val::FixedLengthList(all(element, values)),
        (Type::Map(key, of), Value::List(entries)) => Val::Map(entries.iter().map(|one| entry(key, of, one)).collect()),
        (Type::Record(types), Value::Record(values)) => {
            let fields = types.iter().zip(values).enumerate();
            Val::Record(fields.map(|(index, (ty, value))| (format!("f{index}"), to_val(ty, value))).collect())
        }
        (Type::Tuple(types), Value::Record(values)) => {
            Val::Tuple(types.iter().zip(values).map(|(ty, value)| to_val(ty, value)).collect())
        }
        (Type::Enum(_), Value::Variant(case, _)) => Val::Enum(format!("c{case}")),
        (Type::Flags(labels), Value::Flags(bits)) => {
            Val::Flags((0..*labels).filter(|label| bits >> label & 1 == 1).map(|label| format!("l{label}")).collect())
        }
        (ty, Value::Variant(case, payload)) => {
            let payload = payload_of(ty, *case).zip(payload.as_ref());
            variant(ty, *case, payload.map(|(ty, value)| Box::new(to_val(ty, value))))
        }
        (ty, value) => unreachable!("{value} is no {ty:?}"),
    }
}

fn variant(ty: &Type, case: usize, payload: Option<Box<Val>>) -> Val {
    match (ty, case) {
        (Type::Option(_), _) => Val::Option(payload),
        (Type::Result(..), 0) => Val::Result(Ok(payload)),
        (Type::Result(..), _) => Val::Result(Err(payload)),
        _ => Val::Variant(format!("c{case}"), payload),
    }
}

fn entry(key: &Type, of: &Type, entry: &Value) -> (Val, Val) {
    match entry {
        Value::Record(parts) => (to_val(key, &parts[0]), to_val(of, &parts[1])),
        other => unreachable!("{other} is no entry of a map"),
    }
}

fn int(bits: u32, signed: bool, value: i128) -> Val {
    match (bits, signed) {
        (8, true) => Val::S8(value as i8),
        (8, false) => Val::U8(value as u8),
        (16, true) => Val::S16(value as i16),
        (16, false) => Val::U16(value as u16),
        (32, true) => Val::S32(value as i32),
        (32, false) => Val::U32(value as u32),
        (_, true) => Val::S64(value as i64),
        (_, false) => Val::U64(value as u64),
    }
}

/// The engine's value as ours.
///
/// # Errors
/// When it is not of this type.
pub fn from_val(ty: &Type, val: &Val) -> Result<Value> {
    let all = |ty: &Type, vals: &[Val]| vals.iter().map(|val| from_val(ty, val)).collect::<Result<_>>();
    Ok(match (ty, val) {
        (Type::Bool, Val::Bool(value)) => Value::Bool(*value),
        (Type::Int { .. }, val) => Value::Int(number(val).with_context(|| format!("{val:?} is no {ty:?}"))?),
        (Type::F32, Val::Float32(value)) => Value::F32(value.to_bits()),
        (Type::F64, Val::Float64(value)) => Value::F64(value.to_bits()),
        (Type::Char, Val::Char(value)) => Value::Char(*value),
        (Type::String, Val::String(value)) => Value::String(value.clone()),
        (Type::List(element), Val::List(vals)) => Value::List(all(element, vals)?),
        (Type::FixedList(element, _), Val::FixedLengthList(vals)) => Value::List(all(element, vals)?),
        (Type::Map(key, of), Val::Map(entries)) => {
            let entry = |(one, other): &(Val, Val)| Ok(Value::Record(vec![from_val(key, one)?, from_val(of, other)?]));
            Value::List(entries.iter().map(entry).collect::<Result<_>>()?)
        }
        (Type::Record(types), Val::Record(fields)) => {
            let fields = types.iter().zip(fields).map(|(ty, (_, val))| from_val(ty, val));
            Value::Record(fields.collect::<Result<_>>()?)
        }
        (Type::Tuple(types), Val::Tuple(vals)) => {
            Value::Record(types.iter().zip(vals).map(|(ty, val)| from_val(ty, val)).collect::<Result<_>>()?)
        }
        (Type::Flags(_), Val::Flags(labels)) => {
            let bits = labels.iter().map(|label| Ok(1 << label.trim_start_matches('l').parse::<u32>()?));
            Value::Flags(bits.sum::<Result<u32>>()?)
        }
        (ty, val) => from_variant(ty, val)?,
    })
}

fn from_variant(ty: &Type, val: &Val) -> Result<Value> {
    let (case, payload) = match val {
        Val::Option(payload) => (usize::from(payload.is_some()), payload),
        Val::Result(Ok(payload)) => (0, payload),
        Val::Result(Err(payload)) => (1, payload),
        Val::Variant(name, payload) => (name.trim_start_matches('c').parse()?, payload),
        Val::Enum(name) => (name.trim_start_matches('c').parse()?, &None),
        other => bail!("{other:?} is no {ty:?}"),
    };
    let payload = payload_of(ty, case).zip(payload.as_ref()).map(|(ty, val)| from_val(ty, val));
    Ok(Value::Variant(case, payload.transpose()?.map(Box::new)))
}

fn number(val: &Val) -> Option<i128> {
    Some(match val {
        Val::S8(value) => i128::from(*value),
        Val::U8(value) => i128::from(*value),
        Val::S16(value) => i128::from(*value),
        Val::U16(value) => i128::from(*value),
        Val::S32(value) => i128::from(*value),
        Val::U32(value) => i128::from(*value),
        Val::S64(value) => i128::from(*value),
        Val::U64(value) => i128::from(*value),
        _ => return None,
    })
}
