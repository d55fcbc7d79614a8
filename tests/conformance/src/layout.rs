//! Where values are: the specification's `alignment`, `elem_size` and `flatten_type`, in a 32-bit memory.

use crate::types::Plain;

/// The specification's `MAX_FLAT_PARAMS`.
pub const MAX_FLAT_PARAMS: usize = 16;

/// The specification's `MAX_FLAT_RESULTS`.
pub const MAX_FLAT_RESULTS: usize = 1;

/// The type of a core value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CoreType {
    I32,
    I64,
    F32,
    F64,
}

impl CoreType {
    /// Its name in WAT.
    pub fn name(self) -> &'static str {
        match self {
            CoreType::I32 => "i32",
            CoreType::I64 => "i64",
            CoreType::F32 => "f32",
            CoreType::F64 => "f64",
        }
    }

    /// The specification's `join`.
    fn join(self, other: CoreType) -> CoreType {
        match (self, other) {
            (one, two) if one == two => one,
            (CoreType::I32, CoreType::F32) | (CoreType::F32, CoreType::I32) => CoreType::I32,
            _ => CoreType::I64,
        }
    }
}

/// The next multiple of `alignment`.
pub fn align_to(pointer: u32, alignment: u32) -> u32 {
    pointer.div_ceil(alignment) * alignment
}

/// The size of `discriminant_type`.
pub fn discriminant_size(cases: usize) -> u32 {
    match cases {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

/// `elem_size_flags`, which is also `alignment_flags`.
pub fn flags_size(labels: usize) -> u32 {
    match labels {
        0..=8 => 1,
        9..=16 => 2,
        _ => 4,
    }
}

/// `max_case_alignment`
pub fn max_case_alignment(cases: &[Option<Plain>]) -> u32 {
    cases.iter().flatten().map(Plain::alignment).max().unwrap_or(1)
}

impl Plain {
    /// `alignment`
    pub fn alignment(&self) -> u32 {
        match self {
            Plain::Bool => 1,
            Plain::Int { bits, .. } => bits / 8,
            Plain::F32 | Plain::Char | Plain::String | Plain::List(_) => 4,
            Plain::F64 => 8,
            Plain::FixedList(element, _) => element.alignment(),
            Plain::Record(fields) => fields.iter().map(Plain::alignment).max().unwrap_or(1),
            Plain::Variant(cases) => discriminant_size(cases.len()).max(max_case_alignment(cases)),
            Plain::Flags(labels) => flags_size(*labels),
        }
    }

    /// `elem_size`
    pub fn size(&self) -> u32 {
        match self {
            Plain::Bool => 1,
            Plain::Int { bits, .. } => bits / 8,
            Plain::F32 | Plain::Char => 4,
            Plain::F64 | Plain::String | Plain::List(_) => 8,
            Plain::FixedList(element, length) => element.size() * *length as u32,
            Plain::Record(fields) => {
                let end = fields.iter().fold(0, |end, field| align_to(end, field.alignment()) + field.size());
                align_to(end, self.alignment())
            }
            Plain::Variant(cases) => {
                let payload = align_to(discriminant_size(cases.len()), max_case_alignment(cases));
                let largest = cases.iter().flatten().map(Plain::size).max().unwrap_or(0);
                align_to(payload + largest, self.alignment())
            }
            Plain::Flags(labels) => flags_size(*labels),
        }
    }

    /// `flatten_type`
    pub fn flatten(&self) -> Vec<CoreType> {
        match self {
            Plain::Bool | Plain::Char | Plain::Flags(_) => vec![CoreType::I32],
            Plain::Int { bits: 64, .. } => vec![CoreType::I64],
            Plain::Int { .. } => vec![CoreType::I32],
            Plain::F32 => vec![CoreType::F32],
            Plain::F64 => vec![CoreType::F64],
            Plain::String | Plain::List(_) => vec![CoreType::I32, CoreType::I32],
            Plain::FixedList(element, length) => element.flatten().repeat(*length),
            Plain::Record(fields) => fields.iter().flat_map(Plain::flatten).collect(),
            Plain::Variant(cases) => flatten_variant(cases),
        }
    }
}

fn flatten_variant(cases: &[Option<Plain>]) -> Vec<CoreType> {
    let mut flat: Vec<CoreType> = Vec::new();
    for case in cases.iter().flatten() {
        for (index, ty) in case.flatten().into_iter().enumerate() {
            match flat.get_mut(index) {
                Some(joined) => *joined = joined.join(ty),
                None => flat.push(ty),
            }
        }
    }
    flat.insert(0, CoreType::I32);
    flat
}

/// The core signature of a function on both sides: `flatten_functype`.
pub struct Signature {
    /// The parameters, as one record.
    pub params: Plain,
    /// The result.
    pub result: Option<Plain>,
    /// The core parameters that both sides have.
    pub flat_params: Vec<CoreType>,
    /// Whether `flat_params` is a pointer to the parameters.
    pub params_in_memory: bool,
    /// The flat result, if the result is passed flat.
    pub flat_result: Option<CoreType>,
    /// Whether the result is in memory: a caller gives a pointer to it, a callee returns one.
    pub result_in_memory: bool,
}

impl Signature {
    /// The signature of a function.
    pub fn new(params: Vec<Plain>, result: Option<Plain>) -> Self {
        let params = Plain::Record(params);
        let mut flat_params = params.flatten();
        let params_in_memory = flat_params.len() > MAX_FLAT_PARAMS;
        if params_in_memory {
            flat_params = vec![CoreType::I32];
        }
        let flat_results = result.as_ref().map(Plain::flatten).unwrap_or_default();
        let result_in_memory = flat_results.len() > MAX_FLAT_RESULTS;
        let flat_result = flat_results.first().copied().filter(|_| !result_in_memory);
        Signature { params, result, flat_params, params_in_memory, flat_result, result_in_memory }
    }

    /// The core parameters of the caller.
    pub fn caller_params(&self) -> Vec<CoreType> {
        let pointer = self.result_in_memory.then_some(CoreType::I32);
        self.flat_params.iter().copied().chain(pointer).collect()
    }

    /// The core result of the callee.
    pub fn callee_result(&self) -> Option<CoreType> {
        if self.result_in_memory { Some(CoreType::I32) } else { self.flat_result }
    }
}
