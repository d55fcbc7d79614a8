//! Reading values: the specification's `load` and `lift_flat`.

use std::cell::Cell;

use wit_component::StringEncoding;

use crate::flat::{Flat, Flats};
use crate::layout::{CoreType, align_to, discriminant_size, flags_size, max_case_alignment};
use crate::memory::{Memory, Result, Stop, trap};
use crate::text;
use crate::types::Plain;
use crate::value::Value;

/// How many values and bytes of strings one lifting may give.
const BUDGET: usize = 100_000;

/// Reads values from the memory of a guest.
pub struct Lifter<'m> {
    memory: &'m Memory,
    encoding: StringEncoding,
    /// Values must have the one form that lowering gives them, not any that lifting understands.
    strict: bool,
    left: Cell<usize>,
}

impl<'m> Lifter<'m> {
    /// Reads what a guest sends, as an adapter does.
    pub fn of_sender(memory: &'m Memory, encoding: StringEncoding) -> Self {
        Lifter { memory, encoding, strict: false, left: Cell::new(BUDGET) }
    }

    /// Reads what a guest received, and checks its form: that is a trap here.
    pub fn of_receiver(memory: &'m Memory, encoding: StringEncoding) -> Self {
        Lifter { memory, encoding, strict: true, left: Cell::new(BUDGET) }
    }

    fn spend(&self, amount: usize) -> Result<()> {
        self.left.set(self.left.get().checked_sub(amount).ok_or(Stop::Unclear)?);
        Ok(())
    }

    /// In strict mode, an integer must be what lowering writes.
    fn canonical(&self, what: &str, is: u64, should_be: u64) -> Result<()> {
        if self.strict && is != should_be {
            return trap(format!("a {what} was lowered as {is:#x}, not as {should_be:#x}"));
        }
        Ok(())
    }

    /// `lift_flat_values` of parameters or results that are in memory.
    ///
    /// # Errors
    /// Where the specification traps.
    pub fn load_checked(&self, pointer: u32, ty: &Plain) -> Result<Value> {
        Memory::check(pointer, ty.alignment(), ty.size().into())?;
        self.load(pointer, ty)
    }

    /// `load`
    fn load(&self, pointer: u32, ty: &Plain) -> Result<Value> {
        self.spend(1)?;
        let int = |size| self.memory.read_int(pointer, size);
        match ty {
            Plain::Bool => self.bool(int(1)?),
            Plain::Int { bits, signed } => Ok(integer(int(bits / 8)?, *bits, *signed)),
            Plain::F32 => Ok(Value::F32(int(4)? as u32)),
            Plain::F64 => Ok(Value::F64(int(8)?)),
            Plain::Char => char(int(4)? as u32),
            Plain::String => {
                let length = self.memory.read_int(pointer + 4, 4)?;
                self.string(int(4)? as u32, length as u32)
            }
            Plain::List(element) => {
                let length = self.memory.read_int(pointer + 4, 4)?;
                self.list(int(4)? as u32, length as u32, element)
            }
            Plain::FixedList(element, length) => self.elements(pointer, *length as u32, element),
            Plain::Record(fields) => {
                let mut at = pointer;
                let mut values = Vec::new();
                for field in fields {
                    at = align_to(at, field.alignment());
                    values.push(self.load(at, field)?);
                    at += field.size();
                }
                Ok(Value::Record(values))
            }
            Plain::Variant(cases) => {
                let size = discriminant_size(cases.len());
                let case = int(size)?;
                let payload = align_to(pointer + size, max_case_alignment(cases));
                self.variant(case, cases, |ty| self.load(payload, ty))
            }
            Plain::Flags(labels) => self.flags(int(flags_size(*labels))?, *labels),
        }
    }

