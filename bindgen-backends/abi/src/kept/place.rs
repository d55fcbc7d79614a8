use std::fmt;
use std::str::FromStr;

use wit_parser::{Function, IndexMap, InterfaceId, Resolve, Type, TypeOwner, WorldId, WorldItem, WorldKey};

use crate::Error;

/// What the part of a function is called that is no parameter.
pub(super) const RESULT: &str = "result";

/// What the interface of functions at the level of the world is called.
const ROOT: &str = "$root";

/// A parameter or a result: `test:demo/api#scale:p`, `$root#run:result`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The interface; `$root`: the world.
    pub interface: String,
    /// The function.
    pub function: String,
    /// The parameter, or `result`.
    pub part: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}:{}", self.interface, self.function, self.part)
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Place, Error> {
        let parts = text.split_once('#').and_then(|(interface, rest)| Some((interface, rest.rsplit_once(':')?)));
        match parts {
            Some((interface, (function, part))) => {
                Ok(Place { interface: interface.to_owned(), function: function.to_owned(), part: part.to_owned() })
            }
            None => Err(Error::new(format!(
                "`{text}` names no parameter or result: it has to be `interface#function:part`"
            ))),
        }
    }
}

impl Place {
    /// What is there among the imports or the exports of a world.
    pub(super) fn ty(&self, resolve: &Resolve, items: &IndexMap<WorldKey, WorldItem>) -> Option<Type> {
        let function = match self.item(resolve, items)?.1 {
            WorldItem::Interface { id, .. } => resolve.interfaces[*id].functions.get(&self.function)?,
            WorldItem::Function(function) => function,
            WorldItem::Type { .. } => return None,
        };
        match self.part.as_str() {
            RESULT => function.result,
            name => function.params.iter().find(|param| param.name == name).map(|param| param.ty),
        }
    }

    /// The interface among the imports or the exports of a world; `None`: there is none, or it is a function of the world itself.
    pub(super) fn interface(&self, resolve: &Resolve, items: &IndexMap<WorldKey, WorldItem>) -> Option<InterfaceId> {
        match self.item(resolve, items)?.1 {
            WorldItem::Interface { id, .. } => Some(*id),
            WorldItem::Function(_) | WorldItem::Type { .. } => None,
        }
    }

    /// The interface, or the function of the world itself.
    fn item<'i>(
        &self,
        resolve: &Resolve,
        items: &'i IndexMap<WorldKey, WorldItem>,
    ) -> Option<(&'i WorldKey, &'i WorldItem)> {
        items.iter().find(|(key, item)| match item {
            WorldItem::Interface { .. } => resolve.name_world_key(key) == self.interface,
            WorldItem::Function(function) => self.interface == ROOT && function.name == self.function,
            WorldItem::Type { .. } => false,
        })
    }

    /// Puts another type there, which is made for who owns the place.
    pub(super) fn replace(
        &self,
        resolve: &mut Resolve,
        world: WorldId,
        is_import: bool,
        make: impl FnOnce(&mut Resolve, TypeOwner) -> Type,
    ) {
        let items = match is_import {
            true => &resolve.worlds[world].imports,
            false => &resolve.worlds[world].exports,
        };
        let found = self.item(resolve, items);
        let Some((key, item)) = found.map(|(key, item)| (key.clone(), item.clone())) else { return };
        match item {
            WorldItem::Interface { id, .. } => {
                if !resolve.interfaces[id].functions.contains_key(&self.function) {
                    return;
                }
                let ty = make(resolve, TypeOwner::Interface(id));
                if let Some(function) = resolve.interfaces[id].functions.get_mut(&self.function) {
                    self.replace_in(function, ty);
                }
            }
            WorldItem::Function(mut function) => {
                let ty = make(resolve, TypeOwner::World(world));
                self.replace_in(&mut function, ty);
                let world = &mut resolve.worlds[world];
                let items = if is_import { &mut world.imports } else { &mut world.exports };
                items.insert(key, WorldItem::Function(function));
            }
            WorldItem::Type { .. } => {}
        }
    }

    fn replace_in(&self, function: &mut Function, ty: Type) {
        match self.part.as_str() {
            RESULT => function.result = Some(ty),
            name => {
                if let Some(param) = function.params.iter_mut().find(|param| param.name == name) {
                    param.ty = ty;
                }
            }
        }
    }
}
