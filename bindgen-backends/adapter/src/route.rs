//! Which way values go, and what becomes of strings and lists on the way.

use onramp_abi::{Lowering, Role, Ty};
use wasm_encoder::ValType;

use crate::{Direction, StringEncoding, module::Module, translate::Generator};

/// A memory that adapters read or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Memory {
    /// A guest's.
    Guest(Role),
    /// The one of the outside, which only adapters and the host use. What lies there is complete: nothing in it is forwarded, and
    /// handles of resources are the receiver's already.
    Scratch,
    /// That of result scopes.
    Scopes,
}

impl Memory {
    /// All, in the order in which they are imported.
    pub(crate) const ALL: [Memory; 4] =
        [Memory::Guest(Role::Caller), Memory::Guest(Role::Callee), Memory::Scratch, Memory::Scopes];

    /// The index. An adapter imports no memory, the guests', or all.
    pub(crate) fn index(self) -> u32 {
        match self {
            Memory::Guest(Role::Caller) => 0,
            Memory::Guest(Role::Callee) => 1,
            Memory::Scratch => 2,
            Memory::Scopes => 3,
        }
    }
}

/// What becomes of a string or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Delivery {
    /// It is copied to a block from the receiver's realloc.
    Realloc,
    /// It is copied to a block of the outside's.
    Scratch,
    /// The receiver gets a handle for it.
    Handle,
    /// It is copied to where the last one ended, in the receiver's memory.
    Behind,
    /// Only the bytes are counted that [`Behind`](Delivery::Behind) would take.
    Count,
    /// Nothing is written; the handles of resources in it are dropped.
    Discard,
    /// It becomes an array of the receiver's.
    Gc,
    /// It is an array that is passed as it is; only its elements are checked.
    Check,
    /// It stays where it is, in the one memory that there is; so do handles of resources.
    Stay,
}

/// Which way values go: from where, to where, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Route {
    /// Between which guests.
    pub(crate) direction: Direction,
    /// Where they are read.
    pub(crate) sender: Memory,
    /// What becomes of strings and lists.
    pub(crate) delivery: Delivery,
}

impl Route {
    /// From guest to guest.
    pub(crate) fn between(direction: Direction, delivery: Delivery) -> Route {
        Route { direction, sender: Memory::Guest(direction.sender()), delivery }
    }

    /// Where they are written.
    pub(crate) fn receiver(self) -> Memory {
        match self.delivery {
            Delivery::Scratch => Memory::Scratch,
            Delivery::Stay => self.sender,
            Delivery::Realloc
            | Delivery::Handle
            | Delivery::Behind
            | Delivery::Count
            | Delivery::Discard
            | Delivery::Gc
            | Delivery::Check => Memory::Guest(self.direction.receiver()),
        }
    }

    /// Whether anything is written.
    pub(crate) fn writes(self) -> bool {
        match self.delivery {
            Delivery::Realloc
            | Delivery::Scratch
            | Delivery::Handle
            | Delivery::Behind
            | Delivery::Gc
            | Delivery::Stay => true,
            Delivery::Count | Delivery::Discard | Delivery::Check => false,
        }
    }

    /// What a helper for a dynamic value returns: the two words that are written.
    pub(crate) fn words(self) -> Vec<ValType> {
        if self.writes() { vec![ValType::I32; 2] } else { Vec::new() }
    }

    /// Whether handles of resources stay as they are: they are the receiver's since the value came to scratch memory.
    pub(crate) fn keeps_handles(self) -> bool {
        match self.delivery {
            Delivery::Realloc | Delivery::Scratch | Delivery::Gc | Delivery::Check => false,
            Delivery::Stay => true,
            Delivery::Handle | Delivery::Behind | Delivery::Count | Delivery::Discard => self.sender == Memory::Scratch,
        }
    }

    /// In names of functions: to which memory.
    pub(crate) fn destination(self) -> &'static str {
        match self.receiver() {
            Memory::Guest(Role::Caller) => "to the caller",
            Memory::Guest(Role::Callee) => "to the callee",
            Memory::Scratch | Memory::Scopes => "to scratch memory",
        }
    }

    /// In names of functions: to whom, and, if that is not obvious, how.
    pub(crate) fn name(self) -> String {
        let receiver = match self.direction.receiver() {
            Role::Caller => "caller",
            Role::Callee => "callee",
        };
        let from = if self.sender == Memory::Scratch { " from scratch memory" } else { "" };
        match self.delivery {
            Delivery::Realloc => format!("to the {receiver}{from}"),
            Delivery::Scratch => format!("for the {receiver} to scratch memory{from}"),
            Delivery::Handle => format!("to the {receiver}, lazily{from}"),
            Delivery::Behind => format!("to the {receiver}, all{from}"),
            Delivery::Count => format!("to the {receiver}, size{from}"),
            Delivery::Discard => format!("to the {receiver}, discarded{from}"),
            Delivery::Gc => format!("to the {receiver}{from}"),
            Delivery::Check => format!("to the {receiver}, checked"),
            Delivery::Stay => "in place".to_owned(),
        }
    }
}

impl Generator<'_, '_> {
    /// Whether what is read has been checked.
    pub(crate) fn is_checked(&self) -> bool {
        self.route.delivery == Delivery::Stay || self.module.is_outside(self.route.sender)
    }

    /// Whether the engine checks what is written.
    pub(crate) fn is_checked_later(&self) -> bool {
        self.route.receiver() != Memory::Scratch && self.module.is_outside(self.route.receiver())
    }

    /// Whether elements of this type are copied as bytes.
    pub(crate) fn is_copied(&self, element: Ty) -> bool {
        let node = &self.module.types[element];
        let unchecked = self.is_checked() || self.is_checked_later();
        self.module.types.is_plain(element) || unchecked && !node.has_dynamic && !node.has_handles
    }
}

impl Module<'_> {
    /// How strings in a memory are encoded.
    pub(crate) fn encoding(&self, memory: Memory) -> StringEncoding {
        match memory {
            Memory::Guest(role) => self.side(role).encoding,
            Memory::Scratch | Memory::Scopes => StringEncoding::Utf8,
        }
    }

    /// Whether what is read there may be forwarded.
    pub(crate) fn forwards(&self, memory: Memory) -> bool {
        match memory {
            Memory::Guest(role) => self.side(role).profile.lowering() == Lowering::Lazy,
            Memory::Scratch | Memory::Scopes => false,
        }
    }
}
