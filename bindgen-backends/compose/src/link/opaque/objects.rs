//! The core types of WIT types, as `docs/abi/gc.md` has them, with strings of UTF-16.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::{Result, bail};
use onramp_abi::{Ty, Types};
use wasm_encoder::{
    ArrayType, CompositeInnerType, CompositeType, FieldType, HeapType, RefType, StorageType, StructType, SubType,
    ValType,
};
use wit_parser::{Type, TypeDefKind};

/// What a WIT type is at the core level.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A number, which a field or an element keeps in `storage`.
    Number { storage: StorageType, is_signed: bool },
    /// A handle of a resource.
    Handle,
    /// A reference to an object.
    Object(Rc<Object>),
}

/// A type of objects.
#[derive(Debug, PartialEq)]
pub(super) struct Object {
    /// The WIT type's name or notation.
    pub(super) name: String,
    /// The index of the core type.
    pub(super) index: u32,
    pub(super) form: Form,
}

/// What an object is made of.
#[derive(Debug, PartialEq)]
pub(super) enum Form {
    /// A string or a list.
    Array(Value),
    /// A record or a tuple: its fields, by name.
    Struct(Vec<(String, Value)>),
    /// A variant, an option or a result.
    Sum(Vec<Case>),
}

/// A case of a sum.
#[derive(Debug, PartialEq)]
pub(super) struct Case {
    pub(super) name: String,
    /// The index of the core type.
    pub(super) index: u32,
    pub(super) payload: Option<Value>,
}

impl Value {
    /// The type of a parameter or a result.
    pub(super) fn core(&self) -> ValType {
        match self {
            Value::Number { storage, .. } => unpacked(*storage),
            Value::Handle => ValType::EXTERNREF,
            Value::Object(object) => ValType::Ref(reference(object.index, false)),
        }
    }

    /// The same where references are opaque.
    pub(super) fn opaque(&self) -> ValType {
        match self {
            Value::Number { storage, .. } => unpacked(*storage),
            Value::Handle | Value::Object(_) => ValType::EXTERNREF,
        }
    }

    /// The type of a field, or of an element of an array, which can be made before its elements.
    fn storage(&self, is_element: bool) -> StorageType {
        match self {
            Value::Number { storage, .. } => *storage,
            Value::Handle => StorageType::Val(ValType::EXTERNREF),
            Value::Object(object) => StorageType::Val(ValType::Ref(reference(object.index, is_element))),
        }
    }
}

/// The type that a value of a field or an element has on the stack.
pub(super) fn unpacked(storage: StorageType) -> ValType {
    match storage {
        StorageType::I8 | StorageType::I16 => ValType::I32,
        StorageType::Val(ty) => ty,
    }
}

fn reference(index: u32, nullable: bool) -> RefType {
    RefType { nullable, heap_type: HeapType::Concrete(index) }
}

/// The core types of all WIT types that were asked for, behind others.
pub(super) struct Objects<'t, 'r> {
    types: &'t mut Types<'r>,
    next: u32,
    /// Recursion groups.
    pub(super) groups: Vec<Vec<SubType>>,
    /// What was made, by type, and whether it is an enum: to the ABI, that is a variant.
    known: HashMap<(Ty, bool), Value>,
}

impl<'t, 'r> Objects<'t, 'r> {
    /// Core types from index `next` on.
    pub(super) fn new(types: &'t mut Types<'r>, next: u32) -> Self {
        Objects { types, next, groups: Vec::new(), known: HashMap::new() }
    }

    /// What a WIT type is.
    ///
    /// # Errors
    /// When it has no place in this ABI.
    pub(super) fn value(&mut self, ty: &Type) -> Result<Value> {
        let number = |storage, is_signed| Ok(Value::Number { storage, is_signed });
        let value = |ty| StorageType::Val(ty);
        match ty {
            Type::Bool | Type::U8 => number(StorageType::I8, false),
            Type::S8 => number(StorageType::I8, true),
            Type::U16 => number(StorageType::I16, false),
            Type::S16 => number(StorageType::I16, true),
            Type::U32 | Type::S32 | Type::Char => number(value(ValType::I32), true),
            Type::U64 | Type::S64 => number(value(ValType::I64), true),
            Type::F32 => number(value(ValType::F32), true),
            Type::F64 => number(value(ValType::F64), true),
            Type::String => self.once(ty, false, |objects| {
                objects.array(Value::Number { storage: StorageType::I16, is_signed: false })
            }),
            Type::ErrorContext => bail!("an error-context has no place in the GC ABI"),
            Type::Id(id) => self.definition(ty, &self.types.resolve().types[*id].kind.clone()),
        }
    }

