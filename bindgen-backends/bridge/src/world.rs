//! The functions of a world.

use wit_parser::{Function, Resolve, Type, TypeDefKind, WorldId, WorldItem, WorldKey};

/// Which way a function goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Direction {
    Import,
    Export,
}

/// A function of a world.
#[derive(Clone, Copy, Debug)]
pub struct WorldFunction<'r> {
    /// Whether the world imports or exports it.
    pub direction: Direction,
    /// The interface it is in; `None`: it is the world's own.
    pub interface: Option<&'r WorldKey>,
    /// The function.
    pub function: &'r Function,
}

/// The functions of a world, imports first, in its order.
pub fn functions(resolve: &Resolve, world: WorldId) -> Vec<WorldFunction<'_>> {
    let world = &resolve.worlds[world];
    let imports = world.imports.iter().map(|item| (Direction::Import, item));
    let exports = world.exports.iter().map(|item| (Direction::Export, item));
    let mut functions = Vec::new();
    for (direction, (key, item)) in imports.chain(exports) {
        match item {
            WorldItem::Interface { id, .. } => {
                functions.extend(resolve.interfaces[*id].functions.values().map(|function| WorldFunction {
                    direction,
                    interface: Some(key),
                    function,
                }))
            }
            WorldItem::Function(function) => functions.push(WorldFunction { direction, interface: None, function }),
            WorldItem::Type { .. } => {}
        }
    }
    functions
}

impl WorldFunction<'_> {
    /// Why the function keeps the eager ABI in every profile (rule M6 of `docs/abi/multivalue.md`), as the end of a sentence;
    /// `None`: profiles cover it.
    pub fn eager_because(&self, resolve: &Resolve) -> Option<&'static str> {
        if self.function.kind.is_async() {
            return Some("it is async");
        }
        let types = self.function.params.iter().map(|param| &param.ty).chain(&self.function.result);
        types.filter_map(|ty| reason(resolve, ty)).next()
    }
}

/// What in a type no profile but the eager one can pass.
fn reason(resolve: &Resolve, ty: &Type) -> Option<&'static str> {
    let Type::Id(id) = ty else {
        return (*ty == Type::ErrorContext).then_some("there is an error-context in its type");
    };
    let any = |types: &mut dyn Iterator<Item = &Type>| types.filter_map(|ty| reason(resolve, ty)).next();
    match &resolve.types[*id].kind {
        TypeDefKind::Future(_) => Some("there is a future in its type"),
        TypeDefKind::Stream(_) => Some("there is a stream in its type"),
        TypeDefKind::Record(record) => any(&mut record.fields.iter().map(|field| &field.ty)),
        TypeDefKind::Tuple(tuple) => any(&mut tuple.types.iter()),
        TypeDefKind::Variant(variant) => any(&mut variant.cases.iter().filter_map(|case| case.ty.as_ref())),
        TypeDefKind::Result(result) => any(&mut result.ok.iter().chain(&result.err)),
        TypeDefKind::Map(key, value) => any(&mut [key, value].into_iter()),
        TypeDefKind::Option(inner)
        | TypeDefKind::List(inner)
        | TypeDefKind::FixedLengthList(inner, _)
        | TypeDefKind::Type(inner) => reason(resolve, inner),
        TypeDefKind::Resource
        | TypeDefKind::Handle(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Unknown => None,
    }
}
