//! WIT types as the ABI sees them.

use std::{cell::OnceCell, collections::HashMap};

use wit_parser::{
    Handle, Int, Resolve, SizeAlign, Type, TypeDefKind, TypeId,
    abi::{FlatTypes, WasmType},
};

use crate::wit::dealiased;
use crate::{CoreType, Error, MAX_FLAT_PARAMS};

/// How long a type's name may get; deeply nested types without a name of their own would have endless ones.
const MAX_NAME: usize = 120;

/// A type of [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ty(u32);

/// What a type is made of: the specification's value types after `despecialize`.
///
/// A tuple is a record; an enum, option or result is a variant; a map is a list of records.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Shape {
    Bool,
    U8,
    S8,
    U16,
    S16,
    U32,
    S32,
    U64,
    S64,
    F32,
    F64,
    Char,
    String,
    List(Ty),
    FixedList(Ty, u32),
    Record(Vec<Field>),
    Variant {
        /// The discriminant's size in memory.
        tag: Tag,
        /// Where the payload of every case is in memory.
        payload: u32,
        cases: Vec<Option<Ty>>,
    },
    Flags {
        /// The size in memory.
        size: Tag,
        /// How many labels there are: 1 to 32.
        labels: u32,
    },
    Handle(Ownership, TypeId),
}

/// The size of a discriminant or a set of flags in memory; flat, both are an i32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Tag {
    U8,
    U16,
    U32,
}

impl From<Int> for Tag {
    fn from(int: Int) -> Tag {
        match int {
            Int::U8 => Tag::U8,
            Int::U16 => Tag::U16,
            Int::U32 | Int::U64 => Tag::U32,
        }
    }
}

/// What a handle conveys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Ownership {
    Own,
    Borrow,
}

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its type.
    pub ty: Ty,
    /// Where it is in memory.
    pub offset: u32,
}

/// A type and its layout in a 32-bit memory.
#[derive(Debug)]
pub struct Node {
    /// The type's name in WIT; of a type without one, its notation.
    pub name: String,
    /// What it is made of.
    pub shape: Shape,
    /// How many bytes it takes (`elem_size`).
    pub size: u32,
    /// What its address must be a multiple of (`alignment`).
    pub align: u32,
    /// Whether there is a string or a list (not of fixed length) in it, or it is one.
    pub has_dynamic: bool,
    /// Whether there is a resource handle in it.
    pub has_handles: bool,
    /// Whether there is a borrowed handle in it (`contains_borrow`).
    pub has_borrows: bool,
    /// Whether WIT calls it an enum.
    is_enum: bool,
    /// The WIT types that it is a sequence of: itself, or the fields of a tuple that WIT does not name.
    origin: Vec<Type>,
    flat: OnceCell<Option<Vec<CoreType>>>,
    plain: OnceCell<bool>,
}

/// The types of a [`Resolve`], each once: types of the same name and shape are one.
pub struct Types<'a> {
    resolve: &'a Resolve,
    sizes: SizeAlign,
    nodes: Vec<Node>,
    by_id: HashMap<TypeId, Ty>,
    /// By name and shape; an enum is not a variant of the same cases.
    by_shape: HashMap<(String, Shape, bool), Ty>,
}

impl std::ops::Index<Ty> for Types<'_> {
    type Output = Node;

    fn index(&self, ty: Ty) -> &Node {
        &self.nodes[ty.0 as usize]
    }
}

impl<'a> Types<'a> {
    /// The types of `resolve`, none of them looked at yet.
    pub fn new(resolve: &'a Resolve) -> Result<Types<'a>, Error> {
        let mut sizes = SizeAlign::default();
        sizes.fill(resolve).map_err(|error| Error::new(format!("{error:#}")))?;
        Ok(Types { resolve, sizes, nodes: Vec::new(), by_id: HashMap::new(), by_shape: HashMap::new() })
    }

    /// What the types are of.
    pub fn resolve(&self) -> &'a Resolve {
        self.resolve
    }

