//! In which form values of a type are in Python: what the types of a parameter or result do not say by themselves.

use onramp_abi::{Error, Lowering, Profile};
use onramp_bridge::lazy::{Named, can_be_lazy};
use onramp_bridge::{Direction, WorldFunction};
use onramp_python_table::Elements;
use wit_parser::{Resolve, Type, TypeDefKind, WorldId};

use crate::Options;

/// The form of values, in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    /// Whether they belong to an import or to an export.
    pub direction: Direction,
    /// Whether lists of numbers are arrays.
    pub arrays: bool,
    /// Whether strings, lists and maps are lazy.
    pub lazy: Lazy,
}

/// How strings, lists and maps are passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lazy {
    /// As themselves.
    No,
    /// As an object that reads when it is asked.
    Received,
    /// As themselves, or as an object that has been received.
    Sent,
}

impl Form {
    /// Of what a type with a name is made of.
    pub fn plain(direction: Direction) -> Form {
        Form { direction, arrays: false, lazy: Lazy::No }
    }

    /// Of what is in a list or map.
    pub fn element(self) -> Form {
        Form { lazy: Lazy::No, ..self }
    }
}

/// The forms of a world's parameters and results.
pub struct Forms {
    lazy: Named,
    arrays: Named,
}

impl Forms {
    /// The forms that options name.
    ///
    /// # Errors
    /// When a pattern names nothing, or the profile has no lazy values.
    pub fn new(
        resolve: &Resolve,
        world: WorldId,
        profile: Profile,
        options: &Options,
        lazy: &[String],
    ) -> Result<Forms, Error> {
        if profile.lowering() == Lowering::Eager && !lazy.is_empty() {
            return Err(Error::new(format!(
                "`--lazy` needs the profile `lazy` or `cm1`: under `{profile}` strings and lists arrive whole"
            )));
        }
        let is_lazy = |ty: &Type| can_be_lazy(resolve, ty);
        let is_array = |ty: &Type| has_array(resolve, ty);
        Ok(Forms {
            lazy: Named::new(resolve, world, lazy, ("--lazy", "strings, lists or maps"), &is_lazy)?,
            arrays: Named::new(resolve, world, &options.arrays, ("--arrays", "lists of numbers"), &is_array)?,
        })
    }

    /// The form of a parameter, or of the result (`None`).
    pub fn of(&self, resolve: &Resolve, function: &WorldFunction<'_>, part: Option<&str>) -> Form {
        let is_result = part.is_none();
        let lazy = match (self.lazy.contains(resolve, function, part), function.direction, is_result) {
            (false, ..) => Lazy::No,
            (true, Direction::Import, true) | (true, Direction::Export, false) => Lazy::Received,
            (true, Direction::Import, false) | (true, Direction::Export, true) => Lazy::Sent,
        };
        Form { direction: function.direction, arrays: self.arrays.contains(resolve, function, part), lazy }
    }
}

/// What a list of this element is. The lists of componentize-py, and arrays where they are wanted.
pub fn elements(resolve: &Resolve, element: &Type, form: Form) -> Elements {
    match (element, form.arrays) {
        (Type::U8, _) | (Type::S8, false) => Elements::Bytes,
        (Type::S8, true) => Elements::Array,
        (Type::U16 | Type::S16 | Type::U32 | Type::S32 | Type::U64 | Type::S64 | Type::F32 | Type::F64, true) => {
            Elements::Array
        }
        (Type::Id(id), _) => match &resolve.types[*id].kind {
            TypeDefKind::Type(inner) => elements(resolve, inner, form),
            _ => Elements::List,
        },
        _ => Elements::List,
    }
}

/// Whether there is a list of numbers in a type, outside of types with names.
fn has_array(resolve: &Resolve, ty: &Type) -> bool {
    let Type::Id(id) = ty else { return false };
    let definition = &resolve.types[*id];
    match (&definition.kind, &definition.name) {
        (TypeDefKind::Type(inner), _) => has_array(resolve, inner),
        (TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _), _) => {
            let arrays = Form { arrays: true, ..Form::plain(Direction::Import) };
            elements(resolve, element, arrays) == Elements::Array || has_array(resolve, element)
        }
        (TypeDefKind::Map(_, value), _) => has_array(resolve, value),
        (TypeDefKind::Option(_) | TypeDefKind::Result(_) | TypeDefKind::Tuple(_), None) => {
            crate::world::parts(resolve, *id).iter().any(|part| has_array(resolve, part))
        }
        _ => false,
    }
}
