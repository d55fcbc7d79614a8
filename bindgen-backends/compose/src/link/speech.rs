//! Which ABI a guest speaks in which function: what its core names say, checked against its world
//! (the rules M1 to M6 of `docs/abi/multivalue.md`).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow, bail, ensure};
use onramp_abi::gc::{self, CoreTypes};
use onramp_abi::{Data, Lowering, Profile, Role, Signature, Types, names};
use wit_parser::{Resolve, Type, TypeDefKind};

use crate::prelude::{Wit, WorldFunction};
use crate::report::contains;

use super::core::{Core, CoreFunction, CoreSignature, Item};
use super::handles::BuiltIn;

/// Profiles that core names can say.
pub(super) fn named_profiles() -> impl Iterator<Item = Profile> {
    Profile::ALL.into_iter().filter(|profile| profile.draft().is_some())
}

/// What a guest speaks where. Functions that are not here are eager.
#[derive(Clone, Debug, Default)]
pub struct Speech {
    /// The functions that it imports under `[abi=…]`, by interface (`$root`: the world) and name.
    pub imports: BTreeMap<(String, String), Import>,
    /// The functions that it exports under `[abi=…]`, by their eager core names.
    pub exports: BTreeMap<String, Export>,
    /// The core modules that it imports from.
    pub modules: BTreeSet<String>,
    /// Its core exports.
    pub core_exports: BTreeSet<String>,
    /// The types of its core exports that are functions of types in larger groups.
    pub grouped: BTreeMap<String, u32>,
    /// The built-in functions of the lazy ABI that it imports.
    pub built_ins: BTreeSet<String>,
    /// The built-in functions for resources that it imports under `[abi=gc]`, by module and field.
    pub resources: BTreeMap<(String, String), BuiltIn>,
    /// Whether its functions in the GC ABI were made by weaving: they check what they read.
    pub is_woven: bool,
    /// Its core types, to which types of functions refer in the GC ABI.
    pub types: CoreTypes,
}

/// A function that a guest imports in an ABI other than eager.
#[derive(Clone, Debug)]
pub struct Import {
    /// The ABI.
    pub profile: Profile,
    /// Module and field of the core import.
    pub core: (String, String),
    /// The references that it passes, in the GC ABI.
    pub gc: Option<gc::Function>,
}

/// A function that a guest exports in an ABI other than eager.
#[derive(Clone, Debug)]
pub struct Export {
    /// The ABI.
    pub profile: Profile,
    /// The core export.
    pub core: String,
    /// The core export of its post-return function, if it has one.
    pub post_return: Option<String>,
    /// Its interface (`$root`: the world).
    pub interface: String,
    /// Its name.
    pub function: String,
    /// The references that it passes, in the GC ABI.
    pub gc: Option<gc::Function>,
}

impl Speech {
    /// What a core module of this world speaks.
    ///
    /// # Errors
    /// When it breaks one of the rules M1 to M4 and M6, or M5 with two names of one function.
    pub(crate) fn of(core: &Core, wit: &Wit) -> Result<Self> {
        let mut speech = Speech {
            modules: core.imports.iter().map(|(module, ..)| (*module).to_owned()).collect(),
            core_exports: core.exports.keys().map(|name| (*name).to_owned()).collect(),
            grouped: core
                .exports
                .iter()
                .filter_map(|(name, item)| Some(((*name).to_owned(), core.grouped(item)?)))
                .collect(),
            types: core.types.clone(),
            is_woven: core.drafts.contains(&WOVEN),
            ..Speech::default()
        };
        let reader = Reader { core, wit, resolve: &wit.resolve };
        reader.imports(&mut speech)?;
        reader.exports(&mut speech)?;
        Ok(speech)
    }

    /// Checks that a core module exports what its world does.
    ///
    /// # Errors
    /// When it breaks rule M5.
    pub(crate) fn check_exports(&self, core: &Core, wit: &Wit) -> Result<()> {
        Reader { core, wit, resolve: &wit.resolve }.every_export_is_there(self)
    }

    /// True for a guest that is eager throughout.
    pub fn is_eager(&self) -> bool {
        self.imports.is_empty() && self.exports.is_empty() && self.built_ins.is_empty() && self.resources.is_empty()
    }

    /// Whether it receives lazily in some function.
    pub fn is_lazy(&self) -> bool {
        let imports = self.imports.values().map(|import| import.profile);
        let mut profiles = imports.chain(self.exports.values().map(|export| export.profile));
        !self.built_ins.is_empty() || profiles.any(|profile| profile.lowering() == Lowering::Lazy)
    }

