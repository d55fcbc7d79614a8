//! The table of a world: its types.

use anyhow::{Result, bail};
use onramp_abi::{Shape as AbiShape, Tag, Ty};
use onramp_python_table::{Case, Class, Field, Shape, Type, TypeId, Width};
use wit_parser::{Handle, Type as WitType, TypeDefKind, TypeId as WitId};

use crate::form::{Form, Lazy, elements};
use crate::hint::is_option;
use crate::names;
use crate::table::Tables;

/// The module of what WIT's own types are in Python.
pub const TYPES: &str = "componentize_py_types";

impl Tables<'_, '_> {
    /// A type, in a form.
    ///
    /// # Errors
    /// When it is larger than a memory, or one that Python guests do not cover.
    pub fn ty(&mut self, ty: &WitType, form: Form) -> Result<TypeId> {
        if let Some(known) = self.known.get(&(*ty, form)) {
            return Ok(*known);
        }
        if let WitType::Id(id) = ty
            && let TypeDefKind::Type(inner) = &self.world.resolve.types[*id].kind
        {
            let inner = *inner;
            return self.ty(&inner, form);
        }
        let abi = self.types.add(ty)?;
        let shape = match ty {
            WitType::Id(id) => self.shape(*id, abi, form)?,
            primitive => self.primitive(primitive)?,
        };
        let is_dynamic = matches!(shape, Shape::String | Shape::List(..) | Shape::Map { .. });
        let node = &self.types[abi];
        let (name, size, align) = (node.name.clone(), node.size, node.align);
        let slots = self.types.flat(abi).map_or(u32::MAX, |flat| flat.len() as u32);
        let whole = self.intern(Type { name, size, align, slots, shape });
        let found = match (is_dynamic, form.lazy) {
            (true, Lazy::Received | Lazy::Sent) => self.lazy(whole),
            (false, _) | (true, Lazy::No) => whole,
        };
        self.known.insert((*ty, form), found);
        Ok(found)
    }

    fn primitive(&self, ty: &WitType) -> Result<Shape> {
        Ok(match ty {
            WitType::Bool => Shape::Bool,
            WitType::U8 => Shape::U8,
            WitType::S8 => Shape::S8,
            WitType::U16 => Shape::U16,
            WitType::S16 => Shape::S16,
            WitType::U32 => Shape::U32,
            WitType::S32 => Shape::S32,
            WitType::U64 => Shape::U64,
            WitType::S64 => Shape::S64,
            WitType::F32 => Shape::F32,
            WitType::F64 => Shape::F64,
            WitType::Char => Shape::Char,
            WitType::String => Shape::String,
            WitType::ErrorContext | WitType::Id(_) => bail!("error-context is not covered"),
        })
    }

    fn shape(&mut self, id: WitId, abi: Ty, form: Form) -> Result<Shape> {
        let resolve = self.world.resolve;
        let inner = Form::plain(self.world.within(id, form.direction));
        Ok(match &resolve.types[id].kind {
            TypeDefKind::Record(record) => {
                let names = record.fields.iter().map(|field| names::snake(&field.name)).collect();
                let types: Vec<_> = record.fields.iter().map(|field| field.ty).collect();
                Shape::Record(self.class(id, form.direction), self.fields(abi, names, &types, inner)?)
            }
            TypeDefKind::Tuple(tuple) => {
                let names = vec![String::new(); tuple.types.len()];
                Shape::Tuple(self.fields(abi, names, &tuple.types, form)?)
            }
            TypeDefKind::Variant(variant) => self.variant(id, abi, variant, form.direction, inner)?,
            TypeDefKind::Enum(cases) => Shape::Enum {
                class: self.class(id, form.direction),
                tag: self.tag(abi).0,
                cases: cases.cases.len() as u32,
            },
            TypeDefKind::Flags(flags) => Shape::Flags {
                class: self.class(id, form.direction),
                tag: self.tag(abi).0,
                labels: flags.flags.len() as u32,
            },
            TypeDefKind::Option(some) => Shape::Option {
                some: self.ty(some, form)?,
                payload: self.tag(abi).1,
                class: is_option(resolve, some).then(|| library("Some")),
            },
            TypeDefKind::Result(result) => Shape::Result {
                ok: result.ok.map(|ty| self.ty(&ty, form)).transpose()?,
                err: result.err.map(|ty| self.ty(&ty, form)).transpose()?,
                payload: self.tag(abi).1,
                ok_class: library("Ok"),
                err_class: library("Err"),
            },
            TypeDefKind::List(element) => {
                Shape::List(self.ty(element, form.element())?, elements(resolve, element, form))
            }
            TypeDefKind::FixedLengthList(element, length) => {
                let ty = self.ty(element, form.element())?;
                Shape::FixedList(ty, *length, elements(resolve, element, form))
            }
            TypeDefKind::Map(key, value) => self.map(abi, key, value, form.element())?,
            TypeDefKind::Handle(Handle::Own(resource)) => Shape::Own(self.handle(*resource, form)?),
            TypeDefKind::Handle(Handle::Borrow(resource)) => Shape::Borrow(self.handle(*resource, form)?),
            kind => bail!("{} is not covered", kind.as_str()),
        })
    }

