//! `Gc<T>`: the type of a value of `T` that stays an object (`docs/abi/gc.md`, "Values that stay objects").
//!
//! A value has a resource of its own type, such as `GcPoint` for `Point`. The trait that leads from one to the other lets guests name it
//! without knowing how types are called after their parts: `Gc<Vec<Point>>`.

use std::collections::HashSet;

use anyhow::{Context, Result, anyhow};
use heck::ToUpperCamelCase as _;
use onramp_abi::kept::{INTERFACE, Kept};
use onramp_bridge::Edits;

use crate::places::{next, only};

const TRAIT: &str = "
/// A type whose values can stay objects.
pub trait Object {
/// What stands for such a value.
type Handle;
}
/// A value of `T` that stays an object.
pub type Gc<T> = <T as Object>::Handle;
";
const READ: &str = "pub fn read(&self,) -> ";

/// Adds the trait to the module with the resources, and what implements it for each of them.
///
/// # Errors
/// When a resource is not where upstream's text is known to have it.
pub fn add(edits: &mut Edits<'_>, kept: &Kept) -> Result<()> {
    let text = edits.text();
    let mut implemented = HashSet::new();
    for object in &kept.objects {
        let handle = object.name.to_upper_camel_case();
        let found = place(text, &object.name, &handle);
        let (at, ty) =
            found.with_context(|| format!("wit-bindgen-rust's text for `{INTERFACE}` is not as expected"))?;
        let declares = if implemented.is_empty() { TRAIT } else { "" };
        // Options of upstream's let two types of WIT be one in Rust (raw strings, `with`): the first has the name then.
        if implemented.insert(ty) {
            edits.insert(at, format!("{declares}impl Object for {ty} {{ type Handle = {handle}; }}\n"));
        }
    }
    Ok(())
}

/// Where the resource's type begins, and the type that its whole is read as.
fn place<'t>(text: &'t str, name: &str, handle: &str) -> Result<(usize, &'t str)> {
    let structure = only(text, 0..text.len(), &format!("pub struct {handle}{{"))?;
    let import = only(text, 0..text.len(), &format!("\"[method]{name}.read\""))?;
    let attributes = text[..structure].rfind("#[derive(").ok_or_else(|| anyhow!("`{handle}` derives nothing"))?;
    let read = text[..import].rfind(READ).ok_or_else(|| anyhow!("`{handle}` has no `read`"))? + READ.len();
    Ok((attributes, &text[read..next(text, read, "{\n")?.start]))
}
