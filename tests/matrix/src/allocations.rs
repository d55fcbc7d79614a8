//! The part of every guest that counts the blocks of memory that it holds: after a run there must be as many as before.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::scenario::{Role, Scenario};

/// The folder of the part, among the test helpers.
pub const FOLDER: &str = "allocations";

/// The interface of a callee. A caller imports it, so it connects any two guests.
pub const OF_CALLEE: &str = "onramp:allocations/of-callee";

/// The interface of a caller, which tells of both.
pub const OF_BOTH: &str = "onramp:allocations/of-both";

/// The functions of the C library that a guest's linker lets pass through the counter.
const WRAPPED: [&str; 6] = ["malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign", "free"];

/// The part, in the form of a scenario: WIT, and a source for each language and role.
///
/// # Errors
/// When its WIT cannot be read.
pub fn part(support: &Path) -> Result<Scenario> {
    let folder = support.join(FOLDER);
    let file = folder.join("world.wit");
    let wit = fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    Ok(Scenario {
        name: FOLDER.to_owned(),
        folder,
        wit,
        package: "onramp:allocations".to_owned(),
        entry: String::new(),
        features: Default::default(),
    })
}

/// The linker's arguments for a guest that counts.
pub fn linker_arguments() -> impl Iterator<Item = String> {
    WRAPPED.iter().map(|function| format!("--wrap={function}"))
}

/// What is wrong with a guest's counts, if something is: how many blocks it held before and after a run.
///
/// # Errors
/// With both counts.
pub fn compare(role: Role, before: Option<u32>, after: Option<u32>) -> Result<(), String> {
    if before == after {
        return Ok(());
    }
    let shown = |count: Option<u32>| count.map_or("none".to_owned(), |count| count.to_string());
    Err(format!(
        "the {role} leaks: it held {} blocks of memory before a run (its second: nothing is left to be set up) and {} after",
        shown(before),
        shown(after)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_blocks_as_before_are_no_leak() {
        assert!(compare(Role::Caller, Some(7), Some(7)).is_ok() && compare(Role::Callee, None, None).is_ok());
        let error = compare(Role::Callee, Some(7), Some(8)).unwrap_err();
        assert!(error.starts_with("the callee leaks: it held 7 blocks of memory before a run"), "{error}");
        assert!(error.ends_with("and 8 after"), "{error}");
        // One that frees what is not its own is not right either.
        assert!(compare(Role::Caller, Some(7), Some(6)).is_err());
    }
}
