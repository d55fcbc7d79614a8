//! What the modules of interfaces are called.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};
use onramp_bridge::Direction;
use wit_parser::{InterfaceId, Resolve, WorldKey};

use crate::{Options, names};

/// An interface's name, the part of its identifier that it shares with others of the same name, and its version.
struct Identifier {
    name: String,
    package: Option<String>,
    version: Option<String>,
    /// Whether its module has all of that in its name.
    is_full: bool,
}

/// The names of the interfaces of one direction, in WIT's spelling: short where that is not ambiguous, or what the options say.
///
/// # Errors
/// When the user names an interface that is not there, or what is no name of a module, or is that of two.
pub fn names(
    resolve: &Resolve,
    direction: Direction,
    interfaces: &[(&WorldKey, InterfaceId)],
    options: &Options,
) -> Result<Vec<String>> {
    let chosen = match direction {
        Direction::Import => &options.import_interface_name,
        Direction::Export => &options.export_interface_name,
    };
    let option = format!("--{}-interface-name", verb(direction));
    let there: Vec<String> = interfaces.iter().map(|(key, _)| resolve.name_world_key(key)).collect();
    for (interface, name) in chosen {
        ensure!(
            names::is_module(&names::snake(name)),
            "`{option} {interface}={name}`: `{name}` is no name of a module"
        );
        if !there.contains(interface) {
            let shown: Vec<_> = there.iter().map(|name| format!("`{name}`")).collect();
            let shown = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
            bail!(
                "`{option} {interface}={name}`: the world {}s no interface `{interface}`; there is {shown}",
                verb(direction)
            );
        }
    }
    let identifiers: Vec<_> = interfaces
        .iter()
        .zip(&there)
        .map(|((key, _), name)| {
            let is_full = options.full_names || options.with_full_names.contains(name);
            Identifier { is_full, ..identifier(resolve, key) }
        })
        .collect();
    let found = default_names(&identifiers).into_iter().zip(&there);
    let names: Vec<String> = found
        .map(|(name, whole)| {
            let chosen = chosen.iter().find(|(interface, _)| interface == whole);
            chosen.map_or(name, |(_, chosen)| chosen.clone())
        })
        .collect();
    distinct(&option, &names, &there)?;
    Ok(names)
}

/// The names that componentize-py gives.
fn default_names(identifiers: &[Identifier]) -> Vec<String> {
    let mut packages: BTreeMap<&str, BTreeMap<Option<&str>, usize>> = BTreeMap::new();
    for one in identifiers {
        *packages.entry(&one.name).or_default().entry(one.package.as_deref()).or_default() += 1;
    }
    let name = |one: &Identifier| {
        let same = &packages[one.name.as_str()];
        let versions = same[&one.package.as_deref()];
        match (&one.package, &one.version) {
            (None, _) => one.name.clone(),
            (Some(package), Some(version)) if versions > 1 || one.is_full => {
                format!("{package}-{}-{}", one.name, version.replace(['.', '+'], "-"))
            }
            (Some(package), _) if same.len() > 1 || one.is_full => format!("{package}-{}", one.name),
            (Some(_), _) => one.name.clone(),
        }
    };
    identifiers.iter().map(name).collect()
}

fn distinct(option: &str, names: &[String], there: &[String]) -> Result<()> {
    let mut modules = BTreeMap::new();
    for (name, interface) in names.iter().zip(there) {
        let module = names::snake(name);
        if let Some(other) = modules.insert(module.clone(), interface) {
            bail!(
                "the interfaces `{other}` and `{interface}` would both have the module `{module}`; `{option}` can name one of them"
            );
        }
    }
    Ok(())
}

fn verb(direction: Direction) -> &'static str {
    match direction {
        Direction::Import => "import",
        Direction::Export => "export",
    }
}

fn identifier(resolve: &Resolve, key: &WorldKey) -> Identifier {
    let WorldKey::Interface(id) = key else {
        return Identifier { name: resolve.name_world_key(key), package: None, version: None, is_full: false };
    };
    let interface = &resolve.interfaces[*id];
    let package = interface.package.map(|package| &resolve.packages[package].name);
    Identifier {
        name: interface.name.clone().unwrap_or_else(|| resolve.name_world_key(key)),
        package: package.map(|package| format!("{}-{}", package.namespace, package.name)),
        version: package.and_then(|package| package.version.as_ref()).map(ToString::to_string),
        is_full: false,
    }
}