    /// Whether it passes references in some function.
    pub fn is_gc(&self) -> bool {
        let imports = self.imports.values().map(|import| import.profile);
        let mut profiles = imports.chain(self.exports.values().map(|export| export.profile));
        !self.resources.is_empty() || profiles.any(|profile| profile.data() == Data::Gc)
    }

    /// Whether it has no memory for others, as a guest in the GC ABI need not.
    pub fn lacks_memory(&self) -> bool {
        self.is_gc() && !self.core_exports.contains(MEMORY)
    }

    /// What the guest calls an export that is known by its eager core name; `None`: it does not have it.
    pub fn core_name<'s>(&'s self, eager: &'s str) -> Option<&'s str> {
        if let Some(export) = self.exports.get(eager) {
            return Some(&export.core);
        }
        let post_return = eager.strip_prefix(POST_RETURN).and_then(|of| self.exports.get(of));
        match post_return {
            Some(export) => export.post_return.as_deref(),
            None => self.core_exports.contains(eager).then_some(eager),
        }
    }

    /// The ABI of an import.
    pub fn of_import(&self, interface: &str, function: &str) -> Profile {
        let import = self.imports.get(&(interface.to_owned(), function.to_owned()));
        import.map_or(Profile::Eager, |import| import.profile)
    }

    /// The ABI of an export.
    pub fn of_export(&self, interface: &str, function: &str) -> Profile {
        self.export(interface, function).map_or(Profile::Eager, |export| export.profile)
    }

    /// A function that it exports in another ABI than eager.
    pub(crate) fn export(&self, interface: &str, function: &str) -> Option<&Export> {
        self.exports.values().find(|export| export.interface == interface && export.function == function)
    }
}

/// The export that is the memory of an eager guest.
pub(crate) const MEMORY: &str = "memory";

/// The export by which an eager guest gives memory.
pub(crate) const REALLOC: &str = "cabi_realloc";

/// The line of the section `onramp:abi` of a module whose functions in the GC ABI were made by weaving.
pub(crate) const WOVEN: &str = "woven gc";

/// What the name of a post-return function begins with.
const POST_RETURN: &str = "cabi_post_";

/// The built-in functions of the lazy ABI, with how many i32 they take and return.
const BUILT_INS: [(&str, usize, usize); 4] = [("lower", 4, 0), ("size", 1, 1), ("lower-all", 2, 0), ("drop", 1, 0)];

struct Reader<'r> {
    core: &'r Core<'r>,
    wit: &'r Wit,
    resolve: &'r Resolve,
}

