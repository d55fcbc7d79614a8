//! What is measured.

/// A kind of work.
#[derive(Debug)]
pub struct Row {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is called in the table.
    pub title: &'static str,
    /// What the programs call it.
    pub work: &'static str,
    /// How many rounds a sample has.
    pub rounds: u32,
    /// Whether the built-ins alone can do it.
    pub built_in: bool,
}

/// Every row, in the order of the table.
pub const ALL: [Row; 6] = [
    row("thread-lock", "lock and unlock, nobody else wants it", "lock", 500_000, false),
    row("thread-yield-alone", "yield, no other thread", "yield-alone", 100_000, true),
    row("thread-yield", "yield to another thread", "yield", 20_000, true),
    row("thread-create-1000", "create and join, 1 000 one after another", "create", 1_000, true),
    row("thread-create", "create and join, 10 000 one after another", "create", 10_000, true),
    row("thread-alive", "create, wait, join; 1 000 alive at once", "alive", 1_000, false),
];

const fn row(name: &'static str, title: &'static str, work: &'static str, rounds: u32, built_in: bool) -> Row {
    Row { name, title, work, rounds, built_in }
}
