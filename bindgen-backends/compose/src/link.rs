//! Linking: a core module becomes a component, whatever ABIs it speaks.
//!
//! `wit-component` makes the component of an eager guest. Of any other it makes the *skeleton*: the component of an eager guest with
//! the same world and no code (`skeleton`). The component is the skeleton, with the guest in place of the module without code
//! (an [`Overlay`]), and adapters between it and the host, which is eager (`outside`). Any runtime runs it.
//! A guest of a language whose functions have one result gets the others first (`weave`).
//!
//! A composition takes it apart again and connects the guest to other guests without going through the host's ABI. For that a custom
//! section says how the skeleton is made once more, of the guest and the component's own types, or has it.

pub(crate) mod core;
pub mod handles;
mod merge;
mod needs;
mod numbers;
mod opaque;
pub(crate) mod skeleton;
#[cfg(test)]
mod snapshots;
pub mod speech;
mod weave;
mod woven;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow, bail, ensure};
use onramp_abi::names;
use onramp_adapter::StringEncoding;
use wasm_encoder::{CustomSection, Encode, Section};
use wasmparser::{Parser, Payload, WasmFeatures};
use wit_parser::WorldItem;

use crate::emit;
use crate::graph::{Graph, Input, Node};
use crate::lazy::Shared;
use crate::memory;
use crate::options;
use crate::plan;
use crate::prelude::{self, Wit};
use crate::shape::Shape;
use crate::shim;
use core::Core;
pub use merge::joined;
use numbers::Numbers;
use speech::Speech;

/// The custom section of a linked component that has its skeleton; or, when the skeleton can be made of the guest and the component's
/// types, only what the guest's strings are in: the name of a canonical option, and [`NUMBERED`] when the guest's names are numbers.
const SKELETON: &str = "onramp:skeleton";

/// What is behind the option's name when the guest has numbers for names.
const NUMBERED: &str = "#";

/// A guest that speaks other ABIs than eager, in a component that has its eager form.
pub struct Overlay<'a> {
    /// The guest's core module.
    pub module: &'a [u8],
    /// The module that owns the guest's memory, if that was taken out of it before.
    pub owner: Option<&'a [u8]>,
    /// The index of the module that it takes the place of, in the skeleton.
    pub place: u32,
    /// What it speaks.
    pub speech: Speech,
    /// The core functions of the skeleton that lower what the guest imports, and not what an adapter does.
    pub lowered: BTreeSet<u32>,
}

impl Overlay<'_> {
    /// The import of the guest, in another ABI, that a core function of the skeleton stands for.
    pub(crate) fn spoken(&self, lowered: u32, import: &(String, String)) -> Option<&speech::Import> {
        self.speech.imports.get(import).filter(|_| self.lowered.contains(&lowered))
    }
}

/// Links a core module that has its world in a custom section. `adapters` are `wit-component`'s, by the core module name that
/// they stand for, such as `wasi_snapshot_preview1`.
///
/// # Errors
/// When the module does not fit its world: the rules M1 to M6 and T1 to T4 of `docs/abi/multivalue.md` for functions under
/// `[abi=…]` and `[thunk=…]`, and what `wit-component` says about all others.
pub fn link(input: &Input, adapters: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    link_with(input, Adapters { modules: adapters, memory: AdapterMemory::Realloc })
}

/// `wit-component`'s adapters of a guest.
#[derive(Clone, Copy)]
pub struct Adapters<'a> {
    /// The adapter modules, by the core module name that they stand for.
    pub modules: &'a [(String, Vec<u8>)],
    /// Where they have their own memory from.
    pub memory: AdapterMemory,
}

/// Where adapters have the memory from that they need for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdapterMemory {
    /// The guest's `cabi_realloc`, if it has one.
    Realloc,
    /// Pages that are added to the guest's memory: for a guest that frees what its `cabi_realloc` gave.
    Grow,
}

/// Links as [`link`] does, with a choice of where adapters have their memory from.
///
/// # Errors
/// Those of [`link`].
pub fn link_with(input: &Input, adapters: Adapters) -> Result<Vec<u8>> {
    let name = &input.name;
    let core = Core::read(&input.bytes).with_context(|| format!("`{name}` cannot be linked"))?;
    let (wit, encoding) = world(&core, &input.bytes).with_context(|| format!("`{name}` cannot be linked"))?;
    if let Some(bytes) = woven(&core, &wit, encoding, input)? {
        return link_with(&Input { name: name.clone(), bytes }, adapters);
    }
    let speech = speech(&core, &wit, input)?;
    let component = match speech.is_eager() {
        true => skeleton::component(&input.bytes, adapters).with_context(|| format!("`{name}` cannot be linked"))?,
        false => {
            let skeleton = skeleton::encode(&core, &speech, &wit, adapters)
                .with_context(|| format!("`{name}` cannot be linked: what it has of the eager ABI does not fit"))?;
            let module = core::without_world(&input.bytes)?;
            // The one that can be made again, if that can be.
            let encoding = options::encoding_in(&Shape::read_with_functions(&skeleton)?)?;
            let skeleton = remade(&module, &skeleton, encoding).unwrap_or(skeleton);
            overlaid(name, &module, skeleton).with_context(|| format!("`{name}` cannot be linked"))?
        }
    };
    wasmparser::Validator::new_with_features(crate::features())
        .validate_all(&component)
        .map_err(|error| anyhow!("`{name}` links to a component that is not valid: {error}"))?;
    Ok(component)
}

