//! The canonical options of a component's functions: what adapters have to know of them.

use anyhow::{Context, Result, bail, ensure};
use onramp_adapter::StringEncoding;
use wasmparser::CanonicalOption;

use crate::plan::Flat;
use crate::shape::{CoreFunc, Func, Shape};

/// Where a guest's memory and realloc are: core instances and export names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The memory.
    pub memory: Option<(u32, String)>,
    /// The realloc.
    pub realloc: Option<(u32, String)>,
}

/// The canonical options of a function that count for an adapter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Of strings; wit-component says it only where there are any.
    pub(crate) encoding: Option<StringEncoding>,
    pub(crate) owner: Owner,
    pub(crate) post_return: Option<u32>,
}

impl Owner {
    pub(crate) fn add(&mut self, other: &Owner) -> Result<()> {
        let both = [(&mut self.memory, &other.memory, "memories"), (&mut self.realloc, &other.realloc, "reallocs")];
        for (mine, theirs, what) in both {
            match (mine.as_ref(), theirs) {
                (_, None) => {}
                (None, Some(_)) => mine.clone_from(theirs),
                (Some(one), Some(two)) => ensure!(one == two, "its functions use several {what}"),
            }
        }
        Ok(())
    }
}

pub(crate) fn options_of(shape: &Shape, options: &[CanonicalOption]) -> Result<Options> {
    let mut found = Options::default();
    for option in options {
        match option {
            CanonicalOption::UTF8 => found.encoding = Some(StringEncoding::Utf8),
            CanonicalOption::UTF16 => found.encoding = Some(StringEncoding::Utf16),
            CanonicalOption::CompactUTF16 => found.encoding = Some(StringEncoding::Latin1Utf16),
            CanonicalOption::Memory(index) => {
                let (instance, name) = shape.core_memories.get(*index as usize).context("there is no such memory")?;
                found.owner.memory = Some((*instance, (*name).to_owned()));
            }
            CanonicalOption::Realloc(index) => match shape.core_funcs.get(*index as usize) {
                Some(CoreFunc::Alias(instance, name)) => found.owner.realloc = Some((*instance, (*name).to_owned())),
                _ => bail!("its realloc is no core function of its own"),
            },
            CanonicalOption::PostReturn(index) => found.post_return = Some(*index),
            CanonicalOption::Async | CanonicalOption::Callback(_) => {}
            CanonicalOption::Gc | CanonicalOption::CoreType(_) => bail!("it has functions in the GC ABI"),
        }
    }
    Ok(found)
}

/// What a guest's strings are in.
pub(crate) fn encoding_of(flat: &Flat) -> Result<StringEncoding> {
    encoding_in(&flat.shape)
}

/// What a component's strings are in.
pub(crate) fn encoding_in(shape: &Shape) -> Result<StringEncoding> {
    let mut all = all_options(shape).map(|options| options_of(shape, options));
    let found = all.find_map(|options| options.map(|options| options.encoding).transpose());
    Ok(found.transpose()?.unwrap_or_default())
}

/// Where a guest's memory and realloc are.
pub(crate) fn owner_of(flat: &Flat) -> Result<Owner> {
    let mut owner = Owner::default();
    for options in all_options(&flat.shape) {
        owner.add(&options_of(&flat.shape, options)?.owner)?;
    }
    Ok(owner)
}

/// The canonical options of all functions of a component.
fn all_options<'s>(shape: &'s Shape<'_>) -> impl Iterator<Item = &'s [CanonicalOption]> {
    let lowered = shape.core_funcs.iter().filter_map(|function| match function {
        CoreFunc::Lower(_, options) => Some(&**options),
        CoreFunc::Alias(..) | CoreFunc::Resource(_) | CoreFunc::BuiltIn(_) => None,
    });
    let lifted = shape.funcs.iter().filter_map(|function| match function {
        Func::Lift(_, _, options) => Some(&**options),
        Func::Alias(..) | Func::Import(_) | Func::Same(_) => None,
    });
    lowered.chain(lifted)
}
