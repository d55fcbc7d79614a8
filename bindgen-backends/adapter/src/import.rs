use onramp_abi::{Ownership, Role};

/// Which way values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the caller to the callee: arguments.
    Call,
    /// From the callee to the caller: results.
    Return,
}

impl Direction {
    /// Who gives the value.
    pub fn sender(self) -> Role {
        match self {
            Direction::Call => Role::Caller,
            Direction::Return => Role::Callee,
        }
    }

    /// Who gets it.
    pub fn receiver(self) -> Role {
        match self {
            Direction::Call => Role::Callee,
            Direction::Return => Role::Caller,
        }
    }
}

/// Something that an adapter module imports.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Import {
    /// A guest's memory.
    Memory(Role),
    /// The log of gates: a memory of their own.
    Log,
    /// A guest's realloc: a function, or a table that holds it, as its [`Side`](crate::Side) says.
    Realloc(Role),
    /// The callee's core function for the WIT function of this name.
    Function(String),
    /// Its post-return function.
    PostReturn(String),
    /// Translates a handle.
    Handle {
        /// From whom to whom.
        direction: Direction,
        /// Whether it is given or lent.
        ownership: Ownership,
        /// Index in [`Adapter::resources`](crate::Adapter::resources).
        resource: usize,
    },
    /// Opens a scope for handles that are lent.
    EnterCall,
    /// Closes it.
    LeaveCall,
    /// Drops a handle of the receiver's, which it was given in a value that it did not read.
    DropHandle {
        /// From whom to whom it was given.
        direction: Direction,
        /// Whether it was given or lent.
        ownership: Ownership,
        /// Index in [`Adapter::resources`](crate::Adapter::resources).
        resource: usize,
    },
    /// Something of the outside.
    Outside(Outside),
    /// Something of the module of lazy handles, [`entries`](crate::entries()).
    Lazy(Lazy),
}

/// What the outside gives to adapters: a memory that belongs to them, and blocks in it.
///
/// Blocks are chained to the current *arena* when they are made, and are freed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outside {
    /// The memory.
    Memory,
    /// `(i32 i32 i32 i32) -> i32`: a block.
    Realloc,
    /// `() -> i32`: the current arena, which is no longer current then: the next block begins another.
    TakeArena,
    /// `(i32)`: makes an arena the current one.
    SetArena,
    /// `(i32)`: frees the blocks of an arena.
    FreeArena,
}

/// What the module of lazy handles gives to adapters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lazy {
    /// A memory: that of result scopes.
    Scopes,
    /// A mutable i32 global: the result scope that handles go to. Before results it is set to twice the number of the function that ends
    /// the scope, and 1; if it is still that when they are there, none has a handle and there is no scope. Then it is set to 0.
    Scope,
    /// A table: the functions that read values, four for each kind.
    Values,
    /// A table: the functions that end a result scope.
    Finish,
    /// A mutable i32 global: the first handle of the current call. It is set to 0 before arguments, and back behind [`Lazy::Leave`].
    Frame,
    /// `()`: when the callee has returned: drops resources in arguments that it has not read.
    Discard,
    /// `()`: when its results are there: the handles of the current call are no more.
    Leave,
    /// `(kind owner pointer length units: i32) -> i32`: a handle.
    New,
    /// `(handle sender key owner results: i32) -> (i32 i32)`: a handle for what the sender has a handle for, and its length.
    Forward,
    /// The same for a receiver without handles: pointer and length of a copy in its memory.
    ForwardCopy,
    /// `(handle sender key receiver results behind: i32) -> (i32 i32 i32)`: pointer and length of a copy that is put behind other
    /// things in the receiver's memory, and where that ends.
    ForwardAll,
    /// `(handle sender key receiver results behind: i32) -> i32`: where it would end.
    ForwardSize,
    /// `(handle sender key results: i32) -> (i32 i32)`: pointer and length of a value with handles of resources, of which nothing has
    /// been read.
    Peek,
    /// `(handle sender: i32)`: that value has been read.
    Consume,
}

