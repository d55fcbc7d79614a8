//! What the modules of interfaces are called.

use std::collections::BTreeMap;

use wit_parser::{InterfaceId, Resolve, WorldKey};

/// An interface's name, the part of its identifier that it shares with others of the same name, and its version.
struct Identifier {
    name: String,
    package: Option<String>,
    version: Option<String>,
}

/// The names of the interfaces of one direction, in WIT's spelling: short where that is not ambiguous.
///
/// `chosen` is what the user says for some, by their identifiers.
pub fn names(
    resolve: &Resolve,
    interfaces: &[(&WorldKey, InterfaceId)],
    chosen: &[(String, String)],
    full: bool,
) -> Vec<String> {
    let identifiers: Vec<_> = interfaces.iter().map(|(key, _)| identifier(resolve, key)).collect();
    let mut packages: BTreeMap<&str, BTreeMap<Option<&str>, usize>> = BTreeMap::new();
    for one in &identifiers {
        *packages.entry(&one.name).or_default().entry(one.package.as_deref()).or_default() += 1;
    }
    let name = |(one, (key, _)): (&Identifier, &(&WorldKey, InterfaceId))| {
        let whole = resolve.name_world_key(key);
        if let Some((_, name)) = chosen.iter().find(|(interface, _)| *interface == whole) {
            return name.clone();
        }
        let same = &packages[one.name.as_str()];
        let versions = same[&one.package.as_deref()];
        match (&one.package, &one.version) {
            (None, _) => one.name.clone(),
            (Some(package), Some(version)) if versions > 1 || full => {
                format!("{package}-{}-{}", one.name, version.replace(['.', '+'], "-"))
            }
            (Some(package), _) if same.len() > 1 || full => format!("{package}-{}", one.name),
            (Some(_), _) => one.name.clone(),
        }
    };
    identifiers.iter().zip(interfaces).map(name).collect()
}

fn identifier(resolve: &Resolve, key: &WorldKey) -> Identifier {
    let WorldKey::Interface(id) = key else {
        return Identifier { name: resolve.name_world_key(key), package: None, version: None };
    };
    let interface = &resolve.interfaces[*id];
    let package = interface.package.map(|package| &resolve.packages[package].name);
    Identifier {
        name: interface.name.clone().unwrap_or_else(|| resolve.name_world_key(key)),
        package: package.map(|package| format!("{}-{}", package.namespace, package.name)),
        version: package.and_then(|package| package.version.as_ref()).map(ToString::to_string),
    }
}
