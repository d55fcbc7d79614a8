//! Values as objects, written and read through the engine's own interface.

use onramp_objects::Shape;
use wasmtime::{
    AnyRef, ArrayRef, ArrayRefPre, AsContextMut, ExternRef, FieldType, HeapType, I31, Mutability, Rooted, StorageType,
    StructRef, StructRefPre, StructType, Val, ValType,
};

use crate::oracle::V;

/// The first handle that is no `i31ref`.
const BOXED: u32 = 1 << 30;

/// Writes and reads for a guest with these core types.
#[derive(Clone, Copy, Debug)]
pub struct Objects<'a> {
    pub types: &'a [HeapType],
    /// Send what a sender may: bits that do not count, and objects with more fields than is declared.
    pub is_odd: bool,
    /// What is read may be the other guest's own: bits that do not count are dropped by who reads it.
    pub is_shared: bool,
}

/// The object for a handle that is no `i31ref`.
pub fn handle_type(store: &mut impl AsContextMut) -> StructType {
    let field = FieldType::new(Mutability::Const, StorageType::ValType(ValType::I32));
    StructType::new(store.as_context_mut().engine(), [field]).expect("a struct")
}

/// The reference for a handle.
pub fn handle(store: &mut impl AsContextMut, handle: u32) -> Val {
    let any = if handle < BOXED {
        AnyRef::from_i31(&mut *store, I31::wrapping_u32(handle))
    } else {
        let ty = handle_type(store);
        let pre = StructRefPre::new(&mut *store, ty);
        StructRef::new(&mut *store, &pre, &[Val::I32(handle as i32)]).expect("a struct").to_anyref()
    };
    Val::ExternRef(Some(ExternRef::convert_any(store, any).expect("room")))
}

fn handle_of(store: &mut impl AsContextMut, val: &Val) -> u32 {
    let external = val.unwrap_externref().copied().expect("a handle that is not null");
    let any = AnyRef::convert_extern(&mut *store, external).expect("a reference");
    if let Some(small) = any.as_i31(&mut *store).expect("a reference") {
        assert!(small.get_u32() < BOXED, "handles from 2³⁰ up have a struct");
        return small.get_u32();
    }
    let object = any.unwrap_struct(&mut *store).expect("a struct");
    let ty = object.ty(&mut *store).expect("a type");
    assert!(StructType::eq(&ty, &handle_type(store)), "{ty}");
    let number = object.field(&mut *store, 0).expect("a field").unwrap_i32() as u32;
    assert!(number >= BOXED, "handles below 2³⁰ have no struct");
    number
}

