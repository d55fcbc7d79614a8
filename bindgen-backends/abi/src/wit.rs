//! Types that are added to WIT, beside those that its author wrote.

use wit_parser::{
    Docs, Resolve, Result_, Span, Stability, Tuple, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, Variant,
};

/// A definition without documentation.
pub fn definition(name: Option<String>, kind: TypeDefKind, owner: TypeOwner) -> TypeDef {
    let (docs, stability, span) = (Docs::default(), Stability::Unknown, Span::default());
    TypeDef { name, kind, owner, docs, stability, span, external_id: None }
}

/// Adds an anonymous type.
pub fn anonymous(resolve: &mut Resolve, kind: TypeDefKind) -> Type {
    Type::Id(resolve.types.alloc(definition(None, kind, TypeOwner::None)))
}

/// The type that a chain of `use` and `type` leads to.
pub fn dealiased(resolve: &Resolve, id: TypeId) -> TypeId {
    match resolve.types[id].kind {
        TypeDefKind::Type(Type::Id(other)) => dealiased(resolve, other),
        _ => id,
    }
}

/// A type with each type that it is made of replaced. Handles, futures and streams stay as they are.
pub fn with_parts(kind: TypeDefKind, part: &mut dyn FnMut(Type) -> Type) -> TypeDefKind {
    match kind {
        TypeDefKind::Record(mut record) => {
            record.fields.iter_mut().for_each(|field| field.ty = part(field.ty));
            TypeDefKind::Record(record)
        }
        TypeDefKind::Variant(Variant { mut cases }) => {
            cases.iter_mut().for_each(|case| case.ty = case.ty.map(&mut *part));
            TypeDefKind::Variant(Variant { cases })
        }
        TypeDefKind::Tuple(Tuple { types }) => {
            TypeDefKind::Tuple(Tuple { types: types.into_iter().map(part).collect() })
        }
        TypeDefKind::Type(meant) => TypeDefKind::Type(part(meant)),
        TypeDefKind::List(element) => TypeDefKind::List(part(element)),
        TypeDefKind::FixedLengthList(element, length) => TypeDefKind::FixedLengthList(part(element), length),
        TypeDefKind::Map(key, value) => TypeDefKind::Map(part(key), part(value)),
        TypeDefKind::Option(some) => TypeDefKind::Option(part(some)),
        TypeDefKind::Result(Result_ { ok, err }) => {
            TypeDefKind::Result(Result_ { ok: ok.map(&mut *part), err: err.map(part) })
        }
        kind => kind,
    }
}
