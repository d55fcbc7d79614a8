//! What one component is, as far as composing it goes.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use onramp_abi::Profile;
use serde::Serialize;
use wasmparser::{CanonicalOption, Parser, Payload, WasmFeatures};
use wit_parser::{Function, InterfaceId, TypeDefKind, WorldItem, WorldKey};

use crate::graph::{self, Input};
use crate::link::speech::Speech;
use crate::link::{self, Linked, Overlay};
use crate::memory;
use crate::plan;
use crate::prelude::{ROOT, Wit};
use crate::report::{Report, passes_text};
use crate::shape::{CoreFunc, Func, Shape};

/// A component, inspected.
#[derive(Clone, Debug, Serialize)]
pub struct Component {
    /// What it imports.
    pub imports: Vec<Interface>,
    /// What it exports.
    pub exports: Vec<Interface>,
    /// What becomes of it in a composition.
    pub composed: Composed,
    /// What it was composed of, if `compose` made it.
    pub composition: Option<Report>,
}

/// An interface of a component, or another import or export: that has no functions then, and is one itself perhaps.
#[derive(Clone, Debug, Serialize)]
pub struct Interface {
    /// Its name.
    pub name: String,
    /// The ABI that the component's core modules speak there; several, with commas, if it is not the same in all functions.
    pub profile: String,
    /// Its functions.
    pub functions: Vec<String>,
    /// The resources that it defines. When it is imported, they are the host's unless another component provides them.
    pub resources: Vec<String>,
}

/// What becomes of a component in a composition.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Composed {
    /// It is flattened when what it is connected to is.
    Flat {
        /// How the strings are encoded that it gives and takes.
        strings: BTreeSet<&'static str>,
        /// What becomes of its memory.
        memory: Memory,
    },
    /// It stays nested, for this reason.
    Nested {
        /// The reason.
        because: String,
    },
}

/// What becomes of the memory that a component calls other components with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Memory {
    /// Its calls need none.
    Unneeded,
    /// It is taken out, so that its calls are direct.
    TakenOut,
    /// It stays where it is: its calls go through a table.
    Kept,
}

impl Component {
    /// Inspects a component.
    ///
    /// # Errors
    /// When it is no valid component.
    pub fn read(input: &Input) -> Result<Self> {
        graph::validate(input, crate::features() | WasmFeatures::CM_GC)?;
        let linked = Linked::of(&input.bytes);
        let bytes = link::eager_form(&input.bytes, &linked);
        let overlay = match &linked {
            Ok(Some(linked)) => Some(linked.parts().read()?.1),
            Ok(None) => None,
            Err(error) => bail!("{error:#}"),
        };
        let eager = Speech::default();
        let speech = overlay.as_ref().map_or(&eager, |overlay| &overlay.speech);
        let (imports, exports, composed) = match Wit::of(bytes) {
            Ok(wit) => {
                let world = &wit.resolve.worlds[wit.world];
                // Only a component in upstream's encoding says it itself.
                let shape = Shape::read_with_functions(bytes).ok();
                let says = |passes: &dyn Fn(&Shape) -> bool, other: Profile| match shape.as_ref().is_some_and(passes) {
                    true => Profile::Gc,
                    false => other,
                };
                let of_import =
                    |of: &str, name: &str| says(&|shape| shape.lowers_references(of, name), speech.of_import(of, name));
                let of_export =
                    |of: &str, name: &str| says(&|shape| shape.lifts_references(of, name), speech.of_export(of, name));
                let import = |(key, item)| interface(&wit, key, item, of_import);
                let export = |(key, item)| interface(&wit, key, item, of_export);
                let imports = world.imports.iter().map(import).collect();
                (imports, world.exports.iter().map(export).collect(), composed(bytes, &wit, overlay.as_ref()))
            }
            Err(error) => {
                let (imports, exports) = names(&input.bytes)?;
                (imports, exports, Err(error))
            }
        };
        let composed = composed.unwrap_or_else(|error| Composed::Nested { because: format!("{error:#}") });
        Ok(Component { imports, exports, composed, composition: Report::read(&input.bytes)? })
    }
}