impl Objects<'_> {
    /// A value as a parameter or result.
    pub fn write(&self, store: &mut impl AsContextMut, shape: &Shape, v: &V) -> Val {
        let odd = if self.is_odd { u32::MAX } else { 0 };
        let beyond = |bits: u32, number: u32| number | odd.checked_shl(bits).unwrap_or(0);
        match (shape, v) {
            (Shape::Bool, V::Bool(v)) => Val::I32(if *v && self.is_odd { 0x102 } else { (*v).into() }),
            (Shape::Int { bytes: 8, .. }, V::Int(v)) => Val::I64(*v as i64),
            (Shape::Int { bytes, .. }, V::Int(v)) => {
                let bits = 8 * bytes;
                let number = *v as u32;
                let kept = if bits == 32 || !self.is_odd { number } else { number & ((1 << bits) - 1) };
                Val::I32(beyond(bits, kept) as i32)
            }
            (Shape::F32, V::F32(v)) => Val::F32(*v),
            (Shape::F64, V::F64(v)) => Val::F64(*v),
            (Shape::Char, V::Char(v)) => Val::I32(u32::from(*v) as i32),
            (Shape::Enum(_), V::Variant(case, None)) => Val::I32(*case as i32),
            (Shape::Flags(labels), V::Flags(v)) => Val::I32(beyond(*labels, *v) as i32),
            (Shape::Handle, V::Int(v)) => handle(store, *v as u32),
            (Shape::String { array, is_wide: false }, V::String(v)) => {
                self.array(store, *array, v.bytes().map(|unit| Val::I32(unit.into())).collect())
            }
            (Shape::String { array, is_wide: true }, V::String(v)) => {
                self.array(store, *array, v.encode_utf16().map(|unit| Val::I32(unit.into())).collect())
            }
            (Shape::List { array, element }, V::List(vs)) => {
                let elements = vs.iter().map(|v| self.write(store, element, v)).collect();
                self.array(store, *array, elements)
            }
            (Shape::Record { object, fields, subtype }, V::Record(vs)) => {
                let mut fields: Vec<Val> =
                    fields.iter().zip(vs).map(|(field, v)| self.write(store, field, v)).collect();
                match subtype.filter(|_| self.is_odd) {
                    None => self.object(store, *object, &fields),
                    Some(subtype) => {
                        fields.push(Val::I64(-1));
                        self.object(store, subtype, &fields)
                    }
                }
            }
            (Shape::Sum { base, cases }, V::Variant(case, payload)) => {
                let payload = cases[*case].as_ref().zip(payload.as_ref());
                let fields: Vec<Val> = payload.map(|(shape, v)| self.write(store, shape, v)).into_iter().collect();
                self.object(store, base + 1 + *case as u32, &fields)
            }
            _ => panic!("{v:?} is no {shape:?}"),
        }
    }

    fn object(&self, store: &mut impl AsContextMut, ty: u32, fields: &[Val]) -> Val {
        let HeapType::ConcreteStruct(ty) = &self.types[ty as usize] else { panic!("type {ty} is no struct") };
        let pre = StructRefPre::new(&mut *store, ty.clone());
        let object = StructRef::new(store, &pre, fields).expect("a struct");
        Val::AnyRef(Some(object.to_anyref()))
    }

    fn array(&self, store: &mut impl AsContextMut, ty: u32, elements: Vec<Val>) -> Val {
        let HeapType::ConcreteArray(ty) = &self.types[ty as usize] else { panic!("type {ty} is no array") };
        let pre = ArrayRefPre::new(&mut *store, ty.clone());
        let array = ArrayRef::new_fixed(store, &pre, &elements).expect("an array");
        Val::AnyRef(Some(array.to_anyref()))
    }

    /// The value of a parameter or result that the guest received.
    pub fn read(&self, store: &mut impl AsContextMut, shape: &Shape, val: &Val) -> V {
        match shape {
            Shape::Bool | Shape::Int { bytes: 1 | 2, .. } => {
                let v = self.element(store, shape, val);
                let number = val.unwrap_i32();
                assert!(
                    matches!(v, V::Int(v) if v == number.into()) || v == V::Bool(number == 1),
                    "{number} is not reduced"
                );
                v
            }
            _ => self.element(store, shape, val),
        }
    }

    /// The value of a field or an element.
    fn element(&self, store: &mut impl AsContextMut, shape: &Shape, val: &Val) -> V {
        match shape {
            Shape::Bool => match val.unwrap_i32() {
                0 => V::Bool(false),
                1 => V::Bool(true),
                _ if self.is_shared => V::Bool(true),
                other => panic!("a bool was lowered as {other}"),
            },
            Shape::Int { bytes: 8, signed: true } => V::Int(val.unwrap_i64().into()),
            Shape::Int { bytes: 8, signed: false } => V::Int((val.unwrap_i64() as u64).into()),
            Shape::Int { bytes, signed } => {
                let unused = 32 - 8 * bytes;
                let number = val.unwrap_i32() << unused;
                V::Int(if *signed { (number >> unused).into() } else { (number as u32 >> unused).into() })
            }
            Shape::F32 => V::F32(val.unwrap_f32().to_bits()),
            Shape::F64 => V::F64(val.unwrap_f64().to_bits()),
            Shape::Char => V::Char(char::from_u32(val.unwrap_i32() as u32).expect("a char")),
            Shape::Enum(cases) => {
                let case = val.unwrap_i32() as usize;
                assert!(case < *cases, "case {case} of {cases}");
                V::Variant(case, None)
            }
            Shape::Flags(labels) => {
                let bits = val.unwrap_i32() as u32;
                let bits = if self.is_shared { bits & (u32::MAX >> (32 - labels)) } else { bits };
                assert_eq!(u64::from(bits) >> labels, 0, "bits of flags without a label");
                V::Flags(bits)
            }
            Shape::Handle => V::Int(handle_of(store, val).into()),
            Shape::String { array, is_wide } => {
                let units = self.elements(store, *array, val).into_iter().map(|unit| unit.unwrap_i32());
                V::String(match is_wide {
                    false => String::from_utf8(units.map(|unit| unit as u8).collect()).expect("UTF-8"),
                    true => String::from_utf16(&units.map(|unit| unit as u16).collect::<Vec<_>>()).expect("UTF-16"),
                })
            }
            Shape::List { array, element } => {
                let elements = self.elements(store, *array, val);
                V::List(elements.iter().map(|val| self.element(store, element, val)).collect())
            }
            Shape::Record { object, fields, .. } => {
                let vals = self.fields(store, *object, val);
                V::Record(fields.iter().zip(&vals).map(|(field, val)| self.element(store, field, val)).collect())
            }
            Shape::Sum { base, cases } => self.sum(store, *base, cases, val),
        }
    }

    fn sum(&self, store: &mut impl AsContextMut, base: u32, cases: &[Option<Shape>], val: &Val) -> V {
        let any = reference(val);
        let is = |case: &usize| any.matches_ty(&mut *store, &self.types[base as usize + 1 + case]).expect("a type");
        let case = (0..cases.len()).find(is).expect("one of the cases");
        let fields = self.fields(store, base + 1 + case as u32, val);
        let payload = cases[case].as_ref().map(|shape| Box::new(self.element(store, shape, &fields[0])));
        V::Variant(case, payload)
    }

    fn fields(&self, store: &mut impl AsContextMut, ty: u32, val: &Val) -> Vec<Val> {
        let object = reference(val).unwrap_struct(&mut *store).expect("a struct");
        let found = object.ty(&mut *store).expect("a type");
        let HeapType::ConcreteStruct(ty) = &self.types[ty as usize] else { panic!("type {ty} is no struct") };
        assert!(StructType::eq(&found, ty), "a {found} was passed for a {ty}");
        object.fields(store).expect("fields").collect()
    }

    fn elements(&self, store: &mut impl AsContextMut, ty: u32, val: &Val) -> Vec<Val> {
        let array = reference(val).unwrap_array(&mut *store).expect("an array");
        let found = array.ty(&mut *store).expect("a type");
        let HeapType::ConcreteArray(ty) = &self.types[ty as usize] else { panic!("type {ty} is no array") };
        assert!(wasmtime::ArrayType::eq(&found, ty), "a {found} was passed for a {ty}");
        array.elems(store).expect("elements").collect()
    }
}

