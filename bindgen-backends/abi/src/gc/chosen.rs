//! What this project chooses: the last column of the table in `docs/abi/gc.md`.

use std::{collections::HashMap, sync::Arc};

use wasm_encoder::{CompositeInnerType, FieldType, StorageType, StructType, ValType};

use super::{
    Case, CoreTypes, Function, Kind, Position, Unit, Value, core_types::sub_type, reference, scalar, scalar_at,
};
use crate::{Error, Shape, Ty, Types};

pub(super) fn function(
    types: &mut Types<'_>,
    func: &wit_parser::Function,
    core: &mut CoreTypes,
    unit: Unit,
) -> Result<Function, Error> {
    let params = func.params.iter().map(|param| types.add(&param.ty)).collect::<Result<Vec<_>, _>>()?;
    let result = func.result.as_ref().map(|result| types.add(result)).transpose()?;
    let mut chooser = Chooser { types, core, unit, known: HashMap::new() };
    let params: Vec<_> = params.into_iter().map(|ty| chooser.value(ty, Position::Core)).collect();
    let result = result.map(|ty| chooser.value(ty, Position::Core));
    let core_params: Vec<ValType> = params.iter().map(|value| value.val_type()).collect();
    let core_results: Vec<ValType> = result.iter().map(|value| value.val_type()).collect();
    Ok(Function { ty: core.add_function(&core_params, &core_results), params, result })
}

struct Chooser<'c, 'a> {
    types: &'c Types<'a>,
    core: &'c mut CoreTypes,
    unit: Unit,
    known: HashMap<(Ty, Position), Arc<Value>>,
}

impl Chooser<'_, '_> {
    fn value(&mut self, ty: Ty, position: Position) -> Arc<Value> {
        if let Some(value) = self.known.get(&(ty, position)) {
            return value.clone();
        }
        let (heap, kind) = match scalar(self.types, ty) {
            Some(storage) => (scalar_at(storage, position), Kind::Scalar),
            None => {
                let kind = self.kind(ty);
                (self.reference(&kind, position), kind)
            }
        };
        let value = Arc::new(Value { storage: heap, kind });
        self.known.insert((ty, position), value.clone());
        value
    }

    /// An array is made before its elements, so those may be null.
    fn reference(&self, kind: &Kind, position: Position) -> StorageType {
        match kind {
            Kind::Handle | Kind::Scalar => StorageType::Val(ValType::EXTERNREF),
            Kind::String { array: ty, .. }
            | Kind::List { array: ty, .. }
            | Kind::Record { object: ty, .. }
            | Kind::Sum { base: ty, .. } => reference(*ty, position == Position::Element),
        }
    }

    fn kind(&mut self, ty: Ty) -> Kind {
        match self.types[ty].shape.clone() {
            Shape::String => {
                let element = match self.unit {
                    Unit::I8 => StorageType::I8,
                    Unit::I16 => StorageType::I16,
                };
                Kind::String { array: self.core.add_array(element), unit: self.unit }
            }
            Shape::List(element) | Shape::FixedList(element, _) => {
                let element = self.value(element, Position::Element);
                Kind::List { array: self.core.add_array(element.storage), element }
            }
            Shape::Record(fields) => {
                let fields: Vec<_> = fields.iter().map(|field| self.value(field.ty, Position::Field)).collect();
                Kind::Record { object: self.core.add_struct(fields.iter().map(|value| field(value)).collect()), fields }
            }
            Shape::Variant { cases, .. } => self.sum(&cases),
            Shape::Handle(..) => Kind::Handle,
            scalar => unreachable!("{scalar:?} is a number"),
        }
    }

    /// The base, and behind it the cases.
    fn sum(&mut self, cases: &[Option<Ty>]) -> Kind {
        let payloads: Vec<_> =
            cases.iter().map(|case| case.map(|payload| self.value(payload, Position::Field))).collect();
        let base = self.core.len();
        let object = |fields: Vec<FieldType>| CompositeInnerType::Struct(StructType { fields: fields.into() });
        let mut group = vec![sub_type(false, None, object(Vec::new()))];
        group.extend(
            payloads.iter().map(|payload| {
                sub_type(true, Some(base), object(payload.iter().map(|payload| field(payload)).collect()))
            }),
        );
        let base = self.core.add(group);
        let case = |(object, payload)| Case { object, payload };
        Kind::Sum { base, cases: (base + 1..).zip(payloads).map(case).collect() }
    }
}

fn field(value: &Value) -> FieldType {
    FieldType { element_type: value.storage, mutable: false }
}