    /// A WIT type.
    pub fn add(&mut self, ty: &Type) -> Result<Ty, Error> {
        let primitive = |name: &str, shape| Ok((name.to_owned(), shape));
        let (name, shape) = match ty {
            Type::Bool => primitive("bool", Shape::Bool),
            Type::U8 => primitive("u8", Shape::U8),
            Type::S8 => primitive("s8", Shape::S8),
            Type::U16 => primitive("u16", Shape::U16),
            Type::S16 => primitive("s16", Shape::S16),
            Type::U32 => primitive("u32", Shape::U32),
            Type::S32 => primitive("s32", Shape::S32),
            Type::U64 => primitive("u64", Shape::U64),
            Type::S64 => primitive("s64", Shape::S64),
            Type::F32 => primitive("f32", Shape::F32),
            Type::F64 => primitive("f64", Shape::F64),
            Type::Char => primitive("char", Shape::Char),
            Type::String => primitive("string", Shape::String),
            Type::ErrorContext => Err(Error::new("error-context is not supported here")),
            Type::Id(id) => return self.add_definition(*id),
        }?;
        self.intern(name, shape, vec![*ty])
    }

    /// A tuple of WIT types, such as the parameters of a function.
    pub fn add_tuple(&mut self, parts: impl IntoIterator<Item = Type>) -> Result<Ty, Error> {
        let parts: Vec<Type> = parts.into_iter().collect();
        let shape = self.record(&parts)?;
        let name = self.notation("tuple", &parts.iter().map(Some).collect::<Vec<_>>())?;
        self.intern(name, shape, parts)
    }

    /// A list of this element that no WIT type is. It has no flat types.
    pub fn add_block(&mut self, element: Ty, name: &str) -> Ty {
        let key = (name.to_owned(), Shape::List(element), false);
        if let Some(ty) = self.by_shape.get(&key) {
            return *ty;
        }
        let [_, has_handles, has_borrows] = self.contains(&key.1);
        let ty = Ty(self.nodes.len() as u32);
        self.nodes.push(Node {
            name: key.0.clone(),
            shape: key.1.clone(),
            size: 8,
            align: 4,
            has_dynamic: true,
            has_handles,
            has_borrows,
            is_enum: false,
            origin: Vec::new(),
            flat: OnceCell::from(None),
            plain: OnceCell::from(false),
        });
        self.by_shape.insert(key, ty);
        ty
    }

    /// The WIT type that this is.
    ///
    /// # Panics
    /// When WIT has none: it is a tuple or a block made here.
    pub fn origin(&self, ty: Ty) -> Type {
        self.wit(ty).unwrap_or_else(|| panic!("{} is no WIT type", self[ty].name))
    }

    /// The WIT type that this is; `None`: it is a tuple or a block made here.
    pub fn wit(&self, ty: Ty) -> Option<Type> {
        match self[ty].origin[..] {
            [origin] => Some(origin),
            _ => None,
        }
    }

    /// Whether WIT calls it an enum: a variant whose cases cannot have payloads.
    pub fn is_enum(&self, ty: Ty) -> bool {
        self[ty].is_enum
    }

    /// The core values that the type flattens to (`flatten_type`); `None`: more than any signature can have.
    pub fn flat(&self, ty: Ty) -> Option<&[CoreType]> {
        let node = &self[ty];
        let flat = node.flat.get_or_init(|| {
            let mut storage = [WasmType::I32; MAX_FLAT_PARAMS];
            let mut flat = FlatTypes::new(&mut storage);
            let fits = node.origin.iter().all(|part| self.resolve.push_flat(part, &mut flat));
            fits.then(|| flat.to_vec().into_iter().map(CoreType::from).collect())
        });
        flat.as_deref()
    }

    /// Whether every bit pattern is a value, and the value itself (a handle is not): it may be copied as bytes.
    pub fn is_plain(&self, ty: Ty) -> bool {
        let node = &self[ty];
        *node
            .plain
            .get_or_init(|| !node.has_handles && node.origin.iter().all(|part| self.resolve.all_bits_valid(part)))
    }

