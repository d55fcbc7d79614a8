//! The two guests of a case: components that wit-component makes of generated core modules, as it does of a compiler's. Between them
//! there may be a native guest ([`with_relay`]).
//!
//! Beside the functions under test they have a *drive* interface, with which the test puts bytes into their memories, lets the
//! caller call with core values that are there, and reads what is in the memories afterwards. [`crate::memory`] says where.

use anyhow::{Context, Result};
use onramp_compose::Input;
use onramp_objects::{Interface, Layout};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::{Function, Resolve, WorldId, WorldItem};

use crate::case::{BEHIND, Case, Guest, SUBJECT};
use crate::layout::{CoreType, Signature};
use crate::memory::{
    ARENA, ARENA_END, BLOCK_LIST, BLOCKS, CALLS, FLATS, FREED, FRESH, GAP, HEAP, HEAP_USED, MOST_BLOCKS, PEEKED,
    POST_RETURNED, POST_RETURNS, RESULT, SIZE,
};
use crate::random::Random;

/// The interface that drives the caller.
pub const CALLER: &str = "test:case/caller-drive";

/// The interface that drives the callee.
pub const CALLEE: &str = "test:case/callee-drive";

/// The caller and the callee of a case, as components.
///
/// # Errors
/// When they cannot be made; that is a fault of this crate.
pub fn components(case: &Case) -> Result<[Vec<u8>; 2]> {
    let signatures: Vec<_> = case.functions.iter().map(crate::case::Function::signature).collect();
    let wit = wit(case);
    let caller = component(&caller(case.caller, &signatures), &wit, "caller", case.caller.encoding);
    let callee = component(&callee(case, &signatures, SUBJECT), &wit, "callee", case.callee.encoding);
    Ok([caller.context("the caller cannot be made")?, callee.context("the callee cannot be made")?])
}

/// The caller, a native guest that passes on references, and the callee of a case. `types` decides which core types the native guest has.
///
/// # Errors
/// When they cannot be made.
pub fn with_relay(case: &Case, types: u64) -> Result<[Vec<u8>; 3]> {
    let signatures: Vec<_> = case.functions.iter().map(crate::case::Function::signature).collect();
    let wit = wit(case);
    let caller = component(&caller(case.caller, &signatures), &wit, "caller", case.caller.encoding);
    let callee = component(&callee(case, &signatures, BEHIND), &wit, "callee-behind", case.callee.encoding);
    let relay = native_module(case, types).and_then(|bytes| {
        let linked = onramp_compose::link(&Input { name: "relay".to_owned(), bytes }, &[]);
        linked.context("the native guest cannot be linked")
    });
    Ok([caller.context("the caller cannot be made")?, relay?, callee.context("the callee cannot be made")?])
}

/// The core module of a native guest between the two of a case, with its world in it. `types` decides which core types it has.
///
/// # Errors
/// When it cannot be made.
pub fn native_module(case: &Case, types: u64) -> Result<Vec<u8>> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("case.wit", &wit(case))?;
    let world = resolve.select_world(&[package], Some("relay"))?;
    let mut random = Random::new(types);
    // Every fourth guest has the types that this project chooses.
    let is_chosen = random.once_in(4);
    let mut below = move |end: u64| random.below(end as usize) as u64;
    let layout = Layout::new(&resolve, if is_chosen { None } else { Some(&mut below) });
    let (inner, outer) = (functions(&resolve, world, false), functions(&resolve, world, true));
    let inner = Interface { name: BEHIND, functions: &inner };
    let text = onramp_objects::relay(layout, inner, Interface { name: SUBJECT, functions: &outer });
    let mut module = wat::parse_str(&text)?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
    Ok(module)
}

/// The functions of the one interface that a world imports or exports.
fn functions(resolve: &Resolve, world: WorldId, exported: bool) -> Vec<&Function> {
    let world = &resolve.worlds[world];
    let items = if exported { &world.exports } else { &world.imports };
    let interfaces = items.values().filter_map(|item| match item {
        WorldItem::Interface { id, .. } => Some(&resolve.interfaces[*id]),
        _ => None,
    });
    interfaces.flat_map(|interface| interface.functions.values()).collect()
}

fn wit(case: &Case) -> String {
    let drive = "poke: func(at: u32, bytes: list<u8>);\n  peek: func(at: u32, length: u32) -> list<u8>;";
    let subject = case.wit();
    let behind = subject.replace("interface subject", "interface behind");
    format!(
        "package test:case;\n{subject}{behind}
interface caller-drive {{\n  {drive}\n  call: func(function: u32);\n}}
interface callee-drive {{\n  {drive}\n}}
world caller {{ import subject; export caller-drive; }}
world callee {{ export subject; export callee-drive; }}
world relay {{ import behind; export subject; }}
world callee-behind {{ export behind; export callee-drive; }}"
    )
}

fn component(wat: &str, wit: &str, world: &str, encoding: StringEncoding) -> Result<Vec<u8>> {
    let mut module = wat::parse_str(wat)?;
    let mut resolve = Resolve::default();
    let package = resolve.push_str("case.wit", wit)?;
    let world = resolve.select_world(&[package], Some(world))?;
    embed_component_metadata(&mut module, &resolve, world, encoding, false)?;
    ComponentEncoder::default().module(&module)?.encode()
}

