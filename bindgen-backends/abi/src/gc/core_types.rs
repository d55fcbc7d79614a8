use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use wasm_encoder::{
    ArrayType, CompositeInnerType, CompositeType, Encode, FieldType, FuncType, HeapType, RefType, StorageType,
    StructType, SubType, TypeSection, ValType,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

use crate::Error;

/// Where a group's references to itself begin, in what groups are compared by.
const OWN: u32 = 1 << 31;

/// Types of a core module: recursion groups as a type section has them, each once.
///
/// A type's index is its position in all of them, one after the other. Groups that look the same are the same, as core wasm has it.
#[derive(Clone, Debug, Default)]
pub struct CoreTypes {
    types: Vec<SubType>,
    /// The group of each type.
    groups: Vec<Range<u32>>,
    known: HashMap<Vec<u8>, u32>,
}

impl CoreTypes {
    /// The types of a core module, and for each of the module's own indices the index here.
    ///
    /// # Errors
    /// When the module's type section cannot be read.
    pub fn of_module(wasm: &[u8]) -> Result<(CoreTypes, Vec<u32>), Error> {
        let unreadable = |error: String| Error::new(format!("the types of the core module cannot be read: {error}"));
        let (mut types, mut indices) = (CoreTypes::default(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            let Payload::TypeSection(section) = payload.map_err(|error| unreadable(error.to_string()))? else {
                continue;
            };
            for group in section {
                let group = group.map_err(|error| unreadable(error.to_string()))?;
                let group = group.into_types().map(|ty| RoundtripReencoder.sub_type(ty));
                let group: Vec<SubType> =
                    group.collect::<Result<_, _>>().map_err(|error| unreadable(error.to_string()))?;
                types.add_of_module(&group, &mut indices);
            }
        }
        Ok((types, indices))
    }

    fn add_of_module(&mut self, group: &[SubType], indices: &mut Vec<u32>) {
        let (first, next) = (indices.len() as u32, self.len());
        let here = |index: u32| match index.checked_sub(first) {
            Some(own) => next + own,
            None => indices[index as usize],
        };
        let start = self.add(group.iter().map(|ty| with_references(ty, &here)).collect());
        indices.extend((start..).take(group.len()));
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.types.len() as u32
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// A group: the index of its first type. In it, [`len`](CoreTypes::len) is the first, whatever it will be.
    pub fn add(&mut self, group: Vec<SubType>) -> u32 {
        let (next, length) = (self.len(), group.len() as u32);
        let relative = |index: u32| index.checked_sub(next).map_or(index, |own| OWN + own);
        let key = encoded(group.iter().map(|ty| with_references(ty, &relative)).collect());
        if let Some(first) = self.known.get(&key) {
            return *first;
        }
        self.known.insert(key, next);
        self.types.extend(group);
        self.groups.extend((0..length).map(|_| next..next + length));
        next
    }

    /// A final struct type in a group of its own.
    pub fn add_struct(&mut self, fields: Vec<FieldType>) -> u32 {
        self.add(vec![sub_type(true, None, CompositeInnerType::Struct(StructType { fields: fields.into() }))])
    }

    /// A final array type in a group of its own, whose elements can be written.
    pub fn add_array(&mut self, element: StorageType) -> u32 {
        let array = ArrayType(FieldType { element_type: element, mutable: true });
        self.add(vec![sub_type(true, None, CompositeInnerType::Array(array))])
    }

    /// A function type in a group of its own.
    pub fn add_function(&mut self, params: &[ValType], results: &[ValType]) -> u32 {
        let function = FuncType::new(params.iter().copied(), results.iter().copied());
        self.add(vec![sub_type(true, None, CompositeInnerType::Func(function))])
    }

    /// A type of other types, with all that it needs.
    pub fn import(&mut self, from: &CoreTypes, ty: u32) -> u32 {
        self.import_known(from, ty, &mut HashMap::new())
    }

    /// The same where `known` has the groups that have been imported, by their first types.
    pub fn import_known(&mut self, from: &CoreTypes, ty: u32, known: &mut HashMap<u32, u32>) -> u32 {
        let start = from.group(ty).start;
        for group in from.needed(start, known) {
            let first = self.import_group(from, group, known);
            known.insert(group, first);
        }
        known[&start] + (ty - start)
    }

    /// The groups that one needs and that are not known, itself included, by their first types. A group refers to those before it only, so
    /// each is behind what it needs. Guests may have chains of any length: nothing here calls itself.
    fn needed(&self, group: u32, known: &HashMap<u32, u32>) -> BTreeSet<u32> {
        let (mut found, mut waiting) = (BTreeSet::new(), vec![group]);
        while let Some(group) = waiting.pop() {
            if !known.contains_key(&group) && found.insert(group) {
                waiting.extend(self.mentioned(group).into_iter().map(|ty| self.group(ty).start));
            }
        }
        found
    }

    /// The types that those of a group refer to.
    fn mentioned(&self, group: u32) -> Vec<u32> {
        let mentioned = RefCell::new(Vec::new());
        for ty in self.group(group) {
            with_references(&self.types[ty as usize], &|index| {
                mentioned.borrow_mut().push(index);
                index
            });
        }
        mentioned.into_inner()
    }

    /// Adds a group of other types: the index of its first. All that it refers to is known.
    fn import_group(&mut self, from: &CoreTypes, group: u32, known: &HashMap<u32, u32>) -> u32 {
        let next = self.len();
        let here = |index: u32| {
            let start = from.group(index).start;
            index - start + if start == group { next } else { known[&start] }
        };
        self.add(from.group(group).map(|ty| with_references(&from.types[ty as usize], &here)).collect())
    }

    /// A type.
    pub fn get(&self, ty: u32) -> Option<&SubType> {
        self.types.get(ty as usize)
    }

    /// The indices of a type's group.
    pub fn group(&self, ty: u32) -> Range<u32> {
        self.groups[ty as usize].clone()
    }

    /// The fields of a struct type.
    pub fn fields(&self, ty: u32) -> Option<&[FieldType]> {
        match &self.get(ty)?.composite_type.inner {
            CompositeInnerType::Struct(object) => Some(&object.fields),
            _ => None,
        }
    }

    /// What an array type has for elements.
    pub fn element(&self, ty: u32) -> Option<FieldType> {
        match &self.get(ty)?.composite_type.inner {
            CompositeInnerType::Array(ArrayType(element)) => Some(*element),
            _ => None,
        }
    }

    /// A function type.
    pub fn function(&self, ty: u32) -> Option<&FuncType> {
        match &self.get(ty)?.composite_type.inner {
            CompositeInnerType::Func(function) => Some(function),
            _ => None,
        }
    }

    /// Whether a type is another one or declared to be a subtype of it.
    pub fn is_subtype(&self, ty: u32, of: u32) -> bool {
        ty == of || self.types[ty as usize].supertype_idxs.iter().any(|above| self.is_subtype(*above, of))
    }

    /// How many types are above one.
    pub fn depth(&self, ty: u32) -> usize {
        let above = self.get(ty).and_then(|ty| ty.supertype_idxs.first());
        above.map_or(0, |above| 1 + self.depth(*above))
    }

    /// All types, as a section.
    pub fn section(&self) -> TypeSection {
        let mut section = TypeSection::new();
        let mut next = 0;
        while let Some(group) = self.groups.get(next as usize) {
            match &self.types[group.start as usize..group.end as usize] {
                [single] => section.ty().subtype(single),
                several => section.ty().rec(several.to_vec()),
            }
            next = group.end;
        }
        section
    }

    /// A type as people read it.
    pub(super) fn show(&self, ty: StorageType) -> String {
        match ty {
            StorageType::I8 => "i8".to_owned(),
            StorageType::I16 => "i16".to_owned(),
            StorageType::Val(ValType::Ref(RefType { nullable, heap_type })) => {
                let null = if nullable { "null " } else { "" };
                format!("(ref {null}{})", self.show_heap(heap_type))
            }
            StorageType::Val(number) => format!("{number:?}").to_lowercase(),
        }
    }

    fn show_heap(&self, ty: HeapType) -> String {
        let (HeapType::Concrete(index) | HeapType::Exact(index)) = ty else {
            let HeapType::Abstract { ty, .. } = ty else { unreachable!("it is concrete, exact or abstract") };
            return format!("{ty:?}").to_lowercase();
        };
        match self.get(index).map(|ty| &ty.composite_type.inner) {
            Some(CompositeInnerType::Array(ArrayType(element))) => format!("(array {})", shallow(element.element_type)),
            Some(CompositeInnerType::Struct(object)) => {
                let fields: String =
                    object.fields.iter().map(|field| format!(" {}", shallow(field.element_type))).collect();
                format!("(struct{fields})")
            }
            Some(CompositeInnerType::Func(_)) => "func".to_owned(),
            Some(CompositeInnerType::Cont(_)) | None => index.to_string(),
        }
    }
}

/// The same without what references are to.
fn shallow(ty: StorageType) -> String {
    match ty {
        StorageType::I8 => "i8".to_owned(),
        StorageType::I16 => "i16".to_owned(),
        StorageType::Val(ValType::Ref(_)) => "ref".to_owned(),
        StorageType::Val(number) => format!("{number:?}").to_lowercase(),
    }
}

/// A type that is not shared.
pub(super) fn sub_type(is_final: bool, supertype: Option<u32>, inner: CompositeInnerType) -> SubType {
    let composite_type = CompositeType { inner, shared: false, descriptor: None, describes: None };
    SubType { is_final, supertype_idxs: supertype.into_iter().collect(), composite_type }
}

fn encoded(group: Vec<SubType>) -> Vec<u8> {
    let mut section = TypeSection::new();
    section.ty().rec(group);
    let mut bytes = Vec::new();
    section.encode(&mut bytes);
    bytes
}

/// The type with other indices of types.
fn with_references(ty: &SubType, index: &dyn Fn(u32) -> u32) -> SubType {
    let field = |field: FieldType| FieldType { element_type: storage(field.element_type, index), ..field };
    let values = |values: &[ValType]| values.iter().map(|ty| value(*ty, index)).collect::<Vec<_>>();
    let inner = match &ty.composite_type.inner {
        CompositeInnerType::Func(function) => {
            CompositeInnerType::Func(FuncType::new(values(function.params()), values(function.results())))
        }
        CompositeInnerType::Array(ArrayType(element)) => CompositeInnerType::Array(ArrayType(field(*element))),
        CompositeInnerType::Struct(object) => {
            CompositeInnerType::Struct(StructType { fields: object.fields.iter().copied().map(field).collect() })
        }
        CompositeInnerType::Cont(continuation) => {
            CompositeInnerType::Cont(wasm_encoder::ContType(index(continuation.0)))
        }
    };
    SubType {
        is_final: ty.is_final,
        supertype_idxs: ty.supertype_idxs.iter().map(|ty| index(*ty)).collect(),
        composite_type: CompositeType {
            inner,
            shared: ty.composite_type.shared,
            descriptor: ty.composite_type.descriptor.map(index),
            describes: ty.composite_type.describes.map(index),
        },
    }
}

fn storage(ty: StorageType, index: &dyn Fn(u32) -> u32) -> StorageType {
    match ty {
        StorageType::Val(ty) => StorageType::Val(value(ty, index)),
        packed => packed,
    }
}

fn value(ty: ValType, index: &dyn Fn(u32) -> u32) -> ValType {
    let ValType::Ref(RefType { nullable, heap_type }) = ty else { return ty };
    let heap_type = match heap_type {
        HeapType::Concrete(ty) => HeapType::Concrete(index(ty)),
        HeapType::Exact(ty) => HeapType::Exact(index(ty)),
        kept => kept,
    };
    ValType::Ref(RefType { nullable, heap_type })
}
