//! Laying out values as a guest does that sends them: the specification's `store` and `lower_flat`, and beyond them every
//! freedom that `load` and `lift_flat` leave to a sender.

use wit_component::StringEncoding;

use crate::flat::Flat;
use crate::layout::{CoreType, align_to, discriminant_size, flags_size, max_case_alignment};
use crate::memory::{Memory, Result, SIZE};
use crate::random::Random;
use crate::text;
use crate::types::Plain;
use crate::value::Value;

/// Lays out values in the arena of a guest.
pub struct Lowerer {
    /// The arena.
    pub memory: Memory,
    encoding: StringEncoding,
    /// Decides where the sender is free; without it, it does what lowering does.
    freedom: Option<Random>,
}

impl Lowerer {
    /// Lays out values in an empty arena.
    pub fn new(encoding: StringEncoding, freedom: Option<Random>) -> Self {
        Lowerer { memory: Memory::arena(), encoding, freedom }
    }

    /// Room for a value of a type.
    ///
    /// # Errors
    /// When the arena is full.
    pub fn allocate(&mut self, ty: &Plain) -> Result<u32> {
        self.block(ty.alignment(), ty.size())
    }

    fn block(&mut self, alignment: u32, size: u32) -> Result<u32> {
        let gap = self.freedom.as_mut().map_or(0, |freedom| freedom.below(10) as u32);
        if size == 0 && self.once_in(3) {
            // Nothing will be read there: any aligned address is right, up to the very end of the memory.
            let freedom = self.freedom.as_mut().map_or(0, |freedom| freedom.pick(&[0, SIZE, SIZE / 2]));
            return Ok(freedom);
        }
        self.memory.allocate(alignment, size, gap)
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.freedom.as_mut().is_some_and(|freedom| freedom.once_in(times))
    }

    /// Some bits among those of a mask, if the sender makes use of its freedom.
    fn noise(&mut self, mask: u64) -> u64 {
        if self.once_in(2) { self.freedom.as_mut().map_or(0, |freedom| freedom.bits() & mask) } else { 0 }
    }

    /// Lays out a value anew.
    ///
    /// # Errors
    /// When the arena is full.
    pub fn store_new(&mut self, value: &Value, ty: &Plain) -> Result<u32> {
        let pointer = self.allocate(ty)?;
        self.store(value, ty, pointer)?;
        Ok(pointer)
    }

    /// `store`
    fn store(&mut self, value: &Value, ty: &Plain, pointer: u32) -> Result<()> {
        match (ty, value) {
            (Plain::Bool, Value::Bool(_)) => {
                let int = self.bool(value, 0xff);
                self.int(pointer, int, 1);
            }
            (Plain::Int { bits, .. }, Value::Int(int)) => self.int(pointer, *int as u64, bits / 8),
            (Plain::F32, Value::F32(bits)) => self.int(pointer, u64::from(*bits), 4),
            (Plain::F64, Value::F64(bits)) => self.int(pointer, *bits, 8),
            (Plain::Char, Value::Char(char)) => self.int(pointer, u64::from(u32::from(*char)), 4),
            (Plain::String | Plain::List(_), value) => {
                let (begin, length) = self.range(value, ty)?;
                self.int(pointer, begin.into(), 4);
                self.int(pointer + 4, length.into(), 4);
            }
            (Plain::FixedList(element, _), Value::List(values)) => self.elements(values, element, pointer)?,
            (Plain::Record(fields), Value::Record(values)) => {
                let mut at = pointer;
                for (field, value) in fields.iter().zip(values) {
                    at = align_to(at, field.alignment());
                    self.store(value, field, at)?;
                    at += field.size();
                }
            }
            (Plain::Variant(cases), Value::Variant(case, payload)) => {
                let size = discriminant_size(cases.len());
                self.int(pointer, *case as u64, size);
                if let (Some(ty), Some(payload)) = (&cases[*case], payload) {
                    self.store(payload, ty, align_to(pointer + size, max_case_alignment(cases)))?;
                }
            }
            (Plain::Flags(labels), Value::Flags(bits)) => {
                let size = flags_size(*labels);
                let unused = self.noise(!0 << labels);
                self.int(pointer, u64::from(*bits) | unused, size);
            }
            _ => unreachable!("{value} is not of its type"),
        }
        Ok(())
    }

    fn int(&mut self, pointer: u32, int: u64, size: u32) {
        self.memory.write(pointer, &int.to_le_bytes()[..size as usize]);
    }