fn reference(val: &Val) -> Rooted<AnyRef> {
    *val.unwrap_anyref().expect("a reference that is not null")
}

/// What is written is read again: the test's own objects, without an adapter.
#[test]
fn there_and_back() {
    use onramp_abi::Role;

    use super::{engine::ENGINE, guest::Guest};
    use crate::{harness::case, oracle::type_of, random::Random};

    for index in 0..200 {
        let mut random = Random::of_case(8, index);
        random.handles = &["own<a>"];
        let mut types = "resource a;\n".to_owned();
        let func = format!("func(x: {})", random.wit(&mut types, 4));
        let (resolve, func) = case(&func).types(&types).resolve();
        let v = random.value(&type_of(&resolve, &func.params[0].ty));
        let guest = Guest::new(&resolve, &func, Role::Caller, Some(&mut random).filter(|_| index % 4 > 0));
        let known = guest.known(&ENGINE);
        let mut store = wasmtime::Store::new(&ENGINE, ());
        let objects = Objects { types: &known.types, is_odd: false, is_shared: false };
        let val = objects.write(&mut store, &guest.params[0], &v);
        let ty = known.func.param(0).expect("a parameter");
        assert!(val.matches_ty(&store, &ty).expect("a type"), "{val:?} is no {ty}");
        assert_eq!(objects.read(&mut store, &guest.params[0], &val), v);
    }
}
