//! Scenarios: a folder with one WIT file, and a caller and a callee per language.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wit_bindgen_core::wit_parser::{
    Function, InterfaceId, PackageId, Resolve, Result_, Type, TypeDefKind, WorldId, WorldItem,
};

use crate::language::{Language, Trial};

/// Which side of a connection a guest is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Imports the scenario's interface and checks what it returns.
    Caller,
    /// Exports the scenario's interface.
    Callee,
}

impl Role {
    /// Both roles.
    pub const ALL: [Role; 2] = [Role::Caller, Role::Callee];

    /// The role's name: of the world in the scenario's WIT, and of the source files.
    pub fn name(self) -> &'static str {
        match self {
            Role::Caller => "caller",
            Role::Callee => "callee",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A part of WIT, or of what it promises, that not every generator has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// `map<K, V>`.
    Maps,
    /// `list<T, N>`.
    FixedLengthLists,
    /// `list<T, N>` of strings, lists or maps: of what owns memory.
    FixedLengthListsOfOwned,
    /// Destructors of exported resources run. WIT cannot say that a scenario depends on it, so its package's documentation
    /// does: `Needs: destructors`.
    Destructors,
}

/// A scenario that was read and found whole.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name of its folder.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The text of its `world.wit`.
    pub wit: String,
    /// The name of its WIT package, such as `test:strings`.
    pub package: String,
    /// The interface that the caller exports and whose `run` makes the checks, such as `test:strings/check-strings`.
    pub entry: String,
    /// What its WIT uses that not every generator has.
    pub features: BTreeSet<Feature>,
}

impl Scenario {
    /// The file with this scenario's guest for a role in a language.
    pub fn source(&self, role: Role, language: &dyn Language) -> PathBuf {
        self.folder.join(format!("{role}.{}", language.extension()))
    }

    /// Whether nobody wrote its guest for a role in a language that need not have all.
    pub fn lacks(&self, role: Role, language: &dyn Language) -> bool {
        language.is_partial() && !self.source(role, language).exists()
    }

    /// Reads the scenario in a folder.
    ///
    /// # Errors
    /// WIT that is missing or does not parse (with the line), a world that is missing (with those that there are), a
    /// caller without an entry point.
    pub fn load(folder: &Path) -> Result<Self> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.with_context(|| format!("`{}` is no folder of a scenario", folder.display()))?;
        let file = folder.join("world.wit");
        let wit = fs::read_to_string(&file).with_context(|| {
            format!("the scenario `{name}` has no `{}`: write its interface and its two worlds there", file.display())
        })?;
        let mut resolve = Resolve::default();
        let package = resolve
            .push_source(&file.display().to_string(), &wit)
            .map_err(|error| anyhow!("{}", resolve.render_error(&error)))?;
        for role in Role::ALL {
            world(&resolve, package, role).with_context(|| format!("in `{}`", file.display()))?;
        }
        let caller = world(&resolve, package, Role::Caller)?;
        let entry = entry(&resolve, caller).with_context(|| {
            format!(
                "in `{}`: the world `caller` exports no interface with `run: func() -> result<u32, string>`",
                file.display()
            )
        })?;
        Ok(Scenario {
            name,
            folder: folder.to_owned(),
            package: resolve.packages[package].name.to_string(),
            entry: resolve.id_of(entry).context("an exported interface has a name")?,
            features: features(&resolve, package),
            wit,
        })
    }

    /// Reads every scenario in a folder of scenarios, in the order of their names, and looks whether each has its source files
    /// in these languages.
    ///
    /// # Errors
    /// Everything that [`Scenario::load`] finds wrong in any of them, all in one message; source files that are missing.
    pub fn load_all(folder: &Path, languages: &[&dyn Language]) -> Result<Vec<Self>> {
        let entries =
            fs::read_dir(folder).with_context(|| format!("cannot read the scenarios in `{}`", folder.display()))?;
        let mut folders: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        folders.retain(|path| path.is_dir());
        folders.sort();
        let loaded: Vec<Result<Self>> = folders
            .iter()
            .map(|folder| Scenario::load(folder).and_then(|scenario| scenario.with_sources(languages)))
            .collect();
        let wrong: Vec<String> =
            loaded.iter().filter_map(|one| one.as_ref().err()).map(|error| format!("{error:#}")).collect();
        if !wrong.is_empty() {
            bail!("{}", wrong.join("\n"));
        }
        if loaded.is_empty() {
            bail!("there are no scenarios in `{}`", folder.display());
        }
        loaded.into_iter().collect()
    }

    /// The scenario itself, when every language that can have it does.
    fn with_sources(self, languages: &[&dyn Language]) -> Result<Self> {
        let sources = languages.iter().flat_map(|language| Role::ALL.map(|role| (*language, role)));
        let missing: Vec<String> = sources
            .filter(|(language, role)| !self.lacks(*role, *language))
            .filter(|(language, role)| {
                let mut gaps = language.profiles().iter().map(|&profile| language.gap(&self, *role, profile));
                gaps.any(|gap| gap.is_none_or(|gap| gap.trial != Trial::Generate))
            })
            .map(|(language, role)| self.source(role, language))
            .filter(|file| !file.exists())
            .map(|file| format!("`{}`", file.display()))
            .collect();
        if !missing.is_empty() {
            bail!(
                "the scenario `{}` lacks {}: a scenario has a caller and a callee in every language whose generator has its types",
                self.name,
                missing.join(" and ")
            );
        }
        Ok(self)
    }
}