fn caller(guest: Guest, signatures: &[Signature]) -> String {
    let mut imports = String::new();
    let mut calls = String::new();
    for (index, signature) in signatures.iter().enumerate() {
        let params = signature.caller_params();
        let func = func_type(&params, signature.flat_result);
        imports.push_str(&format!("(import \"{SUBJECT}\" \"f{index}\" (func $f{index} {func}))\n"));
        let args = params.iter().enumerate().map(|(index, ty)| load(*ty, flat(index)));
        let call = format!("(call $f{index} {})", args.collect::<String>());
        let call = signature.flat_result.map_or(call.clone(), |ty| store(ty, RESULT, &call));
        calls.push_str(&format!("(if (i32.eq (local.get 0) (i32.const {index})) (then {call}))\n"));
    }
    let drive = drive(CALLER, guest);
    format!("(module {imports} {drive}\n(func (export \"{CALLER}#call\") (param i32)\n{calls}))")
}

fn callee(case: &Case, signatures: &[Signature], interface: &str) -> String {
    let mut functions = String::new();
    for (index, signature) in signatures.iter().enumerate() {
        let result = signature.callee_result();
        let stores = signature.flat_params.iter().enumerate();
        let stores: String =
            stores.map(|(index, ty)| store(*ty, flat(index), &format!("(local.get {index})"))).collect();
        let returned = result.map(|ty| load(ty, RESULT)).unwrap_or_default();
        let func = func_type(&signature.flat_params, result);
        functions.push_str(&format!(
            "(func (export \"{interface}#f{index}\") {func} {stores} {} {returned})\n",
            increment(CALLS)
        ));
        if case.functions[index].post_return {
            functions.push_str(&post_return(interface, index, result));
        }
    }
    format!("(module {}\n{functions})", drive(CALLEE, case.callee))
}

/// A post-return that makes the arena unreadable: what was in it must have been read.
fn post_return(interface: &str, function: usize, result: Option<CoreType>) -> String {
    let param = result.map(|ty| func_type(&[ty], None)).unwrap_or_default();
    let given = result.map(|ty| store(ty, POST_RETURNED, "(local.get 0)")).unwrap_or_default();
    format!(
        "(func (export \"cabi_post_{interface}#f{function}\") {param} {given} {}
           (memory.fill (i32.const {ARENA}) (i32.const {FREED}) (i32.const {})))\n",
        increment(POST_RETURNS),
        ARENA_END - ARENA
    )
}

/// Memory, `realloc`, and the functions that both guests are driven with.
fn drive(interface: &str, guest: Guest) -> String {
    let page = 0x1_0000;
    format!(
        r#"(memory (export "memory") {pages} {pages})
(func $realloc (export "cabi_realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
  (local $new i32) (local $block i32)
  (if (i32.and (i32.const {stays}) (i32.le_u (local.get $size) (local.get $old_size))) (then (return (local.get $old))))
  (if (i32.gt_u (local.get $size) (i32.const {room})) (then unreachable))
  (local.set $new (i32.and
    (i32.add (i32.add (i32.load (i32.const {HEAP_USED})) (i32.const {first})) (local.get $align))
    (i32.sub (i32.const 0) (local.get $align))))
  (if (i32.gt_u (i32.add (local.get $new) (local.get $size)) (i32.const {SIZE})) (then unreachable))
  (i32.store (i32.const {HEAP_USED}) (i32.sub (i32.add (local.get $new) (local.get $size)) (i32.const {HEAP})))
  (local.set $block (i32.load (i32.const {BLOCKS})))
  {count}
  (if (i32.lt_u (local.get $block) (i32.const {MOST_BLOCKS})) (then
    (local.set $block (i32.add (i32.const {BLOCK_LIST}) (i32.mul (local.get $block) (i32.const 8))))
    (i32.store (local.get $block) (local.get $new))
    (i32.store offset=4 (local.get $block) (local.get $size))))
  (memory.fill (local.get $new) (i32.const {FRESH}) (local.get $size))
  (memory.copy (local.get $new) (local.get $old) (select (local.get $size) (local.get $old_size)
    (i32.lt_u (local.get $size) (local.get $old_size))))
  (local.get $new))
(func (export "{interface}#poke") (param $at i32) (param $from i32) (param $size i32)
  (memory.copy (local.get $at) (local.get $from) (local.get $size))
  (memory.fill (local.get $from) (i32.const 0) (local.get $size))
  (i32.store (i32.const {HEAP_USED}) (i32.const 0))
  (i32.store (i32.const {BLOCKS}) (i32.const 0)))
(func (export "{interface}#peek") (param $at i32) (param $size i32) (result i32)
  (i32.store (i32.const {PEEKED}) (local.get $at))
  (i32.store offset=4 (i32.const {PEEKED}) (local.get $size))
  (i32.const {PEEKED}))"#,
        pages = SIZE / page,
        stays = i32::from(!guest.moves),
        room = SIZE - HEAP,
        first = HEAP + GAP - 1,
        count = increment(BLOCKS),
    )
}

fn flat(index: usize) -> u32 {
    FLATS + 8 * index as u32
}

fn func_type(params: &[CoreType], result: Option<CoreType>) -> String {
    let params: String = params.iter().map(|ty| format!(" {}", ty.name())).collect();
    let result = result.map(|ty| format!(" (result {})", ty.name())).unwrap_or_default();
    format!("(param{params}){result}")
}

fn load(ty: CoreType, at: u32) -> String {
    format!("({}.load (i32.const {at}))", ty.name())
}

fn store(ty: CoreType, at: u32, value: &str) -> String {
    format!("({}.store (i32.const {at}) {value})", ty.name())
}

fn increment(at: u32) -> String {
    store(CoreType::I32, at, &format!("(i32.add (i32.const 1) {})", load(CoreType::I32, at)))
}
