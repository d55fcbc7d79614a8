//! What upstream's generator calls the types of a lazy value.

use anyhow::{Context, Result};
use onramp_bridge::Direction;

use super::Lazy;
use crate::text::Text;

/// The names of a lazy type in C.
pub struct Names {
    /// The record's, without `_t`.
    pub prefix: String,
    /// The type of the value that it stands for.
    pub whole: String,
    /// The type of that one's elements; of a string, of its code units.
    pub element: String,
}

impl Names {
    /// The function that frees such a value.
    pub fn free(&self) -> String {
        format!("{}_free", self.whole.strip_suffix("_t").unwrap_or(&self.whole))
    }

    /// Reads the names off the declarations of the functions that stand beside the records, and takes these functions out of header
    /// and source.
    ///
    /// # Errors
    /// When header or source are not what upstream's generator writes.
    pub fn take(lazy: &Lazy, header: &mut String, source: &mut String) -> Result<Vec<Names>> {
        let mut all = Vec::new();
        for (number, ty) in lazy.types.iter().enumerate() {
            let (names, function) = take_declaration(header, number)?;
            let (attribute, definition) = match ty.direction {
                Direction::Import => {
                    (format!("__import_name__(\"onramp-lazy-{number}\")))\n"), format!("\nvoid {function}("))
                }
                Direction::Export => (format!("#onramp-lazy-{number}\")))\n"), String::new()),
            };
            let attribute = match (ty.direction, &ty.interface) {
                (Direction::Export, None) => format!("__export_name__(\"onramp-lazy-{number}\")))\n"),
                _ => attribute,
            };
            *source = without(source, &attribute, &definition)
                .with_context(|| format!("the code of wit-bindgen-c for `{}` is not as expected", names.prefix))?;
            all.push(names);
        }
        Ok(all)
    }
}

/// The names, and that of the function, whose declaration is taken out of the header.
fn take_declaration(header: &mut String, number: usize) -> Result<(Names, String)> {
    let text = Text::new(header);
    let found = text.find(&format!("_onramp_lazy_{number}("))?;
    let start = header[..found.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.line(start);
    let parse = || {
        let declaration = text.at(&line).strip_suffix(");")?;
        let (head, parameters) = declaration.split_once('(')?;
        let function = head.rsplit(' ').next()?;
        let (value, whole) = parameters.split_once(", ")?;
        let record = value.strip_suffix("value")?.trim_end_matches([' ', '*']);
        let whole = whole.strip_suffix("whole")?.trim_end_matches([' ', '*']);
        Some((function.to_owned(), record.strip_suffix("_t")?.to_owned(), whole.to_owned()))
    };
    let (function, prefix, whole) = parse().with_context(|| format!("`{}` is no declaration", text.at(&line)))?;
    let element = element(header, &whole)?;
    let mut text = Text::new(header);
    text.replace(line.start..line.end + 1, "");
    *header = text.finish()?;
    Ok((Names { prefix, whole, element }, function))
}

/// The type that the `ptr` of a list or string points to.
fn element(header: &str, whole: &str) -> Result<String> {
    let text = Text::new(header);
    let end = text.find(&format!("}} {whole};\n"))?.start;
    let pointer = header[..end].rfind("*ptr;").context("a list has a pointer")?;
    let start = header[..pointer].rfind('\n').map_or(0, |newline| newline + 1);
    Ok(header[start..pointer].trim().to_owned())
}

/// The source without the declaration or definition behind an attribute, and without the definition that begins so.
fn without(source: &str, attribute: &str, definition: &str) -> Result<String> {
    let mut text = Text::new(source);
    let found = text.find(attribute)?;
    let start = source[..found.start].rfind('\n').context("an attribute is on a line of its own")?;
    let end = match definition {
        "" => text.function(found.end)?.end,
        definition => {
            let first = text.find(definition)?.start;
            let function = text.function(first + 1)?;
            text.replace(first..function.end, "");
            text.line(found.end).end + 1
        }
    };
    text.replace(start..end, "");
    text.finish()
}
