//! Values that are core values on one side, and in memory on the other.

use onramp_abi::{CoreType, Error, Shape, Tag, Ty, Types};

use crate::received::{count, matched, width};
use crate::{Place, Scalar, Step};

/// Which way scalars go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From core values into the block.
    Store,
    /// From the block into core values.
    Load,
}

/// Moves a value between its core values and a block.
pub(crate) struct Mover<'t, 'r> {
    pub types: &'t Types<'r>,
    pub way: Way,
    /// The types of the core values.
    pub slots: &'t [CoreType],
}

impl Mover<'_, '_> {
    /// A value whose core values begin with number `core`, and that is at `offset` of the block.
    ///
    /// # Errors
    /// When the type has more core values than a signature can have.
    pub fn value(&self, ty: Ty, core: usize, offset: u32) -> Result<Vec<Step>, Error> {
        let scalar = |width, signed| Ok(vec![self.scalar(core, offset, width, signed)]);
        match &self.types[ty].shape {
            Shape::Bool | Shape::U8 | Shape::Flags { size: Tag::U8, .. } => scalar(1, false),
            Shape::S8 => scalar(1, true),
            Shape::U16 | Shape::Flags { size: Tag::U16, .. } => scalar(2, false),
            Shape::S16 => scalar(2, true),
            Shape::U32 | Shape::S32 | Shape::F32 | Shape::Char => scalar(4, false),
            Shape::Handle(..) | Shape::Flags { size: Tag::U32, .. } => scalar(4, false),
            Shape::U64 | Shape::S64 | Shape::F64 => scalar(8, false),
            Shape::String | Shape::List(_) => {
                Ok(vec![self.scalar(core, offset, 4, false), self.scalar(core + 1, offset + 4, 4, false)])
            }
            Shape::Record(fields) => self.each(fields.iter().map(|field| (field.ty, offset + field.offset)), core),
            Shape::FixedList(element, length) => {
                let size = self.types[*element].size;
                self.each((0..*length).map(|index| (*element, offset + index * size)), core)
            }
            Shape::Variant { tag, payload, cases } => {
                let mut each = Vec::new();
                for case in cases {
                    let steps = case.map(|case| self.value(case, core + 1, offset + payload));
                    each.push(steps.transpose()?.unwrap_or_default());
                }
                let place = match self.way {
                    Way::Store => Place::Core(core),
                    Way::Load => Place::Memory(offset),
                };
                let mut steps = vec![self.scalar(core, offset, width(*tag), false)];
                steps.extend(matched(place, width(*tag), each));
                Ok(steps)
            }
        }
    }

    fn each(&self, parts: impl Iterator<Item = (Ty, u32)>, mut core: usize) -> Result<Vec<Step>, Error> {
        let mut steps = Vec::new();
        for (part, offset) in parts {
            steps.extend(self.value(part, core, offset)?);
            core += count(self.types, part)?;
        }
        Ok(steps)
    }

    fn scalar(&self, core: usize, offset: u32, width: u8, signed: bool) -> Step {
        let scalar = Scalar { core, slot: self.slots[core], offset, width, signed };
        match self.way {
            Way::Store => Step::Store(scalar),
            Way::Load => Step::Load(scalar),
        }
    }
}