    fn variant(
        &mut self,
        id: WitId,
        abi: Ty,
        variant: &wit_parser::Variant,
        direction: onramp_bridge::Direction,
        inner: Form,
    ) -> Result<Shape> {
        let class = self.class(id, direction);
        let mut cases = Vec::new();
        for case in &variant.cases {
            let payload = case.ty.map(|ty| self.ty(&ty, inner)).transpose()?;
            let name = names::case(&class.name, &case.name);
            cases.push(Case { name: case.name.clone(), class: Class { module: class.module.clone(), name }, payload });
        }
        let (tag, payload) = self.tag(abi);
        Ok(Shape::Variant { tag, payload, cases })
    }

    fn map(&mut self, abi: Ty, key: &WitType, value: &WitType, form: Form) -> Result<Shape> {
        let (key, value) = (self.ty(key, form)?, self.ty(value, form)?);
        let AbiShape::List(entry) = self.types[abi].shape else { bail!("a map is a list") };
        let node = &self.types[entry];
        let AbiShape::Record(fields) = &node.shape else { bail!("a map's entry is a tuple") };
        Ok(Shape::Map { key, value, value_offset: fields[1].offset, entry_size: node.size, entry_align: node.align })
    }

    fn fields(&mut self, abi: Ty, names: Vec<String>, types: &[WitType], form: Form) -> Result<Vec<Field>> {
        let AbiShape::Record(layout) = self.types[abi].shape.clone() else { bail!("a tuple is a record") };
        let mut slot: u32 = 0;
        let mut fields = Vec::new();
        for ((name, ty), place) in names.into_iter().zip(types).zip(layout) {
            let ty = self.ty(ty, form)?;
            fields.push(Field { name, ty, offset: place.offset, slot });
            slot = slot.saturating_add(self.table.ty(ty).slots);
        }
        Ok(fields)
    }

    /// The size of a discriminant or of flags, and where payloads are.
    fn tag(&self, abi: Ty) -> (Width, u32) {
        match &self.types[abi].shape {
            AbiShape::Variant { tag, payload, .. } => (width(*tag), *payload),
            AbiShape::Flags { size, .. } => (width(*size), 0),
            _ => unreachable!("{} has no discriminant", self.types[abi].name),
        }
    }

    fn handle(&mut self, resource: WitId, form: Form) -> Result<onramp_python_table::ResourceId> {
        let key = self.world.resource(resource, form.direction);
        match self.resources.get(&key) {
            Some(id) => Ok(*id),
            None => bail!(
                "the resource `{}` is not in the world",
                self.types.resolve().types[key.0].name.as_deref().unwrap_or("?")
            ),
        }
    }
}

fn width(tag: Tag) -> Width {
    match tag {
        Tag::U8 => Width::U8,
        Tag::U16 => Width::U16,
        Tag::U32 => Width::U32,
    }
}

fn library(name: &str) -> Class {
    Class { module: TYPES.to_owned(), name: name.to_owned() }
}
