//! Where a value has lazy handles or pointers, and what to do there.

use onramp_abi::{Error, Shape, Tag, Ty, Types};

use crate::{Content, Place, Step};

/// What the words of a dynamic value are.
#[derive(Clone, Copy)]
pub(crate) enum Words {
    /// A handle; whether it has to be dropped.
    Handle { release: bool },
    /// A pointer into what `lower-all` wrote.
    Scratch,
    /// A pointer to what is to be freed.
    Owned,
}

/// Finds the dynamic values of a type.
pub(crate) struct Finder<'t, 'r> {
    pub types: &'t Types<'r>,
    pub words: Words,
}

impl Finder<'_, '_> {
    /// Of a value at `offset` of the block.
    pub fn in_memory(&self, ty: Ty, offset: u32) -> Vec<Step> {
        let node = &self.types[ty];
        if !node.has_dynamic {
            return Vec::new();
        }
        match &node.shape {
            Shape::String | Shape::List(_) => {
                vec![self.dynamic(ty, Place::Memory(offset), Place::Memory(offset + 4))]
            }
            Shape::Record(fields) => {
                fields.iter().flat_map(|field| self.in_memory(field.ty, offset + field.offset)).collect()
            }
            Shape::FixedList(element, count) => {
                let stride = self.types[*element].size;
                vec![Step::Repeat { offset, stride, count: *count, steps: self.in_memory(*element, 0) }]
            }
            Shape::Variant { tag, payload, cases } => {
                let each = cases.iter().map(|case| case.map(|case| self.in_memory(case, offset + payload)));
                matched(Place::Memory(offset), width(*tag), each.map(Option::unwrap_or_default))
            }
            shape => unreachable!("{shape:?} is not dynamic"),
        }
    }

    /// Of a value whose core values begin with number `core`.
    ///
    /// # Errors
    /// When the type has more core values than a signature can have.
    pub fn in_core(&self, ty: Ty, core: usize) -> Result<Vec<Step>, Error> {
        let node = &self.types[ty];
        if !node.has_dynamic {
            return Ok(Vec::new());
        }
        Ok(match &node.shape {
            Shape::String | Shape::List(_) => vec![self.dynamic(ty, Place::Core(core), Place::Core(core + 1))],
            Shape::Record(fields) => self.each_in_core(fields.iter().map(|field| field.ty), core)?,
            Shape::FixedList(element, count) => self.each_in_core((0..*count).map(|_| *element), core)?,
            Shape::Variant { tag, cases, .. } => {
                let mut each = Vec::new();
                for case in cases {
                    each.push(case.map(|case| self.in_core(case, core + 1)).transpose()?.unwrap_or_default());
                }
                matched(Place::Core(core), width(*tag), each)
            }
            shape => unreachable!("{shape:?} is not dynamic"),
        })
    }

    fn each_in_core(&self, parts: impl Iterator<Item = Ty>, mut core: usize) -> Result<Vec<Step>, Error> {
        let mut steps = Vec::new();
        for part in parts {
            steps.extend(self.in_core(part, core)?);
            core += count(self.types, part)?;
        }
        Ok(steps)
    }

    fn dynamic(&self, ty: Ty, first: Place, length: Place) -> Step {
        let content = self.content(ty);
        match self.words {
            Words::Handle { release } => Step::Receive { handle: first, length, content, release },
            Words::Scratch => Step::Adopt { pointer: first, length, content },
            Words::Owned => Step::Free { pointer: first, length, content },
        }
    }

    fn content(&self, ty: Ty) -> Content {
        let Shape::List(element) = self.types[ty].shape else { return Content::Text };
        let words = match self.words {
            Words::Handle { .. } | Words::Scratch => Words::Scratch,
            Words::Owned => Words::Owned,
        };
        let inner = Finder { types: self.types, words };
        let node = &self.types[element];
        Content::List {
            size: node.size,
            align: node.align,
            deep_align: self.deep_align(element),
            elements: inner.in_memory(element, 0),
        }
    }

    /// The largest alignment of an element type and of all element types in it.
    fn deep_align(&self, element: Ty) -> u32 {
        let node = &self.types[element];
        let within = match &node.shape {
            Shape::List(inner) => self.deep_align(*inner),
            Shape::FixedList(inner, _) => self.deep_align(*inner),
            Shape::Record(fields) => fields.iter().map(|field| self.deep_align(field.ty)).max().unwrap_or(1),
            Shape::Variant { cases, .. } => {
                cases.iter().flatten().map(|case| self.deep_align(*case)).max().unwrap_or(1)
            }
            // A string's code units may have two bytes.
            Shape::String => 2,
            _ => 1,
        };
        node.align.max(within)
    }
}

/// How many core values the type has.
pub(crate) fn count(types: &Types<'_>, ty: Ty) -> Result<usize, Error> {
    let flat = types.flat(ty).map(<[_]>::len);
    flat.ok_or_else(|| Error::new(format!("{} has more core values than a signature can have", types[ty].name)))
}

pub(crate) fn width(tag: Tag) -> u8 {
    match tag {
        Tag::U8 => 1,
        Tag::U16 => 2,
        Tag::U32 => 4,
    }
}

/// A [`Step::Match`], if any case has something to do.
pub(crate) fn matched(tag: Place, width: u8, cases: impl IntoIterator<Item = Vec<Step>>) -> Vec<Step> {
    let numbered = cases.into_iter().enumerate().map(|(case, steps)| (case as u32, steps));
    let cases: Vec<_> = numbered.filter(|(_, steps)| !steps.is_empty()).collect();
    match cases.is_empty() {
        true => Vec::new(),
        false => vec![Step::Match { tag, width, cases }],
    }
}
