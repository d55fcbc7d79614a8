//! What a generator prints.

use std::collections::BTreeSet;

use onramp_abi::CoreType;

/// Where a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The core value of this number: a parameter of an export.
    ///
    /// Its type is the function's (`Export::slots`): a word may lie in an i64 when cases of a variant are joined there.
    Core(usize),
    /// This many bytes into the block.
    Memory(u32),
}

/// A scalar of a value in a block of memory, and the core value that it is when the value is flat.
///
/// The core value holds the scalar's bits in its lowest bytes, whatever the two types (`join` of the canonical ABI): an f32 may lie
/// in an i32 or an i64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The number of the core value.
    pub core: usize,
    /// Its type.
    pub slot: CoreType,
    /// Where the scalar is in the block.
    pub offset: u32,
    /// How many bytes it has there: 1, 2, 4 or 8.
    pub width: u8,
    /// Whether it is an integer that is sign-extended to 32 bits when it becomes a core value (in an i64, zeros follow then).
    pub signed: bool,
}

/// One thing to do. Steps are done in their order; offsets are from the start of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A lazy value was received here. Replace handle and length by pointer and length of a copy that is an allocation of its own,
    /// in the form of the eager ABI, all nested values in it too. A length of 0 has no handle and gets no allocation: its pointer
    /// is `content`'s alignment.
    Receive {
        /// Where the handle is, and then the pointer.
        handle: Place,
        /// Where the length is. It stays.
        length: Place,
        /// What is behind the handle.
        content: Content,
        /// Whether to drop the handle afterwards: it is of a result. Handles of parameters die when the export returns.
        release: bool,
    },
    /// A pointer into what `lower-all` wrote: replace it by a pointer to a copy that is an allocation of its own.
    Adopt {
        /// Where the pointer is.
        pointer: Place,
        /// Where the length is.
        length: Place,
        /// What it points to.
        content: Content,
    },
    /// A value of the guest's that is done with: free what its elements own, then its allocation.
    Free {
        /// Where the pointer is.
        pointer: Place,
        /// Where the length is.
        length: Place,
        /// What it points to. Its steps are `Free`, too.
        content: Content,
    },
    /// Do what the discriminant says. In cases that are not here, nothing is to do.
    Match {
        /// Where the discriminant is.
        tag: Place,
        /// How many bytes it has in memory: 1, 2 or 4. A core value holds it as an i32.
        width: u8,
        /// Discriminants and their steps.
        cases: Vec<(u32, Vec<Step>)>,
    },
    /// Do the steps for every element of a list of fixed length, each a block of its own.
    Repeat {
        /// Where the first element is.
        offset: u32,
        /// The size of an element.
        stride: u32,
        /// How many there are.
        count: u32,
        /// For one element.
        steps: Vec<Step>,
    },
    /// A value that the guest sent by a `Given` record (`lazy::given`) is done with: free it, or drop the handle.
    Reclaim {
        /// Where the pointer or the handle is.
        first: Place,
        /// Where the length is, or [`onramp_abi::FORWARDED`].
        length: Place,
        /// The number of the record's `LazyType`.
        lazy: usize,
    },
    /// Store a core value into the block.
    Store(Scalar),
    /// Load a core value from the block. Core values that no step loads are 0.
    Load(Scalar),
}

/// What a dynamic value is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, in the encoding of the guest; the length is in code units (in latin1+utf16 bit 31 says which).
    Text,
    /// Elements.
    List {
        /// The size of an element. It may be 0.
        size: u32,
        /// Its alignment.
        align: u32,
        /// The alignment of the scratch block for `lower-all`: the largest in the list (`A(T)` of `docs/abi/lazy.md`).
        deep_align: u32,
        /// What to do in each element that `lower-all` wrote, or that is freed; nothing when it has no dynamic values: then the
        /// elements can be lowered to where they stay.
        elements: Vec<Step>,
    },
}

/// The numbers of the core values that steps have to do with, at any depth.
pub fn cores(steps: &[Step]) -> BTreeSet<usize> {
    let core = |place: &Place| match place {
        Place::Core(core) => Some(*core),
        Place::Memory(_) => None,
    };
    let mut found = BTreeSet::new();
    for step in steps {
        match step {
            Step::Receive { handle: first, length, .. }
            | Step::Adopt { pointer: first, length, .. }
            | Step::Free { pointer: first, length, .. }
            | Step::Reclaim { first, length, .. } => found.extend([first, length].into_iter().filter_map(core)),
            Step::Match { tag, cases, .. } => {
                found.extend(core(tag));
                found.extend(cases.iter().flat_map(|(_, steps)| cores(steps)));
            }
            Step::Store(scalar) | Step::Load(scalar) => found.extend([scalar.core]),
            // Its elements are in memory.
            Step::Repeat { .. } => {}
        }
    }
    found
}
