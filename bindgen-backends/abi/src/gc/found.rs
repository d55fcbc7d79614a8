//! What a guest has, checked against WIT: the rules G6 to G8 of `docs/abi/gc.md`.

use std::{collections::HashMap, sync::Arc};

use wasm_encoder::{HeapType, RefType, StorageType, ValType};
use wit_parser::{Type, TypeDefKind};

use super::{Case, CoreTypes, Function, Kind, Position, Unit, Value, scalar, scalar_at};
use crate::{Error, Role, Shape, Ty, Types};

pub(super) fn function(
    types: &mut Types<'_>,
    func: &wit_parser::Function,
    role: Role,
    core: &CoreTypes,
    ty: u32,
) -> Result<Function, Error> {
    let wit = func.params.iter().map(|param| types.add(&param.ty)).collect::<Result<Vec<_>, _>>()?;
    let result = func.result.as_ref().map(|result| types.add(result)).transpose()?;
    let signature = core.function(ty).ok_or_else(|| Error::new("it is no function (G7)"))?;
    let (params, results) = (signature.params(), signature.results());
    if (params.len(), results.len()) != (wit.len(), usize::from(result.is_some())) {
        return Err(Error::new(format!(
            "a function with {} and {} is expected, and the guest has {} and {} (G7)",
            count(wit.len(), "parameter"),
            count(usize::from(result.is_some()), "result"),
            count(params.len(), "parameter"),
            count(results.len(), "result"),
        )));
    }
    let mut finder = Finder { types, core, receives: role == Role::Callee, known: HashMap::new() };
    let params = func.params.iter().zip(wit).zip(params).map(|((param, wit), core)| {
        finder.value(wit, StorageType::Val(*core), Position::Core, &format!("parameter {}", param.name))
    });
    let params = params.collect::<Result<_, _>>()?;
    finder.receives = role == Role::Caller;
    let result = result.zip(results.first());
    let result = result.map(|(wit, core)| finder.value(wit, StorageType::Val(*core), Position::Core, "result"));
    Ok(Function { ty, params, result: result.transpose()? })
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

struct Finder<'f, 'a> {
    types: &'f Types<'a>,
    core: &'f CoreTypes,
    /// Whether the guest is given these values.
    receives: bool,
    known: HashMap<(Ty, StorageType, bool, bool), Arc<Value>>,
}

impl Finder<'_, '_> {
    fn value(&mut self, ty: Ty, storage: StorageType, position: Position, path: &str) -> Result<Arc<Value>, Error> {
        let key = (ty, storage, position == Position::Core, self.receives);
        if let Some(value) = self.known.get(&key) {
            return Ok(value.clone());
        }
        let kind = match scalar(self.types, ty).map(|expected| scalar_at(expected, position)) {
            Some(expected) if expected == storage => Kind::Scalar,
            Some(expected) => return Err(self.misfit(path, ty, &self.core.show(expected), storage)),
            None => self.kind(ty, storage, path)?,
        };
        let value = Arc::new(Value { storage, kind });
        self.known.insert(key, value.clone());
        Ok(value)
    }

    fn kind(&mut self, ty: Ty, storage: StorageType, path: &str) -> Result<Kind, Error> {
        match self.types[ty].shape.clone() {
            Shape::Handle(..) => self.handle(ty, storage, path),
            Shape::String => self.string(ty, storage, path),
            Shape::List(element) | Shape::FixedList(element, _) => self.list(ty, element, storage, path),
            Shape::Record(fields) => {
                let fields: Vec<Ty> = fields.iter().map(|field| field.ty).collect();
                self.record(ty, &fields, storage, path)
            }
            Shape::Variant { cases, .. } => self.sum(ty, &cases, storage, path),
            shape => unreachable!("{shape:?} is a number"),
        }
    }

    fn handle(&self, ty: Ty, storage: StorageType, path: &str) -> Result<Kind, Error> {
        match storage {
            StorageType::Val(ValType::Ref(reference)) if reference.nullable(true) == RefType::EXTERNREF => {
                Ok(Kind::Handle)
            }
            _ => Err(self.misfit(path, ty, "externref", storage)),
        }
    }

    fn string(&self, ty: Ty, storage: StorageType, path: &str) -> Result<Kind, Error> {
        const EXPECTED: &str = "a reference to an array of i8 (UTF-8) or i16 (UTF-16)";
        let found = index(storage).and_then(|array| Some((array, self.core.element(array)?)));
        let (array, unit, mutable) = match found {
            Some((array, element)) if element.element_type == StorageType::I8 => (array, Unit::I8, element.mutable),
            Some((array, element)) if element.element_type == StorageType::I16 => (array, Unit::I16, element.mutable),
            _ => return Err(self.misfit(path, ty, EXPECTED, storage)),
        };
        self.check_mutable(path, ty, mutable)?;
        Ok(Kind::String { array, unit })
    }

    fn list(&mut self, ty: Ty, element: Ty, storage: StorageType, path: &str) -> Result<Kind, Error> {
        let found = index(storage).and_then(|array| Some((array, self.core.element(array)?)));
        let Some((array, found)) = found else {
            return Err(self.misfit(path, ty, "a reference to an array", storage));
        };
        self.check_mutable(path, ty, found.mutable)?;
        let element = self.value(element, found.element_type, Position::Element, &format!("{path}[]"))?;
        Ok(Kind::List { array, element })
    }

    fn record(&mut self, ty: Ty, fields: &[Ty], storage: StorageType, path: &str) -> Result<Kind, Error> {
        let found = index(storage).and_then(|object| Some((object, self.core.fields(object)?.to_vec())));
        let Some((object, found)) = found.filter(|(_, found)| found.len() == fields.len()) else {
            let expected = format!("a reference to a struct of {}", count(fields.len(), "field"));
            return Err(self.misfit(path, ty, &expected, storage));
        };
        let values = fields.iter().zip(found).enumerate().map(|(number, (field, found))| {
            let path = format!("{path}.{}", self.field_name(ty, number));
            self.value(*field, found.element_type, Position::Field, &path)
        });
        Ok(Kind::Record { object, fields: values.collect::<Result<_, _>>()? })
    }

    /// The cases are the types behind the base in its group.
    fn sum(&mut self, ty: Ty, cases: &[Option<Ty>], storage: StorageType, path: &str) -> Result<Kind, Error> {
        let found = index(storage).filter(|base| self.core.fields(*base).is_some_and(<[_]>::is_empty));
        let Some(base) = found else {
            return Err(self.misfit(path, ty, "a reference to an empty struct with a subtype for each case", storage));
        };
        let group = self.core.group(base);
        let mut found = Vec::new();
        for (number, payload) in cases.iter().enumerate() {
            let object = base + 1 + number as u32;
            let name = self.case_name(ty, number);
            let fits = group.contains(&object) && self.core.is_subtype(object, base);
            let fields = self.core.fields(object).filter(|_| fits).map(<[_]>::to_vec);
            let payload = match (payload, fields.as_deref()) {
                (None, Some([])) => None,
                (Some(payload), Some([field])) => {
                    Some(self.value(*payload, field.element_type, Position::Field, &format!("{path}.{name}"))?)
                }
                (payload, _) => return Err(self.no_case(path, ty, &name, number, payload.is_some(), (base, object))),
            };
            found.push(Case { object, payload });
        }
        Ok(Kind::Sum { base, cases: found })
    }

    fn no_case(
        &self,
        path: &str,
        ty: Ty,
        case: &str,
        number: usize,
        payload: bool,
        (base, object): (u32, u32),
    ) -> Error {
        let fields = if payload { "with one field" } else { "without fields" };
        let found = match self.core.get(object).filter(|_| self.core.group(base).contains(&object)) {
            Some(_) => self.core.show(super::reference(object, false)),
            None => "none".to_owned(),
        };
        let name = &self.types[ty].name;
        Error::new(format!(
            "{path}: for case {case} of {name}, type {} behind the base in its recursion group must be a struct {fields} that is a \
             subtype of the base, and it is {found} (G8)",
            number + 1
        ))
    }

    fn check_mutable(&self, path: &str, ty: Ty, mutable: bool) -> Result<(), Error> {
        if mutable || !self.receives {
            return Ok(());
        }
        let name = &self.types[ty].name;
        Err(Error::new(format!("{path}: the array for {name} is given to the guest, so it must be mutable (G6)")))
    }

    fn misfit(&self, path: &str, ty: Ty, expected: &str, found: StorageType) -> Error {
        let name = &self.types[ty].name;
        Error::new(format!("{path}: {name} is {expected}, and the guest has {} (G7)", self.core.show(found)))
    }

    fn definition(&self, ty: Ty) -> Option<&TypeDefKind> {
        match self.types.wit(ty) {
            Some(Type::Id(id)) => Some(&self.types.resolve().types[id].kind),
            _ => None,
        }
    }

    fn field_name(&self, ty: Ty, number: usize) -> String {
        match self.definition(ty) {
            Some(TypeDefKind::Record(record)) => record.fields[number].name.clone(),
            _ => number.to_string(),
        }
    }

    fn case_name(&self, ty: Ty, number: usize) -> String {
        match self.definition(ty) {
            Some(TypeDefKind::Variant(variant)) => variant.cases[number].name.clone(),
            Some(TypeDefKind::Option(_)) => ["none", "some"][number].to_owned(),
            Some(TypeDefKind::Result(_)) => ["ok", "err"][number].to_owned(),
            _ => number.to_string(),
        }
    }
}

/// What a reference is to, if that is a type of the module.
fn index(storage: StorageType) -> Option<u32> {
    match storage {
        StorageType::Val(ValType::Ref(RefType { heap_type: HeapType::Concrete(index), .. })) => Some(index),
        _ => None,
    }
}
