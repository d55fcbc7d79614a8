//! The option `--lazy`: records of two words become types of the runtime.
//!
//! `onramp-bridge` puts records in the place of dynamic values. Here they get names that nothing else has, so that each place where
//! upstream writes one is known by its name: the definition, where a value is made of its fields and where it is taken apart. In the
//! end the names are replaced by those that people see.

mod lift;
mod types;

use anyhow::{Result, bail};
use onramp_abi::{Lowering, Profile};
use onramp_bridge::lazy::{Language, LazyType, rewrite};
use onramp_bridge::{Direction, WorldFunction};
use wit_bindgen_core::wit_parser::{InterfaceId, Resolve, Type, TypeDefKind, WorldId, WorldItem, WorldKey};
use wit_bindgen_rust::Opts;

use crate::world::is_elsewhere;

pub use lift::edit as edit_lift;
pub use types::{Replacement, content, replace};

/// The records of a world.
#[derive(Default)]
pub struct Records {
    pub types: Vec<LazyType>,
}

impl Records {
    /// Rewrites the world.
    ///
    /// # Errors
    /// When a pattern names nothing, or the profile or an option does not go with it.
    pub fn new(
        resolve: &mut Resolve,
        world: WorldId,
        profile: Profile,
        options: &Opts,
        patterns: &[String],
    ) -> Result<Records> {
        if patterns.is_empty() {
            return Ok(Records::default());
        }
        if profile.lowering() == Lowering::Eager {
            bail!("`--lazy` needs the profile lazy or cm1: in {profile} nothing arrives as a handle");
        }
        if options.merge_structurally_equal_types.is_some_and(|merge| merge.unwrap_or(true)) {
            bail!("`--lazy` does not go together with `--merge-structurally-equal-types`: its types would all be one");
        }
        if options.stubs {
            bail!("`--lazy` does not go together with `--stubs`");
        }
        let plain = |resolve: &Resolve, ty: &Type| plain(resolve, ty).is_some();
        let language = Language { lifts: &|resolve, ty| !plain(resolve, ty), sends: &plain };
        let types = rewrite(resolve, world, patterns, &language)?;
        let imported = |record: &&LazyType| record.direction == Direction::Import;
        for key in types.iter().filter(imported).filter_map(|record| record.interface.as_ref()) {
            if is_elsewhere(resolve, options, key) {
                let name = resolve.name_world_key(key);
                bail!("`--lazy` names functions of {name}, whose bindings `with` takes from elsewhere: name others");
            }
        }
        for (number, record) in types.iter().enumerate() {
            rename(resolve, world, record, number);
        }
        Ok(Records { types })
    }

    /// The number of the record whose elements this function lifts.
    pub fn lifted_by(&self, resolve: &Resolve, one: &WorldFunction<'_>) -> Option<usize> {
        let name = |key: Option<&WorldKey>| key.map(|key| resolve.name_world_key(key));
        (0..self.types.len()).find(|number| {
            let record = &self.types[*number];
            record.lift.is_some()
                && one.function.name == lift_name(*number)
                && record.direction == one.direction
                && name(record.interface.as_ref()) == name(one.interface)
        })
    }
}

/// The type in Rust of elements that are in memory as the ABI has them.
fn plain(resolve: &Resolve, ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Bool => "bool",
        Type::U8 => "u8",
        Type::S8 => "i8",
        Type::U16 => "u16",
        Type::S16 => "i16",
        Type::U32 => "u32",
        Type::S32 => "i32",
        Type::U64 => "u64",
        Type::S64 => "i64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::Id(id) => match &resolve.types[*id].kind {
            TypeDefKind::Type(inner) => return plain(resolve, inner),
            _ => return None,
        },
        Type::String | Type::ErrorContext => return None,
    })
}

/// The name of a record while upstream generates, in WIT. The letters around the number keep `1` and `10` apart.
fn record_name(number: usize) -> String {
    format!("onramp-record-n{number}x")
}

/// The same in Rust.
fn rust_record(number: usize) -> String {
    format!("OnrampRecordN{number}x")
}

/// The name of the function that lifts a record's elements, while upstream generates, in WIT.
fn lift_name(number: usize) -> String {
    format!("onramp-lift-n{number}x")
}

/// The same in Rust.
fn rust_lift(number: usize) -> String {
    format!("onramp_lift_n{number}x")
}

fn rename(resolve: &mut Resolve, world: WorldId, record: &LazyType, number: usize) {
    resolve.types[record.record].name = Some(record_name(number));
    match interface(resolve, world, record) {
        Some(id) => {
            let interface = &mut resolve.interfaces[id];
            interface.types.shift_remove(&record.name);
            interface.types.insert(record_name(number), record.record);
            if let Some(mut lift) = record.lift.as_ref().and_then(|lift| interface.functions.shift_remove(lift)) {
                lift.name = lift_name(number);
                interface.functions.insert(lift_name(number), lift);
            }
        }
        None => rename_in_world(resolve, world, record, number),
    }
}

fn rename_in_world(resolve: &mut Resolve, world: WorldId, record: &LazyType, number: usize) {
    let world = &mut resolve.worlds[world];
    if let Some(item) = world.imports.shift_remove(&WorldKey::Name(record.name.clone())) {
        world.imports.insert(WorldKey::Name(record_name(number)), item);
    }
    let functions = match record.direction {
        Direction::Import => &mut world.imports,
        Direction::Export => &mut world.exports,
    };
    let lift = record.lift.as_ref().and_then(|lift| functions.shift_remove(&WorldKey::Name(lift.clone())));
    if let Some(WorldItem::Function(mut lift)) = lift {
        lift.name = lift_name(number);
        functions.insert(WorldKey::Name(lift_name(number)), WorldItem::Function(lift));
    }
}

fn interface(resolve: &Resolve, world: WorldId, record: &LazyType) -> Option<InterfaceId> {
    let key = record.interface.as_ref()?;
    let world = &resolve.worlds[world];
    let item = match record.direction {
        Direction::Import => world.imports.get(key),
        Direction::Export => world.exports.get(key),
    };
    match item? {
        WorldItem::Interface { id, .. } => Some(*id),
        WorldItem::Function(_) | WorldItem::Type { .. } => None,
    }
}