/// Links a core module as [`link`] does, but writes functions that pass references in upstream's own encoding: `canon lift` and
/// `canon lower` with `gc`. It is checked as `wasm-tools validate --features cm-gc,gc` does; no engine runs it yet.
///
/// # Errors
/// Those of [`link`]; when no function passes references; when one has what the encoding has not: maps, strings in two encodings, built-in
/// functions for resources.
pub fn link_native_gc(input: &Input, adapters: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let name = &input.name;
    let core = Core::read(&input.bytes).with_context(|| format!("`{name}` cannot be linked"))?;
    let (wit, encoding) = world(&core, &input.bytes).with_context(|| format!("`{name}` cannot be linked"))?;
    if let Some(bytes) = woven(&core, &wit, encoding, input)? {
        return link_native_gc(&Input { name: name.clone(), bytes }, adapters);
    }
    let speech = speech(&core, &wit, input)?;
    ensure!(
        speech.is_gc(),
        "`{name}` passes no references: it has nothing under `[abi=gc]`, so --native-gc is not for it"
    );
    let adapters = Adapters { modules: adapters, memory: AdapterMemory::Realloc };
    let skeleton = skeleton::encode(&core, &speech, &wit, adapters)
        .with_context(|| format!("`{name}` cannot be linked: what it has of the eager ABI does not fit"))?;
    let module = core::without_world(&input.bytes)?;
    let component = emitted(name, &module, &skeleton, None, true)
        .with_context(|| format!("`{name}` cannot be written in upstream's encoding"))?;
    wasmparser::Validator::new_with_features(crate::features() | WasmFeatures::CM_GC)
        .validate_all(&component)
        .map_err(|error| anyhow!("`{name}` links to a component that upstream's validator refuses: {error}"))?;
    Ok(component)
}

/// The module with what has to be woven into it; `None`: nothing has to be.
fn woven(core: &Core, wit: &Wit, encoding: StringEncoding, input: &Input) -> Result<Option<Vec<u8>>> {
    let mut woven = weave::woven(core, wit, &input.bytes);
    if let Ok(None) = woven {
        woven = opaque::woven(&input.bytes, wit);
    }
    if let Ok(None) = woven {
        woven = woven::woven(core, wit, encoding, &input.bytes);
    }
    woven.with_context(|| format!("`{}` does not fit its world", input.name))
}

/// What a module speaks, which fits its world.
fn speech(core: &Core, wit: &Wit, input: &Input) -> Result<Speech> {
    let name = &input.name;
    let speech = Speech::of(core, wit).with_context(|| format!("`{name}` does not fit its world"))?;
    speech.check_exports(core, wit).with_context(|| format!("`{name}` does not fit its world"))?;
    if speech.is_gc() {
        // Adapters have its types.
        wasmparser::Validator::new_with_features(crate::features())
            .validate_all(&input.bytes)
            .map_err(|error| anyhow!("`{name}` cannot be linked: it is not valid for today's engines: {error}"))?;
    }
    Ok(speech)
}

/// A module's world, and what its strings are in.
fn world(core: &Core, module: &[u8]) -> Result<(Wit, StringEncoding)> {
    if !core.sections.iter().any(|section| section.name().starts_with(core::WORLD)) {
        bail!("it does not say what its world is: it has no section `component-type`, which bindings put there");
    }
    let (_, decoded) = wit_component::metadata::decode(module).context("its section `component-type` is damaged")?;
    let encoding = encoding(&decoded);
    Ok((Wit { resolve: decoded.resolve, world: decoded.world }, encoding))
}

