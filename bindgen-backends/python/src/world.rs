//! A world as the package has it: which module is whose.

use anyhow::{Result, ensure};
use onramp_abi::wit::dealiased;
use onramp_bridge::{Direction, WorldFunction, functions};
use wit_parser::{
    FunctionKind, IndexMap, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem, WorldKey,
};

use crate::{Options, Part, modules, names};

/// What the package is called by default.
const WORLD_MODULE: &str = "wit_world";

/// A world and its modules.
pub struct World<'r> {
    /// Its types.
    pub resolve: &'r Resolve,
    /// The world.
    pub id: WorldId,
    /// The package.
    pub module: String,
    /// The interfaces that it imports.
    pub imports: Vec<Interface<'r>>,
    /// The interfaces that it exports.
    pub exports: Vec<Interface<'r>>,
    /// Its functions.
    pub functions: Vec<WorldFunction<'r>>,
    /// Packages that have a part of it too.
    pub parts: &'r [Part],
}

/// An interface of the world.
pub struct Interface<'r> {
    /// Its key in the world.
    pub key: &'r WorldKey,
    /// The interface.
    pub id: InterfaceId,
    /// What its module is called, in WIT's spelling.
    pub name: String,
}

/// A module of the package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// The package itself.
    World,
    /// An interface's module, in `imports` or `exports`.
    Interface(Direction, String),
    /// `exports`, where the exported interfaces' protocols are.
    Exports,
}

impl<'r> World<'r> {
    /// A world with the names that the options give its modules.
    ///
    /// # Errors
    /// When an option's name is none, or not for this world.
    pub fn new(resolve: &'r Resolve, id: WorldId, options: &'r Options) -> Result<World<'r>> {
        let world = &resolve.worlds[id];
        let module = options.world_module.clone().unwrap_or_else(|| WORLD_MODULE.to_owned());
        ensure!(names::is_module(&module), "`--world-module {module}`: that is no name of a module");
        let imports = interfaces(resolve, Direction::Import, &world.imports, options)?;
        let exports = interfaces(resolve, Direction::Export, &world.exports, options)?;
        let functions = functions(resolve, id);
        Ok(World { resolve, id, module, imports, exports, functions, parts: &options.parts })
    }

    /// The interfaces of a direction.
    pub fn interfaces(&self, direction: Direction) -> &[Interface<'r>] {
        match direction {
            Direction::Import => &self.imports,
            Direction::Export => &self.exports,
        }
    }

    /// An interface of a direction, if the world has it there.
    pub fn interface(&self, direction: Direction, id: InterfaceId) -> Option<&Interface<'r>> {
        self.interfaces(direction).iter().find(|interface| interface.id == id)
    }

    /// The interface that a function is in.
    pub fn of(&self, function: &WorldFunction<'_>) -> Option<&Interface<'r>> {
        let key = function.interface?;
        self.interfaces(function.direction).iter().find(|interface| interface.key == key)
    }

    /// The functions of an interface, or the world's own.
    pub fn functions_of(
        &self,
        direction: Direction,
        key: Option<&WorldKey>,
    ) -> impl Iterator<Item = &WorldFunction<'r>> {
        let key = key.cloned();
        self.functions.iter().filter(move |one| one.direction == direction && one.interface == key.as_ref())
    }

    /// The package whose class an app implements for a function that the world itself exports: the first part that has it, else the
    /// world's own.
    pub fn package_of(&self, function: &WorldFunction<'_>) -> &str {
        let has = |part: &&Part| part.exports.contains(&function.function.name);
        self.parts.iter().find(has).map_or(&self.module, |part| &part.module)
    }

    /// A module's name, with the package's.
    pub fn module_name(&self, home: &Home) -> String {
        match home {
            Home::World => self.module.clone(),
            Home::Exports => format!("{}.exports", self.module),
            Home::Interface(Direction::Import, name) => format!("{}.imports.{}", self.module, names::snake(name)),
            Home::Interface(Direction::Export, name) => format!("{}.exports.{}", self.module, names::snake(name)),
        }
    }

    /// Where the class of a type with a name is, for values of functions of this direction.
    ///
    /// An interface that is imported and exported has its types in `imports`, but for resources, and what contains them.
    pub fn home(&self, id: TypeId, direction: Direction) -> Home {
        let TypeOwner::Interface(interface) = self.resolve.types[id].owner else { return Home::World };
        let imported = self.interface(Direction::Import, interface);
        let exported = self.interface(Direction::Export, interface);
        let twofold = imported.is_some() && exported.is_some() && self.is_twofold(&Type::Id(id));
        match (imported, exported, direction) {
            (_, Some(exported), Direction::Export) if twofold || imported.is_none() => {
                Home::Interface(Direction::Export, exported.name.clone())
            }
            (Some(imported), ..) => Home::Interface(Direction::Import, imported.name.clone()),
            (None, Some(exported), _) => Home::Interface(Direction::Export, exported.name.clone()),
            (None, None, _) => Home::World,
        }
    }

    /// The direction of what a type with a name is made of, for values of functions of this direction.
    pub fn within(&self, id: TypeId, direction: Direction) -> Direction {
        match self.resolve.types[id].owner {
            TypeOwner::Interface(interface) if self.interface(Direction::Export, interface).is_none() => {
                Direction::Import
            }
            TypeOwner::Interface(_) | TypeOwner::World(_) | TypeOwner::None => direction,
        }
    }

    /// The resource that a name stands for, and whether it is the imported or the exported one, in functions of this direction.
    pub fn resource(&self, id: TypeId, direction: Direction) -> (TypeId, Direction) {
        let id = dealiased(self.resolve, id);
        match self.resolve.types[id].owner {
            TypeOwner::Interface(_) => (id, self.within(id, direction)),
            TypeOwner::World(_) | TypeOwner::None => (id, Direction::Import),
        }
    }

    /// Whether there is a resource in a type that the world both imports and exports.
    fn is_twofold(&self, ty: &Type) -> bool {
        let Type::Id(id) = ty else { return false };
        if let TypeDefKind::Resource = self.resolve.types[*id].kind {
            return match self.resolve.types[*id].owner {
                TypeOwner::Interface(interface) => [Direction::Import, Direction::Export]
                    .into_iter()
                    .all(|direction| self.interface(direction, interface).is_some()),
                TypeOwner::World(_) | TypeOwner::None => false,
            };
        }
        parts(self.resolve, *id).iter().any(|part| self.is_twofold(part))
    }
}

