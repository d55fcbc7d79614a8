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
            Import::Handle { .. } | Import::EnterCall | Import::LeaveCall => "resource",
        }
    }

    /// The second.
    pub fn name(&self) -> String {
        match self {
            Import::Memory(_) | Import::Log => "memory".to_owned(),
            Import::Realloc(_) => "realloc".to_owned(),
            Import::Function(name) | Import::PostReturn(name) => name.clone(),
            Import::Handle { direction, ownership, resource } => {
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
            Import::EnterCall => "enter call".to_owned(),
            Import::LeaveCall => "leave call".to_owned(),
        }
    }
}
