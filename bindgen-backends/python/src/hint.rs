//! Types in Python's notation.

use onramp_abi::wit::dealiased;
use onramp_bridge::Direction;
use onramp_python_table::Elements;
use wit_parser::{Handle, Type, TypeDefKind, TypeId};

use crate::form::{Form, Lazy, elements};
use crate::names;
use crate::scope::Scope;
use crate::world::World;

/// Writes types in a module.
pub struct Hints<'h, 'r> {
    /// The world.
    pub world: &'h World<'r>,
    /// The module.
    pub scope: &'h mut Scope,
    /// The resource whose class is being written: its own name is `Self` there.
    pub inside: Option<TypeId>,
}

impl Hints<'_, '_> {
    /// A type. What Python guests do not cover is `Any`.
    pub fn ty(&mut self, ty: &Type, form: Form) -> String {
        match ty {
            Type::Bool => self.scope.builtin("bool"),
            Type::U8 | Type::S8 | Type::U16 | Type::S16 | Type::U32 | Type::S32 | Type::U64 | Type::S64 => {
                self.scope.builtin("int")
            }
            Type::F32 | Type::F64 => self.scope.builtin("float"),
            Type::Char => self.scope.builtin("str"),
            Type::String => {
                let text = self.scope.builtin("str");
                self.lazy(text.clone(), text, form)
            }
            Type::ErrorContext => self.scope.from("typing", "Any"),
            Type::Id(id) => self.definition(*id, form),
        }
    }

    /// A type, or `None` for none.
    pub fn optional(&mut self, ty: Option<&Type>, form: Form) -> String {
        ty.map_or_else(|| "None".to_owned(), |ty| self.ty(ty, form))
    }

    fn definition(&mut self, id: TypeId, form: Form) -> String {
        let resolve = self.world.resolve;
        match &resolve.types[id].kind {
            TypeDefKind::Record(_) | TypeDefKind::Variant(_) | TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => {
                self.class(id, form.direction)
            }
            TypeDefKind::Resource => self.resource(id, form.direction),
            TypeDefKind::Handle(Handle::Own(resource) | Handle::Borrow(resource)) => {
                self.resource(*resource, form.direction)
            }
            TypeDefKind::Type(inner) => self.ty(inner, form),
            TypeDefKind::Option(some) => {
                let inner = self.ty(some, form);
                match is_option(resolve, some) {
                    true => format!("{}[{inner}] | None", self.scope.from("componentize_py_types", "Some")),
                    false => format!("{inner} | None"),
                }
            }
            TypeDefKind::Result(result) => {
                let (ok, err) = (self.optional(result.ok.as_ref(), form), self.optional(result.err.as_ref(), form));
                format!("{}[{ok}, {err}]", self.scope.from("componentize_py_types", "Result"))
            }
            TypeDefKind::Tuple(tuple) => {
                let parts: Vec<_> = tuple.types.iter().map(|part| self.ty(part, form)).collect();
                let parts = if parts.is_empty() { "()".to_owned() } else { parts.join(", ") };
                format!("{}[{parts}]", self.scope.builtin("tuple"))
            }
            TypeDefKind::List(element) => {
                let (list, element) = self.list(element, form);
                self.lazy(list, element, form)
            }
            TypeDefKind::FixedLengthList(element, _) => self.list(element, form).0,
            TypeDefKind::Map(key, value) => {
                let (key, value) = (self.ty(key, form.element()), self.ty(value, form.element()));
                let map = format!("{}[{key}, {value}]", self.scope.builtin("dict"));
                self.lazy(map, value, form)
            }
            TypeDefKind::Future(_) | TypeDefKind::Stream(_) | TypeDefKind::Unknown => self.scope.from("typing", "Any"),
        }
    }

    /// A list, and its element.
    fn list(&mut self, element: &Type, form: Form) -> (String, String) {
        let (resolve, inner) = (self.world.resolve, self.ty(element, form.element()));
        let list = match elements(resolve, element, form) {
            Elements::Array => format!("{}[{inner}]", self.scope.from("array", "array")),
            Elements::Bytes => self.scope.builtin("bytes"),
            Elements::List => format!("{}[{inner}]", self.scope.builtin("list")),
        };
        (list, inner)
    }

    /// What a string, list or map is that may be lazy.
    fn lazy(&mut self, whole: String, element: String, form: Form) -> String {
        match form.lazy {
            Lazy::No => whole,
            Lazy::Received => format!("{}[{whole}, {element}]", self.scope.from("onramp_runtime", "Lazy")),
            Lazy::Sent => format!("{whole} | {}[{whole}, {element}]", self.scope.from("onramp_runtime", "Lazy")),
        }
    }

    fn resource(&mut self, id: TypeId, direction: Direction) -> String {
        let (id, direction) = self.world.resource(id, direction);
        match self.inside == Some(id) {
            true => self.scope.from("typing", "Self"),
            false => self.class(id, direction),
        }
    }

    fn class(&mut self, id: TypeId, direction: Direction) -> String {
        let name = class_name(self.world, id);
        self.scope.class(&self.world.home(id, direction), &name)
    }
}

/// The class of a type with a name.
pub fn class_name(world: &World<'_>, id: TypeId) -> String {
    names::camel(world.resolve.types[id].name.as_deref().unwrap_or("anonymous"))
}

/// Whether an option of this type needs `Some` to tell its values apart.
pub fn is_option(resolve: &wit_parser::Resolve, ty: &Type) -> bool {
    let Type::Id(id) = ty else { return false };
    matches!(resolve.types[dealiased(resolve, *id)].kind, TypeDefKind::Option(_))
}