/// The interfaces of a direction, with the names of their modules.
fn interfaces<'r>(
    resolve: &'r Resolve,
    direction: Direction,
    items: &'r IndexMap<WorldKey, WorldItem>,
    options: &Options,
) -> Result<Vec<Interface<'r>>> {
    let found = items.iter().filter_map(|(key, item)| match item {
        WorldItem::Interface { id, .. } => Some((key, *id)),
        WorldItem::Function(_) | WorldItem::Type { .. } => None,
    });
    let found: Vec<_> = found.collect();
    let names = modules::names(resolve, direction, &found, options)?;
    Ok(found.into_iter().zip(names).map(|((key, id), name)| Interface { key, id, name }).collect())
}

/// What a type is made of.
pub fn parts(resolve: &Resolve, id: TypeId) -> Vec<Type> {
    match &resolve.types[id].kind {
        TypeDefKind::Record(record) => record.fields.iter().map(|field| field.ty).collect(),
        TypeDefKind::Tuple(tuple) => tuple.types.clone(),
        TypeDefKind::Variant(variant) => variant.cases.iter().filter_map(|case| case.ty).collect(),
        TypeDefKind::Result(result) => result.ok.into_iter().chain(result.err).collect(),
        TypeDefKind::Map(key, value) => vec![*key, *value],
        TypeDefKind::Option(inner)
        | TypeDefKind::List(inner)
        | TypeDefKind::FixedLengthList(inner, _)
        | TypeDefKind::Type(inner) => vec![*inner],
        TypeDefKind::Handle(wit_parser::Handle::Own(resource) | wit_parser::Handle::Borrow(resource)) => {
            vec![Type::Id(*resource)]
        }
        TypeDefKind::Future(inner) | TypeDefKind::Stream(inner) => inner.iter().copied().collect(),
        TypeDefKind::Resource | TypeDefKind::Flags(_) | TypeDefKind::Enum(_) | TypeDefKind::Unknown => Vec::new(),
    }
}

/// Why a function cannot be in a Python guest, as the end of a sentence.
pub fn uncovered(resolve: &Resolve, function: &WorldFunction<'_>) -> Option<&'static str> {
    match function.function.kind {
        FunctionKind::Getter
        | FunctionKind::Setter
        | FunctionKind::MethodGetter(_)
        | FunctionKind::MethodSetter(_)
        | FunctionKind::StaticGetter(_)
        | FunctionKind::StaticSetter(_) => Some("it is a getter or setter"),
        _ => function.eager_because(resolve),
    }
}
