//! Types without a name, each once: upstream's generator would define those that are written alike again.

use onramp_abi::wit;
use wit_parser::{Resolve, Result_, Tuple, Type, TypeDefKind, TypeId, WorldId, WorldItem};

use super::LazyType;

/// The type without a name that is made of this.
pub fn anonymous(resolve: &mut Resolve, kind: TypeDefKind) -> Type {
    let same = resolve.types.iter().find(|(_, definition)| definition.name.is_none() && definition.kind == kind);
    if let Some((id, _)) = same {
        return Type::Id(id);
    }
    wit::anonymous(resolve, kind)
}

/// The same type, if it has no name the first one that is made of the same.
pub fn first(resolve: &mut Resolve, ty: Type) -> Type {
    let Type::Id(id) = ty else { return ty };
    match resolve.types[id].name {
        Some(_) => ty,
        None => anonymous(resolve, resolve.types[id].kind.clone()),
    }
}

/// Makes types that are written alike and have lazy ones in them the same, in all functions of the world.
pub fn functions(resolve: &mut Resolve, world: WorldId, lazy: &[LazyType]) {
    let records: Vec<TypeId> = lazy.iter().map(|lazy| lazy.record).collect();
    let mut imports = std::mem::take(&mut resolve.worlds[world].imports);
    let mut exports = std::mem::take(&mut resolve.worlds[world].exports);
    for item in imports.values_mut().chain(exports.values_mut()) {
        match item {
            WorldItem::Function(function) => types(resolve, &records, function),
            WorldItem::Interface { id, .. } => {
                let mut functions = std::mem::take(&mut resolve.interfaces[*id].functions);
                functions.values_mut().for_each(|function| types(resolve, &records, function));
                resolve.interfaces[*id].functions = functions;
            }
            WorldItem::Type { .. } => {}
        }
    }
    resolve.worlds[world].imports = imports;
    resolve.worlds[world].exports = exports;
}

fn types(resolve: &mut Resolve, records: &[TypeId], function: &mut wit_parser::Function) {
    for ty in function.params.iter_mut().map(|param| &mut param.ty).chain(&mut function.result) {
        *ty = interned(resolve, records, *ty).unwrap_or(*ty);
    }
}

/// The first type that is made of the same; `None`: there is no lazy one in it.
fn interned(resolve: &mut Resolve, records: &[TypeId], ty: Type) -> Option<Type> {
    let Type::Id(id) = ty else { return None };
    if records.contains(&id) {
        return Some(ty);
    }
    if resolve.types[id].name.is_some() {
        return None;
    }
    let kind = match resolve.types[id].kind.clone() {
        TypeDefKind::Option(some) => TypeDefKind::Option(interned(resolve, records, some)?),
        TypeDefKind::Result(Result_ { ok, err }) => {
            let new = [ok, err].map(|part| part.and_then(|part| interned(resolve, records, part)));
            let [new_ok, new_err] = new;
            new_ok.or(new_err)?;
            TypeDefKind::Result(Result_ { ok: new_ok.or(ok), err: new_err.or(err) })
        }
        TypeDefKind::Tuple(Tuple { types }) => {
            let new: Vec<_> = types.iter().map(|part| interned(resolve, records, *part)).collect();
            new.iter().find_map(|part| *part)?;
            TypeDefKind::Tuple(Tuple {
                types: types.into_iter().zip(new).map(|(old, new)| new.unwrap_or(old)).collect(),
            })
        }
        _ => return None,
    };
    Some(anonymous(resolve, kind))
}