/// What a module's strings are in, as its first function has it.
fn encoding(decoded: &wit_component::metadata::Bindgen) -> StringEncoding {
    let (resolve, world) = (&decoded.resolve, &decoded.resolve.worlds[decoded.world]);
    let (metadata, mut found) = (&decoded.metadata, None);
    for (items, encodings) in
        [(&world.imports, &metadata.import_encodings), (&world.exports, &metadata.export_encodings)]
    {
        for (key, item) in items {
            let names: Vec<&str> = match item {
                WorldItem::Interface { id, .. } => {
                    resolve.interfaces[*id].functions.keys().map(String::as_str).collect()
                }
                WorldItem::Function(function) => vec![&function.name],
                WorldItem::Type { .. } => Vec::new(),
            };
            found = found.or_else(|| names.into_iter().find_map(|name| encodings.get(resolve, key, name)));
        }
    }
    match found.unwrap_or_default() {
        wit_component::StringEncoding::UTF8 => StringEncoding::Utf8,
        wit_component::StringEncoding::UTF16 => StringEncoding::Utf16,
        wit_component::StringEncoding::CompactUTF16 => StringEncoding::Latin1Utf16,
    }
}

/// The skeleton with the guest in its place; with numbers for the guest's names, if a composition can find out the names again.
fn overlaid(name: &str, module: &[u8], skeleton: Vec<u8>) -> Result<Vec<u8>> {
    let encoding = options::encoding_of(&plan::overlaid(Parts { skeleton: &skeleton, module, owner: None })?)?;
    let numbers = Numbers::of(&Wit::of(&skeleton)?);
    if numbers.are_free(&Core::read(module)?) {
        let said = encoding.name().to_owned() + NUMBERED;
        let component = with_section(emitted(name, module, &skeleton, Some(&numbers), false)?, said.as_bytes());
        let again = Linked::of(&component);
        if again.is_ok_and(|linked| linked.is_some_and(|linked| *linked.skeleton == skeleton)) {
            return Ok(component);
        }
    }
    let component = emitted(name, module, &skeleton, None, false)?;
    let again = remade(module, &component, encoding);
    let data = match again.is_ok_and(|again| again == skeleton) {
        true => encoding.name().as_bytes(),
        false => &skeleton,
    };
    Ok(with_section(component, data))
}

fn with_section(mut component: Vec<u8>, data: &[u8]) -> Vec<u8> {
    let section = CustomSection { name: SKELETON.into(), data: data.into() };
    component.push(section.id());
    section.encode(&mut component);
    component
}

/// The component of a skeleton with the guest in its place, and the guest's names as numbers where there are some.
fn emitted(name: &str, module: &[u8], skeleton: &[u8], numbers: Option<&Numbers>, native_gc: bool) -> Result<Vec<u8>> {
    let mut flat = plan::overlaid(Parts { skeleton, module, owner: None })?;
    let renamed;
    if let (Some(numbers), Some(overlay)) = (numbers, &mut flat.overlay) {
        numbers.rename_in(&mut overlay.speech);
        renamed = numbers.rename(module)?;
        overlay.module = &renamed;
        if let Some((_, taken_out)) = &mut flat.taken_out {
            taken_out.module = numbers.rename(&taken_out.module)?;
        }
    }
    let exports = flat.shape.export_names().map(|name| (0, name.to_owned())).collect();
    let node = Node { input: 0, ..Node::default() };
    let input = Input { name: name.to_owned(), bytes: skeleton.to_owned() };
    let graph = Graph { inputs: vec![input], nodes: vec![node], exports };
    let wit = Wit::of(skeleton)?;
    if let (true, Some(overlay)) = (native_gc, &flat.overlay) {
        emit::native::check(overlay, &wit)?;
    }
    let wits = [Some(wit)];
    let merged = prelude::merge(&wits, |_, _| true)?;
    let (joints, shared) = (BTreeMap::new(), Shared::of(&[Some(&flat)]));
    let part = emit::Part {
        graph: &graph,
        flats: &[&flat],
        joints: &joints,
        gates: &[None],
        shared: shared.as_ref(),
        wits: &wits,
        native_gc,
    };
    emit::emit(&part, &merged)
}

/// The skeleton of a guest, made of its core module and the types of a component that it is in.
fn remade(module: &[u8], component: &[u8], encoding: StringEncoding) -> Result<Vec<u8>> {
    let (core, wit) = (Core::read(module)?, Wit::of(component)?);
    skeleton::again(&core, &Speech::of(&core, &wit)?, &wit, encoding)
}

/// What says a component's types and shape: the skeleton of one that was linked, any other itself.
pub(crate) fn eager_form<'c>(component: &'c [u8], linked: &'c Result<Option<Linked<'c>>>) -> &'c [u8] {
    match linked {
        Ok(Some(linked)) => linked.parts().skeleton,
        Ok(None) | Err(_) => component,
    }
}

/// A linked component, taken apart.
pub struct Linked<'a> {
    skeleton: Cow<'a, [u8]>,
    module: Cow<'a, [u8]>,
    owner: Option<&'a [u8]>,
}

