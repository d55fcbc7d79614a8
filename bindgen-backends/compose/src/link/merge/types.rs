//! The types of the merged module: each recursion group once.

use std::collections::HashMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{Encode, SubType, TypeSection};
use wasmparser::{RecGroup, TypeSectionReader};

/// The first index that stands for a type of the group itself, when groups are compared.
const OWN: u32 = 1 << 30;

/// The types so far.
#[derive(Default)]
pub(super) struct Types {
    pub(super) section: TypeSection,
    count: u32,
    /// Groups by what they are, with own types as indices from [`OWN`] on: the index of the first type.
    known: HashMap<Vec<u8>, u32>,
}

impl Types {
    /// Adds a module's types: their new indices.
    ///
    /// # Errors
    /// When they are damaged.
    pub(super) fn add(&mut self, section: TypeSectionReader<'_>) -> Result<Vec<u32>, Error> {
        let mut map = TypeMap(Vec::new());
        for group in section {
            self.group(group?, &mut map)?;
        }
        Ok(map.0)
    }

    fn group(&mut self, group: RecGroup, map: &mut TypeMap) -> Result<(), Error> {
        let (first, count) = (map.0.len(), group.types().len() as u32);
        map.0.extend(OWN..OWN + count);
        let mut key = Vec::new();
        map.section(&group)?.encode(&mut key);
        let start = self.known.get(&key).copied();
        let start = start.unwrap_or(self.count);
        map.0.truncate(first);
        map.0.extend(start..start + count);
        if start == self.count {
            map.write(&mut self.section, &group)?;
            self.known.insert(key, start);
            self.count += count;
        }
        Ok(())
    }
}

/// The new indices of a module's types.
struct TypeMap(Vec<u32>);

impl TypeMap {
    fn section(&mut self, group: &RecGroup) -> Result<TypeSection, Error> {
        let mut section = TypeSection::new();
        self.write(&mut section, group)?;
        Ok(section)
    }

    fn write(&mut self, section: &mut TypeSection, group: &RecGroup) -> Result<(), Error> {
        let types: Vec<SubType> = group.types().map(|ty| self.sub_type(ty.clone())).collect::<Result<_, _>>()?;
        match &types[..] {
            [one] => section.ty().subtype(one),
            _ => section.ty().rec(types),
        }
        Ok(())
    }
}

impl Reencode for TypeMap {
    type Error = Infallible;

    fn type_index(&mut self, ty: u32) -> Result<u32, Error> {
        Ok(self.0.get(ty as usize).copied().unwrap_or(ty))
    }
}