/// `profile` gives the ABI of a function of an interface.
fn interface(wit: &Wit, key: &WorldKey, item: &WorldItem, profile: impl Fn(&str, &str) -> Profile) -> Interface {
    let name = wit.resolve.name_world_key(key);
    let WorldItem::Interface { id, .. } = item else {
        return Interface { profile: profile(ROOT, &name).to_string(), ..Interface::named(name) };
    };
    let interface = &wit.resolve.interfaces[*id];
    let types = interface.types.iter();
    let resources = types.filter(|(_, ty)| wit.resolve.types[**ty].kind == TypeDefKind::Resource);
    let profiles: BTreeSet<Profile> = interface.functions.keys().map(|function| profile(&name, function)).collect();
    let profiles: Vec<&str> = profiles.into_iter().map(Profile::name).collect();
    Interface {
        name,
        profile: if profiles.is_empty() { Profile::Eager.to_string() } else { profiles.join(", ") },
        functions: interface.functions.keys().cloned().collect(),
        resources: resources.map(|(name, _)| name.clone()).collect(),
    }
}

impl Interface {
    fn named(name: impl Into<String>) -> Self {
        Interface {
            name: name.into(),
            profile: Profile::Eager.to_string(),
            functions: Vec::new(),
            resources: Vec::new(),
        }
    }
}

/// The names of a component's imports and exports.
fn names(bytes: &[u8]) -> Result<(Vec<Interface>, Vec<Interface>)> {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    let mut depth = 0u32;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(section) if depth == 1 => {
                for import in section {
                    imports.push(Interface::named(import?.name.name));
                }
            }
            Payload::ComponentExportSection(section) if depth == 1 => {
                for export in section {
                    exports.push(Interface::named(export?.name.name));
                }
            }
            _ => {}
        }
    }
    Ok((imports, exports))
}

fn composed(bytes: &[u8], wit: &Wit, overlay: Option<&Overlay>) -> Result<Composed> {
    let shape = Shape::read_with_functions(bytes)?;
    // Functions at the level of its world are joined when another guest has them.
    shape.refuse_functions(|_| true)?;
    shape.refuse_shared()?;
    Ok(Composed::Flat { strings: strings(&shape, wit)?, memory: memory(&shape, overlay)? })
}

/// The encodings of the functions that pass strings.
fn strings(shape: &Shape, wit: &Wit) -> Result<BTreeSet<&'static str>> {
    let mut encodings = BTreeSet::new();
    let mut add = |interface: Option<InterfaceId>, name: &str, options: &[CanonicalOption]| {
        let function = interface.and_then(|id| wit.resolve.interfaces[id].functions.get(name));
        if function.is_some_and(|function| passes_strings(wit, function)) {
            encodings.insert(encoding(options));
        }
    };
    for function in &shape.core_funcs {
        let CoreFunc::Lower(lowered, options) = function else { continue };
        let Some(Func::Alias(instance, name)) = shape.funcs.get(*lowered as usize) else { continue };
        let import = shape.imports.iter().find(|(_, index)| index == instance);
        add(import.and_then(|(import, _)| wit.import_id(import)), name, options);
    }
    for (export, instance) in &shape.exports {
        for (name, function) in shape.functions_of(*instance)? {
            if let Some(Func::Lift(_, _, options)) = shape.funcs.get(function as usize) {
                add(wit.export_id(export), name, options);
            }
        }
    }
    Ok(encodings)
}

fn passes_strings(wit: &Wit, function: &Function) -> bool {
    passes_text(&wit.resolve, function)
}

fn encoding(options: &[CanonicalOption]) -> &'static str {
    let mut encodings = options.iter().filter_map(|option| match option {
        CanonicalOption::UTF16 => Some("utf16"),
        CanonicalOption::CompactUTF16 => Some("latin1+utf16"),
        _ => None,
    });
    encodings.next().unwrap_or("utf8")
}

/// What a plan makes of the memory: it is taken out when all calls use the same one, and its module is instantiated once.
fn memory(shape: &Shape, overlay: Option<&Overlay>) -> Result<Memory> {
    let owners = plan::memories(shape, overlay)?;
    let Some((instance, name)) = owners.first() else { return Ok(Memory::Unneeded) };
    let module = |instance: &wasmparser::Instance| match instance {
        wasmparser::Instance::Instantiate { module_index, .. } => Some(*module_index),
        wasmparser::Instance::FromExports(_) => None,
    };
    let Some(owner) = shape.core_instances.get(*instance as usize).and_then(module) else { return Ok(Memory::Kept) };
    let instances = shape.core_instances.iter().filter(|instance| module(instance) == Some(owner)).count();
    let code = shape.modules.get(owner as usize).context("there is no such module")?;
    match owners.len() == 1 && instances == 1 && memory::take_out(code, name, None)?.is_some() {
        true => Ok(Memory::TakenOut),
        false => Ok(Memory::Kept),
    }
}
