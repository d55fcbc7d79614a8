//! Records, tuples, variants and what is made of them.

use onramp_python_table::{TypeId, Width};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::Lower;
use super::failure::{Failure, Lowered, Step, Within};
use crate::place::Place;
use crate::world::class::Class;
use crate::world::kind::{Field, Flags, Optional, Outcome, Type, Variant};

impl<'py> Lower<'_, 'py> {
    /// Whatever has the attributes may be given: the same record may have a class on each side of the world.
    pub(super) fn record(
        &mut self,
        ty: &Type,
        class: &Class,
        fields: &[Field],
        value: &Bound<'py, PyAny>,
        place: Place,
    ) -> Lowered {
        let is_instance = class.is_instance(value);
        for field in fields {
            let name = field.name.bind(self.py);
            let part = match value.getattr(name) {
                Ok(part) => part,
                Err(error) if is_instance && error.is_instance_of::<PyAttributeError>(self.py) => {
                    return Err(Failure::lacking(&ty.name, value, &name.to_string()));
                }
                Err(error) if is_instance => return Err(error.into()),
                Err(_) => return Err(Failure::expected(&ty.name, value)),
            };
            self.lower(field.ty, &part, place.part(field.offset, field.slot))
                .within(|| Step::Attribute(name.to_string()))?;
        }
        Ok(())
    }

    pub(super) fn tuple(&mut self, ty: &Type, fields: &[Field], value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let tuple = value.cast::<PyTuple>().map_err(|_| Failure::expected(&ty.name, value))?;
        if tuple.len() != fields.len() {
            let found = tuple.len();
            return Err(Failure::because(format!("expected `{}`, found {found} elements", ty.name)));
        }
        for (index, (field, part)) in fields.iter().zip(tuple.iter_borrowed()).enumerate() {
            self.lower(field.ty, &part, place.part(field.offset, field.slot)).within(|| Step::Index(index))?;
        }
        Ok(())
    }

    pub(super) fn variant(&mut self, ty: &Type, variant: &Variant, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let found = variant.cases.iter().position(|case| case.class.is_instance(value));
        let tag = found.ok_or_else(|| Failure::expected(&ty.name, value))?;
        place.write_tag(tag as u32, variant.tag);
        match variant.cases[tag].payload {
            None => Ok(()),
            Some(ty) => self.held(ty, value, place.payload(variant.payload)),
        }
    }

    pub(super) fn option(&mut self, ty: &Type, option: &Optional, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        place.write((!value.is_none()).into(), 1);
        let payload = place.payload(option.payload);
        match &option.class {
            _ if value.is_none() => Ok(()),
            None => self.lower(option.some, value, payload),
            Some(class) if class.is_instance(value) => self.held(option.some, value, payload),
            Some(_) => Err(Failure::expected(&ty.name, value)),
        }
    }

    pub(super) fn result(&mut self, ty: &Type, result: &Outcome, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let (tag, payload) = if result.ok_class.is_instance(value) {
            (0, result.ok)
        } else if result.err_class.is_instance(value) {
            (1, result.err)
        } else {
            return Err(Failure::expected(&ty.name, value));
        };
        place.write(tag, 1);
        match payload {
            None => Ok(()),
            Some(ty) => self.held(ty, value, place.payload(result.payload)),
        }
    }

    /// Sends what a value holds.
    fn held(&mut self, ty: TypeId, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        let payload = value.getattr(self.world.names.value.bind(self.py))?;
        self.lower(ty, &payload, place).within(|| Step::Attribute("value".to_owned()))
    }

    pub(super) fn member(
        &mut self,
        ty: &Type,
        class: &Class,
        tag: Width,
        value: &Bound<'py, PyAny>,
        place: Place,
    ) -> Lowered {
        place.write_tag(self.bits(ty, class, value)?, tag);
        Ok(())
    }

    pub(super) fn flags(&mut self, ty: &Type, flags: &Flags, value: &Bound<'py, PyAny>, place: Place) -> Lowered {
        place.write_tag(self.bits(ty, &flags.class, value)? & flags.mask, flags.tag);
        Ok(())
    }

    /// The number behind a member of an enum or of flags.
    fn bits(&self, ty: &Type, class: &Class, value: &Bound<'py, PyAny>) -> Lowered<u32> {
        if !class.is_instance(value) {
            return Err(Failure::expected(&ty.name, value));
        }
        Ok(value.getattr(self.world.names.member_value.bind(self.py))?.extract()?)
    }
}
