//! The bindings of a profile, made of the eager ones.

use anyhow::{Context, Result};
use onramp_abi::{Data, Lowering, Passing, Profile, Role, Signature, Types, names};
use onramp_bridge::{Direction, Export, Import, WorldFunction, functions};
use wit_component::StringEncoding;
use wit_parser::{Resolve, WorldId};

use crate::lazy::{self, Lazy, Names};
use crate::lists::Lists;
use crate::shapes::{Block, Shapes};
use crate::text::Text;
use crate::{export, import};

/// The header that all bindings share. No world's header is called so: there is no dash in their names.
pub const HEADER_NAME: &str = "onramp-guest.h";

/// What it says.
pub const HEADER: &str = include_str!("../include/onramp-guest.h");

/// The static return area that upstream declares when a function uses it.
const RET_AREA: &str = "static uint8_t RET_AREA[";

/// What the functions of a file share.
pub struct Shared {
    /// Strings and lists.
    pub lists: Lists,
    /// Results of several core values.
    pub shapes: Shapes,
}

/// A world and what it is to be.
pub struct Change<'a> {
    /// The world's types; lazy ones are in their places.
    pub resolve: &'a Resolve,
    /// The world.
    pub world: WorldId,
    /// The profile, which is not `eager`.
    pub profile: Profile,
    /// The guest's encoding of strings.
    pub encoding: StringEncoding,
    /// The lazy types.
    pub lazy: &'a Lazy,
    /// What they are called.
    pub names: &'a [Names],
}

impl Change<'_> {
    /// Changes the source of a world's eager bindings; also returns a note for each function that the profile does not cover.
    ///
    /// # Errors
    /// When the source is not what upstream's generator writes for this world.
    pub fn source(&self, source: &str) -> Result<(String, Vec<String>)> {
        let mut types = Types::new(self.resolve)?;
        let mut text = Text::new(source);
        let mut shared = Shared { lists: Lists::new(self.encoding), shapes: Shapes::default() };
        let mut notes = Vec::new();
        for one in functions(self.resolve, self.world) {
            let name = names::function(self.resolve, one.interface, one.function);
            if let Some(reason) = one.eager_because(self.resolve) {
                notes.push(format!("{name} keeps the eager ABI: {reason}"));
                continue;
            }
            self.function(&mut text, &mut shared, &mut types, &one).with_context(|| {
                format!("{name}: the code of wit-bindgen-c is not as expected; `--profile eager` takes it as it is")
            })?;
        }
        let definitions = lazy::definitions(self.lazy, self.names, &mut shared.lists, &mut types, self.profile)?;
        let reclaims = lazy::reclaims(self.lazy, self.names);
        let adapters = text.find("\n// Component Adapters\n")?.start;
        text.replace(adapters..adapters, definitions);
        let functions = [shared.lists.text(), shared.shapes.text()].concat();
        let functions = if functions.is_empty() { functions } else { format!("\n{functions}") };
        let start = behind_includes(&text)?;
        text.replace(start..start, format!("{}{functions}{reclaims}", head(self.profile)));
        Ok((without_unused_area(text.finish()?)?, notes))
    }

    fn function(
        &self,
        text: &mut Text<'_>,
        shared: &mut Shared,
        types: &mut Types<'_>,
        one: &WorldFunction<'_>,
    ) -> Result<()> {
        let (interface, function) = (one.interface, one.function);
        match one.direction {
            Direction::Import => {
                let (module, _) = names::import(self.resolve, Profile::Eager, interface, function);
                import::change(text, shared, &module, &Import::new(types, self.profile, interface, function)?)
            }
            Direction::Export => {
                let export = Export::new(types, self.profile, interface, function)?;
                let eager = export::Eager {
                    name: names::export(self.resolve, Profile::Eager, interface, function),
                    post_return: names::post_return(self.resolve, Profile::Eager, interface, function),
                    kept: kept(types, self.profile, one)?,
                    given: onramp_bridge::lazy::given(types, &self.lazy.types, function, &export.results)?,
                };
                export::change(text, shared, &eager, &export)
            }
        }
    }
}

/// The results in memory under a profile where other calls may come before post-return
/// (`docs/abi/lazy.md`, "Lifetimes").
fn kept(types: &mut Types<'_>, profile: Profile, one: &WorldFunction<'_>) -> Result<Option<Block>> {
    let signature = Signature::new(types.resolve(), profile, Role::Callee, one.function);
    match (profile.lowering(), signature.result_passing, &one.function.result) {
        (Lowering::Lazy, Passing::Memory, Some(result)) => {
            let ty = types.add(result)?;
            Ok(Some(Block { size: types[ty].size, align: types[ty].align }))
        }
        _ => Ok(None),
    }
}

/// Where the lines that include headers end.
fn behind_includes(text: &Text<'_>) -> Result<usize> {
    let mut end = text.find("#include <stdlib.h>\n")?.end;
    while text.at(&text.line(end)).starts_with("#include ") {
        end = text.line(end).end + 1;
    }
    Ok(end)
}

fn head(profile: Profile) -> String {
    let woven = match profile.data() {
        Data::Linear => "",
        Data::Gc => "#define ONRAMP_WOVEN\n",
    };
    format!(
        "
// Changed by Onramp for the profile `{profile}`: link with `onramp-component-ld` or `onramp link`.
#define ONRAMP_PROFILE \"{profile}\"
{woven}#include \"{HEADER_NAME}\"
"
    )
}

/// The text without the static return area, if no function uses it any more.
fn without_unused_area(text: String) -> Result<String> {
    let Some(start) = text.find(RET_AREA).filter(|_| !text.contains("&RET_AREA")) else { return Ok(text) };
    let begin = text[..start].rfind("\n__attribute__((__aligned__(").context("`RET_AREA` has no alignment")?;
    let end = start + text[start..].find('\n').context("`RET_AREA` does not end")?;
    Ok(format!("{}{}", &text[..begin], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a source that is not upstream's for a world with an import `read`.
    fn wrong(source: &str) -> String {
        let mut resolve = Resolve::default();
        let wit = "package test:p; world guest { import read: func(path: string) -> string; }";
        let package = resolve.push_str("test.wit", wit).unwrap();
        let world = resolve.select_world(&[package], None).unwrap();
        let change = Change {
            resolve: &resolve,
            world,
            profile: Profile::Cm1,
            encoding: StringEncoding::UTF8,
            lazy: &Lazy::default(),
            names: &[],
        };
        format!("{:#}", change.source(source).unwrap_err())
    }

    #[test]
    fn a_source_that_is_not_as_expected_is_refused_with_the_function_named() {
        let attribute = "__attribute__((__import_module__(\"$root\"), __import_name__(\"read\")))";
        let head = "read: the code of wit-bindgen-c is not as expected; `--profile eager` takes it as it is";
        assert_eq!(wrong(""), format!("{head}: `{attribute}` is not there"));
        assert_eq!(
            wrong(&format!("{attribute}\n{attribute}\n")),
            format!("{head}: `{attribute}` is there more than once")
        );
        let other = "int other;";
        assert_eq!(
            wrong(&format!("{attribute}\n{other}\n")),
            format!("{head}: `{other}` is no declaration of a core import")
        );
        let less = "extern void __wasm_import_guest_read(uint8_t *, size_t);";
        assert_eq!(
            wrong(&format!("{attribute}\n{less}\n")),
            format!("{head}: `{less}` has not the parameters of the eager ABI")
        );
    }
}
