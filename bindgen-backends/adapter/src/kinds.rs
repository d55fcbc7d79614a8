//! Numbers for what lazy handles can be for: the type of a value, whose memory it is in, and who may read it.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use onramp_abi::{Ownership, Shape, Ty, Types};
use wit_parser::TypeId;

/// The numbers of one composition, shared by all of its adapter modules. Types that are made alike have the same number,
/// whatever they are called and whichever [`Resolve`](wit_parser::Resolve) they are of: values may be forwarded from guest to guest.
#[derive(Debug)]
pub struct Kinds {
    peers: u32,
    keys: RefCell<HashMap<Key, u32>>,
    finishers: RefCell<u32>,
    has_scopes: Cell<bool>,
}

/// How a type is made, with the numbers of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Plain(Shape),
    List(u32),
    FixedList(u32, u32),
    Record(Vec<u32>),
    Variant(Vec<Option<u32>>),
    Handle(Ownership, u32),
    /// The parameters of a function, in memory.
    Arguments(u32),
}

impl Kinds {
    /// For so many guests, and the outside, which is the last peer.
    pub fn new(guests: u32) -> Kinds {
        Kinds {
            peers: guests + 1,
            keys: RefCell::default(),
            finishers: RefCell::default(),
            has_scopes: Cell::default(),
        }
    }

    /// The guests and the outside.
    pub fn peers(&self) -> u32 {
        self.peers
    }

    /// The number of the outside.
    pub fn outside(&self) -> u32 {
        self.peers - 1
    }

    /// The number of a value of this type, in the memory of `sender`, for `receiver`. It is never 0.
    pub(crate) fn kind(&self, key: u32, sender: u32, receiver: u32) -> u32 {
        (key * self.peers + sender) * self.peers + receiver
    }

    /// How many functions the table of value functions needs room for: four for each kind.
    pub(crate) fn values(&self) -> u32 {
        4 * self.kind(self.keys.borrow().len() as u32 + 1, 0, 0)
    }

    /// How many functions that end a result scope there are.
    pub(crate) fn finishers(&self) -> u32 {
        *self.finishers.borrow()
    }

    /// Whether any value has handles of resources, and is read once.
    pub(crate) fn any_is_once(&self) -> bool {
        self.keys.borrow().keys().any(|key| matches!(key, Key::Handle(..)))
    }

    /// Notes that a function gives its caller lazy handles, which belong to a result scope.
    pub(crate) fn add_scope(&self) {
        self.has_scopes.set(true);
    }

    /// Whether any function does.
    pub(crate) fn has_scopes(&self) -> bool {
        self.has_scopes.get()
    }

    /// A number for another one; 0 is none.
    pub(crate) fn finisher(&self) -> u32 {
        self.finishers.replace_with(|number| *number + 1) + 1
    }

    /// The number of a type. `resource` gives the number of a resource, which is the same in all modules; `known` has the types of
    /// this module that have been asked for.
    pub(crate) fn key(
        &self,
        types: &Types<'_>,
        ty: Ty,
        resource: &dyn Fn(TypeId) -> u32,
        known: &mut HashMap<Ty, u32>,
    ) -> u32 {
        if let Some(key) = known.get(&ty) {
            return *key;
        }
        let mut part = |ty: Ty| self.key(types, ty, resource, known);
        let key = match &types[ty].shape {
            Shape::List(element) => Key::List(part(*element)),
            Shape::FixedList(element, length) => Key::FixedList(part(*element), *length),
            Shape::Record(fields) => Key::Record(fields.iter().map(|field| part(field.ty)).collect()),
            Shape::Variant { cases, .. } => Key::Variant(cases.iter().map(|case| case.map(&mut part)).collect()),
            Shape::Handle(ownership, id) => Key::Handle(*ownership, resource(*id)),
            plain => Key::Plain(plain.clone()),
        };
        let number = self.number(key);
        known.insert(ty, number);
        number
    }

    /// The number of the parameters of a function, whose types are those of a tuple of this number.
    pub(crate) fn arguments(&self, tuple: u32) -> u32 {
        self.number(Key::Arguments(tuple))
    }

    fn number(&self, key: Key) -> u32 {
        let mut keys = self.keys.borrow_mut();
        let next = keys.len() as u32 + 1;
        *keys.entry(key).or_insert(next)
    }
}