fn world(resolve: &Resolve, package: PackageId, role: Role) -> Result<WorldId> {
    let worlds = &resolve.packages[package].worlds;
    worlds.get(role.name()).copied().with_context(|| {
        let names: Vec<String> = worlds.keys().map(|name| format!("`{name}`")).collect();
        let others = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
        format!("there is no world `{role}`: {others}")
    })
}

fn entry(resolve: &Resolve, caller: WorldId) -> Option<InterfaceId> {
    let exports = resolve.worlds[caller].exports.values();
    let interfaces = exports.filter_map(|item| match item {
        WorldItem::Interface { id, .. } => Some(*id),
        WorldItem::Function(_) | WorldItem::Type { .. } => None,
    });
    let is_entry = |function: &Function| {
        let result = match function.result {
            Some(Type::Id(id)) => Some(&resolve.types[id].kind),
            _ => None,
        };
        let expected = TypeDefKind::Result(Result_ { ok: Some(Type::U32), err: Some(Type::String) });
        function.params.is_empty() && result == Some(&expected)
    };
    let mut interfaces = interfaces.filter(|id| resolve.interfaces[*id].functions.get("run").is_some_and(is_entry));
    interfaces.next()
}

fn features(resolve: &Resolve, package: PackageId) -> BTreeSet<Feature> {
    let of_type = |kind: &TypeDefKind| match kind {
        TypeDefKind::Map(..) => Some(Feature::Maps),
        TypeDefKind::FixedLengthList(element, _) if owns_memory(resolve, element) => {
            Some(Feature::FixedLengthListsOfOwned)
        }
        TypeDefKind::FixedLengthList(..) => Some(Feature::FixedLengthLists),
        _ => None,
    };
    let mut features: BTreeSet<Feature> = resolve.types.iter().filter_map(|(_, ty)| of_type(&ty.kind)).collect();
    let documentation = resolve.packages[package].docs.contents.as_deref().unwrap_or_default();
    if documentation.contains("Needs: destructors") {
        features.insert(Feature::Destructors);
    }
    features
}

/// True for strings, lists and maps; no scenario has a fixed-length list of anything deeper.
fn owns_memory(resolve: &Resolve, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Id(id) => matches!(resolve.types[*id].kind, TypeDefKind::List(_) | TypeDefKind::Map(..)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features_of(wit: &str) -> BTreeSet<Feature> {
        let mut resolve = Resolve::default();
        let package = resolve.push_source("world.wit", wit).unwrap();
        features(&resolve, package)
    }

    #[test]
    fn features_are_read_from_types_and_documentation() {
        assert!(features_of("package a:b; interface i { f: func(x: list<string>); }").is_empty());
        let wit = "package a:b; interface i { f: func(x: map<string, list<u8, 4>>) -> list<list<string>, 2>; }";
        let expected = [Feature::Maps, Feature::FixedLengthLists, Feature::FixedLengthListsOfOwned];
        assert_eq!(features_of(wit), expected.into());
        assert_eq!(features_of("/// Needs: destructors.\npackage a:b;"), [Feature::Destructors].into());
    }
}