impl Reader<'_> {
    fn imports(&self, speech: &mut Speech) -> Result<()> {
        let world = self.wit.imported_functions();
        for (module, field, item) in &self.core.imports {
            if *module == names::BUILT_INS {
                self.built_in(field, item)?;
                speech.built_ins.insert((*field).to_owned());
                continue;
            }
            let shown = format!("the import `{module}` `{field}`");
            let Some((profile, interface)) = names::parse(module).map_err(|error| anyhow!("{shown}: {error}"))? else {
                continue;
            };
            self.draft(&shown, profile)?;
            if profile == Profile::Gc
                && let Some(built_in) = BuiltIn::of(self.wit, &shown, (interface, field), (&self.core.types, item))?
            {
                speech.resources.insert(((*module).to_owned(), (*field).to_owned()), built_in);
                continue;
            }
            let found = world.iter().find(|one| one.interface == interface && one.function.name == *field);
            let found = found.with_context(|| {
                let name = |one: &WorldFunction| names::import(self.resolve, profile, one.key, one.function);
                let all: Vec<_> = world.iter().map(|one| (name(one).0 + "` `" + &one.function.name).clone()).collect();
                format!(
                    "{shown} is no function that the world imports{} (rule M3)",
                    nearest(&format!("{module}` `{field}"), &all)
                )
            })?;
            synchronous(self.resolve, &shown, found)?;
            let gc = self.checked(&shown, item, profile, Role::Caller, found)?;
            let key = (found.interface.clone(), found.function.name.clone());
            let import = Import { profile, core: ((*module).to_owned(), (*field).to_owned()), gc };
            if let Some(other) = self.other_import(speech, &key, found) {
                bail!("{shown} is also imported as {other}: a function has one ABI in one module (rule M5)");
            }
            speech.imports.insert(key, import);
        }
        Ok(())
    }

    /// A built-in function of the lazy ABI.
    fn built_in(&self, field: &str, item: &Item) -> Result<()> {
        let shown = format!("the import `{}` `{field}`", names::BUILT_INS);
        let (_, params, results) = BUILT_INS.into_iter().find(|(name, ..)| *name == field).with_context(|| {
            let all: Vec<String> = BUILT_INS.iter().map(|(name, ..)| (*name).to_owned()).collect();
            format!("{shown} is no built-in function{} (rule M3)", nearest(field, &all))
        })?;
        let types = |count| vec![onramp_abi::CoreType::I32; count];
        fits(&shown, item, &CoreSignature { params: types(params), results: types(results) })
    }

    /// Another core import for the same function.
    fn other_import(&self, speech: &Speech, key: &(String, String), function: &WorldFunction) -> Option<String> {
        if let Some(import) = speech.imports.get(key) {
            return Some(format!("`{}` `{}`", import.core.0, import.core.1));
        }
        let (module, field) = names::import(self.resolve, Profile::Eager, function.key, function.function);
        let eager = self.core.imports.iter().any(|import| (import.0, import.1) == (&*module, &*field));
        eager.then(|| format!("`{module}` `{field}`"))
    }

    fn exports(&self, speech: &mut Speech) -> Result<()> {
        let world = self.wit.exported_functions();
        for (name, item) in &self.core.exports {
            let (of, is_post_return) = match name.strip_prefix(POST_RETURN) {
                Some(of) => (of, true),
                None => (*name, false),
            };
            let shown = format!("the export `{name}`");
            let Some((profile, _)) = names::parse(of).map_err(|error| anyhow!("{shown}: {error}"))? else { continue };
            self.draft(&shown, profile)?;
            let called = |one: &WorldFunction| names::export(self.resolve, profile, one.key, one.function);
            let found = world.iter().find(|one| called(one) == of).with_context(|| {
                let prefix = if is_post_return { POST_RETURN } else { "" };
                let all: Vec<String> = world.iter().map(|one| format!("{prefix}{}", called(one))).collect();
                format!("{shown} is no function that the world exports{} (rule M3)", nearest(name, &all))
            })?;
            synchronous(self.resolve, &shown, found)?;
            if is_post_return {
                ensure!(
                    profile.data() == Data::Linear,
                    "{shown}: a function in the ABI {profile} has no post-return function (rule M3)"
                );
                let signature = self.signature(profile, Role::Callee, found);
                let signature = CoreSignature { params: signature.results, results: Vec::new() };
                fits(&shown, item, &signature)?;
                ensure!(
                    self.core.exports.contains_key(of),
                    "{shown} is the post-return function of `{of}`, which the module does not export (rule M3)"
                );
                continue;
            }
            let gc = self.checked(&shown, item, profile, Role::Callee, found)?;
            let eager = names::export(self.resolve, Profile::Eager, found.key, found.function);
            let post_return = names::post_return(self.resolve, profile, found.key, found.function);
            let export = Export {
                profile,
                core: (*name).to_owned(),
                post_return: self.core.exports.contains_key(post_return.as_str()).then_some(post_return),
                interface: found.interface.clone(),
                function: found.function.name.clone(),
                gc,
            };
            speech.exports.entry(eager).or_insert(export);
        }
        Ok(())
    }

    /// M5: every function of the world's exports is there under one name.
    fn every_export_is_there(&self, speech: &Speech) -> Result<()> {
        for one in self.wit.exported_functions() {
            let eager = names::export(self.resolve, Profile::Eager, one.key, one.function);
            let mut possible = vec![eager.clone()];
            if one.function.kind.is_async() {
                possible.extend(["[async-lift]", "[async-lift-stackful]"].map(|prefix| prefix.to_owned() + &eager));
            }
            for profile in named_profiles() {
                possible.push(names::export(self.resolve, profile, one.key, one.function));
            }
            let there: Vec<&String> = possible.iter().filter(|name| speech.core_exports.contains(*name)).collect();
            let shown = names::function(self.resolve, one.key, one.function);
            match there[..] {
                [] => bail!(
                    "the world exports `{shown}`, but the module does not: it would be called {}{} (rule M5)",
                    possible.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", or "),
                    self.like(&possible)
                ),
                [_] => {}
                [first, second, ..] => bail!(
                    "`{shown}` is exported as `{first}` and as `{second}`: a function has one ABI in one module (rule M5)"
                ),
            }
        }
        Ok(())
    }

    /// An export that looks like one of these names, misspelt.
    fn like(&self, names: &[String]) -> String {
        let close = |export: &&&str| names.iter().any(|name| strsim::damerau_levenshtein(export, name) <= 3);
        let found = self.core.exports.keys().find(close);
        found.map(|export| format!("; there is `{export}`")).unwrap_or_default()
    }

    /// M1 and M2: the module says which draft it was built for, and it is the one that is known here.
    fn draft(&self, shown: &str, profile: Profile) -> Result<()> {
        let known = profile.draft().with_context(|| format!("{shown}: {profile} has no names of its own (rule M3)"))?;
        let section = names::ABI_SECTION;
        let mut lines = self.core.drafts.iter().filter_map(|line| line.split_once(' '));
        let mut drafts = lines.by_ref().filter(|(name, _)| *name == profile.name()).map(|(_, draft)| draft).peekable();
        ensure!(
            drafts.peek().is_some(),
            "{shown} is in the ABI {profile}, and the module does not say which draft of it it was built for: its section \
             `{section}` has no line `{profile} {known}`; build it with bindings that write one (rule M1)"
        );
        match drafts.find(|draft| *draft != known.to_string()) {
            Some(other) => bail!(
                "{shown}: the module was built for draft {other} of {profile}, and this program knows draft {known}; build it \
                 with bindings of the same version as this program (rule M2)"
            ),
            None => Ok(()),
        }
    }

    /// M4, G6 to G8: the function's type is what the ABI says, or one of those that it allows; which one, if it passes references.
    fn checked(
        &self,
        shown: &str,
        item: &Item,
        profile: Profile,
        role: Role,
        one: &WorldFunction,
    ) -> Result<Option<gc::Function>> {
        if profile.data() == Data::Linear {
            fits(shown, item, &self.signature(profile, role, one))?;
            return Ok(None);
        }
        let Item::Func(function) = item else { bail!("{shown} must be a function, and is none (rule M4)") };
        let mut types = Types::new(self.resolve)?;
        let found = gc::Function::found(&mut types, one.function, role, &self.core.types, function.ty);
        Ok(Some(found.map_err(|error| anyhow!("{shown}: {error}"))?))
    }

    fn signature(&self, profile: Profile, role: Role, one: &WorldFunction) -> CoreSignature {
        CoreSignature::from(&Signature::new(self.resolve, profile, role, one.function))
    }
}

