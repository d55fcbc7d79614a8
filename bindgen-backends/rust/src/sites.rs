//! Where upstream's text declares core imports and core exports.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Result, anyhow, bail};

/// The declaration of a core import: where its module and its name stand, without the quotes.
#[derive(Clone, Debug)]
pub struct ImportSite {
    pub module: Range<usize>,
    pub field: Range<usize>,
}

/// All core imports and core exports of a text.
pub struct Sites {
    imports: HashMap<(String, String), Vec<ImportSite>>,
    exports: HashMap<String, Vec<Range<usize>>>,
}

const LINK: &str = "#[link(wasm_import_module = \"";
const LINK_NAME: &str = "#[link_name = \"";
const EXPORT_NAME: &str = "#[unsafe(export_name = \"";

impl Sites {
    /// Finds them.
    pub fn find(text: &str) -> Sites {
        let mut sites = Sites { imports: HashMap::new(), exports: HashMap::new() };
        for module in quoted(text, LINK) {
            let block = &text[module.end..];
            let block = &block[..block.find('}').unwrap_or(block.len())];
            for field in quoted(block, LINK_NAME) {
                let field = module.end + field.start..module.end + field.end;
                let key = (text[module.clone()].to_owned(), text[field.clone()].to_owned());
                sites.imports.entry(key).or_default().push(ImportSite { module: module.clone(), field });
            }
        }
        for name in quoted(text, EXPORT_NAME) {
            sites.exports.entry(text[name.clone()].to_owned()).or_default().push(name);
        }
        sites
    }

    /// The declaration of a core import.
    ///
    /// # Errors
    /// When there is not exactly one.
    pub fn import(&self, module: &str, field: &str) -> Result<ImportSite> {
        one(self.imports.get(&(module.to_owned(), field.to_owned())), || format!("core import `{module}` `{field}`"))
    }

    /// Where the name of a core export stands.
    ///
    /// # Errors
    /// When there is not exactly one.
    pub fn export(&self, name: &str) -> Result<Range<usize>> {
        one(self.exports.get(name), || format!("core export `{name}`"))
    }

    /// As [`Sites::export`], of an export that may be missing.
    ///
    /// # Errors
    /// When there is more than one.
    pub fn optional_export(&self, name: &str) -> Result<Option<Range<usize>>> {
        self.exports.contains_key(name).then(|| self.export(name)).transpose()
    }
}

fn one<T: Clone>(found: Option<&Vec<T>>, what: impl Fn() -> String) -> Result<T> {
    match found.map(Vec::as_slice) {
        Some([site]) => Ok(site.clone()),
        None | Some([]) => Err(anyhow!("there is no {} in it", what())),
        Some(_) => bail!("there is more than one {} in it", what()),
    }
}

/// What stands between this beginning and the next quote, wherever it is.
fn quoted<'a>(text: &'a str, beginning: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    text.match_indices(beginning).map(move |(at, _)| {
        let start = at + beginning.len();
        let end = text[start..].find('"').map_or(text.len(), |length| start + length);
        start..end
    })
}
