//! What upstream's C generator lacks: it gets a world in which something of the same layout stands for it, and its output is
//! changed to what it should be.
//!
//! - [`fixed`]: lists of fixed length, as arrays in a struct.
//! - [`error_context`]: error-contexts, as opaque numbers.
//! - [`compact`]: strings in latin1+utf16.

mod compact;
mod error_context;
mod fixed;

use anyhow::Result;
use wit_bindgen_c::Opts;
use wit_component::StringEncoding;
use wit_parser::{Resolve, WorldId};

/// The gaps that a world touches.
pub struct Gaps {
    lists: bool,
    error_context: bool,
    compact: bool,
}

/// Fills the gaps in what upstream's generator gets, whose types are nominal. Ids may be others then.
///
/// # Errors
/// When a name in the world looks like one that is needed here.
pub fn fill(resolve: &mut Resolve, world: &mut WorldId, options: &mut Opts) -> Result<Gaps> {
    let error_context = error_context::is_in(resolve, *world);
    if error_context {
        error_context::rewrite(resolve, world)?;
    }
    let lists = fixed::rewrite(resolve)?;
    let compact = options.string_encoding == StringEncoding::CompactUTF16;
    if compact {
        options.string_encoding = StringEncoding::UTF16;
    }
    Ok(Gaps { lists, error_context, compact })
}

impl Gaps {
    /// Header and source as they should be, for the world's name in C.
    ///
    /// # Errors
    /// When they are not what upstream's generator writes.
    pub fn change(&self, header: &str, source: &str, prefix: &str, helpers: bool) -> Result<(String, String)> {
        let (mut header, mut source) = (header.to_owned(), source.to_owned());
        if self.lists {
            (header, source) = (fixed::arrays(&header)?, fixed::arrays(&source)?);
        }
        if self.error_context {
            let names = error_context::names(&header);
            let renamed = error_context::renamed(&header, prefix, &names);
            header = error_context::header(&renamed, prefix, helpers)?;
            source = error_context::renamed(&source, prefix, &names);
            if helpers {
                source = error_context::source(&source, prefix)?;
            }
        }
        if self.compact && helpers {
            (header, source) = (compact::header(&header, prefix)?, compact::source(&source, prefix)?);
        }
        Ok((header, source))
    }
}