/// M4: the core signature is what the ABI says.
///
/// # Errors
/// When it is not.
pub(super) fn fits(shown: &str, item: &Item, expected: &CoreSignature) -> Result<()> {
    match item {
        Item::Func(CoreFunction { signature: Some(found), .. }) if found == expected => Ok(()),
        Item::Func(CoreFunction { signature: Some(found), .. }) => {
            bail!("{shown} has the core signature {found}, and by its type in WIT it must be {expected} (rule M4)")
        }
        Item::Func(_) => {
            bail!(
                "{shown} has other core types than the ABI: by its type in WIT, its core signature must be {expected} (rule M4)"
            )
        }
        Item::Memory(_) | Item::Table(_) | Item::Other => {
            bail!("{shown} must be a function with the core signature {expected}, and is none (rule M4)")
        }
    }
}

/// M6: the function is one that can be something other than eager.
///
/// # Errors
/// When it is not.
pub(super) fn synchronous(resolve: &Resolve, shown: &str, one: &WorldFunction) -> Result<()> {
    let in_it = |ty: &Type| contains(resolve, ty, &|ty| is_asynchronous(resolve, ty));
    let mut types = one.function.params.iter().map(|param| &param.ty).chain(&one.function.result);
    let why = match one.function.kind.is_async() {
        true => "is async",
        false if types.any(in_it) => "has a stream or a future in its type",
        false => return Ok(()),
    };
    let function = names::function(resolve, one.key, one.function);
    bail!("{shown}: `{function}` {why}, so it can be eager only (rule M6)")
}

fn is_asynchronous(resolve: &Resolve, ty: &Type) -> bool {
    match ty {
        Type::Id(id) => matches!(resolve.types[*id].kind, TypeDefKind::Future(_) | TypeDefKind::Stream(_)),
        _ => false,
    }
}

/// The name that is most like a misspelt one, said as the end of a sentence.
pub(super) fn nearest(name: &str, all: &[String]) -> String {
    let nearest = all.iter().min_by_key(|other| strsim::damerau_levenshtein(name, other));
    nearest.map_or_else(|| "; it has none".to_owned(), |nearest| format!("; the nearest is `{nearest}`"))
}