    /// `lift_flat`
    ///
    /// # Errors
    /// Where the specification traps.
    pub fn lift_flat(&self, flats: &mut Flats, ty: &Plain) -> Result<Value> {
        self.spend(1)?;
        match ty {
            Plain::Bool => self.bool(flats.next(CoreType::I32)?),
            Plain::Int { bits: 64, signed } => Ok(integer(flats.next(CoreType::I64)?, 64, *signed)),
            Plain::Int { bits, signed } => {
                let flat = flats.next(CoreType::I32)?;
                let value = integer(flat, *bits, *signed);
                if let Value::Int(value) = value {
                    self.canonical("number", flat, u64::from(value as u32))?;
                }
                Ok(value)
            }
            Plain::F32 => Ok(Value::F32(flats.next(CoreType::F32)? as u32)),
            Plain::F64 => Ok(Value::F64(flats.next(CoreType::F64)?)),
            Plain::Char => char(flats.next(CoreType::I32)? as u32),
            Plain::String => {
                let pointer = flats.next(CoreType::I32)? as u32;
                self.string(pointer, flats.next(CoreType::I32)? as u32)
            }
            Plain::List(element) => {
                let pointer = flats.next(CoreType::I32)? as u32;
                self.list(pointer, flats.next(CoreType::I32)? as u32, element)
            }
            Plain::FixedList(element, length) => {
                let values = (0..*length).map(|_| self.lift_flat(flats, element));
                Ok(Value::List(values.collect::<Result<_>>()?))
            }
            Plain::Record(fields) => {
                let values = fields.iter().map(|field| self.lift_flat(flats, field));
                Ok(Value::Record(values.collect::<Result<_>>()?))
            }
            Plain::Variant(cases) => {
                let flats = flats.take(ty.flatten().len())?;
                self.variant(flats[0].bits, cases, |payload| self.payload(&flats[1..], payload))
            }
            Plain::Flags(labels) => self.flags(flats.next(CoreType::I32)?, *labels),
        }
    }

    /// The payload of a variant, from core values that are joined with those of other cases.
    fn payload(&self, joined: &[Flat], ty: &Plain) -> Result<Value> {
        let own = ty.flatten();
        let mut flats = Vec::new();
        for (want, have) in own.iter().zip(joined) {
            let flat = Flat::new(*want, have.bits);
            self.canonical("joined value", have.bits, flat.bits)?;
            flats.push(flat);
        }
        for unused in &joined[own.len()..] {
            self.canonical("value that the case does not have", unused.bits, 0)?;
        }
        self.lift_flat(&mut Flats(&flats), ty)
    }

    fn bool(&self, int: u64) -> Result<Value> {
        self.canonical("bool", int, u64::from(int != 0))?;
        Ok(Value::Bool(int != 0))
    }

    fn flags(&self, int: u64, labels: usize) -> Result<Value> {
        let bits = int & ((1 << labels) - 1);
        self.canonical("set of flags", int, bits)?;
        Ok(Value::Flags(bits as u32))
    }

    fn variant(&self, case: u64, cases: &[Option<Plain>], load: impl FnOnce(&Plain) -> Result<Value>) -> Result<Value> {
        let Some(payload) = cases.get(case as usize) else {
            return trap(format!("case {case} of {}", cases.len()));
        };
        Ok(Value::Variant(case as usize, payload.as_ref().map(load).transpose()?.map(Box::new)))
    }

    fn string(&self, pointer: u32, length: u32) -> Result<Value> {
        let string = text::load(self.memory, pointer, length, self.encoding, self.strict)?;
        self.spend(string.len())?;
        Ok(Value::String(string))
    }

    /// `load_list_from_range`
    fn list(&self, pointer: u32, length: u32, element: &Plain) -> Result<Value> {
        Memory::check(pointer, element.alignment(), u64::from(length) * u64::from(element.size()))?;
        self.elements(pointer, length, element)
    }

    fn elements(&self, pointer: u32, length: u32, element: &Plain) -> Result<Value> {
        let values = (0..length).map(|index| self.load(pointer + index * element.size(), element));
        Ok(Value::List(values.collect::<Result<_>>()?))
    }
}

fn integer(int: u64, bits: u32, signed: bool) -> Value {
    let unused = 128 - bits;
    let shifted = i128::from(int) << unused;
    Value::Int(if signed { shifted >> unused } else { (shifted.cast_unsigned() >> unused).cast_signed() })
}

/// `convert_i32_to_char`
fn char(int: u32) -> Result<Value> {
    char::from_u32(int).map(Value::Char).map_or_else(|| trap(format!("char {int:#x}")), Ok)
}
