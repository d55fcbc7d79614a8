//! Native guests: core modules without a memory, written by hand in WebAssembly's text format. What the module of each scenario has
//! in common with all (types, texts, counting checks) is in the helpers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onramp_abi::{Profile, names};
use onramp_compose::link::joined;
use onramp_toolchain::{Cache, Key, Tool};
use wasm_encoder::{CustomSection, Encode, Section};
use wit_component::{StringEncoding, embed_component_metadata};

use super::{Builder, Gap, Job, Language};
use crate::scenario::Role;

/// The language.
pub struct Wat;

impl Language for Wat {
    fn name(&self) -> &'static str {
        "wat"
    }

    fn extension(&self) -> &'static str {
        "wat"
    }

    fn profiles(&self) -> &'static [Profile] {
        &[Profile::Gc]
    }

    fn gaps(&self) -> &'static [Gap] {
        &[]
    }

    fn is_partial(&self) -> bool {
        true
    }

    fn set_up(&self, _: &Cache) -> Result<Box<dyn Builder>> {
        Ok(Box::new(Assembler))
    }
}

struct Assembler;

impl Builder for Assembler {
    fn tools(&self) -> Vec<&Tool> {
        Vec::new()
    }

    fn fingerprint(&self) -> Result<String> {
        Ok(Key::new().with("recipe", include_str!("wat.rs")).finish())
    }

    fn bindings_version(&self, _: &Job) -> Result<String> {
        Ok(String::new())
    }

    fn generate_bindings(&self, _: &Job) -> Result<()> {
        Ok(())
    }

    fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
        let modules = job
            .sources
            .iter()
            .map(|(_, source)| assembled(job.support, job.role, source))
            .collect::<Result<Vec<_>>>()?;
        let mut module = joined(&modules.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
        let (resolve, world) = job.world()?;
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
        if let Some(draft) = job.profile.draft() {
            let data = format!("{} {draft}\n", job.profile).into_bytes();
            let section = CustomSection { name: names::ABI_SECTION.into(), data: data.into() };
            module.push(section.id());
            section.encode(&mut module);
        }
        let file = job.folder.join("guest.wasm");
        fs::write(&file, module)?;
        Ok(file)
    }
}

/// The module of a source: its fields, among those of the helpers for its role. Types can only be made of those before them, and
/// imports come before functions.
fn assembled(support: &Path, role: Role, source: &Path) -> Result<Vec<u8>> {
    let behind: &[&str] = match role {
        Role::Caller => &["text.wat", "check.wat"],
        Role::Callee => &["text.wat"],
    };
    let helper = |name: &&str| support.join(name);
    let mut fields = String::new();
    for file in [helper(&"types.wat"), source.to_owned()].into_iter().chain(behind.iter().map(helper)) {
        fields += &fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    }
    wat::parse_str(format!("(module\n{}\n)", with_texts(&fields)))
        .with_context(|| format!("`{}` cannot be assembled", source.display()))
}

/// Fields in which `(text "…")` makes a string: an array of what is in a data segment that is added.
fn with_texts(fields: &str) -> String {
    let mut parts = fields.split("(text \"");
    let (mut all, mut segments) = (parts.next().unwrap_or_default().to_owned(), String::new());
    for (number, part) in parts.enumerate() {
        let end = literal_end(part);
        let (literal, rest) = (&part[..end], part[end..].strip_prefix("\")").unwrap_or(&part[end..]));
        let length = length(literal);
        all += &format!("(array.new_data $string $text-{number} (i32.const 0) (i32.const {length})){rest}");
        segments += &format!("(data $text-{number} \"{literal}\")\n");
    }
    all + &segments
}

/// Where the quotation mark is that ends a literal.
fn literal_end(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, character)| {
        let is_end = *character == '"' && !escaped;
        escaped = *character == '\\' && !escaped;
        is_end
    });
    end.map_or(text.len(), |(index, _)| index)
}

/// How many bytes a literal has: an escape is `\hh`, one character, or `\u{…}`.
fn length(literal: &str) -> usize {
    let mut parts = literal.split('\\');
    let mut length = parts.next().map_or(0, str::len);
    // Behind a backslash that is escaped, the next part is empty.
    while let Some(part) = parts.next() {
        length += match part.strip_prefix("u{").and_then(|rest| rest.split_once('}')) {
            Some((number, rest)) => character(number).map_or(0, char::len_utf8) + rest.len(),
            None if part.is_empty() => 1 + parts.next().map_or(0, str::len),
            None if is_byte(part) => part.len() - 1,
            None => part.len(),
        };
    }
    length
}

fn character(number: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(number, 16).ok()?)
}

fn is_byte(part: &str) -> bool {
    part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::own_folders;

    #[test]
    fn sources_can_be_assembled() {
        let (scenarios, support) = own_folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let folders = fs::read_dir(scenarios).unwrap().map(|entry| entry.unwrap().path());
        let folders = folders.chain([support.join(crate::allocations::FOLDER)]);
        let sources = folders.flat_map(|folder| Role::ALL.map(|role| (role, folder.join(format!("{role}.wat")))));
        let sources: Vec<_> = sources.filter(|(_, source)| source.exists()).collect();
        assert!(!sources.is_empty());
        for (role, source) in sources {
            let module = assembled(&support, role, &source).unwrap_or_else(|error| panic!("{error:#}"));
            wasmparser::validate(&module).unwrap_or_else(|error| panic!("`{}`: {error}", source.display()));
        }
    }

    #[test]
    fn a_text_is_as_long_as_its_bytes() {
        for (literal, bytes) in
            [("", 0), ("abc", 3), ("é", 2), ("\\00\\ff", 2), ("\\u{1d11e}a", 5), ("\\\\\\\"n\\n", 4)]
        {
            let module = wat::parse_str(format!("(module (memory 1) (data (i32.const 0) \"{literal}\"))")).unwrap();
            assert!(!module.is_empty());
            assert_eq!(length(literal), bytes, "{literal}");
        }
        assert_eq!(literal_end("a\\\\\\\"b\" c"), 6);
    }
}
