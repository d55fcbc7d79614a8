//! The world of a Python app.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use onramp_bindgen_python::{Options, Part};
use wit_parser::{CloneMaps, Package, PackageName, Resolve, Stability, WorldId, WorldItem};

use super::Common;
use super::settings::Settings;
use crate::bindgen::world::Wit;

/// A world, perhaps of several.
pub struct World {
    /// Its types.
    pub resolve: Resolve,
    /// The world.
    pub id: WorldId,
    /// How its bindings are made.
    pub bindings: Options,
}

/// What a command line says of the worlds of an app, beside what it says of bindings too.
#[derive(Default)]
pub struct Choice<'a> {
    /// What the app's packages say.
    pub settings: &'a [Settings],
    /// The worlds of those packages, by their names; the worlds of all stand for those that are not there.
    pub module_worlds: &'a [(String, String)],
    /// A world: what is not in it is left out of all.
    pub intersection: Option<&'a str>,
}

impl World {
    /// Reads the WIT that a command line and packages name.
    ///
    /// # Errors
    /// When it cannot be read or is not correct, when it has no such world, or when two worlds do not go together.
    pub fn read(arguments: &Common, choice: &Choice<'_>) -> Result<Self> {
        let mut wit = Wit::new(&arguments.features, arguments.all_features);
        let covered = covered(&mut wit, arguments, choice)?;
        arguments.wit_path.iter().try_for_each(|path| wit.push(path))?;
        if wit.is_empty() {
            wit.push(Path::new("wit"))?;
        }
        let mut worlds: Vec<WorldId> = Vec::new();
        for name in &arguments.world {
            add(&mut worlds, wit.world(Some(name))?);
        }
        covered.iter().flatten().for_each(|world| add(&mut worlds, *world));
        if worlds.is_empty() {
            worlds.push(wit.world(None)?);
        }
        if let Some(name) = choice.intersection {
            let with = wit.world(Some(name))?;
            worlds.iter().try_for_each(|world| intersect(&mut wit.resolve, *world, with))?;
        }
        let bindings = bindings(&wit.resolve, &arguments.bindings, choice.settings, &covered);
        let id = union(&mut wit.resolve, &worlds)?;
        Ok(World { resolve: wit.resolve, id, bindings })
    }
}

fn add(worlds: &mut Vec<WorldId>, world: WorldId) {
    if !worlds.contains(&world) {
        worlds.push(world);
    }
}

/// Reads the WIT of each package: its worlds, which are those that it is told to have, or of all those that its WIT has.
fn covered(wit: &mut Wit, arguments: &Common, choice: &Choice<'_>) -> Result<Vec<Vec<WorldId>>> {
    let mut all = Vec::new();
    for settings in choice.settings {
        let Some(path) = &settings.wit else {
            all.push(Vec::new());
            continue;
        };
        let own = choice.module_worlds.iter().filter(|(of, _)| *of == settings.package);
        let own: Vec<&str> = own.map(|(_, world)| world.as_str()).collect();
        let given: Vec<&str> = arguments.world.iter().map(String::as_str).collect();
        let found = wit.merge(path, if own.is_empty() { &given } else { &own })?;
        for name in own {
            let is_there = found.iter().any(|(other, _)| other == name);
            ensure!(
                is_there,
                "`--module-worlds {}={name}`: `{}` has no world `{name}`",
                settings.package,
                path.display()
            );
        }
        all.push(found.into_iter().map(|(_, world)| world).collect());
    }
    Ok(all)
}

/// The options of the bindings, with what packages say of their parts. Of an interface in several parts the first says the name.
fn bindings(resolve: &Resolve, given: &Options, settings: &[Settings], covered: &[Vec<WorldId>]) -> Options {
    let mut options = given.clone();
    let mut named = Vec::new();
    for (settings, worlds) in settings.iter().zip(covered) {
        let items = |choose: fn(&wit_parser::World) -> &wit_parser::IndexMap<wit_parser::WorldKey, WorldItem>| {
            let keys = worlds.iter().flat_map(move |world| choose(&resolve.worlds[*world]).keys());
            keys.map(|key| resolve.name_world_key(key)).collect::<Vec<_>>()
        };
        let (imports, exports) = (items(|world| &world.imports), items(|world| &world.exports));
        let chosen = |names: &[(String, String)], there: &[String]| -> Vec<(String, String)> {
            names.iter().filter(|(interface, _)| there.contains(interface)).cloned().collect()
        };
        options.import_interface_name.extend(chosen(&settings.import_names, &imports));
        options.export_interface_name.extend(chosen(&settings.export_names, &exports));
        let new: Vec<String> = imports.iter().chain(&exports).filter(|key| !named.contains(*key)).cloned().collect();
        if settings.full_names {
            options.with_full_names.extend_from_slice(&new);
        }
        named.extend(new);
        if let (Some(module), false) = (&settings.bindings, worlds.is_empty()) {
            options.parts.push(Part { module: module.clone(), imports, exports });
        }
    }
    options
}

/// Takes out of a world what another does not have.
///
/// # Errors
/// When something that stays has types of what goes.
fn intersect(resolve: &mut Resolve, world: WorldId, with: WorldId) -> Result<()> {
    let (imports, exports) = (resolve.worlds[with].imports.clone(), resolve.worlds[with].exports.clone());
    let types = resolve.worlds[world].imports.iter();
    let gone = types.filter(|(key, item)| matches!(item, WorldItem::Type { .. }) && !imports.contains_key(*key));
    let gone = gone.map(|(key, _)| resolve.name_world_key(key)).next();
    let left = &mut resolve.worlds[world];
    left.imports.retain(|key, _| imports.contains_key(key));
    left.exports.retain(|key, _| exports.contains_key(key));
    let is_function = |item: &WorldItem| matches!(item, WorldItem::Function(_));
    let has_function = left.imports.values().chain(left.exports.values()).any(is_function);
    ensure!(
        gone.is_none() || !has_function,
        "the world `{}` has the type `{}`, which its functions may use and the world `{}` has not: `--intersect-world` cannot take it out",
        resolve.worlds[world].name,
        gone.unwrap_or_default(),
        resolve.worlds[with].name
    );
    Ok(())
}

/// One world with what all of them have.
fn union(resolve: &mut Resolve, worlds: &[WorldId]) -> Result<WorldId> {
    if let [world] = worlds {
        return Ok(*world);
    }
    let package = resolve.packages.alloc(Package {
        name: PackageName { namespace: "onramp".to_owned(), name: "union".to_owned(), version: None },
        docs: Default::default(),
        interfaces: Default::default(),
        worlds: Default::default(),
    });
    let union = resolve.worlds.alloc(wit_parser::World {
        name: "union".to_owned(),
        imports: Default::default(),
        exports: Default::default(),
        package: Some(package),
        docs: Default::default(),
        stability: Stability::Unknown,
        includes: Default::default(),
        span: Default::default(),
    });
    resolve.packages[package].worlds.insert("union".to_owned(), union);
    for world in worlds {
        let merged = resolve.merge_worlds(*world, union, &mut CloneMaps::default());
        merged.with_context(|| {
            let names = worlds.iter().map(|world| format!("`{}`", resolve.worlds[*world].name));
            format!("the worlds {} do not go together", names.collect::<Vec<_>>().join(", "))
        })?;
    }
    Ok(union)
}