impl Lazy {
    /// All of it.
    pub(crate) const ALL: [Lazy; 14] = [
        Lazy::Scopes,
        Lazy::Scope,
        Lazy::Values,
        Lazy::Finish,
        Lazy::Frame,
        Lazy::Discard,
        Lazy::Leave,
        Lazy::New,
        Lazy::Forward,
        Lazy::ForwardCopy,
        Lazy::ForwardAll,
        Lazy::ForwardSize,
        Lazy::Peek,
        Lazy::Consume,
    ];

    /// The import's second name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Lazy::Scopes => "scopes",
            Lazy::Scope => "scope",
            Lazy::Values => "values",
            Lazy::Finish => "finish",
            Lazy::Frame => "frame",
            Lazy::Discard => "discard",
            Lazy::Leave => "leave",
            Lazy::New => "new",
            Lazy::Forward => "forward",
            Lazy::ForwardCopy => "forward-copy",
            Lazy::ForwardAll => "forward-all",
            Lazy::ForwardSize => "forward-size",
            Lazy::Peek => "peek",
            Lazy::Consume => "consume",
        }
    }

    /// How many i32 a function takes and returns.
    pub(crate) fn signature(self) -> (usize, usize) {
        match self {
            Lazy::Scopes | Lazy::Scope | Lazy::Frame | Lazy::Values | Lazy::Finish => unreachable!("it is no function"),
            Lazy::Discard | Lazy::Leave => (0, 0),
            Lazy::New => (5, 1),
            Lazy::Forward | Lazy::ForwardCopy => (5, 2),
            Lazy::ForwardAll => (6, 3),
            Lazy::ForwardSize => (6, 1),
            Lazy::Peek => (4, 2),
            Lazy::Consume => (2, 0),
        }
    }
}

impl Outside {
    /// The import's second name.
    fn name(self) -> &'static str {
        match self {
            Outside::Memory => "memory",
            Outside::Realloc => "realloc",
            Outside::TakeArena => "take-arena",
            Outside::SetArena => "set-arena",
            Outside::FreeArena => "free-arena",
        }
    }

    /// How many i32 a function takes and returns.
    pub(crate) fn signature(self) -> (usize, usize) {
        match self {
            Outside::Memory => unreachable!("it is no function"),
            Outside::Realloc => (4, 1),
            Outside::TakeArena => (0, 1),
            Outside::SetArena | Outside::FreeArena => (1, 0),
        }
    }
}

impl Import {
    /// The first of the import's two names.
    pub fn module(&self) -> &'static str {
        match self {
            Import::Memory(role) | Import::Realloc(role) => match role {
                Role::Caller => "caller",
                Role::Callee => "callee",
            },
            Import::Log => "log",
            Import::Function(_) => "function",
            Import::PostReturn(_) => "post-return",
            Import::Handle { .. } | Import::DropHandle { .. } | Import::EnterCall | Import::LeaveCall => "resource",
            Import::Outside(_) => "scratch",
            Import::Lazy(_) => "lazy",
        }
    }

    /// The second.
    pub fn name(&self) -> String {
        match self {
            Import::Memory(_) | Import::Log => "memory".to_owned(),
            Import::Realloc(_) => "realloc".to_owned(),
            Import::Function(name) | Import::PostReturn(name) => name.clone(),
            Import::Handle { direction, ownership, resource } => handle_name(*direction, *ownership, *resource),
            Import::DropHandle { direction, ownership, resource } => {
                format!("drop {}", handle_name(*direction, *ownership, *resource))
            }
            Import::Outside(outside) => outside.name().to_owned(),
            Import::Lazy(lazy) => lazy.name().to_owned(),
            Import::EnterCall => "enter call".to_owned(),
            Import::LeaveCall => "leave call".to_owned(),
        }
    }
}

fn handle_name(direction: Direction, ownership: Ownership, resource: usize) -> String {
    let direction = match direction {
        Direction::Call => "call",
        Direction::Return => "return",
    };
    let ownership = match ownership {
        Ownership::Own => "own",
        Ownership::Borrow => "borrow",
    };
    format!("{direction} {ownership} {resource}")
}