    /// A bool as any of the integers that say it.
    fn bool(&mut self, value: &Value, mask: u64) -> u64 {
        match value {
            Value::Bool(true) => self.noise(mask).max(1),
            _ => 0,
        }
    }

    fn elements(&mut self, values: &[Value], element: &Plain, pointer: u32) -> Result<()> {
        for (index, value) in values.iter().enumerate() {
            self.store(value, element, pointer + index as u32 * element.size())?;
        }
        Ok(())
    }

    /// `store_string_into_range` and `store_list_into_range`
    fn range(&mut self, value: &Value, ty: &Plain) -> Result<(u32, u32)> {
        match (ty, value) {
            (Plain::List(element), Value::List(values)) => {
                let pointer = self.block(element.alignment(), element.size() * values.len() as u32)?;
                self.elements(values, element, pointer)?;
                Ok((pointer, values.len() as u32))
            }
            (Plain::String, Value::String(string)) => {
                let wide = self.once_in(3);
                let encoded = text::encode(string, self.encoding, wide);
                let pointer = self.block(encoded.alignment, encoded.bytes.len() as u32)?;
                if !encoded.bytes.is_empty() {
                    self.memory.write(pointer, &encoded.bytes);
                }
                Ok((pointer, encoded.length))
            }
            _ => unreachable!("{value} is not of its type"),
        }
    }

    /// `lower_flat`
    ///
    /// # Errors
    /// When the arena is full.
    pub fn lower_flat(&mut self, value: &Value, ty: &Plain) -> Result<Vec<Flat>> {
        let i32 = |bits| vec![Flat::new(CoreType::I32, bits)];
        Ok(match (ty, value) {
            (Plain::Bool, Value::Bool(_)) => i32(self.bool(value, !0 >> 32)),
            (Plain::Int { bits: 64, .. }, Value::Int(int)) => vec![Flat::new(CoreType::I64, *int as u64)],
            (Plain::Int { bits: 32, .. }, Value::Int(int)) => i32(*int as u64),
            (Plain::Int { bits, .. }, Value::Int(int)) => {
                // `lift_flat_unsigned` and `lift_flat_signed` take the value modulo its size.
                let unused = self.noise(!0 << bits);
                i32(*int as u64 ^ unused)
            }
            (Plain::F32, Value::F32(bits)) => vec![Flat::new(CoreType::F32, (*bits).into())],
            (Plain::F64, Value::F64(bits)) => vec![Flat::new(CoreType::F64, *bits)],
            (Plain::Char, Value::Char(char)) => i32(u32::from(*char).into()),
            (Plain::String | Plain::List(_), value) => {
                let (begin, length) = self.range(value, ty)?;
                vec![Flat::new(CoreType::I32, begin.into()), Flat::new(CoreType::I32, length.into())]
            }
            (Plain::FixedList(element, _), Value::List(values)) => {
                let flats = values.iter().map(|value| self.lower_flat(value, element)).collect::<Result<Vec<_>>>()?;
                flats.concat()
            }
            (Plain::Record(fields), Value::Record(values)) => {
                let fields = fields.iter().zip(values);
                fields.map(|(field, value)| self.lower_flat(value, field)).collect::<Result<Vec<_>>>()?.concat()
            }
            (Plain::Variant(cases), Value::Variant(case, payload)) => {
                let mut flats = i32(*case as u64);
                if let (Some(ty), Some(payload)) = (&cases[*case], payload) {
                    flats.extend(self.lower_flat(payload, ty)?);
                }
                self.join(&flats, &ty.flatten())
            }
            (Plain::Flags(labels), Value::Flags(bits)) => {
                let unused = self.noise(!0 << labels);
                i32(u64::from(*bits) | unused)
            }
            _ => unreachable!("{value} is not of its type"),
        })
    }

    /// The core values of one case as those of the variant. What the case does not need may be anything.
    fn join(&mut self, flats: &[Flat], joined: &[CoreType]) -> Vec<Flat> {
        let mut values = Vec::new();
        for (index, ty) in joined.iter().enumerate() {
            let bits = match flats.get(index) {
                Some(Flat { ty: CoreType::I32 | CoreType::F32, bits }) => bits | self.noise(!0 << 32),
                Some(flat) => flat.bits,
                None => self.noise(!0),
            };
            values.push(Flat::new(*ty, bits));
        }
        values
    }
}