impl<'a> Linked<'a> {
    /// Takes a linked component apart; `None`: it is not one.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn of(component: &'a [u8]) -> Result<Option<Self>> {
        let (mut skeleton, mut module, mut owner) = (None, None, None);
        let mut depth = 0u32;
        for payload in Parser::new(0).parse_all(component) {
            match payload? {
                Payload::Version { .. } => depth += 1,
                Payload::End(_) => depth -= 1,
                Payload::CustomSection(section) if depth == 1 && section.name() == SKELETON => {
                    skeleton = Some(section.data());
                }
                Payload::ModuleSection { unchecked_range, .. } if depth == 1 => {
                    let bytes = slice(component, unchecked_range)?;
                    if module.is_none() && says_its_abi(bytes)? {
                        module = Some(bytes);
                    } else if owner.is_none() && memory::is_owner(bytes)? {
                        owner = Some(bytes);
                    }
                }
                _ => {}
            }
        }
        let Some(skeleton) = skeleton else { return Ok(None) };
        let module = module.context("it has a skeleton and no guest that belongs to it")?;
        let (said, numbered) = match skeleton.strip_suffix(NUMBERED.as_bytes()) {
            Some(said) => (said, true),
            None => (skeleton, false),
        };
        let named = |encoding: &StringEncoding| encoding.name().as_bytes() == said;
        let Some(encoding) = StringEncoding::ALL.into_iter().find(named) else {
            return Ok(Some(Linked { skeleton: Cow::Borrowed(skeleton), module: Cow::Borrowed(module), owner }));
        };
        let module = match numbered {
            true => Cow::Owned(Numbers::of(&Wit::of(component)?).reversed().rename(module)?),
            false => Cow::Borrowed(module),
        };
        let skeleton = Cow::Owned(remade(&module, component, encoding).context("its skeleton cannot be made")?);
        Ok(Some(Linked { skeleton, module, owner }))
    }

    /// What it is made of.
    pub fn parts(&self) -> Parts<'_> {
        Parts { skeleton: &self.skeleton, module: &self.module, owner: self.owner }
    }
}

/// What a linked component is made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Its skeleton.
    pub skeleton: &'a [u8],
    /// The guest's core module.
    pub module: &'a [u8],
    /// The module that owns the guest's memory, if that was taken out of it.
    pub owner: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    /// The skeleton's definitions, and the guest as what is laid over them.
    ///
    /// # Errors
    /// When the two do not belong together.
    pub fn read(self) -> Result<(Shape<'a>, Overlay<'a>)> {
        let shape = Shape::read_with_functions(self.skeleton)?;
        let mut place = None;
        for (index, module) in shape.modules.iter().enumerate() {
            if says_its_abi(module)? {
                place = Some(index as u32);
            }
        }
        let place = place.context("its skeleton has no place for the guest")?;
        let core = Core::read(self.module)?;
        let speech = Speech::of(&core, &Wit::of(self.skeleton)?)?;
        let lowered = shim::lowered_for(&shape, place);
        Ok((shape, Overlay { module: self.module, owner: self.owner, place, speech, lowered }))
    }
}

fn slice(bytes: &[u8], range: std::ops::Range<u64>) -> Result<&[u8]> {
    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
    bytes.get(range).context("a core module reaches beyond the file")
}

fn says_its_abi(module: &[u8]) -> Result<bool> {
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == names::ABI_SECTION
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a linker has to know about a core module before it makes a component of it.
pub struct Summary {
    /// Whether it has no names of other ABIs.
    pub is_eager: bool,
    modules: BTreeSet<String>,
    exports: BTreeSet<String>,
}

impl Summary {
    /// Of a core module.
    ///
    /// # Errors
    /// When it is none.
    pub fn of(input: &Input) -> Result<Self> {
        let core = Core::read(&input.bytes).with_context(|| format!("`{}` cannot be linked", input.name))?;
        let modules: BTreeSet<String> = core.imports.iter().map(|(module, ..)| (*module).to_owned()).collect();
        let exports: BTreeSet<String> = core.exports.keys().map(|name| (*name).to_owned()).collect();
        let odd = |name: &String| {
            ["[abi=", "[thunk=", "[weave=", "cabi_post_[abi=", "cabi_post_[weave=", names::BUILT_INS, names::RESULTS]
                .iter()
                .any(|prefix| name.starts_with(prefix))
        };
        let is_eager = !modules.iter().chain(&exports).any(odd);
        Ok(Summary { is_eager, modules, exports })
    }

    /// Whether it imports anything from this core module.
    pub fn imports_from(&self, module: &str) -> bool {
        self.modules.contains(module)
    }

    /// Whether it exports something by this name.
    pub fn exports(&self, name: &str) -> bool {
        self.exports.contains(name)
    }
}
