//! The hand-written guests: a text per role and axis of the profiles (how results are given, how strings and lists are received; of
//! `gc`, a text per role), in which `ABI` stands for what the profile's names begin with.

use std::path::Path;

use anyhow::{Context, Result};
use onramp_abi::{Data, Lowering, Profile, Results};
use onramp_compose::{Graph, Input, link};
use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use super::Pair;

/// The interfaces of the guests.
pub const WIT: &str = include_str!("../../guests/profiles/world.wit");

const CALLER_SINGLE: &str = include_str!("../../guests/profiles/caller.single.wat");
const CALLER_MULTI: &str = include_str!("../../guests/profiles/caller.multi.wat");
const RELAY_EAGER: &str = include_str!("../../guests/profiles/relay.eager.wat");
const RELAY_LAZY: &str = include_str!("../../guests/profiles/relay.lazy.wat");
const CALLEE_EAGER: &str = include_str!("../../guests/profiles/callee.eager.wat");
const CALLEE_LAZY: &str = include_str!("../../guests/profiles/callee.lazy.wat");
const CALLEE_SINGLE: &str = include_str!("../../guests/profiles/callee.single.wat");
const CALLEE_MULTI: &str = include_str!("../../guests/profiles/callee.multi.wat");

const CALLER_GC: &str = include_str!("../../guests/profiles/caller.gc.wat");
const RELAY_GC: &str = include_str!("../../guests/profiles/relay.gc.wat");
const CALLEE_GC: &str = include_str!("../../guests/profiles/callee.gc.wat");

/// The guests of a pair, connected: the caller with the callee and, through the relay, once more with the callee.
///
/// # Errors
/// When a guest cannot be linked, or they do not fit each other.
pub fn graph((caller, callee): Pair) -> Result<Graph> {
    let guests = [guest("caller", caller)?, guest("relay-guest", caller)?, guest("callee", callee)?];
    Graph::plug(guests.into(), &[])
}

/// The component of a guest.
fn guest(world: &str, profile: Profile) -> Result<Input> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str(Path::new("world.wit"), WIT)?;
    let id = resolve.select_world(&[package], Some(world))?;
    let mut module = wat::parse_str(text(world, profile)).with_context(|| format!("the {world} of {profile}"))?;
    embed_component_metadata(&mut module, &resolve, id, StringEncoding::UTF8, false)?;
    let name = format!("{world}.{profile}");
    let bytes = link(&Input { name: name.clone(), bytes: module }, &[])?;
    Ok(Input { name, bytes })
}

fn text(world: &str, profile: Profile) -> String {
    let parts = match profile.data() {
        Data::Linear => linear(world, profile),
        Data::Gc => match world {
            "caller" => CALLER_GC.to_owned(),
            "callee" => CALLEE_GC.to_owned(),
            _ => RELAY_GC.to_owned(),
        },
    };
    match profile.draft() {
        None => format!("(module\n{})", parts.replace("ABI", "")),
        Some(draft) => {
            let parts = parts.replace("ABI", &format!("[abi={profile}]"));
            format!("(module\n{parts}(@custom \"onramp:abi\" \"{profile} {draft}\\n\"))")
        }
    }
}

/// The text of a guest whose values are in its memory.
fn linear(world: &str, profile: Profile) -> String {
    let takes = |eager, lazy| match profile.lowering() {
        Lowering::Eager => eager,
        Lowering::Lazy => lazy,
    };
    let gives = |single, multi| match profile.results() {
        Results::Single => single,
        Results::Multi => multi,
    };
    match world {
        "caller" => gives(CALLER_SINGLE, CALLER_MULTI).to_owned(),
        "callee" => takes(CALLEE_EAGER, CALLEE_LAZY).to_owned() + gives(CALLEE_SINGLE, CALLEE_MULTI),
        _ => takes(RELAY_EAGER, RELAY_LAZY).to_owned(),
    }
}