    fn definition(&mut self, ty: &Type, kind: &TypeDefKind) -> Result<Value> {
        let is_enum = matches!(kind, TypeDefKind::Enum(_));
        match kind {
            TypeDefKind::Type(other) => self.value(other),
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => {
                Ok(Value::Number { storage: StorageType::Val(ValType::I32), is_signed: true })
            }
            TypeDefKind::Handle(_) => Ok(Value::Handle),
            kind => self.once(ty, is_enum, |objects| objects.made(kind)),
        }
    }

    /// A type that is made at the first time.
    fn once(&mut self, ty: &Type, is_enum: bool, made: impl FnOnce(&mut Self) -> Result<(u32, Form)>) -> Result<Value> {
        let ty = self.types.add(ty)?;
        self.once_of(ty, is_enum, made)
    }

    fn once_of(&mut self, ty: Ty, is_enum: bool, made: impl FnOnce(&mut Self) -> Result<(u32, Form)>) -> Result<Value> {
        let key = (ty, is_enum);
        if let Some(value) = self.known.get(&key) {
            return Ok(value.clone());
        }
        let (index, form) = made(self)?;
        let value = Value::Object(Rc::new(Object { name: self.types[key.0].name.clone(), index, form }));
        self.known.insert(key, value.clone());
        Ok(value)
    }

    fn made(&mut self, kind: &TypeDefKind) -> Result<(u32, Form)> {
        match kind {
            TypeDefKind::Record(record) => {
                self.record(record.fields.iter().map(|field| (field.name.clone(), field.ty)).collect())
            }
            TypeDefKind::Tuple(tuple) => self.record(numbered(&tuple.types)),
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => {
                let element = self.value(element)?;
                self.array(element)
            }
            TypeDefKind::Map(key, value) => {
                let entry = self.types.add_tuple([*key, *value])?;
                let entry = self.once_of(entry, false, |objects| objects.record(numbered(&[*key, *value])))?;
                self.array(entry)
            }
            TypeDefKind::Variant(variant) => {
                self.sum(variant.cases.iter().map(|case| (case.name.clone(), case.ty)).collect())
            }
            TypeDefKind::Option(some) => self.sum(vec![("none".to_owned(), None), ("some".to_owned(), Some(*some))]),
            TypeDefKind::Result(result) => self.sum(vec![("ok".to_owned(), result.ok), ("err".to_owned(), result.err)]),
            kind => bail!("a {} has no place in the GC ABI", kind.as_str()),
        }
    }

    fn array(&mut self, element: Value) -> Result<(u32, Form)> {
        let array = ArrayType(FieldType { element_type: element.storage(true), mutable: true });
        let index = self.group(vec![sub_type(CompositeInnerType::Array(array), None, true)]);
        Ok((index, Form::Array(element)))
    }

    fn record(&mut self, fields: Vec<(String, Type)>) -> Result<(u32, Form)> {
        let fields = fields.into_iter().map(|(name, ty)| Ok((name, self.value(&ty)?)));
        let fields = fields.collect::<Result<Vec<_>>>()?;
        let values: Vec<_> = fields.iter().map(|(_, value)| value).collect();
        let index = self.group(vec![sub_type(structure(&values), None, true)]);
        Ok((index, Form::Struct(fields)))
    }

    /// The empty base, and a subtype for each case behind it.
    fn sum(&mut self, cases: Vec<(String, Option<Type>)>) -> Result<(u32, Form)> {
        let mut payloads = Vec::new();
        for (_, payload) in &cases {
            payloads.push(payload.as_ref().map(|ty| self.value(ty)).transpose()?);
        }
        let base = self.next;
        let mut group = vec![sub_type(structure(&[]), None, false)];
        group.extend(payloads.iter().map(|payload| {
            let fields: Vec<_> = payload.iter().collect();
            sub_type(structure(&fields), Some(base), true)
        }));
        self.group(group);
        let cases = cases.into_iter().zip(payloads).zip(base + 1..);
        let cases = cases.map(|(((name, _), payload), index)| Case { name, index, payload });
        Ok((base, Form::Sum(cases.collect())))
    }

    fn group(&mut self, group: Vec<SubType>) -> u32 {
        let index = self.next;
        self.next += group.len() as u32;
        self.groups.push(group);
        index
    }
}

/// Fields without names, called by their numbers.
fn numbered(types: &[Type]) -> Vec<(String, Type)> {
    types.iter().enumerate().map(|(number, ty)| (number.to_string(), *ty)).collect()
}

fn structure(fields: &[&Value]) -> CompositeInnerType {
    let fields = fields.iter().map(|value| FieldType { element_type: value.storage(false), mutable: false });
    CompositeInnerType::Struct(StructType { fields: fields.collect() })
}

fn sub_type(inner: CompositeInnerType, base: Option<u32>, is_final: bool) -> SubType {
    let composite_type = CompositeType { inner, shared: false, descriptor: None, describes: None };
    SubType { is_final, supertype_idxs: base.into_iter().collect(), composite_type }
}
