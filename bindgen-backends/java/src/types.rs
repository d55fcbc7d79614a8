//! WIT types in Java.

use anyhow::{Result, bail};
use wit_parser::{Type, TypeDefKind};

use crate::scope::Scope;

/// A type in Java.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Java {
    /// As a parameter, a field, a result.
    pub(crate) plain: String,
    /// As an argument of a generic type.
    pub(crate) boxed: String,
}

impl Java {
    fn primitive(plain: &str, boxed: &str) -> Java {
        Java { plain: plain.to_owned(), boxed: format!("java.lang.{boxed}") }
    }

    fn class(path: String) -> Java {
        Java { plain: path.clone(), boxed: path }
    }
}

/// A type without its other names.
pub(crate) fn kind<'r>(scope: &Scope<'r>, ty: &Type) -> Option<&'r TypeDefKind> {
    let Type::Id(id) = ty else { return None };
    match &scope.resolve.types[*id].kind {
        TypeDefKind::Type(Type::Id(other)) => kind(scope, &Type::Id(*other)),
        kind => Some(kind),
    }
}

/// The primitive type, or the definition, that other names stand for.
pub(crate) fn resolved(scope: &Scope, ty: &Type) -> Type {
    match ty {
        Type::Id(id) => match &scope.resolve.types[*id].kind {
            TypeDefKind::Type(other) => resolved(scope, other),
            _ => *ty,
        },
        primitive => *primitive,
    }
}

/// A WIT type in Java.
///
/// # Errors
/// When Java has no form for it here.
pub(crate) fn java(scope: &Scope, ty: &Type) -> Result<Java> {
    Ok(match resolved(scope, ty) {
        Type::Bool => Java::primitive("boolean", "Boolean"),
        Type::U8 | Type::S8 => Java::primitive("byte", "Byte"),
        Type::U16 | Type::S16 => Java::primitive("short", "Short"),
        Type::U32 | Type::S32 | Type::Char => Java::primitive("int", "Integer"),
        Type::U64 | Type::S64 => Java::primitive("long", "Long"),
        Type::F32 => Java::primitive("float", "Float"),
        Type::F64 => Java::primitive("double", "Double"),
        Type::String => Java::class("java.lang.String".to_owned()),
        Type::ErrorContext => bail!("error-context has no form in Java"),
        Type::Id(id) => match &scope.resolve.types[id].kind {
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => list(scope, element)?,
            kind => Java::class(definition(scope, &Type::Id(id), kind)?),
        },
    })
}

/// An array of numbers, or a list.
fn list(scope: &Scope, element: &Type) -> Result<Java> {
    let java = java(scope, element)?;
    Ok(Java::class(match is_bulk(scope, element) {
        true => format!("{}[]", java.plain),
        false => format!("java.util.List<{}>", java.boxed),
    }))
}

/// Whether lists of it are arrays of numbers, which are copied at once.
pub(crate) fn is_bulk(scope: &Scope, element: &Type) -> bool {
    !matches!(resolved(scope, element), Type::String | Type::ErrorContext | Type::Id(_))
}

fn definition(scope: &Scope, ty: &Type, kind: &TypeDefKind) -> Result<String> {
    let boxed = |ty: &Option<Type>| match ty {
        Some(ty) => Ok(java(scope, ty)?.boxed),
        None => anyhow::Ok("java.lang.Void".to_owned()),
    };
    Ok(match kind {
        TypeDefKind::Option(some) => format!("java.util.Optional<{}>", java(scope, some)?.boxed),
        TypeDefKind::Result(result) => format!("wit.Result<{}, {}>", boxed(&result.ok)?, boxed(&result.err)?),
        TypeDefKind::Map(key, value) => {
            format!("java.util.Map<{}, {}>", java(scope, key)?.boxed, java(scope, value)?.boxed)
        }
        TypeDefKind::Tuple(tuple) => {
            let parts = tuple.types.iter().map(|ty| Ok(java(scope, ty)?.boxed)).collect::<Result<Vec<_>>>()?;
            format!("wit.Tuple{}<{}>", parts.len(), parts.join(", "))
        }
        TypeDefKind::Record(_) | TypeDefKind::Variant(_) | TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => {
            let Type::Id(id) = ty else { bail!("a type without a definition") };
            scope.path(*id)?
        }
        TypeDefKind::Handle(_) => bail!("resources have no form in Java yet"),
        kind => bail!("a {} has no form in Java yet", kind.as_str()),
    })
}