    fn add_definition(&mut self, id: TypeId) -> Result<Ty, Error> {
        if let Some(ty) = self.by_id.get(&id) {
            return Ok(*ty);
        }
        let definition = &self.resolve.types[id];
        let ty = match &definition.kind {
            TypeDefKind::Type(ty) => self.add(ty)?,
            TypeDefKind::Map(key, value) => {
                let element = self.add_tuple([*key, *value])?;
                let notation = self.notation("map", &[Some(key), Some(value)])?;
                self.intern(definition.name.clone().unwrap_or(notation), Shape::List(element), vec![Type::Id(id)])?
            }
            kind => {
                let shape = self.shape(kind)?;
                let name = match &definition.name {
                    Some(name) => name.clone(),
                    None => self.name_of(kind)?,
                };
                self.intern(name, shape, vec![Type::Id(id)])?
            }
        };
        self.by_id.insert(id, ty);
        Ok(ty)
    }

    fn shape(&mut self, kind: &TypeDefKind) -> Result<Shape, Error> {
        Ok(match kind {
            TypeDefKind::Record(record) => {
                self.record(&record.fields.iter().map(|field| field.ty).collect::<Vec<_>>())?
            }
            TypeDefKind::Tuple(tuple) => self.record(&tuple.types)?,
            TypeDefKind::List(element) => Shape::List(self.add(element)?),
            TypeDefKind::FixedLengthList(element, length) => Shape::FixedList(self.add(element)?, *length),
            TypeDefKind::Variant(variant) => {
                self.variant(variant.tag(), &variant.cases.iter().map(|case| case.ty.as_ref()).collect::<Vec<_>>())?
            }
            TypeDefKind::Enum(cases) => self.variant(cases.tag(), &vec![None; cases.cases.len()])?,
            TypeDefKind::Option(some) => self.variant(Int::U8, &[None, Some(some)])?,
            TypeDefKind::Result(result) => self.variant(Int::U8, &[result.ok.as_ref(), result.err.as_ref()])?,
            TypeDefKind::Flags(flags) => self.flags(flags)?,
            TypeDefKind::Handle(Handle::Own(resource)) => {
                Shape::Handle(Ownership::Own, dealiased(self.resolve, *resource))
            }
            TypeDefKind::Handle(Handle::Borrow(resource)) => {
                Shape::Handle(Ownership::Borrow, dealiased(self.resolve, *resource))
            }
            kind @ (TypeDefKind::Future(_) | TypeDefKind::Stream(_)) => {
                return Err(Error::new(format!("{} is not supported here", kind.as_str())));
            }
            kind @ (TypeDefKind::Resource | TypeDefKind::Unknown | TypeDefKind::Type(_) | TypeDefKind::Map(..)) => {
                return Err(Error::new(format!("a {} is no type of a value", kind.as_str())));
            }
        })
    }

    fn record(&mut self, parts: &[Type]) -> Result<Shape, Error> {
        let offsets: Vec<_> =
            self.sizes.field_offsets(parts).into_iter().map(|(offset, _)| offset.size_wasm32()).collect();
        let fields = parts.iter().zip(offsets).map(|(part, offset)| {
            Ok(Field { ty: self.add(part)?, offset: u32::try_from(offset).map_err(|_| too_large())? })
        });
        Ok(Shape::Record(fields.collect::<Result<_, Error>>()?))
    }

    fn variant(&mut self, tag: Int, cases: &[Option<&Type>]) -> Result<Shape, Error> {
        let payload = self.sizes.payload_offset(tag, cases.iter().copied()).size_wasm32() as u32;
        let cases = cases.iter().map(|case| case.map(|ty| self.add(ty)).transpose()).collect::<Result<_, Error>>()?;
        Ok(Shape::Variant { tag: tag.into(), payload, cases })
    }

    fn flags(&self, flags: &wit_parser::Flags) -> Result<Shape, Error> {
        let size = match flags.flags.len() {
            1..=8 => Tag::U8,
            9..=16 => Tag::U16,
            17..=32 => Tag::U32,
            labels => return Err(Error::new(format!("flags of {labels} labels: there can be 1 to 32"))),
        };
        Ok(Shape::Flags { size, labels: flags.flags.len() as u32 })
    }

