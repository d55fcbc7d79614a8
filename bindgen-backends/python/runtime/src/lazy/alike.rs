//! Which types a value can be passed on as.

use onramp_python_table::TypeId;

use crate::world::World;
use crate::world::kind::{Field, Kind};

/// Whether types are made alike, whatever they are called. Where it says no of types that are, a value is read and sent.
pub fn alike(world: &World, one: TypeId, other: TypeId) -> bool {
    let same = |one: TypeId, other: TypeId| alike(world, one, other);
    let optional = |one: Option<TypeId>, other: Option<TypeId>| match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    let fields = |one: &[Field], other: &[Field]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one.ty, other.ty))
    };
    if one == other {
        return true;
    }
    match (&world.ty(one).kind, &world.ty(other).kind) {
        (Kind::Lazy(one), _) => same(*one, other),
        (_, Kind::Lazy(other)) => same(one, *other),
        (Kind::Bool, Kind::Bool) | (Kind::Char, Kind::Char) | (Kind::String, Kind::String) => true,
        (Kind::Number(one), Kind::Number(other)) => one == other,
        (Kind::List(one, _), Kind::List(other, _)) => same(*one, *other),
        (Kind::FixedList(one, length, _), Kind::FixedList(other, others, _)) => length == others && same(*one, *other),
        (Kind::Map(one), Kind::Map(other)) => same(one.key, other.key) && same(one.value, other.value),
        (Kind::Record(_, one), Kind::Record(_, other)) | (Kind::Tuple(one), Kind::Tuple(other)) => fields(one, other),
        (Kind::Variant(one), Kind::Variant(other)) => {
            let mut cases = one.cases.iter().zip(&other.cases);
            one.cases.len() == other.cases.len() && cases.all(|(one, other)| optional(one.payload, other.payload))
        }
        (Kind::Option(one), Kind::Option(other)) => same(one.some, other.some),
        (Kind::Result(one), Kind::Result(other)) => optional(one.ok, other.ok) && optional(one.err, other.err),
        (Kind::Enum(_, _, one), Kind::Enum(_, _, other)) => one.len() == other.len(),
        (Kind::Flags(one), Kind::Flags(other)) => one.mask == other.mask,
        _ => false,
    }
}