    fn name_of(&mut self, kind: &TypeDefKind) -> Result<String, Error> {
        match kind {
            TypeDefKind::Tuple(tuple) => self.notation("tuple", &tuple.types.iter().map(Some).collect::<Vec<_>>()),
            TypeDefKind::List(element) => self.notation("list", &[Some(element)]),
            TypeDefKind::Option(some) => self.notation("option", &[Some(some)]),
            TypeDefKind::Result(result) => match (&result.ok, &result.err) {
                (None, None) => Ok("result".to_owned()),
                (ok, None) => self.notation("result", &[ok.as_ref()]),
                (ok, err) => self.notation("result", &[ok.as_ref(), err.as_ref()]),
            },
            TypeDefKind::FixedLengthList(element, length) => {
                let element = self.add(element)?;
                Ok(shorten(format!("list<{}, {length}>", self[element].name)))
            }
            TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => {
                let resource = dealiased(self.resolve, *id);
                let name = self.resolve.types[resource].name.as_deref().unwrap_or("resource");
                Ok(format!("{}<{name}>", kind.as_str()))
            }
            kind => Ok(kind.as_str().to_owned()),
        }
    }

    fn notation(&mut self, kind: &str, parts: &[Option<&Type>]) -> Result<String, Error> {
        let mut names = Vec::new();
        for part in parts {
            names.push(match part {
                Some(part) => {
                    let ty = self.add(part)?;
                    self[ty].name.clone()
                }
                None => "_".to_owned(),
            });
        }
        Ok(shorten(format!("{kind}<{}>", names.join(", "))))
    }

    fn intern(&mut self, name: String, shape: Shape, origin: Vec<Type>) -> Result<Ty, Error> {
        let is_enum =
            matches!(origin[..], [Type::Id(id)] if matches!(self.resolve.types[id].kind, TypeDefKind::Enum(_)));
        let key = (name, shape, is_enum);
        if let Some(ty) = self.by_shape.get(&key) {
            return Ok(*ty);
        }
        let layout = self.sizes.record(&origin);
        let (name, shape, _) = key.clone();
        let [has_dynamic, has_handles, has_borrows] = self.contains(&shape);
        let ty = Ty(self.nodes.len() as u32);
        self.nodes.push(Node {
            name,
            shape,
            size: u32::try_from(layout.size.size_wasm32()).map_err(|_| too_large())?,
            align: layout.align.align_wasm32() as u32,
            has_dynamic,
            has_handles,
            has_borrows,
            is_enum,
            origin,
            flat: OnceCell::new(),
            plain: OnceCell::new(),
        });
        self.by_shape.insert(key, ty);
        Ok(ty)
    }

    /// Whether a type of this shape has dynamic parts, handles, and borrowed ones.
    fn contains(&self, shape: &Shape) -> [bool; 3] {
        let any = |parts: &mut dyn Iterator<Item = Ty>| {
            parts.fold([false; 3], |[dynamic, handles, borrows], ty| {
                let part = &self[ty];
                [dynamic | part.has_dynamic, handles | part.has_handles, borrows | part.has_borrows]
            })
        };
        match shape {
            Shape::Handle(ownership, _) => [false, true, *ownership == Ownership::Borrow],
            Shape::String => [true, false, false],
            Shape::List(element) => [true, self[*element].has_handles, self[*element].has_borrows],
            Shape::FixedList(element, _) => any(&mut [*element].into_iter()),
            Shape::Record(fields) => any(&mut fields.iter().map(|field| field.ty)),
            Shape::Variant { cases, .. } => any(&mut cases.iter().copied().flatten()),
            _ => [false; 3],
        }
    }
}

fn too_large() -> Error {
    Error::new("a type is larger than a 32-bit memory")
}

fn shorten(mut name: String) -> String {
    if let Some((end, _)) = name.char_indices().nth(MAX_NAME) {
        name.truncate(end);
        name.push('…');
    }
    name
}
